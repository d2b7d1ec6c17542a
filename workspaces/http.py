"""The request as our views see it, once the middleware has seated the user."""

from django.http import HttpRequest

from workspaces.models import Member, User, Workspace


class MemberRequest(HttpRequest):
    user: User
    workspace: Workspace
    member: Member
