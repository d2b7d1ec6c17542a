"""The local broker of a house without Redis: Kombu's folder of messages, each of which appears whole.

Kombu writes a message into the very file that the worker looks for. A worker that looks between the opening and the
writing reads an empty message and dies of it.
"""

from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]  # Kombu names it twice
        file = Path(self.data_folder_out) / f"{round(monotonic() * 1000)}_{uuid4()}.{queue}.msg"
        draft = file.with_suffix(".draft")
        draft.write_text(dumps(payload))
        draft.replace(file)


class Transport(filesystem.Transport):
    Channel = Channel
