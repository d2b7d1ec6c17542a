"""A contact's place in a network, people put in one together, and a new network made of them."""

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from contacts.models import Affiliation, Contact
from networks.forms.sheet import unused_name
from networks.models import Network
from ui.forms import DateInput, Segments
from workspaces.forms import CardForm, NameField
from workspaces.http import DIGITS_MAX
from workspaces.models import Member, Workspace

EARLIEST: Final = date(1900, 1, 1)
WHY_ASKED: Final = _(
    "To belong to it may reveal opinions, beliefs or a union, which nobody has to tell (GDPR, article 9). Write it only"
    " for a reason that you could give to the person; otherwise leave without writing."
)
NO_REASON: Final = _("Say why you keep this, or leave without writing it.")


def ask_reason(form: forms.BaseForm, network: Network | None) -> None:
    """The reason is asked where belonging may reveal a belief, and nowhere else."""
    if not (network and network.asks_reason):
        del form.fields["reason"]
        return
    field = form.fields["reason"]
    field.required, field.help_text = True, WHY_ASKED
    field.error_messages["required"] = NO_REASON


class AffiliationForm(CardForm):
    class Meta:
        model = Affiliation
        fields = ["network", "role", "since", "until", "reason"]
        field_classes: ClassVar[dict[str, Any]] = {"reason": NameField}
        widgets = {"role": Segments, "since": DateInput, "until": DateInput}

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        network = self.instance.network if self.instance.pk else self._meant()
        ask_reason(self, network)
        if self.instance.pk:
            del self.fields["network"]
        else:
            self._offer_networks()

    def _meant(self) -> Network | None:
        """The network that was sent, so that its reason is asked on the same page."""
        sent: Any = self.fields["network"]
        sent.queryset = Network.objects.for_workspace(self.workspace)
        try:
            found: Network | None = sent.clean(self.data.get("network")) if self.is_bound else None
        except forms.ValidationError:
            return None
        return found

    def _offer_networks(self) -> None:
        """Those in which the contact is not yet; the ones that ask for a reason apart, at the end."""
        ours = Network.objects.for_workspace(self.workspace)
        free = ours.exclude(affiliations__contact=self.instance.contact).order_by("name", "pk")
        kinds: dict[bool, list[tuple[Any, str]]] = {False: [], True: []}
        for network in free.only("name", "sensitive", "type"):
            kinds[network.asks_reason].append((network.pk, network.name))
        apart = [(_("They ask for a reason"), kinds[True])] if kinds[True] else []
        self.fields["network"].choices = [("", "—"), *kinds[False], *apart]  # type: ignore[attr-defined]

    def clean_network(self) -> Network:
        network: Network = self.cleaned_data["network"]
        if self.instance.contact.affiliations.filter(network=network).exists():
            raise forms.ValidationError(_("This person is in it already."))
        return network

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", _("This is before the beginning."))
        for name in ("since", "until"):
            if cleaned.get(name) and cleaned[name] < EARLIEST:
                self.add_error(name, _("This date is too far in the past."))
        return cleaned

    def write(self, *, by: Member) -> Any:
        with transaction.atomic():
            Network.mark_stale({self.instance.network_id})
            return super().write(by=by)


class PeopleField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        """No engine holds a number of so many digits: it is nobody's, like any other that is not ours."""
        if any(len(str(pk)) > DIGITS_MAX for pk in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class PeopleForm(forms.Form):
    """Some contacts of ours, ticked."""

    contact = PeopleField(Contact.objects.none(), error_messages={"required": _("Choose at least one person.")})

    def __init__(self, data: Any = None, *, workspace: Workspace) -> None:
        super().__init__(data)
        self.workspace = workspace
        self.fields["contact"].queryset = Contact.objects.for_workspace(workspace).present()  # type: ignore[attr-defined]
        self.fields["contact"].error_messages["invalid_choice"] = _("One of them is not among your contacts any more.")


class JoinForm(PeopleForm):
    role = forms.ChoiceField(
        label=_("Their role there"),
        choices=Affiliation.Role.choices,
        initial=Affiliation.Role.MEMBER,
        widget=Segments,
    )
    reason = NameField(label=_("Why you keep this"), max_length=300)

    def __init__(self, data: Any = None, *, network: Network, workspace: Workspace) -> None:
        super().__init__(data, workspace=workspace)
        ask_reason(self, network)


class GatherForm(PeopleForm):
    name = NameField(
        label=_("Name of the network"),
        max_length=Network._meta.get_field("name").max_length,
        widget=forms.TextInput(attrs={"placeholder": _("Thursday dinner"), "autocomplete": "off", "data-first": True}),
    )

    def clean_name(self) -> str:
        return unused_name(self.cleaned_data["name"], self.workspace)
