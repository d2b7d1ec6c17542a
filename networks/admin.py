"""The curators' desk: the catalogue, what owners suggest about it, and the log. No company shows here, no sheet."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminFileFieldWidget,
    UnfoldAdminTextInputWidget,
)

from networks import catalogue
from networks.catalogue_file import BYTES_MAX, FileRefused, read, write
from networks.comparing import LABELS, Compared, compared
from networks.forms.catalogue import EntryFactsForm
from networks.forms.facts import SeveralField
from networks.models import CatalogueEntry, CurationEntry, Suggestion, WayIn
from networks.models.catalogue import CatalogueQuerySet
from networks.models.facts import FACTS
from networks.suggesting import told
from workspaces.forms import past_day
from workspaces.models import User

CURATED: Final = [*FACTS, "nature", "source", "verified_on"]


def column(name: str, words: Any) -> Callable[[Any], Any]:
    """A column or a read-only line under words of its own; a person or a network in it is no link."""

    @admin.display(description=words, ordering=name)
    def shown(row: Any) -> Any:
        value = getattr(row, name)
        return date_format(localtime(value), "DATETIME_FORMAT") if isinstance(value, datetime) else value

    shown.__name__ = f"{name}_shown"
    return shown


class CuratorAdmin(ModelAdmin):
    """Whoever may enter the admin curates; nothing is ever deleted, so that sheets and addresses keep their target."""

    view_on_site = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.is_active and request.user.is_staff

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class CuratorForm(EntryFactsForm):
    """A catalogue's entry on the curator's desk. `seen` is the state of it that the page was drawn from."""

    ways_in = SeveralField(
        label=gettext_lazy("How one joins"), choices=WayIn.choices, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta(EntryFactsForm.Meta):
        fields = CURATED
        labels = LABELS

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seen"].initial = self._state()

    def clean(self) -> dict[str, Any]:
        if self.instance.pk and self.cleaned_data.get("seen") != self._state():
            raise forms.ValidationError(_("Another curator changed this network meanwhile: open it again."))
        return super().clean()

    def clean_verified_on(self) -> Any:
        return past_day(self.cleaned_data["verified_on"], timezone.localdate())

    def _state(self) -> str:
        return self.instance.updated.isoformat() if self.instance.pk else ""


class VerifiedFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("verification"), "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("stale", _("to be verified")), ("fresh", _("verified less than a year ago"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        stale = CatalogueEntry.objects.stale(timezone.localdate())
        if self.value() == "stale":
            return queryset.filter(pk__in=stale.values("pk"))
        fresh = queryset.filter(retired_on=None).exclude(pk__in=stale.values("pk"))
        return fresh if self.value() == "fresh" else queryset


class RetiredFilter(admin.SimpleListFilter):
    title, parameter_name = gettext_lazy("place"), "retired"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("no", _("in the catalogue")), ("yes", _("retired"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = {"no": True, "yes": False}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(retired_on__isnull=wanted)


@admin.register(CatalogueEntry)
class CatalogueEntryAdmin(CuratorAdmin):
    form = CuratorForm
    list_display = ["name", "type", "reach", "nature", "verified_on", "retired_on"]
    list_filter = [VerifiedFilter, RetiredFilter, "type", "reach", "nature"]
    search_fields = ["search"]
    ordering = ["sort_key", "pk"]
    list_per_page = 50
    readonly_fields = ["slug", "retired_on", column("merged_into", gettext_lazy("merged into"))]
    fields = [*CURATED, "seen", *readonly_fields]
    actions = ["verify_today", "retire", "restore", "merge", "export_chosen"]
    actions_list = ["export_all", "import_file"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_search_results(
        self, request: HttpRequest, queryset: CatalogueQuerySet, search_term: str
    ) -> tuple[CatalogueQuerySet, bool]:
        return queryset.matching(search_term), False

    def save_model(self, request: HttpRequest, obj: CatalogueEntry, form: CuratorForm, change: bool) -> None:
        facts = {name: form.cleaned_data[name] for name in CURATED}
        if change:
            catalogue.edit(obj, facts, by=curator(request))
        else:
            made = catalogue.create(facts, by=curator(request))
            obj.pk, obj.slug = made.pk, made.slug

    @admin.action(description=gettext_lazy("Verified today"))
    def verify_today(self, request: HttpRequest, queryset: QuerySet[CatalogueEntry]) -> None:
        for entry in queryset:
            catalogue.verify(entry, by=curator(request), on=timezone.localdate())
        self._say(request, queryset.count())

    @admin.action(description=gettext_lazy("Retire from the catalogue"))
    def retire(self, request: HttpRequest, queryset: QuerySet[CatalogueEntry]) -> None:
        done = [catalogue.retire(entry, by=curator(request), on=timezone.localdate()) for entry in list(queryset)]
        self._say(request, sum(done))

    @admin.action(description=gettext_lazy("Restore to the catalogue"))
    def restore(self, request: HttpRequest, queryset: QuerySet[CatalogueEntry]) -> None:
        done = [catalogue.restore(entry, by=curator(request)) for entry in list(queryset)]
        self._say(request, sum(done))

    @admin.action(description=gettext_lazy("Merge duplicates"))
    def merge(self, request: HttpRequest, queryset: QuerySet[CatalogueEntry]) -> HttpResponse | None:
        """Asks which one stays; the answer comes back to the same action."""
        entries = list(queryset)
        kept = next((one for one in entries if str(one.pk) == request.POST.get("keep")), None)
        if len(entries) < 2:
            messages.warning(request, _("Choose at least two networks."))
            return None
        if kept is None:
            facts = [compared(name, *(getattr(one, name) for one in entries)) for name in FACTS]
            context = self.admin_site.each_context(request) | {"title": _("Merge duplicates"), "opts": self.opts}
            context |= {"entries": entries, "facts": facts}
            return TemplateResponse(request, "admin/networks/merge.html", context)
        try:
            catalogue.merge_all(entries, into=kept, by=curator(request), on=timezone.localdate())
        except catalogue.NotMergeable as refused:
            messages.error(request, str(refused))
            return None
        self._say(request, len(entries) - 1)
        return None

    @admin.action(description=gettext_lazy("Export as CSV"))
    def export_chosen(self, request: HttpRequest, queryset: QuerySet[CatalogueEntry]) -> HttpResponse:
        return csv_of(queryset)

    @action(description=gettext_lazy("Export as CSV"), url_path="export")
    def export_all(self, request: HttpRequest) -> HttpResponse:
        return csv_of(CatalogueEntry.objects.published())

    @action(description=gettext_lazy("Import a CSV"), url_path="import")
    def import_file(self, request: HttpRequest) -> HttpResponse:
        form = FileForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            report = catalogue.bring_in(form.lines, by=curator(request))
            counts = {"created": report.created, "updated": report.updated, "unchanged": report.unchanged}
            messages.success(
                request, _("%(created)s created, %(updated)s changed, %(unchanged)s as they were.") % counts
            )
            return redirect("admin:networks_catalogueentry_changelist")
        context = self.admin_site.each_context(request)
        context |= {"title": _("Import a CSV"), "opts": self.opts, "form": form}
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/networks/import.html", context, status=status)

    def _say(self, request: HttpRequest, done: int) -> None:
        told_ = ngettext("%(count)s network done.", "%(count)s networks done.", done) % {"count": done}
        messages.success(request, told_)


class FileForm(forms.Form):
    """A curator's own catalogue; what is wrong with it is said at the field."""

    file = forms.FileField(label=gettext_lazy("CSV file"), widget=UnfoldAdminFileFieldWidget)

    def clean_file(self) -> Any:
        try:
            self.lines = read(self.cleaned_data["file"].read(BYTES_MAX + 1))
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return self.cleaned_data["file"]


class SuggestionForm(forms.ModelForm):
    """Nothing but the answer is written here; one that says no gives its reason."""

    class Meta:
        model = Suggestion
        fields = ["answer"]
        widgets = {"answer": UnfoldAdminTextInputWidget}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if REFUSE in self.data and not cleaned.get("answer"):
            self.add_error("answer", _("Say why: the owner will read it."))
        return cleaned


PUBLISH: Final = "networks_suggestion_publish"
REFUSE: Final = "networks_suggestion_refuse"


@admin.register(Suggestion)
class SuggestionAdmin(CuratorAdmin):
    """The queue: what waits first, oldest first. Who suggested it is nowhere."""

    form = SuggestionForm
    sent = column("created", gettext_lazy("suggested on"))
    settled = [column("settled_at", gettext_lazy("answered on")), column("settled_by", gettext_lazy("answered by"))]
    list_display = ["__str__", "is_new", "reason", "state", sent]
    list_filter = ["state"]
    list_select_related = ["entry"]
    ordering = [F("settled_at").desc(nulls_first=True), "created"]
    readonly_fields = ["about", "proposal", "reason", sent, "state", *settled]
    fields = [*readonly_fields, "answer"]
    actions_submit_line = ["publish", "refuse"]
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Suggestion | None = None) -> bool:
        waits = obj is None or obj.state == Suggestion.State.WAITING
        return waits and self.has_view_permission(request)

    def get_actions_submit_line(self, request: HttpRequest, object_id: Any) -> list[Any]:
        waits = Suggestion.objects.waiting().filter(pk=object_id).exists() if str(object_id).isdecimal() else False
        return super().get_actions_submit_line(request, object_id) if waits else []

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **options: Any) -> HttpResponse:
        """The two answers are the only buttons."""
        context |= {"show_save": False, "show_save_and_continue": False}
        return super().render_change_form(request, context, **options)

    @admin.display(description=gettext_lazy("about"), ordering="entry")
    def is_new(self, suggestion: Suggestion) -> str:
        return _("correction") if suggestion.entry else _("new network")

    @admin.display(description=gettext_lazy("network"))
    def about(self, suggestion: Suggestion) -> str:
        return str(suggestion.entry or _("new network"))

    @admin.display(description=gettext_lazy("fact: now → proposed"))
    def proposal(self, suggestion: Suggestion) -> SafeString:
        return lines_of(told(suggestion).facts)

    def save_model(self, request: HttpRequest, obj: Suggestion, form: Any, change: bool) -> None:
        """The form holds the answer, the button that was pressed says which."""
        answer = form.cleaned_data["answer"]
        settle = {PUBLISH: catalogue.publish, REFUSE: catalogue.refuse}
        pressed = next((name for name in settle if name in request.POST), None)
        if pressed is None:
            return
        try:
            settle[pressed](obj, by=curator(request), at=timezone.now(), answer=answer)
        except catalogue.AlreadySettled as refused:
            messages.error(request, str(refused))

    @action(description=gettext_lazy("Publish"))
    def publish(self, request: HttpRequest, obj: Suggestion) -> None:
        """Pressed beside the form: `save_model` does it."""

    @action(description=gettext_lazy("Refuse"))
    def refuse(self, request: HttpRequest, obj: Suggestion) -> None:
        """Pressed beside the form: `save_model` does it."""

    def response_change(self, request: HttpRequest, obj: Suggestion) -> HttpResponse:
        messages.success(request, _("Answered."))
        return redirect("admin:networks_suggestion_changelist")


@admin.register(CurationEntry)
class CurationEntryAdmin(CuratorAdmin):
    """The log, to be read only."""

    when, who = column("at", gettext_lazy("when")), column("by", gettext_lazy("who"))
    list_display = [when, who, "act", "name"]
    list_filter = ["act"]
    list_select_related = ["by"]
    search_fields = ["name"]
    list_per_page = 50
    fields = [when, who, "act", "name", "what"]
    readonly_fields = fields

    @admin.display(description=gettext_lazy("fact: before → after"))
    def what(self, act: CurationEntry) -> SafeString:
        return lines_of([compared(name, *values) for name, values in act.changes.items()])


def curator(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - the admin lets nobody else in
    return request.user


def lines_of(facts: list[Compared]) -> SafeString:
    return format_html_join("", "<div><strong>{}</strong>: {} → {}</div>", ((f.label, *f.values) for f in facts))


def csv_of(entries: QuerySet[CatalogueEntry]) -> HttpResponse:
    """With the mark by which spreadsheets know UTF-8."""
    text = "\ufeff" + write(entries.order_by("sort_key", "pk"))
    headers = {"Content-Disposition": 'attachment; filename="catalogue.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
