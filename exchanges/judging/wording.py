"""What is said of a network: each indicator, rule and role is a sentence first. Below the threshold, no figure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from exchanges.beta import ENOUGH
from exchanges.columns import THRESHOLD_SLACK
from exchanges.indicators import blend, facts_share
from exchanges.judging.facts import CHARACTERISTICS, CONTRIBUTIONS, FUNCTIONS, Indicator
from exchanges.trust import Rule
from networks.models import Network
from networks.types import PROFILES
from ui.wording import percent

NAMES: Final[dict[str, Promise]] = {
    Indicator.CONCENTRATOR: _("Concentrator"),
    Indicator.ACCELERATOR: _("Accelerator"),
    Indicator.AMPLIFIER: _("Amplifier"),
    Indicator.FERTILISER: _("Fertiliser"),
    Indicator.SOLVER: _("Problem solver"),
    Indicator.PLUG_AND_PLAY: _("Plug and play"),
    Indicator.ACCESS: _("Access to resources"),
    Indicator.POOLING: _("Pooling of know-how"),
    Indicator.GEOMETRY: _("Variable geometry"),
    Indicator.UNCERTAINTY: _("Managing uncertainty"),
    Indicator.FLUIDITY: _("Fluidity"),
    Indicator.DURABLE: _("From one deal to a lasting tie"),
    Indicator.COLLECTIVE: _("Collective intelligence"),
    Rule.RELIABILITY: pgettext_lazy("rule", "Reliability"),
    Rule.TRANSPARENCY: pgettext_lazy("rule", "Transparency"),
    Rule.RECIPROCITY: pgettext_lazy("rule", "Reciprocity"),
    Rule.SOLIDARITY: pgettext_lazy("rule", "Solidarity"),
    Rule.SHARING: pgettext_lazy("rule", "Sharing"),
    Rule.PARTICIPATION: pgettext_lazy("rule", "Participation"),
}
GROUPS: Final = (
    (_("Five characteristics"), CHARACTERISTICS),
    (_("Four functions"), FUNCTIONS),
    (_("Four contributions"), CONTRIBUTIONS),
)
UNSEEN: Final = frozenset({Indicator.CONCENTRATOR, Indicator.ACCESS, Indicator.UNCERTAINTY})


@dataclass(frozen=True, kw_only=True)
class Bar:
    """`level` is the indicator, 0 … 1; `solidity` how far it rests on facts, 0 … 1."""

    key: str
    name: Promise | str
    sentence: str
    basis: str
    level: float
    solidity: float
    why_url: str

    @property
    def width(self) -> str:
        return f"{100 * self.level:.4g}%"

    @property
    def opacity(self) -> str:
        return f"{self.solidity:.3g}"

    @property
    def told(self) -> str:
        return gettext("%(name)s: %(level)s; %(basis)s") % {
            "name": self.name,
            "level": percent(self.level),
            "basis": self.basis,
        }


@dataclass(frozen=True, kw_only=True)
class Group:
    """Bars of what is known; the names of what the ledger does not tell yet, and of what resources will tell."""

    title: Promise
    bars: list[Bar]
    silent: str
    waiting: str


def groups(network: Network) -> list[Group]:
    found = []
    for title, indicators in GROUPS:
        bars = {indicator: _bar(network, indicator) for indicator in indicators}
        unknown = [indicator for indicator in indicators if bars[indicator] is None]
        found.append(
            Group(
                title=title,
                bars=[bar for bar in bars.values() if bar],
                silent=_named(one for one in unknown if one not in UNSEEN),
                waiting=_named(one for one in unknown if one in UNSEEN),
            )
        )
    return found


def judged_on(network: Network) -> str:
    """What its type is judged on first."""
    return _named(Indicator(name) for name in PROFILES[network.type].judged)


def _named(indicators: Iterable[Indicator]) -> str:
    return ", ".join(str(NAMES[one]) for one in indicators)


def _bar(network: Network, indicator: Indicator) -> Bar | None:
    """None below the threshold of evidence, without an opinion: no figure then."""
    x, n = network.figures.get("facts", {}).get(indicator.value) or (None, 0.0)
    opinion = network.opinions.get(indicator.value)
    enough = x is not None and n >= ENOUGH - THRESHOLD_SLACK
    if opinion is None and not enough:
        return None
    level, solid = blend(x, n, opinion), facts_share(n) if x is not None else 0.0
    return Bar(
        key=indicator.value,
        name=NAMES[indicator],
        sentence=_sentence(indicator, level),
        basis=_basis(n if x is not None else 0.0, opinion, indicator),
        level=level,
        solidity=solid,
        why_url=reverse("exchanges:network_why", args=[network.pk, indicator.value]),
    )


def _basis(n: float, opinion: int | None, indicator: Indicator) -> str:
    if n < ENOUGH - THRESHOLD_SLACK:
        if indicator in UNSEEN:
            return gettext("your opinion only: resources are not known yet")
        return gettext("your opinion only")
    share = percent(facts_share(n))
    if opinion is None:
        return gettext("facts weigh %(share)s, no opinion given") % {"share": share}
    return gettext("facts weigh %(share)s, your opinion the rest") % {"share": share}


LOW, HIGH = 0.4, 0.6
SENTENCES: Final[dict[Indicator, tuple[Promise, Promise, Promise]]] = {
    Indicator.CONCENTRATOR: (
        _("It covers few of your needs."),
        _("It covers a part of your needs."),
        _("It covers most of your needs."),
    ),
    Indicator.ACCELERATOR: (
        _("You get an answer later there than elsewhere."),
        _("You get an answer there as soon as elsewhere."),
        _("You get an answer sooner there than elsewhere."),
    ),
    Indicator.AMPLIFIER: (
        _("Little of your business comes through it."),
        _("A good part of your business comes through it."),
        _("Most of your business comes through it."),
    ),
    Indicator.FERTILISER: (
        _("You hear the same trades there."),
        _("You learn from a few trades there."),
        _("You learn from many different trades there."),
    ),
    Indicator.SOLVER: (
        _("Few of your questions find their solution there."),
        _("About half of your questions find their solution there."),
        _("Most of your questions find their solution there."),
    ),
    Indicator.PLUG_AND_PLAY: (
        _("It was long before something came."),
        _("Something came after some weeks."),
        _("Something came very soon after you joined."),
    ),
    Indicator.ACCESS: (
        _("You seldom reach a reliable resource there."),
        _("You sometimes reach a reliable resource there."),
        _("You mostly reach a reliable resource there."),
    ),
    Indicator.POOLING: (
        _("Know-how hardly goes both ways there."),
        _("Know-how goes both ways a little."),
        _("Know-how goes both ways there."),
    ),
    Indicator.GEOMETRY: (
        _("You seldom answer together with others there."),
        _("You sometimes answer together with others there."),
        _("You often answer together with others there."),
    ),
    Indicator.UNCERTAINTY: (
        _("Without it, little would change for you."),
        _("Without it, some needs would have no second solution."),
        _("Without it, many needs would have no second solution."),
    ),
    Indicator.FLUIDITY: (
        _("Answers are slow there."),
        _("Answers take a few days there."),
        _("Answers come quickly there."),
    ),
    Indicator.DURABLE: (
        _("Few of the people you met there became lasting relations."),
        _("About half of the people you met there became lasting relations."),
        _("Most of the people you met there became lasting relations."),
    ),
    Indicator.COLLECTIVE: (
        _("Your questions seldom get several answers there."),
        _("Your questions get several answers there about every other time."),
        _("Your questions mostly get several answers there."),
    ),
}


def _sentence(indicator: Indicator, level: float) -> str:
    low, middle, high = SENTENCES[indicator]
    return str(low if level < LOW else high if level > HIGH else middle)


@dataclass(frozen=True, kw_only=True)
class RuleLine:
    name: Promise | str
    known: bool
    level: float = 0.0
    figure: str = ""
    basis: str = ""

    @property
    def width(self) -> str:
        return f"{100 * self.level:.4g}%"


def rule_lines(rules: dict[str, Any], opinions: dict[str, int]) -> list[RuleLine]:
    """Six rules in the order of the method; one without evidence shows the opinion if there is one, and says so."""
    lines = []
    for rule in Rule:
        mean, _variance, n = rules.get(rule.value) or (0.5, 1 / 12, 0.0)
        opinion = opinions.get(rule.value)
        if n >= ENOUGH - THRESHOLD_SLACK:
            basis = gettext("from the ledger")
            lines.append(RuleLine(name=NAMES[rule], known=True, level=mean, figure=percent(mean), basis=basis))
        elif opinion is not None:
            level = opinion / 10
            basis = gettext("your opinion only")
            lines.append(RuleLine(name=NAMES[rule], known=True, level=level, figure=percent(level), basis=basis))
        else:
            lines.append(RuleLine(name=NAMES[rule], known=False, basis=gettext("unknown")))
    return lines


def trust_sentence(trust: list[float] | None, rules: dict[str, Any]) -> str:
    """« Confiance plutôt élevée (66 %, entre 54 % et 82 %) ; le point faible est le partage. »"""
    seen = {name: one for name, one in rules.items() if one[2] >= ENOUGH - THRESHOLD_SLACK}
    if not trust or len(seen) < 2:
        return gettext("Too little evidence to speak of trust.")
    mean, low, high = trust
    words = {"mean": percent(mean), "low": percent(low), "high": percent(high)}
    if mean >= HIGH:
        said = gettext("Trust rather high (%(mean)s, between %(low)s and %(high)s)") % words
    elif mean <= LOW:
        said = gettext("Trust rather low (%(mean)s, between %(low)s and %(high)s)") % words
    else:
        said = gettext("Trust in the middle (%(mean)s, between %(low)s and %(high)s)") % words
    weakest = min(seen, key=lambda name: seen[name][0])
    if seen[weakest][0] < HIGH:
        weak = {"said": said, "rule": str(NAMES[Rule(weakest)]).lower()}
        return gettext("%(said)s; the weak point is %(rule)s.") % weak
    return gettext("%(said)s.") % {"said": said}


def returned_sentence(network: Network) -> str:
    """Of the whole network, never of one of its people."""
    _r, _chance, rho = network.figures.get("returned") or (None, None, None)
    if rho is None or network.figures.get("balance", [0] * 5)[4] < 2:
        return ""
    if rho < 0:
        return gettext("In this network, your gifts go to others than those who help you: that is how it lives.")
    return gettext("In this network, you mostly receive from those to whom you give.")
