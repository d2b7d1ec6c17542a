"""Addresses of this room."""

from django.urls import path

from resources.views import acquaintances, after, coverage, helping, panel, resource, use

app_name = "resources"

urlpatterns = [
    path("", resource.resource_list, name="resource_list"),
    path("help/", helping.help_find, name="help_find"),
    path("help/message/", helping.help_message, name="help_message"),
    path("coverage/", coverage.coverage_table, name="coverage_table"),
    path("coverage/refresh/", coverage.coverage_refresh, name="coverage_refresh"),
    path("needs/<int:pk>/after/", after.need_after, name="need_after"),
    path("spread/", resource.resource_spread, name="resource_spread"),
    path("contacts/<int:pk>/", panel.contact_resources, name="contact_resources"),
    path("contacts/<int:pk>/acquaintances/", acquaintances.contact_acquaintances, name="contact_acquaintances"),
    path("contacts/<int:pk>/new/", resource.resource_create, name="resource_create"),
    path("networks/<int:pk>/", panel.network_resources, name="network_resources"),
    path("services/<int:pk>/new/", resource.service_resource_create, name="service_resource_create"),
    path("<int:pk>/", resource.resource_detail, name="resource_detail"),
    path("<int:pk>/edit/", resource.resource_edit, name="resource_edit"),
    path("<int:pk>/delete/", resource.resource_delete, name="resource_delete"),
    path("<int:pk>/verify/", resource.resource_verify, name="resource_verify"),
    path("<int:pk>/uses/new/", use.use_create, name="use_create"),
    path("uses/<int:pk>/edit/", use.use_edit, name="use_edit"),
    path("uses/<int:pk>/delete/", use.use_delete, name="use_delete"),
]
