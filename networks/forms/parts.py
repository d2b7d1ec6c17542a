"""What a sheet lists, one short form each: rules, channels, services."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.models import Channel, NetworkRule, NetworkService
from ui.forms import Chips, DateInput
from workspaces.folding import among
from workspaces.forms import CardForm, NameField, past_day


class RuleForm(CardForm):
    class Meta:
        model = NetworkRule
        fields = ["text", "category", "mandatory", "source"]
        field_classes: ClassVar[dict[str, Any]] = {"text": NameField, "source": NameField}
        widgets = {"category": Chips}


class ChannelForm(CardForm):
    class Meta:
        model = Channel
        fields = ["title", "kind", "url", "access"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField, "access": NameField}
        widgets = {"kind": Chips, "url": forms.URLInput}
        help_texts = {"access": _("Who lets one in, which name to ask for. No password here.")}


class ServiceForm(CardForm):
    class Meta:
        model = NetworkService
        fields = ["title", "coproduced", "mutualised", "uses", "used_on", "contributions"]
        field_classes: ClassVar[dict[str, Any]] = {"title": NameField}
        widgets = {"used_on": DateInput}

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        listed = NetworkService.objects.for_workspace(self.workspace).filter(network=self.instance.network_id)
        others = listed.exclude(pk=self.instance.pk).values_list("title", flat=True)
        if among(title, others):
            raise forms.ValidationError(_("You have written this already."))
        return title

    def clean_used_on(self) -> date | None:
        return past_day(self.cleaned_data["used_on"], self.today)
