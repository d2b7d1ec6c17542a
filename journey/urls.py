"""Addresses of the home and its lines, of the process and of the demo data."""

from django.urls import path

from journey import process, views

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
    path("process/", process.process, name="process"),
    path("process/print/", process.strategy_print, name="strategy_print"),
    path("process/<slug:slug>/", process.step, name="step"),
    path("process/<slug:slug>/skip/", process.step_skip, name="step_skip"),
    path("process/<slug:slug>/resume/", process.step_resume, name="step_resume"),
    path("demo/create/", views.demo_create, name="demo_create"),
    path("demo/remove/", views.demo_remove, name="demo_remove"),
]
