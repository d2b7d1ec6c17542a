"""The page of the strategy tells what the ledger holds for each need, and asks for it in one press."""

import pytest
from django.urls import reverse

from strategy import stating
from tests import make

STRATEGY = reverse("strategy:strategy")
LEDGER = reverse("exchanges:ledger")


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def lawyer(workspace):
    return make.need(workspace, "Un juriste")


def efforts(client):
    return [
        (str(need), done, asked) for need, done, asked in client.get(reverse("exchanges:need_efforts")).context["rows"]
    ]


def test_each_need_counts_its_exchanges_and_its_open_requests(as_malik, claire, paul, lawyer):
    make.exchange(paul, need=lawyer, both=True)
    make.exchange(paul, need=lawyer)
    make.request(paul, need=lawyer)
    make.request(paul, need=lawyer).close("solved", by=claire, on=paul.workspace.today())
    assert efforts(as_malik) == [("Un juriste", 2, 1)]


def test_the_strategy_links_each_count_to_its_lines(as_malik, paul, lawyer):
    make.exchange(paul, need=lawyer)
    make.request(paul, need=lawyer)
    page = as_malik.get(STRATEGY).text
    assert f'<a href="{LEDGER}?need={lawyer.pk}">1 échange</a>' in page
    assert f'<a href="{LEDGER}?show=requests&amp;need={lawyer.pk}">1 demande ouverte</a>' in page


def test_what_hangs_on_the_binned_is_not_counted(as_malik, claire, paul, lawyer):
    make.exchange(paul, need=lawyer)
    paul.bin(by=claire)
    assert efforts(as_malik) == []


def test_an_answered_need_is_not_told_any_more(as_malik, claire, paul, lawyer):
    make.exchange(paul, need=lawyer)
    stating.close(lawyer, by=claire, on=paul.workspace.today())
    assert efforts(as_malik) == []
    assert 'id="need_efforts"' not in as_malik.get(STRATEGY).text


def test_another_companys_lines_are_not_counted(as_malik, lawyer, victor):
    theirs = make.need(victor.workspace, "Secret")
    make.exchange(make.contact(victor.workspace, "Autre"), need=theirs)
    assert efforts(as_malik) == []


def test_a_need_is_asked_for_from_its_line(as_malik, as_ines, lawyer):
    address = f"{reverse('exchanges:request_create')}?need={lawyer.pk}"
    assert address in as_malik.get(STRATEGY).text
    assert as_malik.get(address).context["form"]["need"].value() == lawyer.pk
    assert address not in as_ines.get(STRATEGY).text


@pytest.mark.parametrize("lines", [1, 25, 100])
def test_it_costs_three_questions_whatever_is_told(as_malik, paul, django_assert_max_num_queries, lines):
    for number in range(lines):
        make.exchange(paul, need=make.need(paul.workspace, f"Besoin {number}"))
    with django_assert_max_num_queries(5):
        assert len(efforts(as_malik)) == lines


def test_its_titles_are_words(as_malik, paul):
    make.exchange(paul, need=make.need(paul.workspace, "<script>alert(1)</script>"))
    assert "<script>alert" not in as_malik.get(STRATEGY).text
