"""Asks for pages over connections that stay open, as many at once as told, and writes down how long each took.

A scenario is a JSON list of targets: name, path, and for a form: form (fields), csrf_from (the page whose token
it carries), ok (the statuses that are right; 200 otherwise). In a form, `{i}` is the number of the request and `{r:1-9}`
a random integer. Standard library only, one protocol object a connection: the tool must cost less than a bare view.
"""

import argparse
import asyncio
import json
import random
import re
import statistics
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

WARM_UP: Final = 20
CONCURRENCIES: Final = (1, 8)
TOKEN: Final = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
RANDOM: Final = re.compile(r"\{r:(\d+)-(\d+)\}")


class Connection(asyncio.Protocol):
    """One request at a time; whatever answers says its Content-Length or closes."""

    def __init__(self) -> None:
        self.transport: Any = None
        self.heard = bytearray()
        self.answered: asyncio.Future[None] | None = None
        self.closed = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.heard += data
        head, blank, body = self.heard.partition(b"\r\n\r\n")
        if blank and self._whole(head.lower(), body):
            self._answer()

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._answer()

    def _whole(self, head: bytearray, body: bytearray) -> bool:
        if found := re.search(rb"\r\ncontent-length: *(\d+)", head):
            return len(body) >= int(found[1])
        return body.endswith(b"0\r\n\r\n") if b"\r\ntransfer-encoding: chunked" in head else False

    def _answer(self) -> None:
        if self.answered and not self.answered.done():
            self.answered.set_result(None)

    async def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        self.heard, self.answered = bytearray(), asyncio.get_running_loop().create_future()
        self.transport.write(request)
        await self.answered
        head, blank, body = bytes(self.heard).partition(b"\r\n\r\n")
        if not blank:
            raise ConnectionError("closed before it answered")
        return int(head.split(b" ", 2)[1]), head, body


class Visitor:
    """Knows where to ask and which cookies to bring."""

    def __init__(self, base: str, cookie: str) -> None:
        where = urlsplit(base)
        self.base, self.host, self.port = base, where.hostname or "localhost", where.port or 80
        self.cookies = dict(one.split("=", 1) for one in [cookie] if one)
        self.asked = random.randrange(10**6)  # noqa: S311 - another run sends other texts

    async def connect(self) -> Connection:
        _transport, connection = await asyncio.get_running_loop().create_connection(Connection, self.host, self.port)
        return connection

    async def token(self, path: str) -> str:
        """That of a form, with the cookie that belongs to it."""
        connection = await self.connect()
        _status, head, body = await connection.ask(self.written("GET", path))
        connection.transport.close()
        for name, value in re.findall(rb"\r\nset-cookie: ([^=]+)=([^;]+)", head, re.IGNORECASE):
            self.cookies[name.decode()] = value.decode()
        if not (found := TOKEN.search(body)):
            raise LookupError(f"{path} holds no form")
        return found[1].decode()

    def request(self, target: dict[str, Any], token: str) -> bytes:
        if "form" not in target:
            return self.written(target.get("method", "GET"), target["path"])
        self.asked += 1
        filled = {name: self._filled(value) for name, value in target["form"].items()}
        return self.written("POST", target["path"], urlencode(filled | {"csrfmiddlewaretoken": token}).encode())

    def _filled(self, text: str) -> str:
        text = text.replace("{i}", str(self.asked))
        return RANDOM.sub(lambda ends: str(random.randint(int(ends[1]), int(ends[2]))), text)  # noqa: S311

    def written(self, method: str, path: str, body: bytes = b"") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.host}:{self.port}", "Accept: text/html"]
        lines += [f"Cookie: {'; '.join(map('='.join, self.cookies.items()))}"] if self.cookies else []
        if body:
            lines += [f"Content-Length: {len(body)}", "Content-Type: application/x-www-form-urlencoded"]
            lines += [f"Referer: {self.base}/"]
        return "\r\n".join([*lines, "", ""]).encode() + body


async def drive(visitor: Visitor, target: dict[str, Any], token: str, concurrency: int, count: int) -> dict[str, Any]:
    """`count` requests in all, by `concurrency` connections, each of which asks again as soon as it is answered."""
    took: list[float] = []
    sizes: list[int] = []
    statuses: Counter[int] = Counter()
    left = iter(range(count))

    async def one_after_another() -> None:
        connection = await visitor.connect()
        for _turn in left:
            if connection.closed:
                connection = await visitor.connect()
            request, start = visitor.request(target, token), time.perf_counter()
            status, _head, body = await connection.ask(request)
            took.append(time.perf_counter() - start)
            sizes.append(len(body))
            statuses[status] += 1
        connection.transport.close()

    start = time.perf_counter()
    await asyncio.gather(*(one_after_another() for _connection in range(concurrency)))
    return {"took": took, "sizes": sizes, "status": statuses, "wall": time.perf_counter() - start}


def figures(run: dict[str, Any]) -> dict[str, Any]:
    took = sorted(one * 1e3 for one in run["took"])
    return {
        "p50": statistics.median(took),
        "p99": took[min(len(took) - 1, int(len(took) * 0.99))],
        "rps": len(took) / run["wall"],
        "bytes": statistics.median(run["sizes"]),
        "status": run["status"],
    }


def pss_mb(pid: int) -> list[float]:
    """Proportional set size of each child of a server."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{child}/smaps_rollup").read_text() for child in children]
    return [int(found[1]) / 1024 for text in rollups if (found := re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE))]


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", help="http://localhost:PORT")
    parser.add_argument("scenario", type=Path)
    parser.add_argument("--cookie", default="", help="name=value")
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--pid", type=int, required=True, help="parent of the server's workers")
    wanted = parser.parse_args()
    visitor = Visitor(wanted.base, wanted.cookie)
    for target in json.loads(wanted.scenario.read_text()):
        token = await visitor.token(target["csrf_from"]) if "csrf_from" in target else ""
        for concurrency in CONCURRENCIES:
            await drive(visitor, target, token, concurrency, WARM_UP)
            found = figures(await drive(visitor, target, token, concurrency, wanted.requests))
            if bad := set(found["status"]) - set(target.get("ok", [200])):
                raise RuntimeError(f"{target['name']} answered {bad}")
            named = {"target": target["name"], "c": concurrency, "memory": max(pss_mb(wanted.pid), default=0)}
            print(json.dumps(named | found), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
