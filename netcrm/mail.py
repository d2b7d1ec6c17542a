"""Mail without a mail server: each message becomes a file that the owner can open."""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FileBackend(BaseEmailBackend):
    """Writes one `.eml` a message in EMAIL_FILE_PATH; `manage.py serve` tells of each new one."""

    def send_messages(self, messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        deliverable = [message for message in messages if message.recipients()]
        for message in deliverable:
            _write(folder, message.message().as_bytes())
        return len(deliverable)


def _write(folder: Path, content: bytes) -> None:
    """A reader of the folder never sees half a message: the name appears when the content is whole.

    The mails hold sign-in codes, so only the owner of the process may read them, and no name can be guessed.
    """
    name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{secrets.token_hex(8)}.eml"
    partial = folder / f".{name}.partial"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    partial.replace(folder / name)
