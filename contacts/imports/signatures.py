"""What a file is by its first bytes, whatever its name says. Only text may go further."""

import re
from typing import Final

from contacts.imports.reasons import Refusal, Refused

HEAD_BYTES: Final = 4096
BINARY_SHARE: Final = 0.05

SIGNATURES: Final = (
    (b"PK\x03\x04", Refusal.ARCHIVE),
    (b"PK\x05\x06", Refusal.ARCHIVE),
    (b"PK\x07\x08", Refusal.ARCHIVE),
    (b"\x1f\x8b", Refusal.ARCHIVE),
    (b"BZh", Refusal.ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", Refusal.ARCHIVE),
    (b"Rar!\x1a\x07", Refusal.ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Refusal.WORKBOOK),
    (b"\x89PNG\r\n", Refusal.PICTURE),
    (b"\xff\xd8\xff", Refusal.PICTURE),
    (b"GIF87a", Refusal.PICTURE),
    (b"GIF89a", Refusal.PICTURE),
    (b"%PDF-", Refusal.DOCUMENT),
    (b"{\\rtf", Refusal.DOCUMENT),
    (b"SQLite format 3\x00", Refusal.BINARY),
    (b"\x7fELF", Refusal.BINARY),
)
BOM: Final = b"\xef\xbb\xbf"
WEB_PAGE: Final = re.compile(rb"<(?:!doctype html|html|head|body|table)\b", re.IGNORECASE)
DATA_FILE: Final = re.compile(rb'<\?xml\b|\{\s*"|\[\s*[{"\[]', re.IGNORECASE)
RIFF_PICTURE: Final = re.compile(rb"RIFF....WEBP", re.DOTALL)
CONTROLS: Final = bytes(code for code in range(32) if code not in b"\0\t\n\v\f\r\x1b")


def check(data: bytes) -> None:
    """Refuse what is plainly no list of contacts: workbook, archive, picture, document, web page, programme."""
    head = data[:HEAD_BYTES]
    for signature, refusal in SIGNATURES:
        if head.startswith(signature):
            raise Refused(Refusal.WORKBOOK if _is_workbook(data) else refusal)
    text = head.removeprefix(BOM).lstrip()
    if RIFF_PICTURE.match(head):
        raise Refused(Refusal.PICTURE)
    if WEB_PAGE.match(text):
        raise Refused(Refusal.WEB_PAGE)
    if DATA_FILE.match(text):
        raise Refused(Refusal.DATA_FILE)
    if len(head) - len(head.translate(None, CONTROLS)) > BINARY_SHARE * len(head):
        raise Refused(Refusal.BINARY)


def _is_workbook(data: bytes) -> bool:
    """XLSX and ODS are archives that name their sheets at both ends: nothing is unpacked to see it."""
    if not data.startswith(b"PK"):
        return data.startswith(b"\xd0\xcf\x11\xe0")
    ends = data[:HEAD_BYTES] + data[-HEAD_BYTES:]
    return b"xl/" in ends or b"opendocument.spreadsheet" in ends or b"[Content_Types].xml" in ends
