"""Why somebody may help, in one sentence, and the message that asks them."""

from datetime import date

from django.utils.translation import gettext, ngettext

from contacts.models import Contact
from resources.matching import Helper
from resources.models import Resource
from ui.wording import ago


def reason(helper: Helper, today: date) -> str:
    """What they can bring, how sure that is, and how often they were asked of late."""
    return " ".join(part for part in (_brings(helper, today), _asked(helper.asked)) if part)


def _brings(helper: Helper, today: date) -> str:
    if row := helper.resource:
        told = _told(row, today)
        owner = row.organisation or row.service
        return gettext("%(owner)s: %(told)s") % {"owner": owner, "told": told} if owner else told
    if helper.service:
        return gettext("Its service: %(service)s.") % {"service": helper.service}
    if helper.network:
        return gettext("It is what this network is about.")
    return gettext("Their line of work; nothing is noted yet of what they can bring.")


def _told(row: Resource, today: date) -> str:
    fresh = gettext("To be verified")
    if row.verified_on and not row.is_stale(today):
        fresh = gettext("Verified %(when)s") % {"when": ago(row.verified_on, today)}
    words = {"words": row.words.rstrip("."), "fresh": fresh}
    if not (used := getattr(row, "used", 0)):
        return gettext("%(words)s. %(fresh)s.") % words
    helped = row.helped  # type: ignore[attr-defined]
    times = ngettext("helped %(helped)s time of %(used)s", "helped %(helped)s times of %(used)s", helped)
    return gettext("%(words)s. %(fresh)s; %(times)s.") % (words | {"times": times % {"helped": helped, "used": used}})


def _asked(times: int) -> str:
    if not times:
        return ""
    words = ngettext("Asked once in three months.", "Asked %(times)s times in three months.", times)
    return words % {"times": times}


def message(contact: Contact | None, question: str, company: str) -> str:
    """Ready to be sent, and to be put in one's own words."""
    asked = gettext("I am looking for: %(what)s") % {"what": question.strip().rstrip(".?") + "."}
    body = gettext("Could you help me, or tell me who could? An honest no helps me too.")
    thanks = gettext("Thank you! Tell me what I can do for you in turn.")
    return "\n\n".join([_hello(contact), f"{asked} {body}", f"{thanks}\n{company}"])


def thanks(contact: Contact | None, answered: str, company: str) -> str:
    """To each link of the chain, once the need is answered."""
    told = gettext("It is settled: %(what)s") % {"what": answered.strip().rstrip(".?") + "."}
    body = gettext("You had a part in it, and I wanted to thank you.")
    owed = gettext("I owe you one.")
    return "\n\n".join([_hello(contact), f"{told} {body}", f"{owed}\n{company}"])


def _hello(contact: Contact | None) -> str:
    if contact is None:
        return gettext("Hello everyone,")
    return gettext("Hello %(name)s,") % {"name": contact.given_name or contact.family_name}
