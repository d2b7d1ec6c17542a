"""manage.py empty_bin: erase the contacts that have been in the bin for thirty days, as each night does."""

from typing import Any

from django.core.management.base import BaseCommand

from contacts.emptying import empty_bin


class Command(BaseCommand):
    help = "Erase the contacts that have been in the bin for thirty days."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{empty_bin()} erased")
