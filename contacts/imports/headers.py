"""Which column is what: titles in French, English and German, and the exports of Google, Outlook and LinkedIn.

Titles are compared folded (« Tél. mobile » is « tel mobile »), first as they are, then without their numbers
(« E-mail 2 Address »). A title that is not here is ignored, whatever it is (`id`, `score`, `tenant_id`…).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from contacts import keys
from contacts.imports import fields
from contacts.imports.points import read_email

WORK, HOME, MOBILE, MAIN, FAX, OTHER = "work", "home", "mobile", "main", "fax", "other"


class Meaning(NamedTuple):
    field: str
    label: str = ""  # of an e-mail or a phone; the group of an address (work, home, other, 1, 2…)
    part: str = ""  # of an address


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column as the preview shows it. A title met twice is numbered: « email 1 », « email 2 »."""

    index: int
    title: str
    field: str | None = None
    label: str = ""
    part: str = ""
    label_index: int | None = None  # the column that holds this one's label, row by row (Google)


NAMES: Final = {
    fields.GIVEN_NAME: "first name; given name; firstname; forename; prenom; prenoms; vorname",
    fields.MIDDLE_NAME: "middle name; additional name; deuxieme prenom; autre prenom; weitere vornamen",
    fields.FAMILY_NAME: (
        "last name; family name; lastname; surname; nom de famille; nom d usage; patronyme; nom de naissance; "
        "nachname; familienname; zuname"
    ),
    fields.FULL_NAME: (
        "full name; fullname; display name; name; contact; contact name; nom; nom complet; nom et prenom; nom prenom; "
        "prenom nom; prenom et nom; noms et prenoms; nom du contact; nom affiche; interlocuteur; vollstandiger name; "
        "anzeigename; person; personne; nom client; nom du client; client; contact principal"
    ),
    fields.NICKNAME: "nickname; surnom; spitzname",
}
SINGLE: Final = {
    fields.ORGANISATION: (
        "company; company name; organization; organisation; organization name; organisation name; employer; firm; "
        "account name; business; societe; nom de la societe; entreprise; nom de l entreprise; raison sociale; "
        "etablissement; employeur; structure; nom societe; nom entreprise; nom organisation; nom de l organisation; "
        "nom de la structure; nom de l etablissement; organisme; nom de l organisme; denomination; "
        "denomination sociale; firma; unternehmen; arbeitgeber; organization 1 name"
    ),
    fields.SECTOR: "sector; industry; secteur; secteur d activite; activite; domaine d activite; branche; industrie",
    fields.TITLE: (
        "job title; title; position; role; job; occupation; organization title; organization 1 title; poste; fonction; "
        "poste occupe; fonction occupee; titre; titre du poste; intitule du poste; metier; profession; qualite; "
        "beruf; stelle; funktion; jobtitel"
    ),
    fields.NOTES: (
        "notes; note; comments; comment; commentaire; commentaires; remarque; remarques; observation; observations; "
        "information; informations; informations complementaires; notizen; bemerkung"
    ),
    fields.TAGS: (
        "tags; tag; labels; label; categories; category; groups; group; group membership; etiquettes; etiquette; "
        "categorie; groupes; groupe; libelles; mots cles; kategorien; kategorie; gruppen"
    ),
    fields.BIRTHDAY: (
        "birthday; birth date; birthdate; date of birth; dob; date de naissance; date naissance; anniversaire; "
        "date anniversaire; date d anniversaire; ne le; naissance; geburtstag; geburtsdatum"
    ),
    fields.WEBSITE: (
        "website; web site; web page; webpage; url; site; site web; site internet; page web; adresse web; webseite; "
        "homepage; website url; url du site; url site web; url site; website 1 value; web page 1; personal website; "
        "business website"
    ),
    fields.LINKEDIN: (
        "linkedin; linkedin url; url linkedin; linkedin profile url; page linkedin; profil linkedin; "
        "linkedin profile; profile url; lien linkedin"
    ),
}
LINKEDIN_DATES: Final = (
    "connected on; connecte le; date de connexion; relation depuis; en relation depuis; verbunden am; vernetzt am; "
    "vernetzt seit; kontakt seit"
)
MET_ON: Final = f"{LINKEDIN_DATES}; met on; rencontre le; date de rencontre"
EMAILS: Final = (
    "email; e mail; mail; emails; email id; e mail id; email address; e mail address; mail address; primary email; "
    "secondary email; adresse email; adresse e mail; adresse mail; courriel; adresse courriel; mel; "
    "adresse electronique; adresse de messagerie; adresse de courrier; messagerie; e mail adresse; emailadresse; "
    "mailadresse"
)
PHONES: Final = (
    "phone; telephone; tel; phone number; telephone number; numero de telephone; n de telephone; numero; n telephone; "
    "numero telephone; n tel; n de tel; no tel; no de tel; numero de tel; numero tel; telefon; telefonnummer; rufnummer"
)
LABELLED_PHONES: Final = {
    MOBILE: (
        "mobile; mobile phone; mobile number; cell; cell phone; cellphone; portable; tel portable; gsm; handy; "
        "telephone portable; tel mobile; telephone mobile; numero de portable; numero portable; n portable; "
        "n de portable; numero de mobile; numero mobile; n mobile; n de mobile; mobiltelefon; mobil; handynummer"
    ),
    WORK: "ligne directe; office phone; tel direct; telephone direct; numero direct; direct phone; direct line",
    HOME: "telephone fixe; tel fixe; fixe; festnetz",
    MAIN: (
        "primary phone; company main phone; telephone principal; telephone societe; standard; telefon firma; zentrale"
    ),
    OTHER: "car phone; telephone voiture; autotelefon; callback; rappel; weiteres telefon",
    FAX: "fax; fax number; telecopie; telefax",
}
ADDRESSES: Final = {
    "full": "address; postal address; adresse; adresse postale; adresse complete; anschrift; full address",
    "street": "street; street address; rue; voie; adresse ligne; address line; strasse",
    "box": "address po box; po box; b p; boite postale; postfach",
    "postcode": "postal code; postcode; zip; zip code; zipcode; code postal; cp; plz; postleitzahl",
    "city": "city; town; ville; commune; ort; stadt",
    "region": "state; region; province; dep region; departement; bundesland",
    "country": "country; country region; pays; pays region; land",
}
GROUPS: Final = {
    WORK: "business; work; bureau; travail; pro; professionnel; professionnelle; geschaftlich; arbeit",
    HOME: "home; personal; domicile; perso; personnel; personnelle; privat",
    OTHER: "other; autre; weitere",
}
LABELS: Final = {
    word: label
    for label, words in {
        WORK: "work; business; bureau; travail; pro; professionnel; geschaftlich; arbeit; dienstlich",
        HOME: "home; domicile; maison; perso; personnel; prive; privat",
        MOBILE: "mobile; cell; iphone; portable; mobil; handy; gsm",
        MAIN: "main; principal; hauptnummer",
        FAX: "fax; work fax; workfax; home fax; homefax; other fax; fax bureau; telecopie",
        OTHER: "other; autre; sonstige; andere",
    }.items()
    for word in words.split("; ")
}
GOOGLE_ADDRESS_PARTS: Final = {
    "formatted": "full",
    "street": "street",
    "extended address": "street",
    "po box": "box",
    "postal code": "postcode",
    "city": "city",
    "region": "region",
    "country": "country",
}
GOOGLE: Final = re.compile(r"(e mail|phone|address|website|organization) ([0-9]+) (.+)")
GOOGLE_POINTS: Final = {"e mail": fields.EMAIL, "phone": fields.PHONE, "website": fields.WEBSITE}
GOOGLE_TITLES: Final = frozenset({"group membership", "given name yomi", "phonetic first name", "organization title"})
OUTLOOK_TITLES: Final = (
    "e mail display name; e mail type; business street; home street; business fax; company main phone; "
    "assistant s name; adresse de messagerie; type de messagerie; adresse de courrier; rue bureau; telephone bureau; "
    "telecopie bureau; nom de l assistant e; e mail angezeigter name; telefon geschaftlich; strasse geschaftlich; "
    "weitere vornamen"
)
OUTLOOK_LEAST: Final = 2
TITLE_MAX: Final = 200
CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")  # « companyName »
HINT: Final = re.compile(
    r"\((?:obligatoire|facultati[fv]e?|optionnel(?:le)?|requise?|required|optional|mandatory)\)", re.IGNORECASE
)
CLIENTS: Final = frozenset({"client", "nom client", "nom du client"})
NUMBERS: Final = re.compile(r" ?\b[0-9]{1,2}\b")
IDENTITY: Final = frozenset(
    {fields.GIVEN_NAME, fields.FAMILY_NAME, fields.FULL_NAME, fields.EMAIL, fields.PHONE, fields.ORGANISATION}
)


def _titles() -> dict[str, Meaning]:
    """Every title we know, folded; « pro » or « domicile » may stand before or after what they tell apart."""
    plain = {**NAMES, **SINGLE, fields.MET_ON: MET_ON}
    known = {title: Meaning(field) for field, titles in plain.items() for title in titles.split("; ")}
    grouped = [(EMAILS, Meaning(fields.EMAIL)), (PHONES, Meaning(fields.PHONE))]
    grouped += [(titles, Meaning(fields.ADDRESS, "", part)) for part, titles in ADDRESSES.items()]
    for titles, meaning in grouped:
        for title in titles.split("; "):
            known[title] = meaning
            known |= _in_groups(title, meaning)
    for label, titles in LABELLED_PHONES.items():
        for title in titles.split("; "):
            known |= _in_groups(title, Meaning(fields.PHONE, label), label)
            known[title] = Meaning(fields.PHONE, label)
    return known


def _in_groups(title: str, meaning: Meaning, label: str = "") -> dict[str, Meaning]:
    return {
        order: meaning._replace(label=label or group)
        for group, words in GROUPS.items()
        for word in words.split("; ")
        for order in (f"{word} {title}", f"{title} {word}")
    }


TITLES: Final = _titles()


def meaning_of(title: str) -> Meaning | None:
    """What a column with this title holds; None when nothing tells."""
    folded = folded_title(title)
    google = GOOGLE.fullmatch(folded)
    if google and (meaning := _google_meaning(*google.groups())):
        return meaning
    spellings = [folded, NUMBERS.sub("", folded).strip(), folded_title(CAMEL.sub(" ", title))]
    return next((TITLES[each] for each in spellings if each in TITLES), None)


def folded_title(title: str) -> str:
    """« Nom (obligatoire) » is « nom »."""
    return keys.fold(HINT.sub(" ", title))


def _google_meaning(kind: str, number: str, part: str) -> Meaning | None:
    """« Phone 2 - Value », « Address 1 - City », « Organization 1 - Title »."""
    if kind == "address":
        known = GOOGLE_ADDRESS_PARTS.get(part)
        return Meaning(fields.ADDRESS, number, known) if known else None
    if kind == "organization":
        return {"name": Meaning(fields.ORGANISATION), "title": Meaning(fields.TITLE)}.get(part)
    return Meaning(GOOGLE_POINTS[kind]) if part == "value" else None


def label_of(text: str) -> str:
    """The label of an e-mail or a phone: one of ours when it is known, else as the file writes it."""
    return LABELS.get(keys.fold(text), text.strip("* "))


def score(row: Sequence[str]) -> int:
    """How many cells of the row are titles we know; 0 when it cannot be a row of titles."""
    if any(len(cell) > TITLE_MAX for cell in row):
        return 0
    known = [meaning.field for meaning in map(meaning_of, row) if meaning]
    if IDENTITY.isdisjoint(known) or any(holds_email(cell) for cell in row):
        return 0
    return len(known)


def holds_email(cell: str) -> bool:
    return "@" in cell and read_email(cell)[1] is None


def columns_of(titles: Sequence[str]) -> list[Column]:
    """Every column, in the order of the file, with what it becomes."""
    folded = [folded_title(title) for title in titles]
    times, seen = Counter(folded), Counter[str]()
    columns = []
    for index, title in enumerate(titles):
        seen[folded[index]] += 1
        repeated = times[folded[index]] > 1 and title.strip()
        shown = f"{title.strip()} {seen[folded[index]]}" if repeated else title.strip()
        meaning = meaning_of(title)
        column = Column(index=index, title=shown)
        columns.append(column if meaning is None else _with_meaning(column, meaning, folded))
    return _settle(columns, folded)


def _with_meaning(column: Column, meaning: Meaning, folded: list[str]) -> Column:
    label_index = None
    if google := GOOGLE.fullmatch(folded[column.index]):
        kind, number, _part = google.groups()
        labels = (f"{kind} {number} label", f"{kind} {number} type")
        label_index = next((index for index, title in enumerate(folded) if title in labels), None)
    return replace(column, field=meaning.field, label=meaning.label, part=meaning.part, label_index=label_index)


def _settle(columns: list[Column], folded: list[str]) -> list[Column]:
    """What a column is beside the others: « Nom » beside « Prénom » is the family name."""
    for settle in (_settle_birth_name, _settle_client, _settle_family_name, _settle_civility):
        columns = settle(columns, folded)
    return columns


def _settle_birth_name(columns: list[Column], folded: list[str]) -> list[Column]:
    """The name at birth is left out where the file has another one."""
    born = [column.index for column in columns if folded[column.index] == "nom de naissance"]
    others = [one for one in columns if one.index not in born]
    has_other = any(one.field == fields.FAMILY_NAME or folded[one.index] in ("nom", "name") for one in others)
    return _changed(columns, born, None) if has_other else columns


def _settle_client(columns: list[Column], folded: list[str]) -> list[Column]:
    """« Client » beside « Contact » is the firm."""
    names = [column for column in columns if column.field in (fields.FULL_NAME, fields.FAMILY_NAME)]
    clients = [column.index for column in names if folded[column.index] in CLIENTS]
    if not clients or len(clients) == len(names):
        return columns
    has_firm = any(column.field == fields.ORGANISATION for column in columns)
    return _changed(columns, clients, None if has_firm else fields.ORGANISATION)


def _settle_family_name(columns: list[Column], folded: list[str]) -> list[Column]:
    known = {column.field for column in columns}
    if fields.GIVEN_NAME not in known or fields.FAMILY_NAME in known:
        return columns
    words = ("nom", "name", "nom client", "nom du client")
    return _changed(columns, [one.index for one in columns if folded[one.index] in words], fields.FAMILY_NAME)


def _settle_civility(columns: list[Column], folded: list[str]) -> list[Column]:
    """« Titre » before the name is « M. » or « Mme » when another column holds the job."""
    name = next((one.index for one in columns if one.field in NAMES), 0)
    jobs = [column.index for column in columns if column.field == fields.TITLE]
    civilities = [index for index in jobs if index < name and folded[index] in ("title", "titre")]
    return _changed(columns, civilities, None) if len(civilities) < len(jobs) else columns


def _changed(columns: list[Column], indices: list[int], field: str | None) -> list[Column]:
    return [replace(column, field=field) if column.index in indices else column for column in columns]


def format_of(titles: Iterable[str]) -> str:
    """« google », « outlook », « linkedin » when the titles give the program away, else « csv »."""
    folded = {keys.fold(title) for title in titles}
    bare = {NUMBERS.sub("", title).strip() for title in folded}
    numbered = (GOOGLE.fullmatch(title) for title in folded)
    if folded & GOOGLE_TITLES or any(found and _google_meaning(*found.groups()) for found in numbered):
        return "google"
    if folded & set(LINKEDIN_DATES.split("; ")) and len({meaning_of(title) for title in folded} - {None}) > 3:
        return "linkedin"
    return "outlook" if len(set(OUTLOOK_TITLES.split("; ")) & (folded | bare)) >= OUTLOOK_LEAST else "csv"
