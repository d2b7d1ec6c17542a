"""« Et après ? »: what is left to do for those who answered a need."""

from typing import Any, Final

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from resources.after import Part, chain
from strategy.models import Need
from ui.rendering import render_page
from workspaces.cards import one
from workspaces.http import MemberRequest
from workspaces.models import Role

WORDS: Final[dict[Part, Any]] = {
    Part.GAVE: _("gave what answered it"),
    Part.INTRODUCED: _("introduced somebody"),
    Part.JOINED: _("took part in it"),
    Part.ANSWERED: _("answered"),
    Part.ASKED: _("was asked"),
    Part.CALLED_UPON: _("was called upon"),
}


@require_safe
def need_after(request: MemberRequest, pk: int) -> HttpResponse:
    need: Need = one(request, Need, pk)
    need.workspace = request.workspace
    links = chain(need, today=request.workspace.today())
    context = {
        "place": "strategy",
        "back_url": reverse("strategy:strategy"),
        "need": need,
        "links": [(link, [WORDS[part] for part in link.parts]) for link in links],
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/need_after.html", context)
