"""« Ma stratégie réseau »: one page, from what the company wants to the networks chosen for it."""

from django.urls import reverse

from tests import make

PAGE = reverse("journey:strategy_print")


def test_an_empty_company_reads_what_is_missing(as_claire):
    page = as_claire.get(PAGE, headers={"accept-language": "en"}).content.decode()
    assert "Nothing is said yet." in page
    assert "No network is chosen yet." in page
    assert "Left to do" in page


def test_stakes_lead_to_objectives_and_needs(as_claire, workspace):
    stake = make.stake(workspace, "Grandir à l’export")
    goal = make.objective(workspace, "Deux clients en Allemagne", stake=stake)
    make.need(workspace, "Un agent à Stuttgart", objective=goal)
    make.objective(workspace, "Sans enjeu")
    make.need(workspace, "Sans objectif")
    branches = as_claire.get(PAGE).context["plan"].branches
    assert [str(branch.stake) for branch in branches] == ["Grandir à l’export", "None"]
    assert [str(need) for need in branches[0].aims[0].needs] == ["Un agent à Stuttgart"]
    assert [aim.objective and str(aim.objective) for aim in branches[1].aims] == ["Sans enjeu", None]


def test_what_is_reached_or_answered_is_left_out(as_claire, workspace):
    goal = make.objective(workspace, "Atteint", closed_on=workspace.today())
    make.need(workspace, "Encore ouvert", objective=goal)
    make.need(workspace, "Répondu", closed_on=workspace.today())
    page = as_claire.get(PAGE).content.decode()
    assert "Encore ouvert" in page
    assert "Atteint" not in page
    assert "Répondu" not in page


def test_each_network_comes_with_its_role_its_decision_and_why(as_claire, workspace):
    club = make.network(workspace, "Club Erdre", role_answers=[True] * 5)
    make.membership(club, goal="Trois recommandations par an")
    make.decision(club, "keep", reason="Deux affaires cette année")
    make.network(workspace, "Une fiche sans suite")
    page = as_claire.get(PAGE, headers={"accept-language": "en"}).content.decode()
    for said in ("Club Erdre", "weapon", "Keep", "Deux affaires cette année", "Trois recommandations par an"):
        assert said in page
    assert "Une fiche sans suite" not in page


def test_who_does_what_the_circles_and_what_is_left_are_told(as_claire, workspace, claire):
    make.delegation(make.need(workspace, "Un comptable"), "partner", who="Cabinet Roy")
    make.contact(workspace, "Paul Durand").relationship.sort("a", None, by=claire, seen="")
    make.skip(workspace, "trial", reason="Après l’été")
    page = as_claire.get(PAGE, headers={"accept-language": "en"}).content.decode()
    for said in ("Cabinet Roy", "A: we get ahead together", "Après l’été", "Be there, on time"):
        assert said in page


def test_it_costs_the_same_however_much_there_is(as_claire, workspace, django_assert_max_num_queries):
    for number in range(5):
        stake = make.stake(workspace, f"Enjeu {number}")
        goal = make.objective(workspace, f"Objectif {number}", stake=stake)
        make.delegation(make.need(workspace, f"Besoin {number}", objective=goal))
        network = make.network(workspace, f"Réseau {number}")
        make.membership(network, objective=goal)
        make.decision(network)
    with django_assert_max_num_queries(25):
        as_claire.get(PAGE)
