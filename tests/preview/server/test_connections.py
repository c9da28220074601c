"""Connections that are never finished keep nobody from the site."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from helpers import HANG_SECONDS, usually, wait_until
from serving import Preview, monograph, write

CONNECTIONS = usually(100, nightly=300)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    write(tmp_path / "content", "drugs/examplin.md", monograph("Examplin"))
    with Preview(tmp_path) as running:
        yield running


def opened(preview: Preview, stack: ExitStack, request: str) -> list[socket.socket]:
    """Many connections that have sent the same, and wait."""
    connections = []
    for _ in range(CONNECTIONS):
        connection = socket.create_connection(("127.0.0.1", preview.port), timeout=HANG_SECONDS)
        connections.append(stack.enter_context(connection))
        connection.sendall(request.encode())
    return connections


def test_slow_connections_hold_up_nothing(preview: Preview) -> None:
    with ExitStack() as stack:
        slow = opened(preview, stack, "GET /drugs/examplin/ HTTP/1.1\r\nHost: loc")
        for part in ("alhost\r\n", "X: y\r\n"):
            for connection in slow:
                connection.sendall(part.encode())
            assert preview.get("/drugs/examplin/")[0] == 200
        write(preview.root / "content", "drugs/examplin.md", monograph("Examplin", "Now edited."))
        wait_until(lambda: b"Now edited." in preview.get("/drugs/examplin/")[2])
        for connection in slow:
            connection.sendall(b"\r\n")
            assert connection.recv(12) == b"HTTP/1.1 200"
    assert [line for line in preview.lines if "Traceback" in line] == []


def test_every_event_stream_hears_of_an_edit(preview: Preview) -> None:
    with ExitStack() as stack:
        request = "GET /_dev/events?page=/drugs/examplin/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
        streams = [stream.makefile("rb") for stream in opened(preview, stack, request)]
        for stream in streams:
            assert stream.readline().startswith(b"HTTP/1.1 200")
        write(preview.root / "content", "drugs/examplin.md", monograph("Examplin", "Now edited."))
        for stream in streams:
            assert any(line.startswith(b"event:") for line in iter(stream.readline, b""))
        assert preview.get("/drugs/examplin/")[0] == 200
    assert preview.get("/drugs/examplin/")[0] == 200
    assert [line for line in preview.lines if "Traceback" in line] == []
