"""Loads the demo into a workspace, and takes all of it away again."""

from datetime import date
from typing import Any, Final

from django.db import models, transaction
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from contacts.models import Contact, Organisation, Tag
from exchanges.judging import scoring as judging
from exchanges.models.ledger import touch
from exchanges.scoring import rescore
from journey.agenda import forget_gone
from journey.demo.acquaintances import write_acquaintances
from journey.demo.ledger import demo_requests, write_ledger
from journey.demo.meetings import write_meetings
from journey.demo.networks import erase_networks, write_affiliations, write_hours, write_networks
from journey.demo.people import write_people
from journey.demo.resources import write_resources
from journey.demo.wishes import erase_strategy, write_strategy
from resources.covering import ask_for_coverage
from resources.models import CoverageRun
from workspaces.logbook import history_of, record
from workspaces.models import Member, Workspace

LOADED: Final = "journey.demo.loaded"
REMOVED: Final = "journey.demo.removed"


class AlreadyLoaded(Exception):
    """The workspace holds demo data already; nothing was written."""

    def __init__(self) -> None:
        super().__init__(_("The demo data is already there."))


def has_demo(workspace: Workspace) -> bool:
    """Read from the logbook, whose index makes it cheap on every home: was the last act a load?"""
    acts = history_of(workspace).filter(workspace=workspace, act__in=(LOADED, REMOVED)).values_list("act", flat=True)
    return acts.first() == LOADED


def demo_contacts(workspace: Workspace) -> "models.QuerySet[Contact]":
    """Those that the last load wrote, in the bin too; all of the demo but its requests hangs on them. The logbook
    keeps their numbers, because whatever a contact says of itself the owner may edit."""
    return Contact.objects.filter(workspace=workspace, pk__in=_last_load(workspace).get("contacts", []))


def _last_load(workspace: Workspace) -> dict[str, Any]:
    load = history_of(workspace).filter(workspace=workspace, act=LOADED).first()
    return load.details if load else {}


def load_demo(*, by: Member, today: date) -> int:
    """Tell the story as of `today`; returns the number of contacts. Of two loads at once exactly one passes."""
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update().get(pk=by.workspace_id)
        if demo_contacts(workspace).exists() or demo_requests(workspace).exists():
            raise AlreadyLoaded
        wishes = write_strategy(by=by, today=today)
        networks = write_networks(by=by, today=today)
        people = write_people(by=by, today=today)
        write_acquaintances(people, by=by)
        through = write_affiliations(people, networks)
        write_meetings(networks, today=today)
        write_hours(networks, by=by, today=today)
        write_resources(people, by=by, today=today)
        write_ledger(people, through, by=by, today=today)
        touch([contact.pk for contact in people.values()], on=today)
        rescore(workspace, on=today)
        judging.rescore(workspace, on=today)
        ask_for_coverage(workspace)
        written = [network.pk for network in networks.values()]
        known = [contact.pk for contact in people.values()]
        record(by, LOADED, workspace, contacts=known, strategy=wishes, networks=written)
    return len(people)


def remove_demo(*, by: Member) -> int:
    """Erase the demo contacts with all that hangs on them, and the firms and tags that came with them and that no
    other contact uses; returns the number of contacts."""
    with transaction.atomic():
        workspace = Workspace.objects.select_for_update().get(pk=by.workspace_id)
        contacts = demo_contacts(workspace)
        came = contacts.aggregate(Min("created"))["created__min"]
        firms = set(Organisation.objects.filter(positions__contact__in=contacts).values_list("pk", flat=True))
        tags = set(Tag.objects.filter(contacts__in=contacts).values_list("pk", flat=True))
        count = contacts.count()
        erase_networks(workspace, _last_load(workspace).get("networks", []))
        erase_strategy(workspace, _last_load(workspace).get("strategy", {}))
        demo_requests(workspace).delete()
        contacts.delete()
        if came:
            Organisation.objects.filter(pk__in=firms, positions=None, resources=None, created__gte=came).delete()
            Tag.objects.filter(pk__in=tags, contacts=None, created__gte=came).delete()
        forget_gone(workspace)
        CoverageRun.objects.for_workspace(workspace).delete()
        # The last run learned its prior from fictitious promises: have another.
        Workspace.objects.filter(pk=workspace.pk).update(rescoring_wanted=True)
        record(by, REMOVED, workspace)
    return count
