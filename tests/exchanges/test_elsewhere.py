"""What another company holds is neither found, nor named, nor counted here."""

import pytest
from django.urls import reverse

from exchanges.models import Exchange, Reply, ScoringRun
from tests import make


@pytest.fixture
def paul(workspace):
    return make.contact(workspace, "Paul Durand")


@pytest.fixture
def zoe(victor):
    """She is known to the other company alone."""
    return make.contact(victor.workspace, "Zoé Autre")


def noted(client, paul, **changes):
    day = paul.workspace.today().isoformat()
    given = {"contact": paul.pk, "contact_name": paul.full_name, "direction": "given", "kind": "help", "weight": 3}
    return client.post(reverse("exchanges:note"), given | {"on": day, "desk": paul.workspace.slug} | changes)


def test_a_name_of_theirs_makes_a_new_contact_of_ours(as_malik, paul, zoe):
    noted(as_malik, paul, contact="", contact_name=zoe.full_name)
    made = Exchange.objects.get().contact
    assert (made.full_name, made.workspace, made == zoe) == ("Zoé Autre", paul.workspace, False)


def test_someone_of_theirs_is_no_partner_of_ours(as_malik, paul, zoe):
    page = noted(as_malik, paul, partner_names=zoe.full_name)
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["partner_names"])


def test_someone_of_theirs_does_not_answer_us(as_malik, paul, zoe):
    asked = make.request(paul)
    answer = {"contact": zoe.pk, "contact_name": zoe.full_name, "positive": "yes", "on": paul.workspace.today()}
    page = as_malik.post(reverse("exchanges:request_answer", args=[asked.pk]), answer)
    assert (page.status_code, Reply.objects.count()) == (422, 0)


def test_why_starts_from_the_prior_of_our_own_company(as_malik, paul, zoe):
    day = paul.workspace.today()
    ScoringRun.objects.create(workspace=zoe.workspace, on=day, prior_alpha=9, prior_beta=1, params_version="x")
    explained = as_malik.get(reverse("exchanges:why", args=[paul.pk, "reliability"])).context["explained"]
    assert (explained.prior.alpha, explained.prior_on) == (1, None)
