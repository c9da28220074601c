"""Running the server: its port, its watcher, what it says on the terminal, and how it ends."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import time
import traceback
import webbrowser
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import FrameType

import uvicorn

from ...build.options import Options
from ...check import formats
from ...model.errors import MonographError
from ...render import theme
from ..session import Change, Session
from ..watch import watch
from .addresses import DEV, encoded
from .app import app
from .events import Hub
from .hosts import is_loopback
from .inspector import Inspector

Say = Callable[[str], None]


_TRIED = 100


_PATIENCE = 1
"""Seconds that connections have to end by themselves."""


_WHILE_LOADING = 15
"""Seconds between two looks for lost events while the content is still being read, which they slow
down."""


class PortTaken(MonographError):
    """The port can't be had; the message names one that can."""


def serve(
    options: Options, host: str, port: int, editor: str, say: Say, *, open_browser: bool = False
) -> None:
    """Serve the site until Ctrl-C. Raises PortTaken, and what `Session.start` raises."""
    with closing(listen(host, port)) as listening:
        hub = Hub()
        live = Session(options, hub.publish)
        live.start()
        with closing(live):
            address = _address(host, listening.getsockname()[1], live.config.base_path)
            _welcome(address, host, live, say)
            stop = threading.Event()
            watching = threading.Thread(
                target=_watch, args=(live, hub, stop, say), daemon=True, name="watch"
            )
            watching.start()
            try:
                _Server(live, hub, host, editor, address if open_browser else "").run([listening])
            finally:
                stop.set()
                watching.join(_PATIENCE)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises PortTaken with the next free port, and OSError for a host that
    is none of ours."""
    try:
        return _bound(host, port)
    except OSError as problem:
        if problem.errno not in (errno.EADDRINUSE, errno.EACCES):
            raise OSError(
                f"{host!r} is no address of this machine: {problem.strerror or problem}"
            ) from None
        why = "in use" if problem.errno == errno.EADDRINUSE else "not allowed"
    for other in range(port + 1, min(port + _TRIED, 65_536)):
        with suppress(OSError), _bound(host, other):
            raise PortTaken(
                f"port {port} is {why}; the next free one is {other}: add --port {other}"
            )
    raise PortTaken(f"port {port} is {why}, and so are those that follow; choose another --port")


class _Server(uvicorn.Server):
    """uvicorn, quiet, and gone at once: an event stream would never end by itself."""

    def __init__(self, live: Session, hub: Hub, host: str, editor: str, to_open: str) -> None:
        super().__init__(
            uvicorn.Config(
                app(live, hub, host, editor),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )
        self._hub = hub
        self._to_open = to_open

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._to_open:
            threading.Thread(target=webbrowser.open, args=(self._to_open,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """A wish to end is no failure: the signal is not raised again, as uvicorn would do."""
        self.force_exit = self.should_exit
        self.should_exit = True


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    made = socket.socket(
        family, kind, protocol
    )  # asyncio sends at once only where it is told the protocol
    try:
        if os.name == "posix":  # elsewhere this would let two servers have one port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(where)
        made.listen(2048)
    except OSError:
        made.close()
        raise
    return made


def _watch(live: Session, hub: Hub, stop: threading.Event, say: Say) -> None:
    """Look again whenever files may have changed, and tell every window and the terminal what that
    did."""

    looked = time.monotonic()
    inspector = Inspector(live, hub, stop)

    def changed(paths: frozenset[Path] | None) -> None:
        nonlocal looked
        loaded, files = live.progress
        if paths is None and loaded < files and time.monotonic() - looked < _WHILE_LOADING:
            return
        looked = time.monotonic()
        start = time.perf_counter()
        try:
            change = live.refresh(paths)
        except Exception:  # a preview goes on with what it has, and looks again at the next save
            traceback.print_exc(file=sys.stderr)
            return
        if change:
            hub.publish(change)
            say(told(change, time.perf_counter() - start))
            inspector.wake()

    options = live.options
    watch(
        (options.content, options.templates, theme.default_folder()),
        changed,
        stop,
        ignored=(options.output, options.cache),
        on_failure=lambda problem: say(
            f"No events from the system ({problem}): looking for changes every second."
        ),
    )


def _address(host: str, port: int, base: str) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}{base}"


def _welcome(address: str, host: str, live: Session, say: Say) -> None:
    root = address[: -len(live.config.base_path)]
    say(f"Serving {live.options.content}/ at {address}")
    say(f"Findings: {root}{DEV}   Ctrl-C ends.")
    if not is_loopback(host):
        say(
            f"Warning: {host} can be reached from other machines. Whoever can connect reads the whole site, "
            "drafts too, and where its files lie on this one."
        )


_NAMED = 3


def told(change: Change, seconds: float) -> str:
    """A change in words."""
    parts = [
        _pages(change), _counted(len(change.came), "new finding"), _counted(len(change.went), "finding", " gone")
    ]  # fmt: skip
    line = f"{time.strftime('%H:%M:%S')} {', '.join(part for part in parts if part)} ({seconds * 1000:.0f} ms)"
    grave = formats.write_brief(one for one in change.came if one.blocks_page)
    return f"{line}\n{grave}".rstrip()


def _pages(change: Change) -> str:
    if change.urls is None:
        return "all pages may have changed"
    urls = sorted(change.urls, key=lambda url: (not url.endswith("/"), len(url), url))
    if not urls:
        return ""
    shown = (url if url.isprintable() else encoded(url) for url in urls[:_NAMED])
    return ", ".join(shown) + (f" and {len(urls) - _NAMED:,} more" if len(urls) > _NAMED else "")


def _counted(number: int, word: str, after: str = "") -> str:
    return f"{number:,} {word}{'s' if number > 1 else ''}{after}" if number else ""
