"""A preview server in a process of its own, and requests to it that no browser would send."""

from __future__ import annotations

import os
import queue
import re
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import commands
from helpers import HANG_SECONDS

_VALID = """\
---
title: {title}
provenance: {{origin: human}}
---

## Uses

{uses}

## Dosage

One tablet.

## FAQs

### Is it safe?

Safe enough for a test.
"""


def monograph(title: str, uses: str = "For examples.") -> str:
    """A file without findings."""
    return _VALID.format(title=title, uses=uses)


def write(content: Path, path: str, text: str) -> Path:
    """Write a file as an editor does that replaces it: a half-written file is never seen."""
    target = content / path
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, target)
    return target


class Preview:
    """`monograph-site serve` on a free port, in a folder with content/."""

    def __init__(self, root: Path, *arguments: str) -> None:
        self.root = root
        given = arguments or ("--port", "0")
        output, terminal = os.pipe()
        self.process = commands.start("serve", *given, cwd=root, stdout=terminal, stderr=terminal)
        os.close(terminal)
        self._output = open(output, encoding="utf-8")  # noqa: SIM115  closed by `_listen`
        self.lines: list[str] = []
        self._queue: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = self.wait_for_line(r"http://\S+").rstrip("/")
        host = re.match(r"http://([^/:]+|\[[^]]+\]):(\d+)", self.url)
        assert host, self.url
        self.port = int(host[2])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def wait_for_line(self, pattern: str, seconds: float = HANG_SECONDS) -> str:
        """Wait for a line on the terminal; the part that matches."""
        until = time.monotonic() + seconds
        while True:
            try:
                line = self._queue.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(
                    f"{pattern!r} was not printed in {seconds} s, but {self.lines}"
                ) from None
            match = re.search(pattern, line)
            if match:
                return match[0]

    def interrupt(self) -> None:
        """Press Ctrl-C, and wait for the end."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(HANG_SECONDS)

    def send(self, data: bytes, seconds: float = HANG_SECONDS) -> bytes:
        """Send bytes as they are, and take what comes until the server ends the connection or
        `seconds` are over."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
            try:
                connection.sendall(data)
                parts = []
                while part := connection.recv(65_536):
                    parts.append(part)
            except (TimeoutError, ConnectionError):
                pass
            return b"".join(parts)

    def get(
        self, target: str | bytes, *headers: str, method: str = "GET", host: str = ""
    ) -> tuple[int, bytes, bytes]:
        """A request with any bytes as its target: status, head and body of the answer; status 0 for
        no answer."""
        path = target.encode() if isinstance(target, str) else target
        lines = [f"Host: {host or f'127.0.0.1:{self.port}'}", *headers, "Connection: close"]
        head = (
            method.encode()
            + b" "
            + path
            + b" HTTP/1.1\r\n"
            + "".join(f"{line}\r\n" for line in lines).encode()
        )
        answer = self.send(head + b"\r\n")
        top, _, body = answer.partition(b"\r\n\r\n")
        status = re.match(rb"HTTP/1\.1 (\d{3})", top)
        return (int(status[1]) if status else 0), top, body

    def _listen(self) -> None:
        with self._output:
            for line in self._output:
                self.lines.append(line.rstrip())
                self._queue.put(line)


def events(preview: Preview, query: str = "") -> Iterator[tuple[str, str]]:
    """The server-sent events of a connection, as name and data."""
    with socket.create_connection(("127.0.0.1", preview.port), timeout=HANG_SECONDS) as connection:
        connection.sendall(f"GET /_dev/events{query} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        text = ""
        while part := connection.recv(65_536):
            part = part.partition(b"\r\n\r\n")[2] if part.startswith(b"HTTP/1.1 200") else part
            text += re.sub(r"\r\n[0-9a-f]+\r\n|^[0-9a-f]+\r\n", "", part.decode())
            while "\n\n" in text:
                message, _, text = text.partition("\n\n")
                event = re.search(r"event: (.*)\ndata: (.*)", message)
                yield (event[1], event[2]) if event else ("", message)
