"""Plain makers: one call makes one row with everything that it needs, through the verbs of the models."""

import itertools
from collections.abc import Iterable
from datetime import date, timedelta

from allauth.account.models import EmailAddress
from django.utils import timezone

from contacts.imports.job import plan
from contacts.models import (
    Acquaintance,
    Affiliation,
    Attendance,
    Contact,
    ContactPoint,
    Import,
    Organisation,
    Position,
    Relationship,
    Tag,
)
from exchanges.models import Commitment, Exchange, Interaction, Reply, Request
from journey.models import Postponed, Skip
from networks import catalogue
from networks.models import (
    CatalogueEntry,
    Channel,
    Decision,
    Delegation,
    Meeting,
    Membership,
    Network,
    NetworkLink,
    NetworkRule,
    NetworkService,
    TimeSpent,
    Trial,
)
from resources.models import Resource, Use
from strategy.models import Need, Objective, Stake, TimeBudget
from workspaces import keeping
from workspaces.models import Invitation, Member, Role, User, Workspace

PASSWORD = "une phrase assez longue"
_count = itertools.count(1)


def user(email: str = "", *, name: str = "", password: str | None = None, **fields) -> User:
    """An account whose address is verified. Without a password, only `force_login` opens it (and it costs no hash)."""
    email = email or f"person{next(_count)}@example.org"
    made = User.objects.create_user(email, password, name=name, **fields)
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def workspace(name: str = "Atelier Morvan", *, owner: User | None = None, slug: str = "") -> Workspace:
    return Workspace.open(name, owner=owner or user(), slug=slug)


def owner_of(workspace: Workspace) -> Member:
    owners = Member.objects.filter(workspace=workspace, role=Role.OWNER)
    return owners.select_related("user", "workspace").earliest("pk")


def member(workspace: Workspace, role: Role = Role.MEMBER, *, person: User | None = None) -> Member:
    """Someone who accepted an invitation, so that they also sit in this workspace now."""
    person = person or user()
    invitation, _token = Invitation.send_to(person.email, role=role, by=owner_of(workspace))
    return invitation.accept(user=person)


def contact(
    workspace: Workspace,
    name: str = "",
    *,
    emails: Iterable[str] = (),
    phones: Iterable[str] = (),
    firm: str = "",
    title: str = "",
    tags: Iterable[str] = (),
    **fields,
) -> Contact:
    given, _space, family = (name or f"Contact Numéro{next(_count)}").partition(" ")
    made = Contact.objects.create(workspace=workspace, given_name=given, family_name=family, **fields)
    Relationship.objects.create(workspace=workspace, contact=made)
    for kind, values in ((ContactPoint.Kind.EMAIL, emails), (ContactPoint.Kind.PHONE, phones)):
        for value in values:
            ContactPoint.objects.create(workspace=workspace, contact=made, kind=kind, value=value)
    if firm or title:
        employer = organisation(workspace, firm) if firm else None
        Position.objects.create(workspace=workspace, contact=made, organisation=employer, title=title)
    made.tags.set([tag(workspace, name) for name in tags])
    made.index()
    return made


def organisation(workspace: Workspace, name: str, sector: str = "") -> Organisation:
    known = Organisation.objects.filter(workspace=workspace, name=name).first()
    return known or Organisation.objects.create(workspace=workspace, name=name, sector=sector)


def tag(workspace: Workspace, name: str) -> Tag:
    return Tag.objects.filter(workspace=workspace, name=name).first() or Tag.objects.create(
        workspace=workspace, name=name
    )


def days_ago(days: int, contact: Contact) -> date:
    return contact.workspace.today() - timedelta(days=days)


def exchange(contact: Contact, direction: str = "received", *, by: Member | None = None, **fields) -> Exchange:
    today = contact.workspace.today()
    fields = {"kind": Exchange.Kind.HELP, "on": today, "summary": "Prêt d’une nacelle"} | fields
    by = by or owner_of(contact.workspace)
    return Exchange.record(by=by, today=today, contact=contact, direction=direction, **fields)


def interaction(contact: Contact, kind: str = "call", *, by: Member | None = None, **fields) -> Interaction:
    today = contact.workspace.today()
    by = by or owner_of(contact.workspace)
    return Interaction.record(by=by, today=today, contact=contact, kind=kind, **{"on": today} | fields)


def commitment(contact: Contact, promised_by: str = "us", *, by: Member | None = None, **fields) -> Commitment:
    today = contact.workspace.today()
    fields = {"made_on": today, "summary": "Envoyer les cotes du portail"} | fields
    by = by or owner_of(contact.workspace)
    return Commitment.record(by=by, today=today, contact=contact, promised_by=promised_by, **fields)


def request(contact: Contact, asked_by: str = "us", *, by: Member | None = None, **fields) -> Request:
    today = contact.workspace.today()
    fields = {"asked_on": today, "summary": "Un soudeur pour mars"} | fields
    by = by or owner_of(contact.workspace)
    return Request.record(by=by, today=today, contact=contact, asked_by=asked_by, **fields)


def reply(request: Request, *, on: date | None = None, positive: bool | None = True, **fields) -> Reply:
    on = on or request.workspace.today()
    return request.answer(by=owner_of(request.workspace), on=on, positive=positive, **fields)


def imported(workspace: Workspace, word: str = "Durand") -> Import:
    """A file that was read and waits for its owner to agree: one person, and a problem to tell."""
    lines = f"Nom;E-mail;Notes\nLucie {word};pas une adresse {word};{word}\n"
    job = Import.open(f"{word}.csv", lines.encode(), by=owner_of(workspace), workspace=workspace)
    plan(job)
    return job


def stake(workspace: Workspace, title: str = "Dépendre moins d’un seul client", **fields) -> Stake:
    return _stated(Stake(workspace=workspace, title=title, **fields))


def objective(workspace: Workspace, title: str = "Deux clients dans l’agroalimentaire", **fields) -> Objective:
    return _stated(Objective(workspace=workspace, title=title, **fields))


def need(workspace: Workspace, title: str = "Un juriste en droit social", **fields) -> Need:
    return _stated(Need(workspace=workspace, title=title, **{"resource": Need.Resource.EXPERTISE} | fields))


def budget(workspace: Workspace, hours: float = 4, euros: float = 3500) -> TimeBudget:
    return _stated(TimeBudget(workspace=workspace, weekly_hours=hours, yearly_euros=euros))


def entry(name: str = "Pôle Métal Atlantique", **fields) -> CatalogueEntry:
    fields = {"slug": f"reseau-{next(_count)}", "type": "structuring", "reach": "regional"} | fields
    return CatalogueEntry.objects.create(name=name, **fields)


def suggestion(workspace: Workspace, name: str = "Cercle des fondeurs", *, entry=None, reason: str = "", **facts):
    facts = {"name": name, "type": "identity"} | facts if entry is None else facts
    by = owner_of(workspace)
    return catalogue.submit(facts, by=by, at=timezone.now(), entry=entry, reason=reason)


def network(workspace: Workspace, name: str = "Club Erdre & Loire", **fields) -> Network:
    return _stated(Network(workspace=workspace, name=name, **{"type": "operational"} | fields))


def membership(network: Network, **fields) -> Membership:
    since = network.workspace.today() - timedelta(days=400)
    return _stated(_of(network, Membership, **{"status": "member", "since": since} | fields))


def rule(network: Network, text: str = "Une absence se prévient la veille", **fields) -> NetworkRule:
    return _stated(_of(network, NetworkRule, text=text, **fields))


def channel(network: Network, title: str = "Salle du Cours", **fields) -> Channel:
    return _stated(_of(network, Channel, title=title, **fields))


def service(network: Network, title: str = "Achats groupés d’acier", **fields) -> NetworkService:
    return _stated(_of(network, NetworkService, title=title, **fields))


def time_spent(network: Network, minutes: int = 90, **fields) -> TimeSpent:
    return _stated(_of(network, TimeSpent, minutes=minutes, **{"on": network.workspace.today()} | fields))


def meeting(network: Network, title: str = "Petit-déjeuner", *, in_days: int = 7, **fields) -> Meeting:
    starts = timezone.now() + timedelta(days=in_days)
    fields = {"starts_at": starts, "ends_at": starts + timedelta(hours=2)} | fields
    return _stated(_of(network, Meeting, title=title, **fields))


def network_link(source: Network, target: Network, kind: str = "serves", **fields) -> NetworkLink:
    return _stated(NetworkLink(workspace=source.workspace, source=source, target=target, kind=kind, **fields))


def trial(network: Network, **fields) -> Trial:
    return _stated(_of(network, Trial, **{"opened_on": network.workspace.today()} | fields))


def decision(network: Network, verdict: str = "keep", **fields) -> Decision:
    fields = {"on": network.workspace.today(), "reason": "Elle rapporte plus qu’elle ne coûte"} | fields
    return _stated(_of(network, Decision, verdict=verdict, **fields))


def delegation(need: Need, level: str = "us", **fields) -> Delegation:
    return _stated(Delegation(workspace=need.workspace, need=need, level=level, **fields))


def skip(workspace: Workspace, step: str = "trial", reason: str = "Plus tard", **fields) -> Skip:
    return _stated(Skip(workspace=workspace, step=step, reason=reason, by=owner_of(workspace), **fields))


def affiliation(contact: Contact, network: Network, **fields) -> Affiliation:
    return _stated(_of(network, Affiliation, contact=contact, **fields))


def acquaintance(one: Contact, other: Contact, kind: str = "knows", **fields) -> Acquaintance:
    """`kind` is what `one` is to `other`."""
    return _stated(Acquaintance(workspace=one.workspace, one=one, other=other, kind=kind, **fields))


def attendance(meeting: Meeting, contact: Contact, presence: str = "present") -> Attendance:
    return _stated(Attendance(workspace=meeting.workspace, meeting=meeting, contact=contact, presence=presence))


def resource(holder: Contact | Organisation | NetworkService, words: str = "Droit social", **fields) -> Resource:
    names = {Contact: "contact", Organisation: "organisation", NetworkService: "service"}
    fields = {"kind": "expertise", "verified_on": holder.workspace.today()} | fields
    held = {names[type(holder)]: holder}
    return _stated(Resource(workspace=holder.workspace, words=words, **held, **fields))


def use(resource: Resource, **fields) -> Use:
    fields = {"on": resource.workspace.today()} | fields
    return _stated(Use(workspace=resource.workspace, resource=resource, **fields))


def postponed(row, kind: str = "need", *, until: date | None = None) -> Postponed:
    Postponed.put_aside(kind, row, by=owner_of(row.workspace), until=until)
    return Postponed.objects.get(workspace=row.workspace, kind=kind, object_pk=row.pk)


def _of(network: Network, model, **fields):
    return model(workspace=network.workspace, network=network, **fields)


def _stated(row):
    keeping.add(row, by=owner_of(row.workspace))
    return row
