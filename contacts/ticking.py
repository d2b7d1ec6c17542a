"""The contacts that were ticked in a list, for the acts on several at once."""

from typing import Final

from contacts.models import Contact
from workspaces.http import DIGITS_MAX, MemberRequest

TICKED_MAX: Final = 200


def ticked(request: MemberRequest) -> list[Contact]:
    """Those of ours, whatever else the address or the form says."""
    sent = (request.POST if request.method == "POST" else request.GET).getlist("contact")
    pks = [int(pk) for pk in sent[:TICKED_MAX] if pk.isdecimal() and len(pk) <= DIGITS_MAX]
    people = Contact.objects.for_workspace(request.workspace).present()
    return list(people.filter(pk__in=pks).order_by("sort_key", "pk")) if pks else []
