"""What one of our networks does for another one."""

from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from networks.links import circle
from networks.models import Network, NetworkLink
from ui.forms import Chips
from workspaces import keeping
from workspaces.forms import CardForm, NameField
from workspaces.models import Member, Workspace

SERVES = NetworkLink.Kind.SERVES
MUTUAL = (NetworkLink.Kind.COMPLETES, NetworkLink.Kind.RIVALS)  # the same, whichever of the two comes first


class CircleClosed(keeping.AlreadyKept):
    """Somebody else wrote the other half of the circle at the same moment."""

    def __init__(self, names: str) -> None:
        Exception.__init__(self, _circle_words(names))


class LinkForm(CardForm):
    class Meta:
        model = NetworkLink
        fields = ["source", "kind", "target", "note"]
        field_classes: ClassVar[dict[str, Any]] = {"note": NameField}
        widgets = {"kind": Chips}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("source", "target"):
            self.offer(name, Network.objects.for_workspace(self.workspace).order_by("name"), _("Choose a network"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        source, target, kind = (cleaned.get(name) for name in ("source", "target", "kind"))
        if not (source and target and kind):
            return cleaned
        either = Q(source=source, target=target)
        if kind in MUTUAL:
            either |= Q(source=target, target=source)
        alike = NetworkLink.objects.for_workspace(self.workspace).filter(either, kind=kind)
        if source == target:
            self.add_error("target", _("A network is not linked to itself."))
        elif alike.exclude(pk=self.instance.pk).exists():
            self.add_error("target", _("You have written this already."))
        elif names := self._circle_of(source, target, kind):
            self.add_error("target", _circle_words(names))
        return cleaned

    def write(self, *, by: Member) -> Any:
        """Of two who close a circle at once, the second is told: each waits for the company's row first."""
        with transaction.atomic():
            Workspace.objects.filter(pk=self.workspace.pk).update(slug=self.workspace.slug)
            link = self.instance
            if names := self._circle_of(link.source, link.target, link.kind):
                raise CircleClosed(names)
            return super().write(by=by)

    def _circle_of(self, source: Network, target: Network, kind: str) -> str:
        if kind != SERVES:
            return ""
        serving = NetworkLink.objects.for_workspace(self.workspace).filter(kind=SERVES).exclude(pk=self.instance.pk)
        closed = circle(serving.values_list("source", "target"), source=source.pk, target=target.pk)
        names = dict(Network.objects.for_workspace(self.workspace).filter(pk__in=closed).values_list("pk", "name"))
        return " → ".join(names[pk] for pk in closed)


def _circle_words(names: str) -> str:
    return str(_("This would close a circle: %(names)s.") % {"names": names})
