"""Addresses of the home, of its lines and of the demo data."""

from django.urls import path

from journey import views

app_name = "journey"

urlpatterns = [
    path("", views.home, name="home"),
    path("figures/", views.figures, name="figures"),
    path("aside/", views.postponed_list, name="postponed_list"),
    path("lines/<slug:kind>/<int:pk>/postpone/", views.line_postpone, name="line_postpone"),
    path("lines/<slug:kind>/<int:pk>/ignore/", views.line_ignore, name="line_ignore"),
    path("lines/<slug:kind>/<int:pk>/restore/", views.line_restore, name="line_restore"),
    path("lines/<slug:kind>/<int:pk>/done/", views.line_done, name="line_done"),
    path("lines/<slug:kind>/<int:pk>/undo/", views.line_undo, name="line_undo"),
    path("demo/create/", views.demo_create, name="demo_create"),
    path("demo/remove/", views.demo_remove, name="demo_remove"),
]
