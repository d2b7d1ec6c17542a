from django.urls import path

from strategy import views

app_name = "strategy"

urlpatterns = [
    path("", views.strategy, name="strategy"),
    path("stakes/new/", views.stake_create, name="stake_create"),
    path("stakes/<int:pk>/edit/", views.stake_edit, name="stake_edit"),
    path("stakes/<int:pk>/delete/", views.stake_delete, name="stake_delete"),
    path("objectives/new/", views.objective_create, name="objective_create"),
    path("objectives/<int:pk>/edit/", views.objective_edit, name="objective_edit"),
    path("objectives/<int:pk>/delete/", views.objective_delete, name="objective_delete"),
    path("objectives/<int:pk>/close/", views.objective_close, name="objective_close"),
    path("objectives/<int:pk>/reopen/", views.objective_reopen, name="objective_reopen"),
    path("needs/new/", views.need_create, name="need_create"),
    path("needs/<int:pk>/edit/", views.need_edit, name="need_edit"),
    path("needs/<int:pk>/delete/", views.need_delete, name="need_delete"),
    path("needs/<int:pk>/close/", views.need_close, name="need_close"),
    path("needs/<int:pk>/reopen/", views.need_reopen, name="need_reopen"),
    path("budget/", views.budget_edit, name="budget_edit"),
]
