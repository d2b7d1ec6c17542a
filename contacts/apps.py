from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactsConfig(AppConfig):
    name = "contacts"
    verbose_name = _("Contacts")
    acts = {
        "contacts.contact.created": _("created the contact"),
        "contacts.contact.edited": _("edited the contact"),
        "contacts.contact.binned": _("put in the bin"),
        "contacts.contact.restored": _("restored from the bin"),
        "contacts.contact.erased": _("deleted for good"),
        "contacts.affiliation.added": _("noted a network of"),
        "contacts.affiliation.edited": _("corrected a network of"),
        "contacts.affiliation.deleted": _("took away a network of"),
        "contacts.affiliation.joined": _("noted people of the network"),
        "contacts.acquaintance.added": _("noted an acquaintance of"),
        "contacts.acquaintance.edited": _("corrected an acquaintance of"),
        "contacts.acquaintance.deleted": _("took away an acquaintance of"),
        "contacts.relationship.uncounted": _("stopped scoring the relationship with"),
        "contacts.relationship.counted": _("resumed scoring the relationship with"),
        "contacts.relationship.edited": _("said how close one is to"),
        "contacts.relationship.snoozed": _("put off the next contact with"),
        "contacts.relationship.resumed": _("put back in its rhythm the relationship with"),
        "contacts.relationship.sorted": _("sorted"),
        "contacts.attendance.expected": _("noted who is expected at the meeting"),
        "contacts.attendance.marked": _("noted the presence of"),
        "contacts.attendance.deleted": _("took off the list of a meeting"),
        "contacts.import.started": _("started the import of"),
        "contacts.import.finished": _("finished the import of"),
        "contacts.import.cancelled": _("cancelled the import of"),
        "contacts.import.undone": _("undid the import of"),
    }
