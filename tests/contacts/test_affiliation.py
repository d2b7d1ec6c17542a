"""The networks of a contact: written, corrected, taken away; those that may reveal a belief ask why, and hide."""

import pytest
from django.urls import reverse

from contacts.models import Affiliation, Contact
from exchanges.judging import scoring
from networks.models import Network
from tests import make
from workspaces.models import LogEntry

LIST = reverse("contacts:contact_list")
CANARY = "Raison-7f3a"


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def club(workspace):
    return make.network(workspace, "Club Erdre")


@pytest.fixture(params=[{"sensitive": "syndicat"}, {"type": "ideological"}], ids=["sensitive", "ideological"])
def league(workspace, request):
    return make.network(workspace, "Ligue Ouvrière", **request.param)


def new(contact):
    return reverse("contacts:affiliation_create", args=[contact.pk])


def edit(row):
    return reverse("contacts:affiliation_edit", args=[row.pk])


def typed(network, /, **more):
    return {"network": network.pk, "role": "member", "desk": network.workspace.slug} | more


def test_a_network_is_noted_from_the_page_of_the_contact(as_malik, malik, paul, club):
    assert new(paul) in as_malik.get(paul.get_absolute_url()).text
    answer = as_malik.post(new(paul), typed(club, role="sponsor", since="2019-03-01"))
    assert answer.url == paul.get_absolute_url()
    row = Affiliation.objects.get()
    assert (row.contact, row.network, row.role, row.since.year, row.reason) == (paul, club, "sponsor", 2019, "")
    page = as_malik.get(paul.get_absolute_url()).text
    assert "Club Erdre" in page
    assert "parrain ou marraine" in page
    assert LogEntry.objects.get(act="contacts.affiliation.added").member == malik


def test_it_is_corrected_and_taken_away(as_malik, paul, club):
    row = make.affiliation(paul, club)
    as_malik.post(edit(row), {"role": "host", "until": "2020-01-31", "version": 1})
    row.refresh_from_db()
    assert (row.role, row.until.year, row.network) == ("host", 2020, club)
    gone = reverse("contacts:affiliation_delete", args=[row.pk])
    assert "Club Erdre" in as_malik.get(gone).text
    as_malik.post(gone)
    assert not Affiliation.objects.exists()
    assert Network.objects.filter(pk=club.pk).exists()


def test_of_two_who_correct_the_second_is_told(as_malik, paul, club):
    row = make.affiliation(paul, club)
    as_malik.post(edit(row), {"role": "host", "version": 1})
    page = as_malik.post(edit(row), {"role": "sponsor", "version": 1})
    assert page.status_code == 409
    assert "Hôte" in page.text


WRONG = [
    ({"network": ""}, "network"),
    ({"network": "x"}, "network"),
    ({"network": "999999999999999999999"}, "network"),
    ({"role": "boss"}, "role"),
    ({"since": "hier"}, "since"),
    ({"since": "2020-01-01", "until": "2019-01-01"}, "until"),
    ({"since": "0001-01-01"}, "since"),
]


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_makes_no_sense_is_refused_at_its_field(as_malik, paul, club, wrong, field):
    page = as_malik.post(new(paul), typed(club, **wrong))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert not Affiliation.objects.exists()


def test_nobody_is_in_a_network_twice(as_malik, paul, club):
    make.affiliation(paul, club)
    page = as_malik.post(new(paul), typed(club))
    assert "Cette personne en fait déjà partie." in page.text
    assert page.status_code == 422
    assert "Club Erdre" not in as_malik.get(new(paul)).text


def test_another_companys_network_contact_or_row_is_not_reached(as_malik, paul, victor):
    secret = make.network(victor.workspace, "Secret")
    theirs = make.affiliation(make.contact(victor.workspace, "Autre"), secret)
    page = as_malik.post(new(paul), typed(secret, desk=paul.workspace.slug))
    assert (page.status_code, "Secret" in page.text) == (422, False)
    assert as_malik.get(new(theirs.contact)).status_code == 404
    assert [
        as_malik.post(reverse(f"contacts:affiliation_{act}", args=[theirs.pk])).status_code
        for act in ("edit", "delete")
    ] == [404, 404]


def test_a_reader_sees_and_does_not_write(as_ines, paul, club):
    row = make.affiliation(paul, club)
    page = as_ines.get(paul.get_absolute_url()).text
    assert "Club Erdre" in page
    assert new(paul) not in page
    for url in (new(paul), edit(row), reverse("contacts:affiliation_delete", args=[row.pk])):
        assert as_ines.post(url).status_code == 403


# Networks that may reveal what nobody has to tell


def test_the_reason_is_asked_where_belonging_reveals_and_nowhere_else(as_malik, paul, club, league):
    assert "reason" not in as_malik.get(new(paul)).context["form"].fields
    page = as_malik.post(new(paul), typed(league))
    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["reason"]
    assert "RGPD, article 9" in page.text
    assert not Affiliation.objects.exists()
    as_malik.post(new(paul), typed(league, reason=CANARY))
    assert Affiliation.objects.get().reason == CANARY


def test_such_networks_stand_apart_in_the_choice(as_malik, paul, club, league):
    _blank, ours, (_label, apart) = as_malik.get(new(paul)).context["form"].fields["network"].choices
    assert (ours[1], apart[0][1]) == ("Club Erdre", "Ligue Ouvrière")


def kept(paul, league):
    """Noted with a reason; beside somebody who makes the pages of the network speak."""
    make.interaction(paul)
    return make.affiliation(paul, league, reason=CANARY)


def test_only_the_page_of_the_contact_shows_it_folded_away(as_malik, paul, league):
    row = kept(paul, league)
    page = as_malik.get(paul.get_absolute_url()).text
    folded = page.partition("gardé pour une raison")[2].partition("</details>")[0]
    assert "Ligue Ouvrière" in folded
    assert CANARY in folded
    assert edit(row) in folded
    assert page.count("Ligue Ouvrière") == folded.count("Ligue Ouvrière")


def test_no_other_page_tells_the_reason(as_malik, paul, league):
    kept(paul, league)
    league_pages = [league.get_absolute_url(), reverse("contacts:network_people", args=[league.pk])]
    for url in (
        LIST,
        "/",
        reverse("exchanges:ledger"),
        reverse("networks:network_list"),
        "/workspace/logbook/",
        *league_pages,
    ):
        page = as_malik.get(url)
        assert page.status_code == 200
        assert CANARY not in page.text


def test_the_sheet_of_the_network_names_nobody(as_malik, paul, league):
    kept(paul, league)
    assert "Paul" not in as_malik.get(league.get_absolute_url()).text
    page = as_malik.get(reverse("contacts:network_people", args=[league.pk]))
    assert (page.context["people"], "Paul" in page.text) == ([], False)


def test_it_is_neither_a_filter_nor_a_bridge_nor_found_by_search(as_malik, paul, club, league):
    kept(paul, league)
    make.affiliation(paul, club)
    assert "Ligue" not in as_malik.get(LIST).text
    assert as_malik.get(LIST, {"network": league.pk}).status_code == 404
    assert "Paul Durand" not in as_malik.get(LIST, {"bridges": 1}).text
    paul.index()
    for word in ("ligue", CANARY):
        assert "Paul Durand" not in as_malik.get(LIST, {"q": word}).text
    assert "Ligue" not in as_malik.get(club.get_absolute_url()).text


def test_it_enters_no_score(paul, league):
    kept(paul, league)
    make.membership(league)
    day = league.workspace.today()
    scoring.rescore(league.workspace, on=day)
    league.refresh_from_db()
    before = league.figures
    Affiliation.objects.all().delete()
    scoring.rescore(league.workspace, on=day)
    league.refresh_from_db()
    assert league.figures == before


def test_the_logbook_says_who_and_never_where(as_malik, paul, league):
    as_malik.post(new(paul), typed(league, reason=CANARY))
    as_malik.post(reverse("contacts:affiliation_delete", args=[Affiliation.objects.get().pk]))
    lines = LogEntry.objects.filter(act__startswith="contacts.affiliation.")
    assert set(lines.values_list("subject", flat=True)) == {"Paul Durand"}
    assert not any(lines.values_list("details", flat=True))


def test_a_network_that_becomes_sensitive_hides_its_people_until_somebody_says_why(as_malik, paul, club):
    row = make.affiliation(paul, club)
    Network.objects.filter(pk=club.pk).update(sensitive="religion")
    page = as_malik.get(paul.get_absolute_url()).text
    assert "Club Erdre" not in page
    assert "Dire pourquoi, ou le retirer" in page
    assert "Paul" not in as_malik.get(club.get_absolute_url()).text
    assert as_malik.post(edit(row), {"role": "member", "version": 1}).status_code == 422
    as_malik.post(edit(row), {"role": "member", "version": 1, "reason": CANARY})
    page = as_malik.get(paul.get_absolute_url()).text
    assert CANARY in page.partition("<details")[2]
    assert "Dire pourquoi" not in page


def test_a_contact_is_not_told_to_be_met_through_such_a_network(as_malik, paul, club, league):
    url = reverse("contacts:contact_edit", args=[paul.pk])
    offered = as_malik.get(url).context["sheet"].form.fields["met_through"].queryset
    assert list(offered) == [club]
    Contact.objects.filter(pk=paul.pk).update(met_through=league)
    assert "Ligue" not in as_malik.get(paul.get_absolute_url()).text


# What happens to the contact, and to the network


def test_the_page_costs_the_same_whatever_is_noted(as_malik, workspace, paul, django_assert_max_num_queries):
    for number in range(30):
        make.affiliation(paul, make.network(workspace, f"Club {number}"))
    with django_assert_max_num_queries(10):
        as_malik.get(paul.get_absolute_url())


def test_hostile_names_are_words(as_malik, paul, workspace):
    make.affiliation(paul, make.network(workspace, "<script>alert(1)</script>\u202eמועדון"))
    page = as_malik.get(paul.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;\u202eמועדון</bdi>" in page


def test_writing_or_taking_away_makes_the_figures_of_the_network_stale(as_malik, paul, club):
    for act in (lambda: as_malik.post(new(paul), typed(club)), lambda: Affiliation.objects.get().delete()):
        Network.objects.update(stale_since=None)
        act()
        assert Network.objects.stale().get() == club
