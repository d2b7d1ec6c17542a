"""Addresses of the imports, under contacts:."""

from django.urls import path

from contacts.imports import views

urlpatterns = [
    path("", views.import_create, name="import_create"),
    path("<int:pk>/", views.import_detail, name="import_detail"),
    path("<int:pk>/start/", views.import_start, name="import_start"),
    path("<int:pk>/again/", views.import_read_again, name="import_read_again"),
    path("<int:pk>/cancel/", views.import_cancel, name="import_cancel"),
    path("<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("<int:pk>/problems/", views.import_problems, name="import_problems"),
]
