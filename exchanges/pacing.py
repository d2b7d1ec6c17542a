"""How strong each tie is and when its next contact is due: the columns of `Relationship` that tell its rhythm.

`exchanges.scoring` calls it in each pass. A full one ranks all ties by Force and learns by how much all rhythms are
stretched to the time there is; a single one ranks a few among the strongest that are stored, with the stored stretch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Case, Count, F, FloatField, Value, When
from django.db.models.functions import Cast

from contacts.models import Affiliation, Relationship
from exchanges import reliability, ties
from exchanges.beta import Prior
from exchanges.decay import CUT_OFF_HALF_LIVES, decay
from exchanges.masses import DaysBetween
from exchanges.models import Exchange, Interaction
from exchanges.reciprocity import reciprocity_from_masses
from networks.models import Status
from strategy.models import TimeBudget
from workspaces.models import Workspace

if TYPE_CHECKING:
    from exchanges.columns import FloatArray
    from exchanges.scoring import Rows

MONTHS: Final = 12
EVER: Final = date.max.toordinal()  # more days than any age
DIGITS: Final = np.frombuffer(b"0123456789abcdefghijklmnopqrstuvwxyz", dtype="S1")
NO_MINUTES: Final = -1.0  # of an exchange, which is a contact too, but no time together
SLOWEST: Final = ties.DORMANT_DAYS / ties.SHORTEST_DAYS  # beyond which every tie sleeps before it is due


class Stated(NamedTuple):
    """What a relationship holds that the scores start from."""

    last: date | None = None
    closeness: int | None = None
    circle: str = ""
    snoozed_until: date | None = None
    met: date | None = None
    binned: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """What the other scores of this pass have read already, one figure a relationship."""

    given: FloatArray
    received: FloatArray
    squares: FloatArray
    balance: FloatArray  # S, ½ where nothing passed
    kept: FloatArray
    lost: FloatArray


@dataclass(frozen=True, kw_only=True)
class Lived:
    """What was lived together: decayed minutes today and at the last contact, the minutes that one contact takes, days
    since the first (0: none), the median of the last gaps (NaN under three), contacts in each of twelve months."""

    minutes: FloatArray
    minutes_then: FloatArray
    each: FloatArray
    days: FloatArray
    gap: FloatArray
    months: np.ndarray


def rhythm_columns(
    rows: Rows, ledger: Ledger, prior: Prior, *, stretched: float | None = None
) -> tuple[dict[str, list[Any]], float]:
    """The columns, and the stretch: the one given, else learnt from these rows, which are then all there are."""
    counted = np.array([contact in rows.place for contact in rows.contacts], dtype=bool)
    present = np.array([one.binned is None for one in rows.stated], dtype=bool)
    lived = _lived(rows)
    age = np.array([_age(one.last, rows.scope.on) for one in rows.stated], float)  # NaN: never
    common = _common(rows)
    strength = _strength(rows, ledger, lived, common)
    known = counted & (~np.isnan(age) | (strength > 0))
    paced = _paced(rows, _ranks(rows, strength, known, present, alone=stretched is None), lived)
    running = known & present & (age < ties.DORMANT_DAYS)
    if stretched is None:
        stretched = _stretch(rows.scope.workspace, paced[running], lived.each[running])
    every = np.minimum(paced * stretched, float(ties.DORMANT_DAYS))
    asleep = np.flatnonzero(counted & (age >= ties.DORMANT_DAYS))
    columns = {
        "strength": _where(known, strength),
        "contact_minutes": (lived.each * counted).tolist(),
        "cadence_days": _where(known & ~np.isnan(age), every),
        "touches": np.where(counted, _digits(lived.months), "").tolist(),
        "reactivation": _reactivation(rows, asleep, ledger, lived, age, common, prior),
    }
    return columns | _standings(rows, counted, every), stretched


def _age(last: date | None, on: date) -> float:
    return float("nan") if last is None else max((on - last).days, 0)


def _where(shown: np.ndarray, values: FloatArray) -> list[float | None]:
    return [value if show else None for show, value in zip(shown.tolist(), values.tolist(), strict=True)]


def _standings(rows: Rows, counted: np.ndarray, every: FloatArray) -> dict[str, list[Any]]:
    """Where each tie stands, and the day of its next contact; one that is put off is asked for later."""
    on, words, days = rows.scope.on, [], []
    for one, counts, cadence in zip(rows.stated, counted.tolist(), every.tolist(), strict=True):
        found = ties.contact_status(one.last, on, cadence) if counts else None
        asked = found.next_on if found and found.rhythm != ties.Rhythm.DORMANT else None
        if asked and one.snoozed_until and one.snoozed_until > on:
            asked = max(asked, one.snoozed_until)
        words.append(found.rhythm.value if found else "")
        days.append(asked)
    return {"rhythm": words, "next_contact_on": days}


# --- What was lived -------------------------------------------------------------------------------


def _lived(rows: Rows) -> Lived:
    """From every touch of these relationships up to the day that is scored; planned ones do not count."""
    places, ages, spent = _touches(rows)
    together = spent >= 0
    at, minutes = places[together], spent[together]
    faded = decay(ages[together], ties.MINUTES_HALF_LIFE)
    newest = np.full(len(rows.read), np.inf)
    np.minimum.at(newest, places, ages)
    oldest = np.array([_age(one.met, rows.scope.on) if one.met else 0.0 for one in rows.stated])
    np.maximum.at(oldest, places, ages)
    then = decay(ages[together] - newest[at], ties.MINUTES_HALF_LIFE)
    weights, sums = rows.sums(at, faded), rows.sums(at, minutes * faded)
    each = np.where(weights > 0, sums / np.where(weights > 0, weights, 1.0), ties.USUAL_MINUTES)
    days = np.divmod(np.unique(places * EVER + ages.astype(np.intp)), EVER)
    return Lived(
        minutes=sums,
        minutes_then=rows.sums(at, minutes * then),
        each=each,
        days=oldest,
        gap=_median_gaps(*days, count=len(rows.read)),
        months=_by_month(*days, on=rows.scope.on, count=len(rows.read)),
    )


def _touches(rows: Rows) -> tuple[np.ndarray, FloatArray, FloatArray]:
    """Place, age in days and minutes of each; one statement."""
    on = rows.scope.on
    usual = [When(kind=kind, then=Value(minutes)) for kind, minutes in ties.KIND_MINUTES.items()]
    noted = Case(When(minutes=None, then=Case(*usual)), default=Cast("minutes", FloatField()))
    age = DaysBetween(Value(on), F("on"))
    lines = [
        rows.scope.lines(model).filter(on__lte=on).annotate(age=age, spent=spent).values_list("contact", "age", "spent")
        for model, spent in ((Interaction, noted), (Exchange, Value(NO_MINUTES, FloatField())))
    ]
    sql, values = lines[0].union(lines[1], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = np.array(cursor.fetchall(), float).reshape(-1, 3)
    places = np.array([rows.place.get(contact, -1) for contact in found[:, 0].tolist()], dtype=np.intp)
    counted = places >= 0
    return places[counted], found[counted, 1], found[counted, 2]


def _median_gaps(places: np.ndarray, ages: np.ndarray, *, count: int) -> FloatArray:
    """Of the last five gaps between the days of contact, which come sorted; NaN where there are fewer than three."""
    first = np.searchsorted(places, np.arange(count))
    nth = np.arange(len(places)) - first[places]
    latest = np.full((count, ties.GAPS_READ + 1), np.nan)
    near = nth <= ties.GAPS_READ
    latest[places[near], nth[near]] = ages[near]
    gaps = np.sort(np.diff(latest, axis=1), axis=1)  # NaN last
    found = np.sum(~np.isnan(gaps), axis=1)
    low, high = np.maximum(found - 1, 0) // 2, found // 2
    row = np.arange(count)
    middle = (gaps[row, low] + gaps[row, np.minimum(high, ties.GAPS_READ - 1)]) / 2
    return np.where(found >= ties.GAPS_MIN, middle, np.nan)


def _by_month(places: np.ndarray, ages: np.ndarray, *, on: date, count: int) -> np.ndarray:
    """How many days of contact in each of the twelve months that end with this one, the oldest first."""
    day = np.datetime64(on, "D")
    ago = day.astype("datetime64[M]") - (day - ages.astype("timedelta64[D]")).astype("datetime64[M]")
    month = MONTHS - 1 - ago.astype(np.intp)
    lately = month >= 0
    cells = places[lately] * MONTHS + month[lately]
    return np.bincount(cells, minlength=count * MONTHS).reshape(count, MONTHS)


def _digits(months: np.ndarray) -> np.ndarray:
    drawn = np.ascontiguousarray(DIGITS[np.minimum(months, len(DIGITS) - 1)])
    return drawn.view(f"S{MONTHS}").reshape(-1).astype(str)


# --- Force ----------------------------------------------------------------------------------------


def _strength(rows: Rows, ledger: Ledger, lived: Lived, common: FloatArray) -> FloatArray:
    said = np.array([one.closeness is not None for one in rows.stated], dtype=bool)
    closeness = np.array([one.closeness or 1 for one in rows.stated], float)
    points = ledger.given + ledger.received
    terms = ties.observed_terms(lived.minutes, lived.days / ties.YEAR_DAYS, points, ledger.balance, common)
    found: FloatArray = ties.weighed(*terms, intimacy=ties.intimacy_of(closeness), said=said)
    return found


def _common(rows: Rows) -> FloatArray:
    """Networks in common: those of the contact, open to all, of which we are members now."""
    shared = rows.scope.lines(Affiliation).open_to_all().current(rows.scope.on)
    shared = shared.filter(network__memberships__status=Status.MEMBER)
    common = np.zeros(len(rows.read))
    for contact, networks in shared.values("contact").annotate(n=Count("network")).values_list("contact", "n"):
        if contact in rows.place:
            common[rows.place[contact]] = networks
    return common


def _reactivation(
    rows: Rows,
    asleep: np.ndarray,
    ledger: Ledger,
    lived: Lived,
    age: FloatArray,
    common: FloatArray,
    prior: Prior,
) -> list[float | None]:
    """Force at the last contact × F. Nothing has passed since: what was exchanged is the state of then, undecayed."""
    column: list[float | None] = [None] * len(rows.read)
    if not len(asleep):
        return column
    half_life = rows.scope.parameters.half_life_exchanges
    undecayed = 1 / decay(np.minimum(age[asleep], CUT_OFF_HALF_LIVES * half_life), half_life)
    given, received = ledger.given[asleep] * undecayed, ledger.received[asleep] * undecayed
    passed = given + received > 0
    balance = np.full(len(asleep), 0.5)
    squares = (ledger.squares[asleep] * undecayed)[passed]
    balance[passed] = reciprocity_from_masses(given[passed], received[passed], squares, rows.scope.parameters).score
    trust = reliability.reliability_from_evidence(ledger.kept[asleep], ledger.lost[asleep], prior).belief.mean
    for nth, place in enumerate(asleep.tolist()):
        then = ties.tie_strength(
            minutes=float(lived.minutes_then[place]),
            years=max(float(lived.days[place] - age[place]), 0.0) / ties.YEAR_DAYS,
            points=float(given[nth] + received[nth]),
            balance=float(balance[nth]),
            common=int(common[place]),
            closeness=rows.stated[place].closeness,
        )
        column[place] = then.strength * float(trust[nth])
    return column


# --- Cadence --------------------------------------------------------------------------------------


def _ranks(rows: Rows, strength: FloatArray, known: np.ndarray, present: np.ndarray, *, alone: bool) -> np.ndarray:
    """From 1, the strongest, among those that are present; of two alike the elder first. Whoever is in the bin stands
    where they would come back. Unless these are all there are, the fifty strongest others are asked for."""
    mine = [read.pk for read in rows.read]
    others = [] if alone else _strongest(rows.scope.workspace, leaving_out=mine)
    force = np.concatenate([np.where(known, strength, -1.0), [value for _pk, value in others]])
    pks = np.array([*mine, *(pk for pk, _value in others)])
    ranked = np.concatenate([known & present, np.ones(len(others), dtype=bool)])
    order = np.lexsort((pks, -force))
    ranks = np.empty(len(order), dtype=np.intp)
    ranks[order] = np.cumsum(ranked[order]) - ranked[order] + 1
    return ranks[: len(mine)]


def _strongest(workspace: Workspace, *, leaving_out: Sequence[int]) -> list[tuple[int, float]]:
    """Further down, a rank changes nothing."""
    stored = Relationship.objects.for_workspace(workspace).filter(strength__isnull=False, contact__deleted_at=None)
    return list(stored.exclude(pk__in=leaving_out).order_by("-strength").values_list("pk", "strength")[: ties.RANKED])


def _paced(rows: Rows, ranks: np.ndarray, lived: Lived) -> FloatArray:
    circles: Iterable[ties.Circle | None] = (ties.Circle(one.circle) if one.circle else None for one in rows.stated)
    pairs = zip(ranks.tolist(), circles, strict=True)
    base = np.array([ties.base_days(rank, circle) for rank, circle in pairs], float)
    found = np.flatnonzero(~np.isnan(lived.gap))
    base[found] = ties.drawn(base[found], lived.gap[found])
    return base


def _stretch(workspace: Workspace, paced: FloatArray, each: FloatArray) -> float:
    """Without a budget nothing is stretched. What sleeps or was never met asks for no time."""
    budget = TimeBudget.objects.for_workspace(workspace).first()
    if budget is None:
        return 1.0
    load = ties.stretch(zip(paced.tolist(), each.tolist(), strict=True), ties.a_month(budget.weekly_minutes))
    return min(load.factor, SLOWEST)
