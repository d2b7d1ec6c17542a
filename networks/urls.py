"""Addresses of this room."""

from django.urls import path

from networks.views import catalogue, sheet

app_name = "networks"

urlpatterns = [
    path("", sheet.network_list, name="network_list"),
    path("new/", sheet.network_create, name="network_create"),
    path("quiz/", sheet.network_quiz, name="network_quiz"),
    path("<int:pk>/", sheet.network_detail, name="network_detail"),
    path("<int:pk>/edit/", sheet.network_edit, name="network_edit"),
    path("<int:pk>/essence/", sheet.network_essence, name="network_essence"),
    path("<int:pk>/existence/", sheet.network_existence, name="network_existence"),
    path("<int:pk>/opinions/", sheet.network_opinions, name="network_opinions"),
    path("<int:pk>/retype/", sheet.network_retype, name="network_retype"),
    path("<int:pk>/delete/", sheet.network_delete, name="network_delete"),
    path("<int:pk>/difference/", catalogue.network_difference, name="network_difference"),
    path("catalogue/", catalogue.entry_list, name="entry_list"),
    path("catalogue/suggestions/", catalogue.suggestion_list, name="suggestion_list"),
    path("catalogue/suggestions/new/", catalogue.suggestion_create, name="suggestion_create"),
    path("catalogue/entries/<slug:slug>/", catalogue.entry_detail, name="entry_detail"),
    path("catalogue/entries/<slug:slug>/take/", catalogue.entry_take, name="entry_take"),
    path("catalogue/entries/<slug:slug>/correct/", catalogue.suggestion_correct, name="suggestion_correct"),
]
