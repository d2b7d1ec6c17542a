"""Every address of the house: each room's own, the sign-in pages, the curators' admin, and the health check."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from netcrm.health import healthz

# Curators enter by the same door as everyone: its limits and second factor hold for them too.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", include("journey.urls")),
    path("resources/", include("resources.urls")),
    path("strategy/", include("strategy.urls")),
    path("networks/", include("networks.urls")),
    path("contacts/", include("contacts.urls")),
    path("exchanges/", include("exchanges.urls")),
    path("workspace/", include("workspaces.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
]
