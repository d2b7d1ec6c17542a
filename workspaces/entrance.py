"""How one gets in: allauth's back end and adapter, told about seats, addresses and open doors."""

from typing import Any
from urllib.parse import unquote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core import ratelimit
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_noop

from workspaces.models import CuratorSitsNowhere, Invitation, InvitationSpent, User, Workspace, fold_email

INVITATION_KEY = "invitation"
COMPANY_KEY = "company"
# The label that allauth gives its address fields; named here so that French says it as everywhere else.
ALLAUTH_LABEL = gettext_noop("Email")


class Backend(AuthenticationBackend):
    """Loads the user with their seat and workspace: one query for the three."""

    def get_user(self, user_id: int) -> User | None:
        users = User.objects.select_related("current_member__workspace")
        user = users.filter(pk=user_id, is_active=True).first()
        if user and user.current_member:
            user.current_member.user = user
        return user


def may_write_to(request: HttpRequest, address: str) -> bool:
    """Whether one more letter may go to `address` this hour; it is counted. Letters of all kinds count together."""
    return bool(ratelimit.consume(request, action="letter", key=fold_email(address)))


def invitation_in(request: HttpRequest) -> Invitation | None:
    """The pending invitation that this visitor accepted before signing in, if any."""
    token = request.session.get(INVITATION_KEY, "")
    return Invitation.objects.for_token(token).select_related("workspace").first() if token else None


def seat(request: HttpRequest, user: User) -> None:
    """Give a seat to a user who just signed in: the invitation they accepted, the company that they named when
    they signed up, or one of their own workspaces when they have none open."""
    company = request.session.pop(COMPANY_KEY, "")
    invitation = invitation_in(request)
    request.session.pop(INVITATION_KEY, None)
    if invitation:
        try:
            invitation.accept(user=user)
        except (InvitationSpent, CuratorSitsNowhere) as refused:
            messages.error(request, str(refused))
    elif user.current_member is None and (member := user.seats().first()):
        user.take_seat(member)
    elif user.current_member is None and company:
        Workspace.open(company, owner=user)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_OPEN) or invitation_in(request) is not None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        seat(request, user)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(ratelimit.respond_429(request)) from too_many

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # One bucket however the address is spelled and under whichever of our host names.
        return fold_email(credentials.get("email", ""))

    def is_safe_url(self, url: str) -> bool:
        """Only an absolute path of this house: Django alone also takes `..//evil.fr` and `%2F%2Fevil.fr`."""
        if not super().is_safe_url(url):
            return False
        try:
            resolve(unquote(urlsplit(url).path))
        except Resolver404:
            return False
        return True

    def clean_email(self, email: str) -> str:
        return fold_email(super().clean_email(email))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Silent about a letter too many: an answer that differed would tell whose address is known here."""
        if may_write_to(self.request, email):
            super().send_mail(template_prefix, email, context | {"base_url": settings.BASE_URL})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Links start with the configured address, never with the Host that the visitor sent."""
        links = {"signup_url": "account_signup", "password_reset_url": "account_reset_password"}
        context = {key: settings.BASE_URL + reverse(name) for key, name in links.items()}
        self.send_mail("account/email/account_already_exists", email, context)

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        message: EmailMessage = super().render_mail(*args, **kwargs)
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        return message
