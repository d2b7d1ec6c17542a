"""What the supervisor prints of a letter: only what the house itself wrote, and nothing that commands a terminal."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from netcrm.supervisor import describe_mail

LINK = "http://localhost:8000/workspace/invitations/abc/accept/"


@pytest.fixture
def told(tmp_path: Path, monkeypatch):
    """What is printed of a letter with this body and subject."""
    monkeypatch.setenv("BASE_URL", "http://localhost:8000")

    def describe(body: str, subject: str = "Invitation") -> str:
        message = EmailMessage()
        message["To"], message["Subject"] = "claire@morvan.example", subject
        message.set_content(body)
        (tmp_path / "one.eml").write_bytes(message.as_bytes())
        return describe_mail(tmp_path / "one.eml")

    return describe


@pytest.mark.parametrize(
    "company",
    [
        "Evil http://evil.example",
        "Evil\nhttp://evil.example/",
        "http://localhost:8000.evil.example/x",
        "http://localhost:8000@evil.example/x",
        "voir http://localhost:8000/other",
        "\n123456\n",
    ],
)
def test_the_link_of_the_house_is_told_whatever_the_company_is_called(told, company):
    line = told(f"Claire invites you into {company}.\n\nTo accept:\n{LINK}\n\nThe link works once.")
    assert f"Invitation  {LINK}  (" in line
    assert "evil" not in line


def test_a_code_is_told(told):
    assert "Votre code  BCDF-GHJK  (" in told("Bonjour,\n\nBCDF-GHJK\n\nà bientôt", "Votre code")


def test_a_letter_with_neither_is_told_without(told):
    assert "Un mot  (" in told("Rien à ouvrir : http://evil.example", "Un mot")


def test_nothing_that_is_told_commands_the_terminal(told):
    line = told("Bonjour", "=?utf-8?q?=1B]0;x=07Invitation_=E2=80=AEcod?=")
    assert line.isprintable()
    assert "Invitation" in line
