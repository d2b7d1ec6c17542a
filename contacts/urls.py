"""Addresses of this room."""

from django.urls import include, path

from contacts.views import bin as the_bin
from contacts.views import contact, contact_list, options

app_name = "contacts"

urlpatterns = [
    path("", contact_list.contact_list, name="contact_list"),
    path("new/", contact.contact_create, name="contact_create"),
    path("options/", options.contact_options, name="contact_options"),
    path("firms/", options.firm_options, name="firm_options"),
    path("bin/", the_bin.bin, name="bin"),
    path("imports/", include("contacts.imports.urls")),
    path("<int:pk>/", contact.contact_detail, name="contact_detail"),
    path("<int:pk>/edit/", contact.contact_edit, name="contact_edit"),
    path("<int:pk>/history/", contact.contact_history, name="contact_history"),
    path("<int:pk>/bin/", the_bin.contact_bin, name="contact_bin"),
    path("<int:pk>/restore/", the_bin.contact_restore, name="contact_restore"),
    path("<int:pk>/erase/", the_bin.contact_erase, name="contact_erase"),
]
