"""Two spellings of the same e-mail, phone, person or firm have one key; two people have two."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hélène Lefèvre", "LEFEVRE, Helene"),
        ("Jean-Pierre d’Almeida", "D'ALMEIDA Jean Pierre"),
        ("René", "Rene\u0301"),
        ("Zoé Cœur", "zoe coeur"),
        ("Øystein Łukasz Groß", "oystein lukasz gross"),
        ("Γιώργος Παπαδόπουλος", "παπαδοπουλος γιωργος"),
        ("ΟΔΥΣΣΕΑΣ", "οδυσσεας"),
        ("مُحَمَّد علي", "علي محمد"),
        ("Ａｎｎｅ　Ｐｅｔｉｔ", "Anne Petit"),
        ("  Anne \t Petit\n", "Petit Anne"),
    ],
)
def test_one_person_has_one_key(one, other):
    assert keys.name_key(one) == keys.name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dupont", "Dupοnt"),
        ("Dupont", "Dupond"),
        ("王小明", "王小红"),
        ("はは", "ばば"),
        ("कु", "क"),
        ("한글", "한국"),
        ("🦊", "🐻"),
        ("!!!", "???"),
    ],
)
def test_two_people_have_two_keys(one, other):
    assert keys.name_key(one) != keys.name_key(other)


def test_given_and_family_name_make_one_key():
    assert keys.name_key("Hélène", "Lefèvre") == keys.name_key("Lefèvre Hélène")


def test_a_homoglyph_is_a_hint_and_no_match():
    assert keys.lookalike_key("Аlain Dupοnt") == keys.lookalike_key("Alain Dupont")
    assert keys.lookalike_key("Alain Dupond") != keys.lookalike_key("Alain Dupont")


@pytest.mark.parametrize(
    "name", ["SARL Durand", "Durand S.A.R.L.", "DURAND", "durand sas", "Durand & Cie", "Durand et Cie", "Ets Durand"]
)
def test_the_legal_form_is_no_part_of_a_firm(name):
    assert keys.firm_key(name) == "durand"


def test_a_firm_that_is_only_a_legal_form_keeps_it():
    assert (keys.firm_key("SAS"), keys.firm_key("SA SARL"), keys.firm_key("!!!")) == ("sas", "sa", "!!!")


def test_words_of_a_firm_keep_their_order():
    assert keys.firm_key("Atelier du Nord") != keys.firm_key("Nord du Atelier")


def test_a_firm_key_fits_its_column():
    assert len(keys.firm_key("ﷺ" * 200)) == keys.FIRM_KEY_MAX


def test_an_e_mail_is_compared_without_case_or_width():
    assert keys.email_key(" Paul@Exemple.FR ") == keys.email_key("ｐａｕｌ@exemple.fr") == "paul@exemple.fr"


@pytest.mark.parametrize(
    "number",
    [
        "06 12 34 56 78",
        "06.12.34.56.78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "0033 6 12 34 56 78",
        "33612345678",
        "612345678",
        "tel:+33-6-12-34-56-78",
        "06\u00a012\u202f34 56-78",
        "06 12 34 56 78 poste 12",
        "٠٦١٢٣٤٥٦٧٨",
    ],
)
def test_a_french_phone_has_one_key(number):
    assert keys.phone_key(number) == "+33612345678"


@pytest.mark.parametrize("domain", ["société.fr", "xn--socit-esab.fr", "SOCIÉTÉ.FR", "socie\u0301te\u0301.fr"])
def test_a_domain_with_accents_is_the_one_that_machines_write(domain):
    assert keys.email_key(f"paul@{domain}") == "paul@xn--socit-esab.fr"


def test_a_domain_that_machines_cannot_write_is_its_own_key():
    assert keys.email_key("Paul@é..fr") == "paul@é..fr"


def test_a_french_phone_that_lacks_a_digit_is_no_number():
    assert keys.phone_key("06 12 34 56 7") == "061234567"
    assert keys.phone_key("+39 06 698 1234") == "+39066981234"


def test_a_foreign_phone_keeps_its_country():
    assert keys.phone_key("+44 20 7946 0958") == "+442079460958"
    assert keys.phone_key("020 7946 0958", region="GB") == "+442079460958"


@pytest.mark.parametrize(("number", "key"), [("3949", "3949"), ("bureau 312", "312"), ("abc", "abc"), ("", "")])
def test_what_is_no_number_has_a_key_that_is_no_e164(number, key):
    assert keys.phone_key(number) == key


@given(st.integers(100_000_000, 999_999_999), st.sampled_from(["0", "+33", "0033", "+33 0", "+33 (0) "]))
def test_the_short_cut_agrees_with_the_library(digits, prefix):
    number = phonenumbers.parse(f"{prefix}{digits}", "FR")
    assert keys.phone_key(f"{prefix}{digits}") == phonenumbers.format_number(
        number, phonenumbers.PhoneNumberFormat.E164
    )


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert keys.fold(keys.fold(text)) == keys.fold(text)


@given(st.text(), st.text())
def test_the_order_of_the_names_is_ignored(one, other):
    assert keys.name_key(f"{one} {other}") == keys.name_key(f"{other} {one}") or not keys.fold(one + other)


def test_search_words_are_folded():
    assert keys.fold("L'Œuvre d’Hélène, à 5 €") == "l oeuvre d helene a 5"
