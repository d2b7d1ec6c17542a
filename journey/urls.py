"""Addresses of the home and of the demo data."""

from django.urls import path

from journey import views

app_name = "journey"

urlpatterns = [
    path("", views.home, name="home"),
    path("demo/create/", views.demo_create, name="demo_create"),
    path("demo/remove/", views.demo_remove, name="demo_remove"),
]
