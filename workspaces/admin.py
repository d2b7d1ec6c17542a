"""What the instance's curators see: accounts, never a row of a workspace."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from workspaces.models import User

# Secrets, keys to other people's accounts, or what the settings decide: no page.
for model in (Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession, Group):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class LookOnly(ModelAdmin):
    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False


@admin.register(EmailAddress)
class EmailAddressAdmin(LookOnly):
    list_display = ["email", "user", "verified", "primary"]
    search_fields = ["email"]


@admin.register(SocialAccount)
class SocialAccountAdmin(LookOnly):
    list_display = ["user", "provider", "last_login"]
    fields = ["user", "provider", "uid", "last_login", "date_joined"]


@admin.register(User)
class UserAdmin(ModelAdmin):
    """Close an account or make a curator. Address and password belong to the person; deleting would take rows along."""

    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ["email", "name", "language", "is_active", "is_staff", "is_superuser", "date_joined", "last_login"]
    readonly_fields = ["email", "date_joined", "last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False
