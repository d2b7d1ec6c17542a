"""Bringing contacts in: send the file, look at what it would do, let it run, read the report, take it back."""

import csv
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.imports.forms import FileForm, ReadingForm
from contacts.imports.telling import problems_of, refusal_of, seconds_left, told_notices
from contacts.imports.undoing import NothingToUndo, undo
from contacts.models import Import, ImportLine
from ui.paginator import keyset_page
from ui.rendering import render_page
from workspaces.decorators import role_required
from workspaces.http import MemberRequest
from workspaces.models import Role
from workspaces.owned import OwnedQuerySet

LATEST: Final = 10
PROBLEM: Final = "problem"
KINDS: Final = [("", gettext_lazy("All lines")), *ImportLine.Verdict.choices, (PROBLEM, gettext_lazy("With a problem"))]
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")


def seen_import(request: MemberRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.for_workspace(request.workspace), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.MEMBER)
def import_create(request: MemberRequest) -> HttpResponse:
    form = FileForm(request.POST or None, request.FILES or None)
    moved = request.method == "POST" and request.POST.get("desk", "") != request.workspace.slug
    if request.method == "POST" and not moved and form.is_valid():
        file = form.cleaned_data["file"]
        job = Import.open(file.name, file.read(), by=request.member, workspace=request.workspace)
        return redirect(job)
    latest = Import.objects.for_workspace(request.workspace).select_related("started_by__user").order_by("-pk")[:LATEST]
    context = {"form": form, "moved": moved, "desk": request.workspace.slug, "latest": latest, "place": "contacts"}
    status = 409 if moved else 422 if request.method == "POST" else 200
    return render_page(request, "contacts/import_create.html", context, status=status)


@require_safe
def import_detail(request: MemberRequest, pk: int) -> HttpResponse:
    """While the job works, the page asks for its bar alone; what follows is another page."""
    job = seen_import(request, pk)
    if request.headers.get("HX-Target") == "job" and not job.is_working:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _drawn(request, job)


def shown_lines(job: Import, verdict: str) -> OwnedQuerySet:
    """None while the job works: they would have changed before they were read."""
    if job.is_working:
        return job.lines.none()
    lines = job.lines.select_related("contact")
    if verdict == PROBLEM:
        return lines.exclude(problems=[])
    return lines.filter(verdict=verdict) if verdict in ImportLine.Verdict.values else lines


def _drawn(request: MemberRequest, job: Import, form: ReadingForm | None = None, status: int = 200) -> HttpResponse:
    verdict = request.GET.get("verdict", "")
    page = keyset_page(shown_lines(job, verdict), ["number"], request.GET.get("page", ""))
    context: dict[str, Any] = {
        "job": job,
        "page": page,
        "lines": [(line, problems_of(line)) for line in page.rows],
        "kinds": [(f"?verdict={kind}" if kind else "?", words, kind == verdict) for kind, words in KINDS],
        "verdict": verdict,
        "form": form or ReadingForm(job=job),
        "refusal": refusal_of(job),
        "notices": told_notices(job),
        "left": seconds_left(job),
        "writes": request.member.may(Role.MEMBER),
        "place": "contacts",
    }
    return render_page(request, "contacts/import_detail.html", context, partials={"job"}, status=status)


@require_POST
@role_required(Role.MEMBER)
def import_start(request: MemberRequest, pk: int) -> HttpResponse:
    job = seen_import(request, pk)
    job.start(by=request.member)
    return redirect(job)


@require_POST
@role_required(Role.MEMBER)
def import_read_again(request: MemberRequest, pk: int) -> HttpResponse:
    job = seen_import(request, pk)
    form = ReadingForm(request.POST, job=job)
    if not form.is_valid():
        return _drawn(request, job, form, status=422)
    job.read_again(form.choices())
    return redirect(job)


@require_POST
@role_required(Role.MEMBER)
def import_cancel(request: MemberRequest, pk: int) -> HttpResponse:
    job = seen_import(request, pk)
    if job.cancel(by=request.member):
        messages.success(request, _("Import cancelled."))
    return redirect(job)


@require_POST
@role_required(Role.MEMBER)
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    job = seen_import(request, pk)
    try:
        removed, stayed = undo(job, by=request.member)
    except NothingToUndo:
        return redirect(job)
    words = ngettext("%(count)s contact taken out.", "%(count)s contacts taken out.", removed) % {"count": removed}
    if stayed:
        kept = ngettext(
            "%(count)s stays, because it was used since.", "%(count)s stay, because they were used since.", stayed
        )
        words = f"{words} {kept % {'count': stayed}}"
    messages.success(request, words)
    return redirect(job)


@require_safe
def import_problems(request: MemberRequest, pk: int) -> HttpResponse:
    """The problems as a CSV file that a spreadsheet opens: no cell of it is taken for a formula."""
    job = seen_import(request, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="import-{job.pk}.csv"'
    response.write("\ufeff")
    rows = csv.writer(response, delimiter=";")
    rows.writerow([_("Line"), _("Name"), _("Problem")])
    for line in job.lines.exclude(problems=[]).order_by("number").iterator(chunk_size=2000):
        rows.writerows([line.number, guarded(line.name), guarded(problem)] for problem in problems_of(line))
    return response


def guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
