"""Needs × sources: what is secured, what hangs on one source, what nobody answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from resources.coverage import Cover
from resources.covering import ask_for_coverage, table
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role


@require_safe
def coverage_table(request: MemberRequest) -> HttpResponse:
    found = table(request.workspace)
    context = {
        "place": "resources",
        "table": found,
        "counts": {cover.value: found.counted(cover) for cover in Cover},
        "today": request.workspace.today(),
        "writes": request.member.may(Role.MEMBER),
    }
    return render_page(request, "resources/coverage_table.html", context, partials={"coverage"})


@require_POST
@role_required(Role.MEMBER)
def coverage_refresh(request: MemberRequest) -> HttpResponse:
    ask_for_coverage(request.workspace)
    messages.success(request, _("It is being computed: a few seconds."))
    return redirect("resources:coverage_table")
