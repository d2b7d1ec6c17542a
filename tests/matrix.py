"""The table of `tests.permissions`, filled in: one row per address of the house. A new address needs its row here."""

from dataclasses import replace

from tests.permissions import METHODS, SEATLESS, Library, Row, Rule, act, form, read
from workspaces.models import Role

OWNER, MEMBER, READER = Role.OWNER, Role.MEMBER, Role.READER

# What creates, or changes the company itself, carries the workspace that its page was drawn in: without it, 409.
JOURNEY = {
    "journey:home": Row(
        safe=Rule(READER, 200),
        seatless={f"{actor} {method}": 302 for actor in SEATLESS for method in METHODS},
    ),
    "journey:process": read(),
    "journey:strategy_print": read(),
    "journey:step": replace(read(slug="step"), shared=True),
    "journey:step_skip": replace(form(409, slug="step"), shared=True),
    "journey:step_resume": replace(act(409, slug="step"), shared=True),
    "journey:figures": read(),
    "journey:postponed_list": read(),
    "journey:line_postpone": act(kind="line", pk="need"),
    "journey:line_ignore": act(kind="line", pk="need"),
    "journey:line_restore": act(kind="line", pk="need"),
    "journey:line_done": act(kind="line", pk="need"),
    "journey:line_undo": act(kind="line", pk="need"),
    "journey:demo_create": act(409, least=OWNER),
    "journey:demo_remove": act(409, least=OWNER),
}

WORKSPACES = {
    "workspaces:workspace_choose": Row(safe=Rule(READER, 200), seatless={"removed GET": 200, "curator GET": 302}),
    "workspaces:workspace_create": Row(post=Rule(READER, 422), seatless={"removed POST": 422, "curator POST": 403}),
    "workspaces:workspace_switch": Row(post=Rule(READER, 302), keys={"pk": "workspace"}, seatless={"-": 405}),
    "workspaces:workspace_edit": form(409, least=OWNER),
    "workspaces:preferences": form(302, least=READER),
    "workspaces:member_list": read(),
    "workspaces:member_edit": form(least=OWNER, pk="member"),
    "workspaces:member_remove": act(least=OWNER, pk="member"),
    "workspaces:invitation_create": act(409, least=OWNER),
    "workspaces:invitation_revoke": act(least=OWNER, pk="invitation"),
    "workspaces:invitation_accept": Row(
        safe=Rule(READER, 200), post=Rule(READER, 302), keys={"token": "token"}, public=True
    ),
    "workspaces:logbook": read(),
}

STRATEGY = {
    "strategy:strategy": read(),
    "strategy:stake_create": form(409),
    "strategy:stake_edit": form(pk="stake"),
    "strategy:stake_delete": form(302, pk="stake"),
    "strategy:objective_create": form(409),
    "strategy:objective_edit": form(pk="objective"),
    "strategy:objective_delete": form(302, pk="objective"),
    "strategy:objective_close": act(pk="objective"),
    "strategy:objective_reopen": act(pk="objective"),
    "strategy:need_create": form(409),
    "strategy:need_edit": form(pk="need"),
    "strategy:need_delete": form(302, pk="need"),
    "strategy:need_close": act(pk="need"),
    "strategy:need_reopen": act(pk="need"),
    "strategy:budget_edit": form(409, least=OWNER),
}

NETWORKS = {
    "networks:network_list": read(),
    "networks:network_create": form(409),
    "networks:network_quiz": read(),
    "networks:network_detail": read(pk="network"),
    "networks:network_edit": form(pk="network"),
    "networks:network_essence": form(409, pk="network"),
    "networks:network_existence": form(409, pk="network"),
    "networks:network_opinions": form(409, pk="network"),
    "networks:network_retype": act(pk="network"),
    "networks:network_delete": form(302, pk="network"),
    "networks:network_difference": form(409, pk="followed"),
    "networks:entry_list": read(),
    "networks:entry_detail": replace(read(slug="entry"), shared=True),
    "networks:entry_take": replace(form(409, slug="entry"), shared=True),
    "networks:suggestion_list": read(),
    "networks:suggestion_create": form(409),
    "networks:suggestion_correct": replace(form(409, slug="entry"), shared=True),
    "networks:membership_create": form(409, pk="network"),
    "networks:membership_edit": form(pk="membership"),
    "networks:membership_delete": form(302, pk="membership"),
    "networks:membership_join": act(pk="membership"),
    "networks:membership_suspend": act(pk="membership"),
    "networks:membership_resume": act(pk="membership"),
    "networks:membership_exit": form(409, pk="membership"),
    "networks:membership_leave": act(422, pk="membership"),
    "networks:renewal_list": read(),
    "networks:rule_create": form(409, pk="network"),
    "networks:rule_edit": form(pk="rule"),
    "networks:rule_delete": form(302, pk="rule"),
    "networks:channel_create": form(409, pk="network"),
    "networks:channel_edit": form(pk="channel"),
    "networks:channel_delete": form(302, pk="channel"),
    "networks:service_create": form(409, pk="network"),
    "networks:service_edit": form(pk="service"),
    "networks:service_delete": form(302, pk="service"),
    "networks:service_use": act(pk="service"),
    "networks:service_contribute": act(pk="service"),
    "networks:link_create": form(409, pk="network"),
    "networks:link_edit": form(pk="link"),
    "networks:link_delete": form(302, pk="link"),
    "networks:network_map": read(),
    "networks:network_role": form(409, pk="network"),
    "networks:network_fit": form(409, pk="network"),
    "networks:network_screen": read(),
    "networks:trial_open": act(pk="network"),
    "networks:trial_detail": read(pk="trial"),
    "networks:trial_points": act(409, pk="trial"),
    "networks:trial_visit": form(409, pk="trial"),
    "networks:trial_close": act(pk="trial"),
    "networks:decision_create": form(409, pk="network"),
    "networks:delegation_list": read(),
    "networks:delegation_edit": form(pk="need"),
    "networks:delegation_delete": form(302, pk="delegation"),
    "networks:meeting_list": read(),
    "networks:meeting_detail": read(pk="meeting"),
    "networks:meeting_edit": form(pk="meeting"),
    "networks:meeting_cancel": act(pk="meeting"),
    "networks:meeting_resume": act(pk="meeting"),
    "networks:meeting_presence": act(pk="meeting"),
    "networks:meeting_delete": form(302, pk="meeting"),
    "networks:network_meetings": read(pk="network"),
    "networks:meeting_create": form(409, pk="network"),
    "networks:meeting_import": form(pk="network"),
    "networks:network_calendar": read(pk="network"),
    "networks:time_list": read(pk="network"),
    "networks:time_create": form(409, pk="network"),
    "networks:time_edit": form(pk="time"),
    "networks:time_delete": form(302, pk="time"),
}

CONTACTS = {
    "contacts:contact_list": read(),
    "contacts:contact_create": form(409),
    "contacts:contact_options": read(),
    "contacts:firm_options": read(),
    "contacts:bin": read(),
    "contacts:contact_detail": read(pk="contact"),
    "contacts:contact_edit": form(pk="contact"),
    "contacts:triage": read(),
    "contacts:contact_sort": form(pk="contact"),
    "contacts:contact_unsort": act(pk="contact"),
    "contacts:contact_history": read(pk="contact"),
    "contacts:contact_bin": act(pk="contact"),
    "contacts:affiliation_create": form(409, pk="contact"),
    "contacts:affiliation_edit": form(pk="affiliation"),
    "contacts:affiliation_delete": form(302, pk="affiliation"),
    "contacts:acquaintance_create": form(409, pk="contact"),
    "contacts:acquaintance_edit": form(pk="acquaintance"),
    "contacts:acquaintance_delete": form(302, pk="acquaintance"),
    "contacts:relationship_edit": form(302, pk="contact"),
    "contacts:circle_fill": form(),
    "contacts:network_people": read(pk="network"),
    "contacts:network_join": form(pk="network"),
    "contacts:network_gather": form(),
    "contacts:contact_restore": act(pk="binned"),
    "contacts:contact_erase": form(302, pk="binned"),
    "contacts:meeting_people": read(pk="meeting"),
    "contacts:attendance_create": act(422, pk="meeting"),
    "contacts:attendance_fill": act(pk="meeting"),
    "contacts:attendance_mark": act(pk="attendance"),
    "contacts:attendance_delete": act(pk="attendance"),
    "contacts:import_create": form(409),
    "contacts:import_detail": read(pk="import"),
    "contacts:import_start": act(pk="import"),
    "contacts:import_read_again": act(422, pk="import"),
    "contacts:import_cancel": act(pk="import"),
    "contacts:import_undo": act(pk="import"),
    "contacts:import_problems": read(pk="import"),
}

EXCHANGES = {
    "exchanges:ledger": read(),
    "exchanges:mirror": read(),
    "exchanges:need_efforts": read(),
    "exchanges:note": form(409),
    "exchanges:interaction_create": form(409),
    "exchanges:commitment_create": form(409),
    "exchanges:request_create": form(409),
    "exchanges:contact_panel": read(pk="contact"),
    "exchanges:portfolio": read(),
    "exchanges:portfolio_why": read(),
    "exchanges:network_panel": read(pk="network"),
    "exchanges:network_why": read(pk="network", indicator="indicator"),
    "exchanges:contact_rules": read(pk="contact"),
    "exchanges:why": read(pk="contact", score="score"),
    "exchanges:mirror_reliability": read(),
    "exchanges:mirror_responsiveness": read(),
    "exchanges:relationship_count": act(pk="contact"),
    "exchanges:relationship_uncount": act(pk="contact"),
    "exchanges:relationship_snooze": act(pk="contact"),
    "exchanges:trial_clock": read(pk="trial"),
    "exchanges:notice_close": act(),
    "exchanges:exchange_edit": form(pk="exchange"),
    "exchanges:exchange_delete": form(302, pk="exchange"),
    "exchanges:interaction_edit": form(pk="interaction"),
    "exchanges:interaction_delete": form(302, pk="interaction"),
    "exchanges:commitment_edit": form(pk="commitment"),
    "exchanges:commitment_delete": form(302, pk="commitment"),
    "exchanges:commitment_keep": act(pk="commitment"),
    "exchanges:commitment_break": act(pk="commitment"),
    "exchanges:commitment_cancel": act(pk="commitment"),
    "exchanges:commitment_notify": act(pk="commitment"),
    "exchanges:commitment_reopen": act(pk="commitment"),
    "exchanges:commitment_postpone": form(pk="commitment"),
    "exchanges:request_edit": form(pk="request"),
    "exchanges:request_delete": form(302, pk="request"),
    "exchanges:request_answer": form(pk="request"),
    "exchanges:request_close": form(pk="request"),
    "exchanges:request_reopen": act(pk="request"),
    "exchanges:reply_edit": form(pk="reply"),
    "exchanges:reply_delete": form(302, pk="reply"),
    "exchanges:meeting_brief": read(pk="meeting"),
    "exchanges:meeting_outcome": read(pk="meeting"),
    "exchanges:meeting_minutes": form(pk="meeting"),
}

RESOURCES = {
    "resources:resource_list": read(),
    "resources:coverage_table": read(),
    "resources:coverage_refresh": act(),
    "resources:need_after": read(pk="need"),
    "resources:help_find": read(),
    "resources:help_message": read(),
    "resources:resource_spread": form(),
    "resources:contact_resources": read(pk="contact"),
    "resources:contact_acquaintances": read(pk="contact"),
    "resources:resource_create": form(409, pk="contact"),
    "resources:network_resources": read(pk="network"),
    "resources:service_resource_create": form(409, pk="service"),
    "resources:resource_detail": read(pk="resource"),
    "resources:resource_edit": form(pk="resource"),
    "resources:resource_delete": form(302, pk="resource"),
    "resources:resource_verify": act(pk="resource"),
    "resources:use_create": form(409, pk="resource"),
    "resources:use_edit": form(pk="use"),
    "resources:use_delete": form(302, pk="use"),
}

# allauth's pages. They show one's own account and nothing of a workspace, so that all who are signed in are alike.
TO_SIGN_IN = "302 302 302 302 302 302 302"
ELSEWHERE = "302 302 302 302 302 302 302"
SHOWN = "200 200 405 405 405 405 200"
FILLED = "200 200 200 200 405 405 200"
NONE_YET = "404 404 404 404 404 404 404"
NO_PASSWORD = "403 403 403 403 403 403 403"  # our actors have none to type again
MOVED = "301 301 301 301 301 301 301"

ACCOUNT = {
    "account_login": Library(FILLED, ELSEWHERE),
    "account_logout": Library("302 302 302 405 405 405 200", "200 200 302 405 405 405 200"),
    "account_inactive": Library(SHOWN, SHOWN),
    "account_signup": Library(FILLED, ELSEWHERE),
    "account_reauthenticate": Library(TO_SIGN_IN, NO_PASSWORD),
    "account_email": Library(TO_SIGN_IN, "200 200 302 302 405 405 200"),
    "account_email_verification_sent": Library(ELSEWHERE, ELSEWHERE),
    "account_change_password": Library(TO_SIGN_IN, ELSEWHERE),
    "account_set_password": Library(TO_SIGN_IN, FILLED),
    "account_reset_password": Library(FILLED, FILLED),
    "account_confirm_login_code": Library(ELSEWHERE, ELSEWHERE),
    "account_confirm_password_reset_code": Library(ELSEWHERE, ELSEWHERE),
    "account_complete_password_reset": Library(ELSEWHERE, ELSEWHERE),
    "account_password_reset_completed": Library(SHOWN, SHOWN),
    "mfa_index": Library(TO_SIGN_IN, SHOWN),
    "mfa_authenticate": Library(ELSEWHERE, ELSEWHERE),
    "mfa_reauthenticate": Library(TO_SIGN_IN, NO_PASSWORD),
    "mfa_activate_totp": Library(TO_SIGN_IN, FILLED),
    "mfa_deactivate_totp": Library(TO_SIGN_IN, NONE_YET),
    "mfa_view_recovery_codes": Library(TO_SIGN_IN, "404 404 405 405 405 405 200"),
    "mfa_generate_recovery_codes": Library(TO_SIGN_IN, FILLED),
    "mfa_download_recovery_codes": Library(TO_SIGN_IN, NONE_YET),
    "mfa_list_webauthn": Library(TO_SIGN_IN, SHOWN),
    "mfa_add_webauthn": Library(TO_SIGN_IN, FILLED),
    "mfa_reauthenticate_webauthn": Library(TO_SIGN_IN, NO_PASSWORD),
    "mfa_remove_webauthn": Library(TO_SIGN_IN, "404 404 404 405 405 404 200", keys={"pk": "none"}),
    "mfa_edit_webauthn": Library(TO_SIGN_IN, "404 404 404 404 405 405 200", keys={"pk": "none"}),
    "mfa_login_webauthn": Library("302 302 302 302 405 405 200", ELSEWHERE),
    "usersessions_list": Library(TO_SIGN_IN, "200 200 302 302 405 405 200"),
    "socialaccount_login_cancelled": Library(SHOWN, SHOWN),
    "socialaccount_login_error": Library(TO_SIGN_IN, "401 401 405 405 405 405 200"),
    "socialaccount_signup": Library(ELSEWHERE, ELSEWHERE),
    "socialaccount_connections": Library(TO_SIGN_IN, FILLED),
    "openid_connect_login": Library(NONE_YET, NONE_YET, keys={"provider_id": "none"}),
    "openid_connect_callback": Library(NONE_YET, NONE_YET, keys={"provider_id": "none"}),
    **{
        f"unnamed account/social/{old}/": Library(TO_SIGN_IN, MOVED)
        for old in ("login/cancelled", "login/error", "signup", "connections")
    },
}

# The curators' admin: to everyone else the sign-in page, to a curator without rights 403 beyond the first page.
FREE = "200 200 200 200 200 200 200"
NO_RIGHT = "403 403 403 403 403 403 403"


def curators(line: str, **keys: str) -> Library:
    return Library(TO_SIGN_IN, TO_SIGN_IN, line, keys)


def register(model: str) -> dict[str, Library]:
    """The six addresses of one kind of record."""
    label, name, thing = model.split("_")[0], f"admin:{model}", {"object_id": "none"}
    return {
        f"{name}_changelist": curators(NO_RIGHT),
        f"{name}_add": curators(NO_RIGHT),
        f"{name}_history": curators("302 302 302 302 302 302 302", **thing),
        f"{name}_delete": curators(NO_RIGHT, **thing),
        f"{name}_change": curators(NO_RIGHT, **thing),
        f"unnamed admin/{label}/{model.split('_')[1]}/<path:object_id>/": curators(ELSEWHERE, **thing),
    }


def curated(model: str, *, add: str = NO_RIGHT, change: str = ELSEWHERE) -> dict[str, Library]:
    """The same six, of a kind that every curator opens; an absent object leads back to the first page."""
    name = f"admin:{model}"
    opened = {f"{name}_changelist": curators(FREE), f"{name}_add": curators(add)}
    return register(model) | opened | {f"{name}_change": curators(change, object_id="none")}


ADMIN = {
    "admin:index": curators("200 200 200 200 200 200 200"),
    "admin:search": curators("200 200 200 200 200 200 200"),
    "admin:login": Library(TO_SIGN_IN, "403 403 403 403 403 403 403", "302 200 200 200 405 405 200"),
    "admin:logout": curators("405 405 200 405 405 405 200"),
    "admin:password_change": curators(FILLED),
    "admin:password_change_done": curators(SHOWN),
    "admin:autocomplete": curators("403 403 405 405 405 405 200"),
    "admin:jsi18n": curators(SHOWN),
    "admin:view_on_site": curators(NONE_YET, content_type_id="none", object_id="none"),
    "admin:app_list": curators(NONE_YET, app_label="app"),
    "unnamed admin/(?P<url>.*)$": curators(NONE_YET, url="none"),
    **register("workspaces_user"),
    **register("account_emailaddress"),
    **register("socialaccount_socialaccount"),
    **curated("networks_catalogueentry", add=FREE),
    **curated("networks_suggestion"),
    **curated("networks_curationentry", change="302 302 403 302 302 302 302"),
    "admin:networks_catalogueentry_export_all": curators(FREE),
    "admin:networks_catalogueentry_import_file": curators("200 200 422 200 200 200 200"),
}

# Nothing beats while the tests run, hence 503.
HEALTH = {"healthz": Library("503 503 405 405 405 405 405", "503 503 405 405 405 405 405")}

ROWS: dict[str, Row | Library] = {
    **JOURNEY,
    **WORKSPACES,
    **STRATEGY,
    **NETWORKS,
    **CONTACTS,
    **EXCHANGES,
    **RESOURCES,
    **ACCOUNT,
    **ADMIN,
    **HEALTH,
}
