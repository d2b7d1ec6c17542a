"""The reader that `make check` trusts to compare the French with the code."""

import io

import pytest
from babel.messages.pofile import read_po

from scripts import check_translations

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def catalog(text: str):
    return read_po(io.BytesIO((HEADER + text).encode()), locale="fr")


def complaints_of(text: str) -> list[str]:
    return list(check_translations.faults(catalog(text)))


@pytest.mark.parametrize(
    "said",
    [
        "Bonjour\u202f!",
        "Il n’y a rien",
        "«\u202fNoter\u202f»",
        "12\u00a0%",
        "Voir http://localhost:8000",
        "À 14:30",
        "Ici\u202f: %(name)s",
    ],
)
def test_good_french_passes(said):
    known = "%(name)s" if "%(name)s" in said else "x"
    assert complaints_of(f'msgid "{known}"\nmsgstr "{said}"\n') == []


@pytest.mark.parametrize(
    "said", ["Bonjour !", "Bonjour!", "Il n'y a rien", "« Noter »", "12 %", "Ici : là", "Ici: là", ""]
)
def test_careless_french_is_named(said):
    assert len(complaints_of(f'msgid "x"\nmsgstr "{said}"\n')) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [("%(name)s is here", "%(nom)s est là"), ("{count} left", "il en reste"), ("now", "%s maintenant")],
)
def test_a_changed_placeholder_is_named(asked, said):
    assert complaints_of(f'msgid "{asked}"\nmsgstr "{said}"\n')


def test_a_fuzzy_entry_is_named():
    assert complaints_of('#, fuzzy\nmsgid "x"\nmsgstr "y"\n')


def test_a_missing_plural_is_named_and_a_singular_may_spell_its_number():
    plural = 'msgid "one line"\nmsgid_plural "%(n)s lines"\nmsgstr[0] "une ligne"\nmsgstr[1] "{}"\n'
    assert complaints_of(plural.format("")) != []
    assert complaints_of(plural.format("%(n)s lignes")) == []


def test_unused_obsolete_and_absent_entries_are_named():
    wanted = {("", "used"): "a.py:1", ("month", "May"): "b.py:2"}
    french = catalog(
        'msgid "used"\nmsgstr "employé"\n\nmsgid "gone"\nmsgstr "parti"\n\n#~ msgid "old"\n#~ msgstr "vieux"\n'
    )
    assert [line.split(":")[0] for line in check_translations.missing(wanted, french)] == ["b.py"]
    assert len(list(check_translations.stale(wanted, french))) == 2


def test_sentences_are_found_in_code_and_in_templates():
    found = {key for key, _place in check_translations.used()}
    assert ("", "Workspaces") in found
    assert ("", "Open this workspace") in found
