"""The home: what it shows first, to whom, and at what cost."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import make

HOME = reverse("journey:home")


def test_a_new_workspace_is_told_how_to_begin(as_claire):
    page = as_claire.get(HOME).content.decode()
    assert reverse("contacts:import_create") in page
    assert reverse("journey:demo_create") in page


def test_a_reader_is_offered_nothing_to_write(as_ines):
    page = as_ines.get(HOME).content.decode()
    assert reverse("contacts:import_create") not in page
    assert reverse("journey:demo_create") not in page


def test_a_line_says_what_why_and_how_late(as_claire, workspace):
    today = workspace.today()
    contact = make.contact(workspace, "Paul Durand")
    make.commitment(contact, made_on=today - timedelta(days=9), due_on=today - timedelta(days=3), summary="Les cotes")
    page = as_claire.get(HOME).content.decode()
    assert "Les cotes" in page
    assert "Paul Durand" in page
    assert "3 jours" in page


def test_done_from_the_home_comes_back_to_the_home_without_the_line(as_claire, workspace):
    promise = make.commitment(make.contact(workspace), due_on=workspace.today(), summary="Les cotes")
    answer = as_claire.post(reverse("exchanges:commitment_keep", args=[promise.pk]), {"next": HOME}, follow=True)
    assert answer.redirect_chain[-1][0] == HOME
    assert "Les cotes" not in answer.content.decode()


@pytest.mark.parametrize("contacts", [1, 25, 100])
def test_the_home_asks_the_database_as_little_whatever_it_holds(
    as_claire, workspace, contacts, django_assert_max_num_queries
):
    for _one in range(contacts):
        contact = make.contact(workspace)
        make.commitment(contact, due_on=workspace.today())
        make.exchange(contact)
    with django_assert_max_num_queries(10):
        as_claire.get(HOME)
