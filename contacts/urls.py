"""Addresses of this room."""

from django.urls import include, path

from contacts.views import (
    acquaintance,
    affiliation,
    attendance,
    contact,
    contact_list,
    network_people,
    options,
    relationship,
    triage,
)
from contacts.views import bin as the_bin

app_name = "contacts"

urlpatterns = [
    path("", contact_list.contact_list, name="contact_list"),
    path("new/", contact.contact_create, name="contact_create"),
    path("options/", options.contact_options, name="contact_options"),
    path("firms/", options.firm_options, name="firm_options"),
    path("bin/", the_bin.bin, name="bin"),
    path("gather/", network_people.network_gather, name="network_gather"),
    path("circle/", relationship.circle_fill, name="circle_fill"),
    path("networks/<int:pk>/", network_people.network_people, name="network_people"),
    path("networks/<int:pk>/join/", network_people.network_join, name="network_join"),
    path("affiliations/<int:pk>/edit/", affiliation.affiliation_edit, name="affiliation_edit"),
    path("affiliations/<int:pk>/delete/", affiliation.affiliation_delete, name="affiliation_delete"),
    path("acquaintances/<int:pk>/edit/", acquaintance.acquaintance_edit, name="acquaintance_edit"),
    path("acquaintances/<int:pk>/delete/", acquaintance.acquaintance_delete, name="acquaintance_delete"),
    path("triage/", triage.triage, name="triage"),
    path("imports/", include("contacts.imports.urls")),
    path("<int:pk>/", contact.contact_detail, name="contact_detail"),
    path("<int:pk>/networks/new/", affiliation.affiliation_create, name="affiliation_create"),
    path("<int:pk>/acquaintances/new/", acquaintance.acquaintance_create, name="acquaintance_create"),
    path("<int:pk>/edit/", contact.contact_edit, name="contact_edit"),
    path("<int:pk>/tie/", relationship.relationship_edit, name="relationship_edit"),
    path("<int:pk>/sort/", triage.contact_sort, name="contact_sort"),
    path("<int:pk>/unsort/", triage.contact_unsort, name="contact_unsort"),
    path("<int:pk>/history/", contact.contact_history, name="contact_history"),
    path("<int:pk>/bin/", the_bin.contact_bin, name="contact_bin"),
    path("<int:pk>/restore/", the_bin.contact_restore, name="contact_restore"),
    path("<int:pk>/erase/", the_bin.contact_erase, name="contact_erase"),
    path("meetings/<int:pk>/", attendance.meeting_people, name="meeting_people"),
    path("meetings/<int:pk>/new/", attendance.attendance_create, name="attendance_create"),
    path("meetings/<int:pk>/members/", attendance.attendance_fill, name="attendance_fill"),
    path("attendances/<int:pk>/mark/", attendance.attendance_mark, name="attendance_mark"),
    path("attendances/<int:pk>/delete/", attendance.attendance_delete, name="attendance_delete"),
]
