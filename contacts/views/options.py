"""What the comboboxes propose as one types: fragments, never pages."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from contacts import keys
from contacts.listing import LONGEST_SEARCH, proposals
from contacts.models import Contact, Organisation
from ui.rendering import render_page
from workspaces.http import MemberRequest
from workspaces.models import Role

OPTIONS_MAX = 8


@require_safe
def contact_options(request: MemberRequest) -> HttpResponse:
    """Eight people at most, the last met first; the last line makes a new one unless that very name exists, or the
    form takes `known` people only.
    """
    typed = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    present = Contact.objects.for_workspace(request.workspace).present()
    contacts = proposals(present, typed, OPTIONS_MAX) if typed else []
    known = keys.name_key(typed) in {contact.name_key for contact in contacts}
    creates = bool(typed) and not known and "known" not in request.GET and request.member.may(Role.MEMBER)
    context = {"contacts": contacts, "typed": typed, "creates": creates}
    return render_page(request, "contacts/contact_options.html", context)


@require_safe
def firm_options(request: MemberRequest) -> HttpResponse:
    typed = keys.firm_key(request.GET.get("q", "")[:LONGEST_SEARCH])
    firms = Organisation.objects.for_workspace(request.workspace).filter(name_key__contains=typed).order_by("name_key")
    context = {"firms": firms[:OPTIONS_MAX] if typed else [], "typed": typed}
    return render_page(request, "contacts/firm_options.html", context)
