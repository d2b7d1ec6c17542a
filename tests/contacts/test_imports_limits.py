"""The largest files we take, and the worst we refuse, in a process of their own: seconds and megabytes."""

import contextlib
import json
import random
import subprocess
import sys

import pytest

from contacts.imports.draft import Draft
from contacts.imports.reading import read
from contacts.imports.reasons import Refused
from tests.contacts.corpus import FILES
from tests.contacts.corpus_cards import CARDS
from tests.source import ROOT

MEASURE = """
import json, sys, time
from pathlib import Path
from contacts.imports.reading import read
from contacts.imports.reasons import Refused
from tests.contacts import corpus, corpus_cards
content = eval(sys.argv[1])
began = time.process_time()
try:
    entries = sum(1 for entry in read(content, "contacts.csv"))
except Refused as refused:
    entries = refused.code
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
print(json.dumps([entries, time.process_time() - began, int(peak.split()[1]) / 1024]))
"""
SECONDS = 10
MEGABYTES = 256


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("corpus.people(50_000, padding=128)[: 10 * 1024 * 1024]", 50_000),
        ("corpus.people(50_000).decode().encode('cp1252')", 50_000),
        ("corpus.people(50_001)", "too_many_rows"),
        ("corpus_cards.box(10_000)", 10_000),
        ("b'nom\\n' + b'x' * 10_000_000", "line_too_long"),
        ("b'nom\\n' + b'\"' * 900_001 + b'x'", "unbalanced_quote"),
        ("b'nom\\n' + (b'a\\xe9' * 450_000 + b'\\n') * 11", 11),
        ("b'nom\\n' + b'\\n' * 10_000_000", "too_many_rows"),
        ("b'nom;b\\n' + b';;;;\\n' * 900_000", 0),
        ("('nom\\n' + ('e' + '\\u0301' * 4_900 + '\\n') * 1_000).encode()", 1_000),
        ("bytes(range(128, 256)) * 80_000", "encoding_unknown"),
        ("b'BEGIN:VCARD\\nFN:a\\nNOTE:x\\n' + b' \\n' * 990_000 + b'END:VCARD\\n'", 1),
        ("b'BEGIN:VCARD\\nFN:a\\n' + b'X:a\\n' * 990_000 + b'END:VCARD\\n'", 1),
    ],
)
def test_no_file_takes_more_than_its_share(content, expected):
    ran = subprocess.run([sys.executable, "-c", MEASURE, content], cwd=ROOT, capture_output=True, text=True, check=True)
    entries, seconds, megabytes = json.loads(ran.stdout)
    assert entries == expected
    assert seconds < SECONDS
    assert megabytes < MEGABYTES


PLAIN = [case for case in [*FILES, *CARDS] if case.number not in (32, 33, 34, 36) and "10,000" not in case.title]
SPLINTERS = [
    b'"',
    b",",
    b";",
    b"\n",
    b"\r\n",
    b"\0",
    b"\xc3\xa9",
    b"\xe9",
    b"\xff",
    b"=",
    b":",
    b"\\",
    b"@",
    b"BEGIN:VCARD\n",
]


def damaged(content: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 8)):
        place, length = chance.randrange(len(content) + 1), chance.randint(0, 30)
        splinter = chance.choice([*SPLINTERS, bytes([chance.randrange(256)]), content[length : 2 * length]])
        content = content[:place] + splinter + content[place + chance.choice([0, length]) :]
    return content


@pytest.mark.parametrize("seed", range(20))
def test_no_damage_breaks_the_reader(seed):
    chance = random.Random(seed)
    for case in PLAIN:
        with contextlib.suppress(Refused):
            reading = read(damaged(case.content, chance), case.filename)
            entries = list(reading)
            assert len(entries) == reading.rows
            assert repr(entries).encode()
            assert all(entry.full_name for entry in entries if isinstance(entry, Draft))
