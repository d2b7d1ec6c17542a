"""What the people and the services of the demo can bring, and how often they did."""

from datetime import date, timedelta
from typing import Final

from contacts.models import Contact
from journey.demo import story
from networks.models import NetworkService
from resources.models import Resource, Use
from workspaces.models import Member

BETWEEN_USES: Final = 45  # days


def write_resources(people: dict[str, Contact], *, by: Member, today: date) -> None:
    """They hang on contacts and services of the demo, and go with them."""
    services = {service.title: service for service in NetworkService.objects.for_workspace(by.workspace)}
    for row in story.rows("resources"):
        held = {"contact": people.get(row["who"]), "service": services.get(row["who"])}
        if any(held.values()):
            verified_on = story.day(today, row["ago"])
            kind, words = row["kind"], row["words"]
            made = Resource(workspace=by.workspace, kind=kind, words=words, verified_on=verified_on, **held)
            made.save()
            if verified_on:
                Use.objects.bulk_create(_uses(made, int(row["used"]), int(row["helped"]), verified_on))


def _uses(resource: Resource, used: int, helped: int, last: date) -> list[Use]:
    """The latest on the day on which it was verified; those that did not help are the oldest."""
    days = [last - timedelta(days=BETWEEN_USES * number) for number in range(used)]
    own = {"workspace": resource.workspace, "resource": resource}
    return [Use(**own, on=day, helped=number < helped) for number, day in enumerate(days)]
