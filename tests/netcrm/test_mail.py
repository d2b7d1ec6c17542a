from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, get_connection

from netcrm.supervisor import describe_mail


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def send(*messages: EmailMessage) -> int:
    return get_connection("netcrm.mail.FileBackend").send_messages(messages)


def letter(subject: str = "Bienvenue", body: str = "Bonjour Hélène", to: str = "helene@example.com") -> EmailMessage:
    return EmailMessage(subject, body, "netcrm@localhost", [to])


def test_each_message_is_one_whole_readable_file(folder):
    assert send(letter(), letter("Deuxième")) == 2
    files = sorted(folder.iterdir())
    read = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert [message["Subject"] for message in read] == ["Bienvenue", "Deuxième"]
    assert read[0].get_content().strip() == "Bonjour Hélène"
    assert all(file.suffix == ".eml" for file in files)


def test_only_the_owner_of_the_process_may_read_it(folder):
    send(letter())
    assert [file.stat().st_mode & 0o777 for file in folder.iterdir()] == [0o600]


def test_many_at_once_never_share_a_name(folder):
    send(*[letter() for _ in range(200)])
    assert len(list(folder.glob("*.eml"))) == 200


def test_a_message_to_nobody_is_not_written(folder):
    assert send(EmailMessage("Sujet", "Corps", "netcrm@localhost", [])) == 0
    assert not list(folder.iterdir())


def test_nothing_is_left_when_writing_fails(folder, monkeypatch):
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        send(letter())
    assert not list(folder.glob("*.eml"))


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ("Votre code :\n\n  BCDF-GHJK\n\nMerci", "BCDF-GHJK"),
        (
            "Pour accepter :\n\nhttp://localhost:8000/workspace/invitations/abc/\n",
            "http://localhost:8000/workspace/invitations/abc/",
        ),
        ("Rien à saisir.", ""),
    ],
)
def test_what_the_reader_needs_is_told_in_one_line(folder, body, key, monkeypatch):
    monkeypatch.setenv("BASE_URL", "http://localhost:8000")
    send(letter("Sujet accentué é", body))
    (file,) = folder.glob("*.eml")
    told = describe_mail(file)
    assert told == f"Mail to helene@example.com: Sujet accentué é{f'  {key}' if key else ''}  ({file})"
