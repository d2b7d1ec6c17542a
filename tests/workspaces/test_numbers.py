"""A number that no row can have is an absent row, whatever the engine thinks of its size."""

import pytest

from tests.matrix import ROWS
from tests.permissions import Row
from tests.world import ABSENT, World, send, undone

OURS = {name: row for name, row in ROWS.items() if isinstance(row, Row)}
SIZES = {"beyond the column": 10**19, "beyond the engine": 10**22, "beyond Python": "9" * 5000}
FILTERS = ("member", "contact", "tag", "page", "id")


def numbered(world: World, size: int | str) -> list[str]:
    """Every address of ours that takes a number, with that one in the place of each."""
    # Reversing refuses what Python will not read, so the number is put in by hand.
    urls = [world.url(name, row.keys, world.absent()) for name, row in OURS.items()]
    return [url.replace(str(ABSENT), str(size)) for url in urls if str(ABSENT) in url]


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_an_address_with_too_large_a_number_is_absent(world, size):
    urls = numbered(world, size)
    assert len(urls) > 20
    for url in urls:
        for method in ("GET", "POST"):
            with undone():
                answer = send(world.client("owner"), method, url)
            assert answer.status_code in (404, 405), url[:80]


@pytest.mark.sweep
@pytest.mark.parametrize("name", [name for name, row in OURS.items() if row.safe])
def test_no_filter_breaks_on_too_large_a_number(world, name):
    url = world.url(name, OURS[name].keys)
    for size in SIZES.values():
        for key in FILTERS:
            assert world.client("owner").get(url, {key: str(size)}).status_code < 500, f"?{key}={size}"[:40]


def test_the_logbook_of_a_number_that_nobody_has_is_absent(as_claire):
    for size in SIZES.values():
        assert as_claire.get("/workspace/logbook/", {"member": str(size)}).status_code == 404
