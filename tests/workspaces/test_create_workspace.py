import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests import make
from workspaces.models import Member, Role, User


def run(**options) -> dict:
    out = StringIO()
    call_command("create_workspace", stdout=out, **options)
    return json.loads(out.getvalue())


def code(**options) -> int:
    with pytest.raises(CommandError) as refused:
        run(**options)
    return refused.value.returncode


def test_it_makes_an_owner_who_can_sign_in_at_once(db):
    said = run(slug="morvan", owner="Claire@Morvan.example", password="phrase choisie", name="Atelier Morvan")
    assert said == {"workspace": "morvan", "owner": "claire@morvan.example", "created": True}
    seat = Member.objects.select_related("workspace").get()
    assert (seat.role, seat.workspace.name) == (Role.OWNER, "Atelier Morvan")
    client = Client()
    client.post("/account/login/", {"login": "claire@morvan.example", "password": "phrase choisie"})
    assert client.get("/workspace/members/").status_code == 200


def test_without_a_password_it_makes_one_and_shows_it_once(db):
    made = run(slug="morvan", owner="claire@morvan.example")
    assert User.objects.get().check_password(made["password"])
    assert "password" not in run(slug="morvan", owner="claire@morvan.example")


def test_running_it_twice_changes_nothing(db):
    run(slug="morvan", owner="claire@morvan.example", password="phrase choisie")
    again = run(slug="morvan", owner="claire@morvan.example", password="autre chose")
    assert again["created"] is False
    assert User.objects.get().check_password("phrase choisie")
    assert Member.objects.count() == 1


def test_someone_who_has_an_account_keeps_their_password(db):
    make.user("claire@morvan.example", password="phrase choisie")
    assert run(slug="second", owner="claire@morvan.example", password="autre")["created"]
    assert User.objects.get().check_password("phrase choisie")


@pytest.mark.parametrize(
    ("slug", "owner"), [("not a slug", "a@b.fr"), ("x" * 61, "a@b.fr"), ("ok", "nobody"), ("", "a@b.fr")]
)
def test_a_bad_slug_or_address_is_refused_and_nothing_is_made(db, slug, owner):
    assert code(slug=slug, owner=owner) == 2
    assert not User.objects.exists()


def test_the_slug_of_someone_else_is_refused(workspace):
    assert code(slug=workspace.slug, owner="stranger@example.org") == 3
    assert not User.objects.filter(email="stranger@example.org").exists()


def test_it_is_so_even_for_someone_who_owns_another_one(workspace, victor):
    assert code(slug=workspace.slug, owner=victor.user.email) == 3


def test_a_curator_gets_no_workspace(cora):
    assert code(slug="cora", owner=cora.email) == 2
