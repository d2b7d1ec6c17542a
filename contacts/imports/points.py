"""E-mail addresses, phone numbers and web addresses out of one cell. Pure."""

import re
import unicodedata
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from contacts import keys
from contacts.imports.reasons import Reason

Found = tuple[str, Reason | None]  # (value or empty; why it is empty or worth a look)

EMAIL_MAX: Final = 254
LOCAL_MAX: Final = 64
PHONE_MAX: Final = 60
PHONE_DIGITS: Final = range(3, 21)
WEBSITE_MAX: Final = 500
GOOGLE_SEPARATOR: Final = " ::: "

ATOM: Final = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LOCAL: Final = re.compile(rf"{ATOM}(?:\.{ATOM})*")
DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
PLAIN_EMAIL: Final = re.compile(rf"{LOCAL.pattern}@{DOMAIN.pattern}")
EMAIL_SEPARATORS: Final = re.compile(r"[\s,;|]+")
PHONE_SEPARATORS: Final = re.compile(r" ::: |[;,|\n]| / | ou | or ")
ROUNDED: Final = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[eE]\+?([0-9]+)")
PLAIN_WEBSITE: Final = re.compile(rf"https?://{DOMAIN.pattern}(?:/[A-Za-z0-9/._~?#=&%+-]*)?")
UNSAFE: Final = frozenset('"<>\\^`{|}')
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9]+(?:/|$))", re.IGNORECASE)
LETTERS: Final = re.compile(r"[^\W\d_]")

_check_website = URLValidator(schemes=["http", "https"])


def read_email(text: str) -> Found:
    """Exactly one address; « Paul Durand <paul@x.fr> » and « mailto:paul@x.fr » hold one."""
    if PLAIN_EMAIL.fullmatch(text) and len(text) <= EMAIL_MAX and text.index("@") <= LOCAL_MAX:
        return text, None
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    address = text.strip(" \r\n\t;,")
    if address.endswith(">") and address.count("@") == 1 and "<" in address:
        address = address[address.index("<") + 1 : -1].strip()
    address = address.removeprefix("mailto:")
    if _is_email(address):
        return address, None
    several = sum("@" in part for part in EMAIL_SEPARATORS.split(text)) > 1
    return "", Reason.EMAIL_SEVERAL if several else Reason.EMAIL_INVALID


def _is_email(address: str) -> bool:
    local, _at, domain = address.rpartition("@")
    if len(address) > EMAIL_MAX or len(local) > LOCAL_MAX or not LOCAL.fullmatch(local):
        return False
    return DOMAIN.fullmatch(keys.ascii_domain(domain.lower())) is not None


def split_phones(text: str) -> list[str]:
    """« 06… / 01… », « 06… ; 01… » and Google's « ::: »; a lone number keeps its own slashes (« 06/12/… »)."""
    if ROUNDED.fullmatch(text.strip()) or ";ext=" in text:
        return [text]
    parts = PHONE_SEPARATORS.split(text)
    if len(parts) == 1 and text.count("/") == 1:
        halves = text.split("/")
        if all(keys.phone_key(half.strip()).startswith("+") for half in halves):
            parts = halves
    return [part.strip() for part in parts if part.strip()]


def read_phone(text: str) -> Found:
    """The number in E.164; as written when it has an extension or is not recognised (then with a reason)."""
    text = _unrounded(text)
    key = keys.phone_key(text) if len(text) <= PHONE_MAX else ""
    if key.startswith("+") and not LETTERS.search(text):
        return key, None
    text = text.strip().removeprefix("tel:").replace(";ext=", " poste ")
    if ROUNDED.fullmatch(text):
        return "", Reason.PHONE_ROUNDED
    if len(text) > PHONE_MAX or sum(char.isdigit() for char in text) not in PHONE_DIGITS:
        return "", Reason.PHONE_INVALID
    key = keys.phone_key(text)
    if not key.startswith("+"):
        return text, Reason.PHONE_KEPT
    return (text if LETTERS.search(text) else key), None


def _unrounded(text: str) -> str:
    """« 3.3612345678E+10 » holds all the digits of 33612345678; « 3,36E+10 » does not, and stays."""
    parts = ROUNDED.fullmatch(text.strip())
    exact = parts and parts[2] and len(parts[3]) < 3 and len(parts[2]) == int(parts[3])
    return f"{parts[1]}{parts[2]}" if parts and exact else text


def read_website(text: str) -> Found:
    """An http or https address; a bare « www.x.fr » becomes https."""
    address = text.strip().split(GOOGLE_SEPARATOR)[0]
    if "://" not in address and not SCHEME.match(address) and "." in address:
        address = f"https://{address}"
    if len(address) <= WEBSITE_MAX and PLAIN_WEBSITE.fullmatch(address):
        return address, None
    try:
        _check_website(address)
    except ValidationError:
        return "", Reason.WEBSITE_REFUSED
    if len(address) > WEBSITE_MAX or "@" in address.split("/")[2] or not UNSAFE.isdisjoint(address):
        return "", Reason.WEBSITE_REFUSED
    return address, None
