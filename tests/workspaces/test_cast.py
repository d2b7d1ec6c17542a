from tests import make
from workspaces.models import LogEntry, Role


def test_everyone_of_the_cast_sits_where_the_story_says(claire, malik, ines, remi, victor, cora):
    assert [m.role for m in (claire, malik, ines, victor)] == [Role.OWNER, Role.MEMBER, Role.READER, Role.OWNER]
    assert remi.removed_at
    assert not remi.user.seats().exists()
    assert victor.workspace != claire.workspace
    assert cora.is_staff
    assert not cora.seats().exists()


def test_makers_go_through_the_verbs_and_leave_a_trace(workspace):
    contact = make.contact(workspace, "Paul Durand", emails=["paul@durand.example"], firm="Durand", tags=["pont"])
    exchange, promise = make.exchange(contact), make.commitment(contact)
    make.reply(make.request(contact))
    make.interaction(contact)
    acts = LogEntry.objects.for_workspace(workspace).values_list("act", flat=True)
    assert {"exchanges.exchange.recorded", "exchanges.request.answered"} <= set(acts)
    assert exchange.workspace == promise.workspace == workspace
    assert "durand" in contact.search
