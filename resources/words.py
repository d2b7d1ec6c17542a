"""From what somebody types to what is looked up: stems, the words that are used for one another, and typing mistakes.

Pure, but for the two lists in `data/`. Snowball's French stemmer does the plurals and the endings.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import snowballstemmer
from rapidfuzz.distance import OSA

from strategy.models import Need
from workspaces.folding import fold

DATA: Final = Path(__file__).parent / "data"
SYNONYM: Final = 0.7  # what a word of the same group is worth
DERIVED: Final = 0.9  # what a word of the same group and of the same root is worth: « transporteur », « transport »
ROOT: Final = 5  # letters by which one tells it
PART: Final = 0.6  # what one word of an expression is worth for the whole
MISTYPED: Final = 0.9  # what a word one slip away is worth
KIND: Final = 0.8  # what a resource is worth that is of the kind asked for, whatever its words
QUANTITY: Final = 3  # figures from which a number is a name, such as that of an alloy
TERM_MAX: Final = 40
TERMS_MAX: Final = 8
ONE_SLIP_FROM: Final = 4  # letters; in a shorter word a slip makes another word
TWO_SLIPS_FROM: Final = 8

# The words by which each kind of resource is asked for.
KINDS: Final = {
    Need.Resource.CONTACT: "contact contacts introduction présenter relation",
    Need.Resource.EXPERTISE: "expert experte experts expertise spécialiste conseil conseils avis",
    Need.Resource.INFORMATION: "information informations renseignement renseignements",
    Need.Resource.SUPPLIER: "fournisseur fournisseurs supplier",
    Need.Resource.OCCASIONAL_PARTNER: "partenaire partenaires partner",
    Need.Resource.LASTING_PARTNER: "partenaire partenaires partner",
    Need.Resource.FUNDING: "financement financer funding argent",
    Need.Resource.PREMISES: "matériel équipement premises",
    Need.Resource.WORKFORCE: "bras renfort main-d’œuvre workforce",
}

# What the stemmer would take apart, or take for another word (« communes »).
IRREGULAR: Final = {"baux": "bail", "communication": "communication", "communications": "communication"}
# They narrow a question down, and answer none.
SLIGHT: Final = (
    "atelier entreprise société boîte projet pièce mètre long grand petit industriel gestion production série urgent "
    "commercial company workshop"
)

_stemmer: Final = snowballstemmer.stemmer("french")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Of one folded word; figures and signs of trade (« 316l ») stay as they are."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    return str(_stemmer.stemWord(word))[:TERM_MAX] if word.isalpha() else word[:TERM_MAX]


def terms(text: str) -> tuple[str, ...]:
    """What a text is about: its stems, each once, in their order; an expression of the list counts as one."""
    return _stems(_expressions().sub(lambda found: "".join(map(stem, found[0].split())), fold(text)))


def indexed(text: str) -> tuple[str, ...]:
    """Under what a text is found: its terms, and each word of its expressions too."""
    return tuple(dict.fromkeys(terms(text) + _stems(fold(text))))


def expanded(term: str) -> dict[str, float]:
    """The term, those of its groups and the words of which it is made, each with what it is worth for it."""
    others = {other: DERIVED if other[:ROOT] == term[:ROOT] else SYNONYM for other in _groups().get(term, ())}
    return dict.fromkeys(_parts().get(term, ()), PART) | others | {term: 1.0}


def words_of(term: str) -> tuple[str, ...]:
    """The words as they are written: those of an expression, or the term itself."""
    return _parts().get(term, (term,))


def kinds_of(term: str) -> frozenset[str]:
    """The kinds of resource that the term asks for."""
    return _kinds().get(term, frozenset())


def is_slight(term: str) -> bool:
    """A word that many have in common, or a quantity."""
    return term in _slight() or (term.isdigit() and len(term) < QUANTITY)


def meant(term: str, known: Iterable[str]) -> str:
    """The known term of which this one is a slip of the finger; empty when none is near enough."""
    allowed = (len(term) >= ONE_SLIP_FROM) + (len(term) >= TWO_SLIPS_FROM)
    if not allowed or not term.isalpha():
        return ""
    near = [(OSA.distance(term, one, score_cutoff=allowed), -len(one), one) for one in known]
    distance, _length, one = min(near, default=(allowed + 1, 0, ""))
    return one if distance <= allowed else ""


def common_terms() -> Collection[str]:
    """Every term of the list: what people look for, whether or not anybody has noted it yet."""
    return _groups().keys()


def _stems(folded: str) -> tuple[str, ...]:
    words = [word for word in folded.split() if word not in _empty() and (len(word) > 1 or word.isdigit())]
    return tuple(dict.fromkeys(stem(word) for word in words))


@cache
def _empty() -> frozenset[str]:
    """What carries no meaning of its own in « je cherche quelqu’un qui pourrait m’aider à… »."""
    return frozenset((DATA / "empty_words.txt").read_text(encoding="utf-8").split())


@cache
def _listed() -> list[list[str]]:
    lines = (DATA / "synonyms.txt").read_text(encoding="utf-8").splitlines()
    return [[fold(word) for word in line.split(",")] for line in lines if line and not line.startswith("#")]


@cache
def _expressions() -> re.Pattern[str]:
    """Longest first, plural or not, so that « sous-traitants » is one word too."""
    several = sorted({word for line in _listed() for word in line if " " in word}, key=len, reverse=True)
    spelt = [r"s?x? ".join(map(re.escape, word.split())) + "[sx]?" for word in several]
    return re.compile(rf"\b(?:{'|'.join(spelt)})\b")


@cache
def _parts() -> dict[str, tuple[str, ...]]:
    """Of each expression the terms of its words."""
    several = [word for line in _listed() for word in line if " " in word]
    return {one: _stems(word) for word in several for one in terms(word)}


@cache
def _groups() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _listed():
        group = [one for word in line for one in terms(word)]
        for one in group:
            found[one] |= {other for other in group if other != one}
    return {one: frozenset(others) for one, others in found.items()}


@cache
def _slight() -> frozenset[str]:
    return frozenset(terms(SLIGHT))


@cache
def _kinds() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, words in KINDS.items():
        for one in terms(words):
            found[one].add(str(kind))
    return {one: frozenset(kinds) for one, kinds in found.items()}
