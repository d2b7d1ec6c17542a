"""The networks of the demo workshop: seven memberships and a trial, a year of hours, and what was decided."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from contacts.models import Affiliation, Contact
from journey.demo import story
from networks.hours import lines_of
from networks.models import (
    Channel,
    Decision,
    Membership,
    Network,
    NetworkLink,
    NetworkRule,
    NetworkService,
    TimeSpent,
    Trial,
)
from networks.types import PROFILES
from strategy.models import Objective
from workspaces.models import Member, Workspace

MONTHS: Final = 12
MONTH_DAYS: Final = 30
QUESTIONS: Final = 5
SEEN: Final = {"services": 2, "animation": 2, "punctuality": 1, "rules": 1, "welcome": 2, "members": 2, "costs": 0}
FIT: Final = {"member": {"objectives": 7, "needs": 6, "rules": 7}, "invited": {"objectives": 9, "needs": 8}}

Networks = dict[str, Network]


def write_networks(*, by: Member, today: date) -> Networks:
    """By the name that the story gives them; one of that name that the owner has described already stays theirs, and
    nothing of the demo is hung on it."""
    names = set(Network.objects.for_workspace(by.workspace).values_list("name", flat=True))
    told = [row for row in story.rows("networks") if row["name"] not in names]
    made = {row["name"]: Network.objects.create(workspace=by.workspace, **_sheet(row)) for row in told}
    for row in told:
        _write_place(made[row["name"]], row, by=by, today=today)
    _write_parts(made, today=today)
    return made


def erase_networks(workspace: Workspace, written: Iterable[int]) -> None:
    """With all that hangs on them; exchanges and contacts of the owner stay, and name no network."""
    Network.objects.for_workspace(workspace).filter(pk__in=written).delete()


def tagged(networks: Networks) -> dict[str, Network]:
    """By the tag that says who belongs there."""
    return {
        row["tag"]: networks[row["name"]] for row in story.rows("networks") if row["tag"] and row["name"] in networks
    }


def write_affiliations(people: dict[str, Contact], networks: Networks) -> dict[str, Network]:
    """Who belongs where, and for each of them the network that their exchanges name."""
    by_tag = tagged(networks)
    theirs: dict[str, Network] = {}
    rows = []
    for person in story.rows("people"):
        name = story.full_name(person)
        for network in (by_tag[tag] for tag in map(str.strip, person["tags"].split(",")) if tag in by_tag):
            rows.append(Affiliation(workspace=network.workspace, contact=people[name], network=network))
            theirs.setdefault(name, network)
    Affiliation.objects.bulk_create(rows)
    return theirs


def _sheet(row: story.Row) -> dict[str, Any]:
    yes = int(row["yes"]) if row["yes"] else None
    return {
        **{name: row[name] for name in ("name", "type", "reach", "territory", "description", "slot")},
        "kinds": list(PROFILES[row["type"]].kinds),
        "exclusive": bool(row["exclusive"]),
        **{column: _number(row[name]) for name, column in NUMBERS.items()},
        "role_answers": [] if yes is None else [question < yes for question in range(QUESTIONS)],
        "fit": FIT[row["status"]] | {"members": 5 + (yes or 0)},
    }


NUMBERS: Final = {
    "attendance": "attendance",
    "weekday": "weekday",
    "notice": "notice_days",
    "cadence": "cadence_days",
}


def _write_place(network: Network, row: story.Row, *, by: Member, today: date) -> None:
    objectives = Objective.objects.for_workspace(by.workspace).filter(title=row["objective"])
    since = story.day(today, row["since"])
    own = {"workspace": by.workspace, "network": network}
    Membership.objects.create(
        **own,
        **{name: row[name] for name in ("status", "roles", "sponsor", "goal", "result")},
        since=since,
        fee=Decimal(row["fee"]) if row["fee"] else None,
        fee_period=row["period"],
        renewal_on=_exact(today, row["renewal"]),
        objective=objectives.first(),
    )
    decided = {"verdict": row["decision"], "reason": row["reason"], "on": story.day(today, row["decided"])}
    Decision.objects.create(**own, **decided, review_on=_exact(today, row["review"]), decided_by=by)
    if row["status"] == "invited":
        Trial.objects.create(**own, opened_on=since or today, points=SEEN, notes="Accueil simple et franc.")


def write_hours(networks: Networks, *, by: Member, today: date) -> None:
    """What each network takes a month, less its meetings: the calls, the files, the lunches around them."""
    met = lines_of(by.workspace)
    for row in story.rows("networks"):
        if (network := networks.get(row["name"])) and (since := story.day(today, row["since"])):
            there = [(on, minutes) for pk, on, minutes in met if pk == network.pk]
            TimeSpent.objects.bulk_create(_hours(network, int(row["monthly"]), there, since=since, today=today))


def _hours(
    network: Network, monthly: int, met: list[tuple[date, int]], *, since: date, today: date
) -> Iterator[TimeSpent]:
    for month in range(MONTHS):
        last = today - timedelta(days=MONTH_DAYS * month)
        first = last - timedelta(days=MONTH_DAYS - 1)
        on = last - timedelta(days=5)
        minutes = monthly - sum(spent for day, spent in met if first <= day <= last)
        if since <= on and minutes > 0:
            note = "Appels et rendez-vous"
            yield TimeSpent(workspace=network.workspace, network=network, on=on, minutes=minutes, note=note)


def _write_parts(networks: Networks, *, today: date) -> None:
    for row in story.rows("network_parts"):
        if network := networks.get(row["network"]):
            _write_part(network, row, networks, today)


def _write_part(network: Network, row: story.Row, networks: Networks, today: date) -> None:
    own = {"workspace": network.workspace, "network": network}
    if row["kind"] == "service":
        flags = {"coproduced": "together" in row["flags"], "mutualised": "open" in row["flags"]}
        used = {"uses": int(row["uses"]), "used_on": story.day(today, row["ago"])}
        NetworkService.objects.create(**own, title=row["title"], **flags, **used)
    elif row["kind"] == "rule":
        source = {"source": row["more"], "mandatory": row["flags"] == "must"}
        NetworkRule.objects.create(**own, text=row["title"], category=row["sort"], **source)
    elif row["kind"] == "channel":
        Channel.objects.create(**own, title=row["title"], kind=row["sort"], url=row["more"])
    elif target := networks.get(row["title"]):
        ends = {"workspace": network.workspace, "source": network, "target": target}
        NetworkLink.objects.create(**ends, kind=row["sort"], note=row["more"])


def _exact(today: date, ago: str) -> date | None:
    """A term falls on the day that it falls on, weekend or not."""
    return today - timedelta(days=int(ago)) if ago else None


def _number(text: str) -> int | None:
    return int(text) if text else None
