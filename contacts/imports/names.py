"""A person's name out of one cell, and what to call a person whom nobody named. Pure."""

from typing import Final

from contacts import keys


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CIVILITIES: Final = _words("m mr mme mlle mm monsieur madame mademoiselle mrs ms miss herr frau")
TITLES: Final = _words("Dr Dr. Pr Pr. Me Me. Prof Prof.")
SUFFIXES: Final = _words("phd mba md msc bsc cfa cpa pmp esq jr sr ii iii")
PARTICLES: Final = _words(
    "de du des d la le les van von der den di da del della dos do el al ben bin ibn ter ten zu zur af"
)
# What stands before the @ of an address that belongs to nobody in particular.
SHARED_MAILBOXES: Final = _words(
    "accueil admin administration adv bonjour commercial commerciale comptabilite compta contact contacts direction "
    "equipe factures facturation hello info infos mail marketing no noreply office rh reply sales secretariat service "
    "services client clients support team vente ventes webmaster"
)

JOBLESS: Final = CIVILITIES | _words("dr pr me prof docteur professeur maitre maître")

Name = tuple[str, str]  # given name, family name


def split_name(full: str, lone_is_family: bool = False) -> Name:
    """Given and family name: « Durand, Paul », « DURAND Paul », « Paul de La Tour ». The last word is the family's."""
    parts = [part for part in map(str.strip, full.split(",")) if part and keys.fold(part) not in SUFFIXES]
    if len(parts) == 2:
        return parts[1], " ".join(_without_civility(parts[0].split()))
    words = _without_civility(" ".join(parts).split())
    if len(words) <= 1:
        lone = "".join(words)
        return ("", lone) if lone_is_family else (lone, "")
    capitals = [_is_capitals(word) for word in words]
    if any(capitals) and not all(capitals):
        return _split_by_capitals(words, capitals)
    start = next((place for place in range(1, len(words) - 1) if _is_particle(words[place])), len(words) - 1)
    return " ".join(words[:start]), " ".join(words[start:])


def _split_by_capitals(words: list[str], capitals: list[bool]) -> Name:
    """« DURAND Paul », « Jean-Paul LE GOFF », « Jean de LA TOUR »: what is in capitals is the family name."""
    first = capitals.index(True)
    last = len(words) - capitals[::-1].index(True)
    while first > 0 and _is_particle(words[first - 1]):
        first -= 1
    given = words[:first] + words[last:]
    if not given or not all(capitals[place] or _is_particle(words[place]) for place in range(first, last)):
        return " ".join(words[:-1]), words[-1]
    return " ".join(given), " ".join(words[first:last])


def _without_civility(words: list[str]) -> list[str]:
    while len(words) > 1 and (words[0].rstrip(".").casefold() in CIVILITIES or words[0] in TITLES):
        words = words[1:]
    return words


def is_civility(text: str) -> bool:
    """« Mme », « M. », « Dr »: how to address somebody, no job."""
    return text.rstrip(". ").casefold() in JOBLESS


def _is_capitals(word: str) -> bool:
    """« DURAND », « D'ALMEIDA »; neither initials (« JP », « J.-P. ») nor a script without capitals."""
    return word.isupper() and sum(char.isalpha() for char in word) > 2 and "." not in word


def _is_particle(word: str) -> bool:
    return word.casefold() in PARTICLES or word.casefold() in ("d'", "d’")


def name_from_email(address: str) -> Name:
    """« paul.durand@x.fr » is Paul Durand; empty when the address does not spell a name."""
    words = address.partition("@")[0].replace("_", ".").split(".")
    if len(words) != 2 or not all(len(word) > 1 and word.replace("-", "").isalpha() for word in words):
        return "", ""
    if not SHARED_MAILBOXES.isdisjoint(word.casefold() for word in words):
        return "", ""
    given, family = (word.title() for word in words)
    return given, family


def is_blank(name: str) -> bool:
    """« - », « ? » and « . » stand for no name; a name in any script, or an emoji, is one."""
    return name.isascii() and not any(map(str.isalnum, name))
