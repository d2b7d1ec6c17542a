"""What goes by itself at night: contacts in the bin for thirty days, files that were looked at and left.

One transaction for each: after a crash half-way, the next night goes on.
"""

from django.db import transaction

from contacts.erasing import erase
from contacts.models import Contact, Import


def empty_bin() -> int:
    """How many were erased."""
    past = Contact.objects.past_bin()
    return sum(erase(pk, among=past, by=None) for pk in list(past.values_list("pk", flat=True)))


def drop_previews() -> int:
    """How many imports that nobody started, nor touched for a week, were cancelled: their file and lines are gone."""
    left = Import.objects.abandoned()
    return sum(_cancel(pk) for pk in list(left.values_list("pk", flat=True)))


@transaction.atomic
def _cancel(pk: int) -> bool:
    job = Import.objects.abandoned().select_for_update().filter(pk=pk).first()
    return job is not None and job.cancel(by=None)
