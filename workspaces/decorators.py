"""Who may: beyond the sign-in and the seat, which the middleware demands of every view."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from workspaces.http import MemberRequest
from workspaces.models import Role

type_of_view = Callable[Concatenate[MemberRequest, ...], HttpResponse]


def role_required(role: Role) -> Callable[[type_of_view], type_of_view]:
    """Refuse (403) members whose role is below `role`."""

    def decorate(view: type_of_view) -> type_of_view:
        @wraps(view)
        def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.member.may(role):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def seat_not_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view of ours that users without a workspace may open."""
    view.seat_not_required = True  # type: ignore[attr-defined]
    return view
