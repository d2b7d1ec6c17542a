"""The request as our views see it, once the middleware has seated the user."""

from typing import Final

from django.http import Http404, HttpRequest

from workspaces.models import Member, User, Workspace


class MemberRequest(HttpRequest):
    user: User
    workspace: Workspace
    member: Member


# Any number of so many digits fits the columns of every engine.
DIGITS_MAX: Final = 18


def number_asked(request: HttpRequest, name: str) -> int | None:
    """The number that the address gives under `name`, if it gives one; no row has one of too many digits."""
    digits = request.GET.get(name, "")
    if not digits.isdecimal():
        return None
    if len(digits) > DIGITS_MAX:
        raise Http404
    return int(digits)


def from_another_desk(request: MemberRequest) -> bool:
    """The page was drawn in one company and is sent from another, which another tab has opened since."""
    return request.POST.get("desk", "") != request.workspace.slug
