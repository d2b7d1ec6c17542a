"""The people and firms we know (contacts, organisations) and how we stand with them (relations)."""

from contacts.models.acquaintance import Acquaintance
from contacts.models.belonging import Affiliation, Attendance
from contacts.models.contact import Contact, ContactPoint, Organisation, Position, Tag
from contacts.models.importing import Import, ImportFile, ImportLine
from contacts.models.relationship import CLOSE, Rank, Relationship, SortedMeanwhile

__all__ = [
    "CLOSE",
    "Acquaintance",
    "Affiliation",
    "Attendance",
    "Contact",
    "ContactPoint",
    "Import",
    "ImportFile",
    "ImportLine",
    "Organisation",
    "Position",
    "Rank",
    "Relationship",
    "SortedMeanwhile",
    "Tag",
]
