"""What a column or a property can become; also the field that a problem names. Plain strings, for speed."""

from typing import Final

from django.utils.translation import gettext_lazy as _

GIVEN_NAME: Final = "given_name"
MIDDLE_NAME: Final = "middle_name"
FAMILY_NAME: Final = "family_name"
FULL_NAME: Final = "full_name"
NICKNAME: Final = "nickname"
EMAIL: Final = "email"
PHONE: Final = "phone"
ORGANISATION: Final = "organisation"
SECTOR: Final = "sector"
TITLE: Final = "title"
NOTES: Final = "notes"
TAGS: Final = "tags"
BIRTHDAY: Final = "birthday"
WEBSITE: Final = "website"
LINKEDIN: Final = "linkedin"
ADDRESS: Final = "address"
MET_ON: Final = "met_on"

LABELS: Final = {
    GIVEN_NAME: _("given name"),
    MIDDLE_NAME: _("middle name"),
    FAMILY_NAME: _("family name"),
    FULL_NAME: _("full name"),
    NICKNAME: _("nickname"),
    EMAIL: _("e-mail"),
    PHONE: _("phone"),
    ORGANISATION: _("firm"),
    SECTOR: _("sector"),
    TITLE: _("job title"),
    NOTES: _("notes"),
    TAGS: _("tags"),
    BIRTHDAY: _("birthday"),
    WEBSITE: _("website"),
    LINKEDIN: _("LinkedIn page"),
    ADDRESS: _("postal address"),
    MET_ON: _("met on"),
}
