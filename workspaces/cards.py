"""A card: one short form for one record, in a dialog or as a page. Shown, refused with its reasons, saved over the
version that it was opened on, or told what somebody else changed meanwhile.
"""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ui.differences import differences
from ui.rendering import render_page
from workspaces import keeping
from workspaces.forms import CardForm
from workspaces.http import MemberRequest, from_another_desk
from workspaces.owned import EditedMeanwhile


@dataclass(frozen=True, kw_only=True)
class Card:
    """What a card is called, what it says first, and where one goes from it."""

    title: Promise | str
    place: str
    back_url: str
    lead: Promise | str = ""
    delete_url: str = ""
    another: bool = False  # offers to write a second one at once
    verb: Promise | str = ""  # on the button, where « Save » would say too little
    opens: bool = False  # what was made is opened, rather than the page one came from
    template: str = "layouts/card_edit.html"

    def drawn(self, request: MemberRequest, row: Any, *, status: int = 200, **more: Any) -> HttpResponse:
        context = {"row": row, "title": self.title, "lead": self.lead, "place": self.place, "back_url": self.back_url}
        context |= {"delete_url": self.delete_url, "another": self.another and not row.pk, "verb": self.verb}
        return render_page(request, self.template, context | more, partials={"dialog-body"}, status=status)


def one(request: MemberRequest, model: type[models.Model], pk: int) -> Any:
    return get_object_or_404(model._default_manager.for_workspace(request.workspace), pk=pk)  # type: ignore[attr-defined]


def create(request: MemberRequest, form_class: type[CardForm], first: Any, card: Card) -> HttpResponse:
    """`first` is the blank record with what is known before anything is typed."""
    if request.method != "POST":
        return card.drawn(request, first, form=form_class(workspace=request.workspace, instance=first))
    form = form_class(request.POST, workspace=request.workspace, instance=first)
    if from_another_desk(request):
        return card.drawn(request, first, form=form, status=409, moved=True)
    if refused := _written(request, form, card):
        return refused
    if "another" in request.POST:
        return redirect(request.get_full_path())
    return redirect(form.instance.get_absolute_url() if card.opens else card.back_url)


def edit(request: MemberRequest, form_class: type[CardForm], row: Any, card: Card) -> HttpResponse:
    if request.method != "POST":
        return card.drawn(request, row, form=form_class(workspace=request.workspace, instance=row))
    form = form_class(request.POST, workspace=request.workspace, instance=row)
    try:
        return _written(request, form, card) or redirect(card.back_url)
    except EditedMeanwhile:
        return _overtaken(request, form, card)


def delete(request: MemberRequest, row: Any, card: Card) -> HttpResponse:
    """Asks first; the answer deletes."""
    if request.method != "POST":
        return replace(card, template="layouts/card_delete.html").drawn(request, row)
    keeping.remove(row, by=request.member)
    messages.success(request, _("Deleted."))
    return redirect(card.back_url)


def _written(request: MemberRequest, form: CardForm, card: Card) -> HttpResponse | None:
    """None once it is saved, else the form with its reasons."""
    if not form.is_valid():
        return card.drawn(request, form.instance, form=form, status=422)
    try:
        form.write(by=request.member)
    except keeping.AlreadyKept as refused:
        form.add_error(None, str(refused))
        return card.drawn(request, form.instance, form=form, status=422)
    messages.success(request, _("Saved."))
    return None


def over(stored: Any, form: Any) -> dict[str, Any]:
    """Someone saved first: both values side by side, mine still in the form, to be saved again on purpose."""
    form_class: Any = type(form)
    drawn = partial(form_class, workspace=form.workspace)
    told = differences(form, drawn(instance=stored), today=form.today, left_out=form.unseen)
    data = form.data.copy()
    data["version"] = str(stored.version)
    return {"form": drawn(data, instance=stored), "differences": told}


def _overtaken(request: MemberRequest, form: CardForm, card: Card) -> HttpResponse:
    stored = one(request, type(form.instance), form.instance.pk)
    return card.drawn(request, stored, status=409, **over(stored, form))
