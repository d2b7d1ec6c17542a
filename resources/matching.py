"""« Qui peut m'aider ? »: the people and the networks that may answer a need or a few words, the likeliest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import add
from typing import Any, Final

from django.db.models import Case, Count, F, FloatField, Max, Q, Value, When
from django.db.models.functions import Coalesce, Greatest

from contacts.models import Contact, Position
from exchanges.beta import ENOUGH, NORMAL_QUANTILE
from exchanges.models import Request, ScoringRun, Side
from exchanges.models.scoring_run import NEWCOMER_LO
from networks.models import Network
from resources.models import Mention, Resource
from resources.ranking import ranked
from resources.words import (
    DERIVED,
    KIND,
    MISTYPED,
    ROOT,
    TERMS_MAX,
    common_terms,
    expanded,
    indexed,
    is_slight,
    kinds_of,
    meant,
    terms,
    words_of,
)
from workspaces.models import Workspace

READ_MAX: Final = 200  # characters of what is typed
SHOWN: Final = 10  # people, and as many networks
CANDIDATES: Final = 80  # resources that are looked at closely
PROFILES: Final = 200  # people whose profession may answer
NETWORKS: Final = 300
PREFIXES: Final = 5
ENDING: Final = 4  # letters by which two words of one root may differ: « thermolaqueur », « thermolaquage »
PREFIX_FROM: Final = 4  # letters from which the beginning of a word is enough
ASKED_WITHIN: Final = timedelta(days=90)
PROFILE: Final = 0.6  # what a profession is worth beside a resource that was noted
WORDS_OF_A_NETWORK: Final = 0.7  # what its name and its description are worth beside one of its services
OTHER_KIND: Final = 0.8  # a resource of another kind than the need asks for
STALE: Final = 0.9
FITS_FROM: Final = 0.05
NEARLY: Final = 0.15  # of the best fit
SLIGHT: Final = 0.2
HALF: Final = 0.5


@dataclass(frozen=True, kw_only=True)
class Sought:
    """One term of what was asked: what each term found is worth for it, and the kinds of resource that it names."""

    worth: dict[str, float]
    kinds: frozenset[str]
    weight: float

    def met(self, found: Collection[str], kind: str = "") -> float:
        of_kind = KIND if kind in self.kinds else 0.0
        same = [worth for term, worth in self.worth.items() if term in found]
        begun = [
            DERIVED * worth
            for term, worth in self.worth.items()
            if len(term) >= ROOT and any(one.startswith(term) for one in found)
        ]
        return max([of_kind, *same, *begun])


@dataclass(kw_only=True)
class Helper:
    """Someone, or a network, that may help: `fit` 0 … 1, `lo` the least they keep of their word, `force` of the tie,
    `asked` how often we asked them of late. `resource` is what answers best; without one it is what they do."""

    contact: Contact | None = None
    network: Network | None = None
    fit: float
    resource: Resource | None = None
    service: str = ""
    lo: float = 0.0
    force: float = 0.0
    asked: int = 0
    joined: bool = False

    @property
    def rank(self) -> float:
        return ranked(self.fit, self.lo, self.force, self.asked)

    @property
    def holder(self) -> Any:
        return self.contact or self.network


@dataclass(frozen=True, kw_only=True)
class Found:
    """`near`: nothing is written quite as it was typed. `cut`: more was typed than is read."""

    people: list[Helper] = field(default_factory=list)
    networks: list[Helper] = field(default_factory=list)
    understood: bool = True
    near: bool = False
    cut: bool = False


def who_can_help(workspace: Workspace, text: str, *, kind: str = "", today: date) -> Found:
    """Ten queries at most, whatever the number of people; `kind` is that of the need, when one is asked for."""
    asked = list(dict.fromkeys(terms(text[:READ_MAX])))[:TERMS_MAX]
    if not asked:
        return Found(understood=False, cut=len(text) > READ_MAX)
    sought, near = _sought(workspace, asked)
    prior = _prior_lo(workspace)
    people: dict[int, Helper] = {}
    networks: dict[int, Helper] = {}
    for helper in (*_with_resources(workspace, sought, kind, prior, today), *_by_profession(workspace, sought)):
        _keep(people if helper.contact else networks, helper)
    for helper in _by_network(workspace, sought):
        _keep(networks, helper)
    _weigh_people(workspace, people, prior, today)
    _weigh_networks(workspace, networks, prior, today)
    return Found(people=_best(people), networks=_best(networks), near=near, cut=len(text) > READ_MAX)


def _keep(helpers: dict[int, Helper], helper: Helper) -> None:
    """Of several reasons for one of them the best."""
    known = helpers.get(helper.holder.pk)
    if helper.fit >= FITS_FROM and (known is None or helper.fit > known.fit):
        helpers[helper.holder.pk] = helper


def _best(helpers: dict[int, Helper]) -> list[Helper]:
    """Without those who answer far less than the others do."""
    least = NEARLY * max((one.fit for one in helpers.values()), default=0.0)
    near = [one for one in helpers.values() if one.fit >= least]
    return sorted(near, key=lambda one: (-one.rank, -one.fit, one.holder.pk))[:SHOWN]


def _sought(workspace: Workspace, asked: list[str]) -> tuple[list[Sought], bool]:
    """What is written nowhere is read as a beginning, or as a slip of the finger."""
    mentions = Mention.objects.for_workspace(workspace)
    known = set(mentions.filter(term__in=asked).values_list("term", flat=True).distinct())
    found, near = [], False
    for term in asked:
        worth, kinds = expanded(term), kinds_of(term)
        if term not in known and term not in common_terms() and not kinds:
            others = _like(mentions, term)
            near = near or bool(others)
            worth = others | worth
        # « un fournisseur d’inox »: of two suppliers the one with inox.
        weight = SLIGHT if is_slight(term) else HALF if kinds else 1.0
        found.append(Sought(worth=worth, kinds=kinds, weight=weight))
    return found, near


def _like(mentions: Any, term: str) -> dict[str, float]:
    first = mentions.filter(term__gte=term[0], term__lt=chr(ord(term[0]) + 1))
    root = max(ROOT, len(term) - ENDING)
    listed = set(common_terms()) | set(first.values_list("term", flat=True).distinct())
    begun = sorted(one for one in listed if one.startswith(term)) if len(term) >= PREFIX_FROM else []
    begun += sorted(one for one in listed if one[:root] == term[:root] and one not in begun)
    slip = meant(term, listed)
    worth: dict[str, float] = {}
    for other in [*begun[:PREFIXES], *([slip] if slip else [])]:
        worth |= {one: MISTYPED * value for one, value in expanded(other).items()}
    return worth


def _fit(sought: Iterable[Sought], found: Collection[str], kind: str = "") -> float:
    """Squared, so that whoever answers the whole stands well before whoever answers half."""
    rows = list(sought)
    met = sum(one.weight * one.met(found, kind) for one in rows)
    return float((met / sum(one.weight for one in rows)) ** 2)


def _prior_lo(workspace: Workspace) -> float:
    runs = ScoringRun.objects.for_workspace(workspace).latest_first().values_list("prior_lo", flat=True)
    return next(iter(runs[:1]), NEWCOMER_LO)


def _with_resources(
    workspace: Workspace, sought: list[Sought], kind: str, prior: float, today: date
) -> Iterator[Helper]:
    resources = Resource.objects.for_workspace(workspace).with_holder().select_related("contact__relationship")
    rows = resources.with_uses().in_bulk(_likeliest(workspace, sought, prior))
    workers = _workers(workspace, {row.organisation_id for row in rows.values() if row.organisation_id})
    for row in rows.values():
        fit = _fit(sought, indexed(row.words), row.kind)
        fit *= (STALE if row.is_stale(today) else 1.0) * (OTHER_KIND if kind and row.kind != kind else 1.0)
        if row.service:
            yield Helper(network=row.service.network, fit=fit, resource=row, service=row.service.title)
        elif contact := row.contact or workers.get(row.organisation_id):
            yield Helper(contact=contact, fit=fit, resource=row)


def _likeliest(workspace: Workspace, sought: list[Sought], prior: float) -> list[int]:
    """The resources that answer most of what is asked, of those whose tie is the surest: one walk of an index."""
    worth = [_worth(one) for one in sought]
    share = reduce(add, worth) / Value(float(sum(one.weight for one in sought)))
    lo = Coalesce(Max("resource__contact__relationship__reliability_lo"), Value(prior))
    force = Coalesce(Max("resource__contact__relationship__strength"), Value(0.0))
    words = Q(term__in={term for one in sought for term in one.worth})
    kinds = {kind for one in sought for kind in one.kinds}
    if all(one.kinds for one in sought):
        words |= Q(resource__kind__in=kinds)
    rows = Mention.objects.for_workspace(workspace).filter(words, resource__contact__deleted_at=None)
    shared = rows.values("resource").annotate(share=share, lo=lo, force=force)
    surest = shared.order_by(-(F("share") * F("share") * F("lo") * (1 + F("force"))), "-resource")
    return list(surest.values_list("resource", flat=True)[:CANDIDATES])


def _worth(one: Sought) -> Any:
    by_worth: dict[float, list[str]] = {}
    for term, worth in one.worth.items():
        by_worth.setdefault(worth, []).append(term)
    cases = [When(term__in=some, then=Value(worth)) for worth, some in sorted(by_worth.items(), reverse=True)]
    best: Any = Max(Case(*cases, default=Value(0.0), output_field=FloatField()))
    if one.kinds:
        of_kind = When(resource__kind__in=one.kinds, then=Value(KIND))
        best = Greatest(best, Max(Case(of_kind, default=Value(0.0), output_field=FloatField())))
    return best * Value(one.weight)


def _workers(workspace: Workspace, firms: set[int]) -> dict[int | None, Contact]:
    """Whom to call at each firm: the surest of those who work there now."""
    if not firms:
        return {}
    rows = Position.objects.for_workspace(workspace).filter(
        organisation__in=firms, ended_on=None, contact__deleted_at=None
    )
    found: dict[int | None, Contact] = {}
    for row in rows.select_related("contact__relationship").order_by("pk"):
        known = found.get(row.organisation_id)
        if known is None or _lo(row.contact, 0.0) > _lo(known, 0.0):
            found[row.organisation_id] = row.contact
    return found


def _by_profession(workspace: Workspace, sought: list[Sought]) -> Iterator[Helper]:
    """What somebody does says what they may know, though nobody noted it."""
    some = {word for one in sought for term in one.worth for word in words_of(term) if len(word) >= PREFIX_FROM}
    if not some:
        return
    told = reduce(Q.__or__, (Q(search__contains=term) for term in sorted(some)))
    contacts = Contact.objects.for_workspace(workspace).present()
    rows = contacts.filter(pk__in=list(contacts.filter(told).values_list("pk", flat=True)[:PROFILES]))
    for contact in rows.select_related("relationship").prefetch_related("tags", "positions__organisation"):
        sectors = [row.organisation.sector for row in contact.positions.all() if row.organisation and not row.ended_on]
        told_of = " ".join([contact.headline, *sectors, *(tag.name for tag in contact.tags.all())])
        yield Helper(contact=contact, fit=PROFILE * _fit(sought, indexed(told_of)))


def _by_network(workspace: Workspace, sought: list[Sought]) -> Iterator[Helper]:
    rows = Network.objects.for_workspace(workspace).nearest_first().only("name", "type", "description", "figures")
    for network in rows.prefetch_related("offers")[:NETWORKS]:
        told_of = indexed(f"{network.name} {network.description}")
        yield Helper(network=network, fit=WORDS_OF_A_NETWORK * _fit(sought, told_of))
        for service in network.offers.all():
            yield Helper(network=network, fit=_fit(sought, indexed(service.title)), service=service.title)


def _weigh_people(workspace: Workspace, people: dict[int, Helper], prior: float, today: date) -> None:
    asked = _asked(workspace, "contact", people, today)
    for pk, helper in people.items():
        helper.lo, helper.force, helper.asked = _lo(helper.contact, prior), _force(helper.contact), asked[pk]


def _weigh_networks(workspace: Workspace, networks: dict[int, Helper], prior: float, today: date) -> None:
    """The tie with a network is that we belong to it."""
    asked = _asked(workspace, "network", networks, today)
    joined = set(Network.objects.for_workspace(workspace).filter(pk__in=networks).joined().values_list("pk", flat=True))
    for pk, helper in networks.items():
        mean, variance, n = (helper.holder.figures.get("rules") or {}).get("reliability") or (0.0, 0.0, 0.0)
        helper.lo = max(0.0, mean - NORMAL_QUANTILE * variance**HALF) if n >= ENOUGH else prior
        helper.joined, helper.force, helper.asked = pk in joined, float(pk in joined), asked[pk]


def _asked(workspace: Workspace, whom: str, helpers: Collection[int], today: date) -> Counter[int]:
    rows = Request.objects.for_workspace(workspace).filter(asked_by=Side.US, asked_on__gt=today - ASKED_WITHIN)
    counted = rows.filter(**{f"{whom}__in": list(helpers)}).order_by().values_list(whom).annotate(Count("pk"))
    return Counter(dict(counted))


def _force(contact: Any) -> float:
    return (known.strength if (known := getattr(contact, "relationship", None)) else None) or 0.0


def _lo(contact: Any, prior: float) -> float:
    known = getattr(contact, "relationship", None)
    return known.reliability_lo if known and known.reliability_lo is not None else prior
