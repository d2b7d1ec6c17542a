"""The letter that carries an invitation, and the only copy of its token."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from workspaces.models import Invitation, User


def mail(invitation: Invitation, token: str) -> None:
    """Send it in the language of the invited person when we know them, else in that of whoever invites."""
    known = User.objects.filter(email=invitation.email).values_list("language", flat=True).first()
    with translation.override(known or translation.get_language()):
        context = {
            "invitation": invitation,
            "workspace": invitation.workspace,
            "inviter": invitation.invited_by,
            "link": link(token),
        }
        letter = EmailMultiAlternatives(
            subject=" ".join(render_to_string("emails/invitation_subject.txt", context).split()),
            body=render_to_string("emails/invitation.txt", context),
            to=[invitation.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        letter.attach_alternative(render_to_string("emails/invitation.html", context), "text/html")
        letter.send()


def link(token: str) -> str:
    return settings.BASE_URL + reverse("workspaces:invitation_accept", args=[token])
