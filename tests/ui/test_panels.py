"""A room's part inside another room's page: found by address, asked as a GET, drawn by its own view."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.template import RequestContext, Template
from django.test import RequestFactory
from django.urls import path


def guest_panel(request, pk):
    seen = (request.method, dict(request.GET), request.part, pk, request.at_hand.pk, request.member)
    return HttpResponse(f"<p>{seen}</p>")


def shut(request, pk):
    raise PermissionDenied


app_name = "guests"
urlpatterns = [path("guests/<int:pk>/", guest_panel, name="guest_panel"), path("shut/<int:pk>/", shut, name="shut")]
pytestmark = pytest.mark.urls(__name__)


def draw(source: str) -> str:
    request = RequestFactory().post("/host/?page=2", {"a": "b"})
    request.member = "Claire"
    return Template(source).render(RequestContext(request, {"guest": SimpleNamespace(pk=7)}))


def test_a_panel_is_drawn_by_its_view_for_the_same_member():
    assert draw('{% panel "guest_panel" guest %}') == "<p>('GET', {}, 'guest_panel', 7, 7, 'Claire')</p>"


def test_the_page_around_keeps_its_own_request():
    drawn = draw('{% panel "guest_panel" guest %}{{ request.method }} {{ request.GET.page }}')
    assert drawn.endswith("POST 2")


def test_a_panel_that_refuses_refuses_the_page():
    with pytest.raises(PermissionDenied):
        draw('{% panel "shut" guest %}')
