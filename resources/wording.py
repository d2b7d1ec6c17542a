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
    words = {"name": contact.given_name or contact.family_name if contact else "", "company": company}
    hello = gettext("Hello %(name)s,") % words if contact else gettext("Hello everyone,")
    asked = gettext("I am looking for: %(what)s") % {"what": question.strip().rstrip(".?") + "."}
    body = gettext("Could you help me, or tell me who could? An honest no helps me too.")
    thanks = gettext("Thank you! Tell me what I can do for you in turn.")
    return "\n\n".join([hello, f"{asked} {body}", f"{thanks}\n{company}"])
