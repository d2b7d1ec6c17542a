"""All pages, put end to end, are the whole list: whatever the ties, the nulls, the direction and the page size."""

import json
from base64 import urlsafe_b64encode
from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import FloatField, QuerySet, Value
from django.db.models.functions import Coalesce
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from contacts.models import Contact, Relationship
from tests import make
from ui.paginator import Page, keyset_page

pytestmark = pytest.mark.django_db

balances = st.sampled_from([None, -1.0, -0.25, 0.0, 1 / 3, 0.1 + 0.2])
days = st.sampled_from([None, date(2026, 3, 10), date(2026, 3, 9), date(1999, 12, 31)])
lists = st.lists(st.tuples(balances, days), max_size=23)
orders = st.sampled_from(
    [
        ["pk"],
        ["-pk"],
        ["balance_key", "pk"],
        ["-balance_key", "-pk"],
        ["-last_key", "-pk"],
        ["last_key", "balance_key", "pk"],
    ]
)
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def relationships(workspace, figures) -> QuerySet[Relationship]:
    """One relationship per pair of figures, in place of those of the example before."""
    Contact.objects.all().delete()
    people = [Contact(workspace=workspace, given_name=f"P{number}") for number in range(len(figures))]
    people = Contact.objects.bulk_create(people)
    Relationship.objects.bulk_create(
        Relationship(workspace=workspace, contact=person, balance=balance, last_contact_on=day)
        for person, (balance, day) in zip(people, figures, strict=True)
    )
    return Relationship.objects.annotate(
        balance_key=Coalesce("balance", Value(-2.0), output_field=FloatField()),
        last_key=Coalesce("last_contact_on", Value(date.min)),
    )


def forwards(rows: QuerySet, order: list[str], size: int) -> list[Page]:
    pages = [keyset_page(rows, order, size=size)]
    while pages[-1].next:
        pages.append(keyset_page(rows, order, pages[-1].next, size))
    return pages


@quick
@given(figures=lists, order=orders, size=st.integers(1, 9))
@example(figures=[(None, None)] * 7, order=["-balance_key", "-pk"], size=3)
def test_the_pages_end_to_end_are_the_whole_list(workspace, figures, order, size):
    rows = relationships(workspace, figures)
    leafed = [row.pk for page in forwards(rows, order, size) for row in page.rows]
    assert leafed == [row.pk for row in rows.order_by(*order)]


@quick
@given(figures=lists.filter(len), order=orders, size=st.integers(1, 9))
def test_the_way_back_shows_the_same_pages(workspace, figures, order, size):
    rows = relationships(workspace, figures)
    pages = forwards(rows, order, size)
    for later, earlier in zip(pages[:0:-1], pages[-2::-1], strict=True):
        back = keyset_page(rows, order, later.previous, size)
        assert [row.pk for row in back.rows] == [row.pk for row in earlier.rows]
        assert back.next is not None
        assert (back.previous is None) == (earlier is pages[0])


@quick
@given(figures=lists, order=orders)
def test_the_first_page_leads_nowhere_back_and_the_last_nowhere_on(workspace, figures, order):
    pages = forwards(relationships(workspace, figures), order, 4)
    assert pages[0].previous is None
    assert pages[-1].next is None
    assert all(page.previous for page in pages[1:])


def test_rows_that_arrive_meanwhile_are_neither_repeated_nor_skipped(workspace):
    rows = relationships(workspace, [(0.0, None)] * 6)
    first = keyset_page(rows, ["-pk"], size=3)
    make.contact(workspace, "Nouvelle Venue")
    second = keyset_page(rows, ["-pk"], first.next, size=3)
    assert [row.pk for row in first.rows + second.rows] == sorted((row.pk for row in rows), reverse=True)[1:]


def test_a_page_costs_one_query_without_count_or_offset(workspace):
    rows = relationships(workspace, [(0.5, date(2026, 1, 1) + timedelta(days=n)) for n in range(9)])
    cursor = keyset_page(rows, ["-last_key", "-pk"], size=4).next
    with CaptureQueriesContext(
        connection,
    ) as queries:
        keyset_page(rows, ["-last_key", "-pk"], cursor, size=4)
    (query,) = queries
    assert "COUNT(" not in query["sql"].upper()
    assert "OFFSET" not in query["sql"].upper()
    assert "LIMIT 5" in query["sql"]


def test_dictionaries_are_leafed_through_like_instances(workspace):
    rows = relationships(workspace, [(0.5, None)] * 5)
    page = keyset_page(rows.values("pk", "balance_key"), ["balance_key", "pk"], size=2)
    after = keyset_page(rows.values("pk", "balance_key"), ["balance_key", "pk"], page.next, size=2)
    assert [row["pk"] for row in page.rows + after.rows] == [row.pk for row in rows.order_by("pk")[:4]]


def cursor(*content) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "x",
        "%00",
        "é",
        "A" * 5000,
        cursor(),
        cursor("after"),
        cursor("sideways", 0.5, 1),
        cursor("after", 0.5),
        cursor("after", None, 1),
        cursor("after", "much", 1),
        cursor("after", 0.5, "1; DROP"),
        cursor("after", [], {}),
        cursor("after", 0.5, 10**30),
        cursor("after", float("nan"), 1),
        cursor("after", float("inf"), 1),
        cursor("after", 0.5, 1, 1),
        urlsafe_b64encode(b"[" * 1500).decode(),
        urlsafe_b64encode(b"7").decode(),
        urlsafe_b64encode(b'{"after": 1}').decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_damaged_cursor_shows_the_first_page(workspace, damaged):
    rows = relationships(workspace, [(0.5, None)] * 5)
    page = keyset_page(rows, ["balance_key", "pk"], damaged, size=2)
    assert [row.pk for row in page.rows] == [row.pk for row in rows.order_by("pk")[:2]]


@pytest.mark.parametrize("name", ["a\0b", "\ud800"])
def test_text_that_no_engine_stores_shows_the_first_page(workspace, name):
    make.contact(workspace, "Ada Byron")
    page = keyset_page(Contact.objects.all(), ["given_name", "pk"], cursor("after", name, 1), size=2)
    assert [row.given_name for row in page.rows] == ["Ada"]


@pytest.mark.parametrize("moment", ["2026-03-10 10:00", "not a day", 12, "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_cannot_be_is_a_damaged_cursor(workspace, moment):
    make.contact(workspace, "Ada Byron")
    page = keyset_page(Contact.objects.all(), ["created", "pk"], cursor("after", moment, 1), size=2)
    assert [row.given_name for row in page.rows] == ["Ada"]


def test_a_cursor_beyond_the_last_row_shows_the_first_page(workspace):
    rows = relationships(workspace, [(0.5, None)] * 3)
    page = keyset_page(rows, ["pk"], cursor("after", 2**40), size=2)
    assert [row.pk for row in page.rows] == [row.pk for row in rows.order_by("pk")[:2]]


def test_an_order_that_runs_both_ways_is_refused(workspace):
    with pytest.raises(ValueError, match="both ways"):
        keyset_page(relationships(workspace, []), ["-balance_key", "pk"])
