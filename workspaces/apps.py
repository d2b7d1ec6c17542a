from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkspacesConfig(AppConfig):
    name = "workspaces"
    verbose_name = _("Workspaces")
    # What the logbook says of each act of this room; `workspaces.logbook` reads it.
    acts = {
        "workspaces.workspace.created": _("created the workspace"),
        "workspaces.workspace.edited": _("changed the settings of the workspace"),
        "workspaces.invitation.sent": _("invited"),
        "workspaces.invitation.revoked": _("withdrew the invitation of"),
        "workspaces.member.joined": _("joined the workspace"),
        "workspaces.member.role_changed": _("changed the role of"),
        "workspaces.member.removed": _("removed from the workspace"),
    }
