"""Who knows whom among the people of the demo."""

from contacts.models import Acquaintance
from journey.demo import story
from journey.demo.people import People
from workspaces.models import Member


def write_acquaintances(people: People, *, by: Member) -> None:
    """They hang on contacts of the demo, and go with them."""
    ties = [
        Acquaintance(
            workspace=by.workspace,
            one=people[row["who"]],
            kind=row["kind"],
            other=people[row["whom"]],
            note=row["note"],
        )
        for row in story.rows("acquaintances")
    ]
    for tie in ties:
        tie.put_in_order()
    Acquaintance.objects.bulk_create(ties)
