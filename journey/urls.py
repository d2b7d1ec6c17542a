"""Addresses of the home, of the process and of the demo data."""

from django.urls import path

from journey import process, views

app_name = "journey"

urlpatterns = [
    path("", views.home, name="home"),
    path("demarche/", process.process, name="process"),
    path("demarche/print/", process.strategy_print, name="strategy_print"),
    path("demarche/<slug:slug>/", process.step, name="step"),
    path("demarche/<slug:slug>/skip/", process.step_skip, name="step_skip"),
    path("demarche/<slug:slug>/resume/", process.step_resume, name="step_resume"),
    path("demo/create/", views.demo_create, name="demo_create"),
    path("demo/remove/", views.demo_remove, name="demo_remove"),
]
