"""The seven rules, as they hold for us first: what our own ledger shows of each, and one gesture for this week.

Then how we exist in each network.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from contacts.models import Relationship
from exchanges import mirror, wording
from exchanges.judging.rules import SHARED
from exchanges.judging.wording import RuleLine, rule_lines
from exchanges.models import Commitment, Exchange, Request
from exchanges.reciprocity import Direction
from journey.facts import Facts
from networks.hours import year_to
from networks.models import ATTENDED, Meeting, Network, Presence
from workspaces.models import Workspace

VOUCHED: Final = ("recommendation", "introduction")
SILENT: Final = (Presence.EXCUSED, "")  # say nothing of whether we come


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One of the seven rules of the method, said as a promise to ourselves."""

    code: str
    title: Promise
    words: Promise


RULES: Final = (
    Rule(
        code="trust",
        title=pgettext_lazy("rule", "Trust"),
        words=_("Vouch for those whom you have seen at work, and say so."),
    ),
    Rule(
        code="reliability",
        title=pgettext_lazy("rule", "Reliability"),
        words=_("Promise little, keep it, and warn before the day."),
    ),
    Rule(
        code="transparency",
        title=pgettext_lazy("rule", "Transparency"),
        words=_("Answer each request, even with a no."),
    ),
    Rule(
        code="reciprocity",
        title=pgettext_lazy("rule", "Reciprocity"),
        words=_("Give back, to whoever helped or to others."),
    ),
    Rule(
        code="solidarity",
        title=pgettext_lazy("rule", "Solidarity"),
        words=_("Help in hard times without counting."),
    ),
    Rule(
        code="sharing",
        title=pgettext_lazy("rule", "Sharing"),
        words=_("Pass on what may be of use, without being asked."),
    ),
    Rule(
        code="participation",
        title=pgettext_lazy("rule", "Participation"),
        words=_("Be there, on time, and take your part."),
    ),
)


@dataclass(frozen=True, kw_only=True)
class Held:
    """How we hold to one rule, and the gesture that it asks for this week."""

    rule: Rule
    sentence: Any
    gesture: str
    url: str

    @property
    def notes(self) -> bool:
        """The gesture is noted in a dialog."""
        return self.url.startswith(reverse("exchanges:note"))


@dataclass(frozen=True, kw_only=True)
class There:
    """How we exist in one network: `weakest` is the rule that its people keep least, of those that are known."""

    network: Network
    sentence: str
    weakest: RuleLine | None
    gesture: str
    url: str


def held(workspace: Workspace, *, today: date) -> list[Held]:
    """Nine queries; without scores, what is counted stays and what is believed is left out."""
    readers = (_trust, _reliability, _transparency, _reciprocity, _solidarity, _sharing, _participation)
    counts = _counts(workspace, today)
    return [
        Held(rule=rule, **dict(zip(("sentence", "gesture", "url"), read(workspace, counts, today), strict=True)))
        for rule, read in zip(RULES, readers, strict=True)
    ]


Said = tuple[Any, str, str]


def _counts(workspace: Workspace, today: date) -> dict[str, int]:
    """What we gave over twelve months."""
    given = Exchange.objects.for_workspace(workspace).with_present().filter(direction=Exchange.Direction.GIVEN)
    found: dict[str, int] = given.filter(on__gte=year_to(today), on__lte=today).aggregate(
        vouched=Count("pk", filter=Q(kind__in=VOUCHED)),
        solidarity=Count("pk", filter=Q(solidarity=True)),
        shared=Count("pk", filter=Q(kind__in=SHARED, request=None)),
    )
    return found


def _trust(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    count = counts["vouched"]
    said = ngettext(
        "You vouched for somebody %(count)s time within a year.",
        "You vouched for somebody %(count)s times within a year.",
        count,
    )
    gesture = gettext("Recommend somebody whom you have seen at work.")
    return said % {"count": count}, gesture, reverse("exchanges:note")


def _reliability(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    mine = Commitment.objects.for_workspace(workspace).with_present().mine()
    first = mine.open().soonest_first().first()
    late = mine.overdue(today).count()
    believed = mirror.kept(workspace, today=today).reliability if workspace.scores_on else None
    if first:
        gesture = gettext("Keep or put off: %(what)s.") % {"what": first.summary.rstrip(".")}
    else:
        gesture = gettext("Promise one small thing, with its day.")
    return wording.my_reliability_sentence(believed, late), gesture, reverse("exchanges:mirror")


def _transparency(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    asked = Request.objects.for_workspace(workspace).with_present().asked_of_us().open().unanswered()
    first, count = asked.order_by("asked_on", "pk").first(), asked.count()
    if not first:
        gesture = gettext("Tell somebody what came of what they gave you.")
        return gettext("No request waits for your answer."), gesture, reverse("exchanges:ledger")
    said = ngettext("%(count)s request waits for your answer.", "%(count)s requests wait for your answer.", count)
    gesture = gettext("Answer, even with a no: %(what)s.") % {"what": first.summary.rstrip(".")}
    return said % {"count": count}, gesture, reverse("exchanges:mirror")


def _reciprocity(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    note = reverse("exchanges:note")
    if not workspace.scores_on:
        return gettext("Scores are switched off in this workspace."), gettext("Give something back this week."), note
    found = mirror.given_and_received(workspace, today=today)
    leaning = Relationship.objects.for_workspace(workspace).present().filter(balance_label=Direction.TO_GIVE)
    owed = leaning.filter(uncounted_at=None).select_related("contact").order_by("balance", "pk").first()
    sentence = wording.my_reciprocity_sentence(found.balance_label, found.balance_firmness)
    if not owed:
        return sentence, gettext("Give something back this week."), note
    gesture = gettext("Give something back to %(name)s.") % {"name": owed.contact}
    return sentence, gesture, f"{note}?contact={owed.contact_id}"


def _solidarity(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    count = counts["solidarity"]
    said = ngettext(
        "You helped %(count)s time within a year without expecting a return.",
        "You helped %(count)s times within a year without expecting a return.",
        count,
    )
    return said % {"count": count}, gettext("Call somebody who goes through hard times."), reverse("exchanges:note")


def _sharing(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    count = counts["shared"]
    said = ngettext(
        "You passed on something %(count)s time within a year without being asked.",
        "You passed on something %(count)s times within a year without being asked.",
        count,
    )
    gesture = gettext("Pass on one piece of news to somebody who needs it.")
    return said % {"count": count}, gesture, reverse("exchanges:note")


def _participation(workspace: Workspace, counts: dict[str, int], today: date) -> Said:
    now = timezone.now()
    meetings = Meeting.objects.for_workspace(workspace)
    told = meetings.past(now).filter(starts_at__date__gte=year_to(today)).exclude(presence__in=SILENT).order_by()
    found = told.aggregate(there=Count("pk", filter=Q(presence__in=ATTENDED)), all=Count("pk"))
    coming = meetings.upcoming(now).first()
    if found["all"]:
        said = ngettext(
            "You came to %(there)s meeting of %(all)s within a year.",
            "You came to %(there)s meetings of %(all)s within a year.",
            found["there"],
        )
        said %= found
    else:
        said = gettext("No presence is noted yet.")
    if not coming:
        return (
            said,
            gettext("Put the next meetings of your networks in the calendar."),
            reverse("networks:meeting_list"),
        )
    gesture = gettext("Prepare what you could give at: %(meeting)s.") % {"meeting": coming.title.rstrip(".")}
    return said, gesture, coming.get_absolute_url()


def there(workspace: Workspace, seen: Facts) -> list[There]:
    """One query. A network that no line of the ledger may name is left out."""
    ours = {sheet.network.pk: sheet for sheet in seen.running if not sheet.network.asks_reason}
    networks = Network.objects.for_workspace(workspace).filter(pk__in=ours).only("name", "figures", "opinions")
    found = []
    for network in networks.order_by("name", "pk"):
        sheet, note = ours[network.pk], f"{reverse('exchanges:note')}?network={network.pk}"
        known = [line for line in rule_lines(network.figures.get("rules", {}), network.opinions) if line.known]
        weakest = min(known, key=lambda line: line.level) if known else None
        if sheet.gave_first:
            sentence = gettext("You gave before you asked.")
        elif sheet.gave_lately:
            sentence = gettext("You asked first, and have given since.")
        else:
            sentence = gettext("You gave nothing there within a year.")
        gesture = gettext("Give something once more.") if sheet.gave_lately else gettext("Give something there first.")
        found.append(There(network=network, sentence=sentence, weakest=weakest, gesture=gesture, url=note))
    return found
