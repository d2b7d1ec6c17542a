"""Texts made comparable, for search and for « is it the same? »: case, accents and punctuation aside. Pure."""

import unicodedata
from collections.abc import Iterable
from typing import Final

FIRST_ACCENT_CLASS: Final = 10  # below: kana voicing, nukta and virama, which change the letter itself
LETTERS: Final = {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t"}


class _Folding(dict[int, str]):
    """Table for str.translate, filled as characters are met: letters stay, accents go, the rest separates."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = unicodedata.category(char)[0]
        if kind == "M":
            kept = "" if unicodedata.combining(char) >= FIRST_ACCENT_CLASS else char
        else:
            kept = LETTERS.get(char, char) if kind in "LN" else " "
        self[code] = kept
        return kept


_folding: Final = _Folding()


def fold(text: str) -> str:
    """Lower case, without accents, punctuation or width variants; words apart by one space, in their order."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
        return " ".join(unicodedata.normalize("NFC", text.translate(_folding)).split())
    return " ".join(text.lower().translate(_folding).split())


def bare(text: str) -> str:
    """What is left to compare of a text without any letter, such as « !!! » or an emoji, so that two stay apart."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def comparable(text: str) -> str:
    """Equal for texts that a reader takes for one another; those without any letter are compared as they stand."""
    return fold(text) or bare(text)


def among(text: str, others: Iterable[str]) -> bool:
    """Whether it was said already, accents and capitals aside, as no two databases compare them."""
    return comparable(text) in map(comparable, others)
