"""Addresses of this room."""

from django.urls import path

from workspaces import views

app_name = "workspaces"

urlpatterns = [
    path("choose/", views.workspace_choose, name="workspace_choose"),
    path("create/", views.workspace_create, name="workspace_create"),
    path("<int:pk>/switch/", views.workspace_switch, name="workspace_switch"),
    path("settings/", views.workspace_edit, name="workspace_edit"),
    path("preferences/", views.preferences, name="preferences"),
    path("members/", views.member_list, name="member_list"),
    path("members/<int:pk>/edit/", views.member_edit, name="member_edit"),
    path("members/<int:pk>/remove/", views.member_remove, name="member_remove"),
    path("invitations/create/", views.invitation_create, name="invitation_create"),
    path("invitations/<int:pk>/revoke/", views.invitation_revoke, name="invitation_revoke"),
    path("invitations/<str:token>/accept/", views.invitation_accept, name="invitation_accept"),
    path("logbook/", views.logbook, name="logbook"),
]
