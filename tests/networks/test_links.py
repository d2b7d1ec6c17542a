"""What networks do for each other: no loop, no circle of « au service de », and a map that says the same in words."""

import re
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from networks.forms.link import LinkForm
from networks.links import circle
from networks.mapping import ARC_X, NAME_MAX, ROW, WIDTH, draw
from networks.models import Network, NetworkLink
from tests import make

MAP = reverse("networks:network_map")


@pytest.mark.parametrize(
    ("edges", "closed"),
    [
        ([], []),
        ([(2, 3)], []),
        ([(2, 1)], [1, 2, 1]),
        ([(2, 3), (3, 1)], [1, 2, 3, 1]),
        ([(2, 3), (3, 4), (4, 1), (2, 1)], [1, 2, 1]),
        ([(2, 3), (3, 2)], []),
        ([(1, 2)], []),
    ],
)
def test_the_shortest_circle_that_a_link_from_one_to_two_would_close(edges, closed):
    assert circle(edges, source=1, target=2) == closed


def test_a_long_chain_is_walked_without_recursion():
    edges = [(number, number + 1) for number in range(2, 5000)]
    assert len(circle([*edges, (5000, 1)], source=1, target=2)) == 5001


@pytest.fixture
def three(workspace):
    return [make.network(workspace, name) for name in ("Anciens", "Pôle", "La Halle")]


def link(client, source, target, kind="serves", **changes):
    sent = {"desk": source.workspace.slug, "source": source.pk, "target": target.pk, "kind": kind} | changes
    return client.post(reverse("networks:link_create", args=[source.pk]), sent)


def test_a_link_is_told_on_both_sheets(as_malik, three):
    one, two, _three = three
    assert link(as_malik, one, two, "feeds", note="Deux anciens y siègent").status_code == 302
    for sheet in (one, two):
        page = as_malik.get(sheet.get_absolute_url()).content.decode()
        assert "Deux anciens y siègent" in page
        assert "alimente" in page


@pytest.mark.parametrize("kind", NetworkLink.Kind.values)
def test_a_network_is_not_linked_to_itself(as_malik, three, kind):
    answer = link(as_malik, three[0], three[0], kind)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["target"])
    with pytest.raises(IntegrityError), transaction.atomic():
        NetworkLink.objects.create(workspace=three[0].workspace, source=three[0], target=three[0])


def test_a_circle_of_service_is_refused_and_named(as_malik, three):
    one, two, three_ = three
    make.network_link(two, three_)
    make.network_link(three_, one)
    answer = link(as_malik, one, two)
    assert "Anciens → Pôle → La Halle → Anciens" in str(answer.context["form"].errors["target"])
    assert (answer.status_code, NetworkLink.objects.count()) == (422, 2)


def test_only_service_goes_in_circles(as_malik, three):
    make.network_link(three[1], three[0], "feeds")
    assert link(as_malik, three[0], three[1]).status_code == 302
    assert link(as_malik, three[1], three[0], "rivals").status_code == 302


def test_an_edited_link_does_not_stand_in_its_own_way(as_malik, three):
    held = make.network_link(three[0], three[1])
    sent = {"desk": three[0].workspace.slug, "version": held.version, "kind": "serves"}
    sent |= {"source": three[1].pk, "target": three[0].pk}
    assert as_malik.post(reverse("networks:link_edit", args=[held.pk]), sent).status_code == 302


def test_the_same_link_is_not_written_twice(as_malik, three):
    make.network_link(three[0], three[1])
    assert link(as_malik, three[0], three[1]).status_code == 422


@pytest.mark.parametrize(("kind", "refused"), [("rivals", True), ("completes", True), ("feeds", False)])
def test_what_is_mutual_is_written_once_from_either_side(as_malik, three, kind, refused):
    make.network_link(three[0], three[1], kind)
    assert (link(as_malik, three[1], three[0], kind).status_code == 422) is refused


def test_another_company_s_network_is_refused(as_malik, three, victor):
    theirs = make.network(victor.workspace, "Chez Victor")
    for field in ("source", "target"):
        sent = {"source": three[0].pk, "target": three[1].pk, "kind": "feeds", field: theirs.pk}
        sent |= {"desk": three[0].workspace.slug}
        answer = as_malik.post(reverse("networks:link_create", args=[three[0].pk]), sent)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


def test_the_other_half_of_a_circle_written_meanwhile_is_told(as_malik, three, monkeypatch):
    monkeypatch.setattr(LinkForm, "clean", lambda form: form.cleaned_data)
    make.network_link(three[1], three[0])
    answer = link(as_malik, three[0], three[1])
    assert "Anciens → Pôle → Anciens" in answer.content.decode()
    assert (answer.status_code, NetworkLink.objects.count()) == (422, 1)


def test_the_map_says_in_words_what_it_draws(as_malik, three):
    make.network_link(three[0], three[1], "feeds")
    make.network_link(three[2], three[1], "unites")
    page = as_malik.get(MAP).content.decode()
    assert page.count('class="arc arc--') == 2
    words = page[page.index("</h2>") :]
    assert "alimente" in words
    assert "fédère" in words


def test_without_links_there_is_no_picture(as_malik, three):
    assert 'class="picture map"' not in as_malik.get(MAP).content.decode()


def placed(count):
    return [Network(pk=n, name=f"Réseau {n} {'x' * 40}", type="identity") for n in range(count)]


def linked(pk, source, target, kind="serves"):
    return SimpleNamespace(pk=pk, source_id=source, target_id=target, kind=kind)


def test_names_never_meet_and_fit():
    drawn = draw(placed(30), [])
    lines = [float(node.baseline) for node in drawn.nodes]
    assert all(after - before == ROW for before, after in pairwise(lines))
    assert all(len(node.label) <= NAME_MAX for node in drawn.nodes)
    assert float(drawn.height) == 30 * ROW


def test_no_arc_leaves_the_picture_and_no_two_ends_meet():
    links = [linked(pk, pk % 6, (pk * 5 + 1) % 6) for pk in range(12) if pk % 6 != (pk * 5 + 1) % 6]
    drawn = draw(placed(6), links)
    reached = [float(re.findall(r"[\d.]+", arc.path)[2]) for arc in drawn.arcs]
    assert max(ARC_X + (x - ARC_X) * 3 / 4 for x in reached) <= WIDTH  # where such a curve is widest
    ends = [tuple(re.findall(r"[\d.]+", arc.path))[i] for arc in drawn.arcs for i in (1, 7)]
    assert len(ends) == len(set(ends))


def test_each_kind_has_its_own_look():
    arcs = draw(placed(2), [linked(n, 0, 1, kind) for n, kind in enumerate(NetworkLink.Kind.values)]).arcs
    assert len({(arc.dash, arc.double) for arc in arcs}) == 5
    assert {arc.kind: len(arc.heads) for arc in arcs}["rivals"] == 2


@pytest.mark.parametrize("rows", [1, 25, 100])
def test_the_map_costs_the_same_whatever_it_draws(as_malik, three, django_assert_max_num_queries, rows):
    for number in range(rows):
        make.network_link(make.network(three[0].workspace, f"Réseau {number}"), three[0])
    with django_assert_max_num_queries(5):
        as_malik.get(MAP)
