"""Normalised keys: how the house decides that two spellings are the same e-mail, phone, person or firm. Pure."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

import phonenumbers

from workspaces.folding import bare, fold

HOME_REGION: Final = "FR"
FRANCE: Final = 33
FIRM_KEY_MAX: Final = 200

LEGAL_FORMS: Final = "sa sas sasu sarl eurl sci snc scop scic selarl"
LEGAL_PREFIXES: Final = frozenset([*LEGAL_FORMS.split(), "ets", "ste"])
FOREIGN_FORMS: Final = "gmbh ag kg ltd limited llc llp inc corp plc bv nv srl cie et and und"
LEGAL_SUFFIXES: Final = frozenset([*LEGAL_FORMS.split(), *FOREIGN_FORMS.split()])

# Small letters of Greek and Cyrillic, and the Latin one that a reader takes them for.
LOOKALIKES: Final = str.maketrans(
    "αβγεηικνορτυχωабвгеікмнорстухјѕһԁԛԝ",
    "abyehikvoptuxwa6breikmhopctyxjshdqw",
)

PHONE_SEPARATORS: Final = str.maketrans("", "", " .-()/\t\u00a0\u202f\u2009\u2010\u2011\u2012\u2013")
INITIALS: Final = re.compile(r"(?<!\S)(\S) (?=\S(?:\s|$))")  # « s a r l », what folding leaves of « S.A.R.L. »
EXTENSION: Final = re.compile(r"(?:poste|extension|ext)[ .=:]*[0-9]{1,6}$", re.IGNORECASE)
FRENCH_PHONE: Final = re.compile(r"(?:(?:\+|00)330?|0)([1-9][0-9]{8})")


def name_key(*parts: str) -> str:
    """The same for « Hélène Lefèvre », « LEFEVRE, Helene » and « lefèvre hélène »; empty only without any name."""
    name = " ".join(parts)
    return " ".join(sorted(fold(name).split())) or bare(name)


def lookalike_key(*parts: str) -> str:
    """Equal for names that only look alike (Greek or Cyrillic letters among Latin ones): a hint, never a match."""
    return " ".join(sorted(name_key(*parts).translate(LOOKALIKES).split()))


def firm_key(name: str) -> str:
    """The same for « SARL Durand », « Durand S.A.R.L. » and « durand »: the legal form is no part of the name."""
    words = INITIALS.sub(r"\1", fold(name)).split()
    start, end = 0, len(words)
    while end - start > 1 and words[end - 1] in LEGAL_SUFFIXES:
        end -= 1
    while end - start > 1 and words[start] in LEGAL_PREFIXES:
        start += 1
    return (" ".join(words[start:end]) or bare(name))[:FIRM_KEY_MAX]


def email_key(value: str) -> str:
    """Without case or width, and the domain as machines write it: « société.fr » is « xn--socit-esab.fr »."""
    if value.isascii():
        return value.lower().strip()
    local, at, domain = unicodedata.normalize("NFKC", value).casefold().strip().rpartition("@")
    return f"{local}{at}{ascii_domain(domain)}"


@lru_cache(maxsize=1024)
def ascii_domain(domain: str) -> str:
    """The same as it is when it has no such writing."""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain


@lru_cache(maxsize=8192)
def phone_key(value: str, region: str = HOME_REGION) -> str:
    """E.164 (« +33612345678 ») when the number is possible, else its bare digits, which match no E.164 number.

    An extension (« poste 12 ») is no part of the key.
    The usual French spellings take a short cut; `phonenumbers` needs about 60 µs for each of the others.
    """
    if region == "FR" and (french := FRENCH_PHONE.fullmatch(value.translate(PHONE_SEPARATORS))):
        return f"+33{french[1]}"
    value = EXTENSION.sub("", value)
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return _digits(value)
    if phonenumbers.is_possible_number(number) and not _lacks_a_digit(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return _digits(value)


def _lacks_a_digit(number: phonenumbers.PhoneNumber) -> bool:
    """« 06 12 34 56 7 »: no French number keeps its first zero, so the library took it for one of the nine digits."""
    return number.country_code == FRANCE and bool(number.italian_leading_zero)


def _digits(value: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", value) if char.isdigit()) or bare(value)
