"""The local broker: a message is found whole or not at all."""

from queue import Empty

import pytest
from kombu import Connection

from netcrm.broker import Transport


@pytest.fixture
def channel(tmp_path):
    folder = str(tmp_path)
    options = {"data_folder_in": folder, "data_folder_out": folder, "control_folder": f"{folder}/control"}
    with Connection("filesystem://localhost", transport=Transport, transport_options=options) as connection:
        yield connection.channel()


def test_a_message_comes_back_as_it_was_sent(channel, tmp_path):
    channel._put("celery", {"body": "é", "n": 1})
    assert channel._get("celery") == {"body": "é", "n": 1}
    assert list(tmp_path.glob("*.*")) == []


def test_a_message_still_being_written_is_not_looked_at(channel, tmp_path):
    (tmp_path / "1_x.celery.draft").touch()
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_appears_only_when_it_is_whole(channel, tmp_path):
    seen = []

    class Looking:
        """Looks into the folder while it is turned into text."""

        def __json__(self):
            seen.append(list(tmp_path.glob("*.msg")))
            return "looked"

    channel._put("celery", {"body": Looking()})
    assert seen == [[]]
    assert channel._get("celery") == {"body": "looked"}
