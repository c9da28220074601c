"""Running the preview server: its port, the watcher, the lines on the terminal, and the end."""

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
from starlette.types import ASGIApp

from ...build.options import Options
from ...check import formats
from ...check.formats.style import folder_of
from ...model.errors import MonographError, describe_os_error
from ...model.finding import Severity, ordered
from ...render import theme
from ..session import Change, Session
from ..watch import watch
from .addresses import DEV, encoded
from .app import app
from .events import Hub
from .hosts import is_loopback
from .inspector import Inspector

Notify = Callable[[str], None]
"""Prints lines on the terminal."""

MAX_PORTS_TRIED = 100
SHUTDOWN_SECONDS = 1
"""Seconds after which connections that are still open are closed."""
MIN_RESCAN_SECONDS = 15
"""Seconds between two scans of everything while files are being loaded, which scans slow down."""
MAX_URLS_NAMED = 3


class PortTaken(MonographError):
    """The port can't be used; the message names one that can."""


def serve(
    options: Options,
    host: str,
    port: int,
    editor: str,
    notify: Notify,
    *,
    open_browser: bool = False,
) -> None:
    """Serve the site until Ctrl-C. `editor`: see `EditorLinks`. Raises PortTaken, and what `listen`
    and `Session.start` raise."""
    with closing(listen(host, port)) as listening:
        hub = Hub()
        session = Session(options, hub.publish)
        session.start()
        with closing(session):
            address = _address(host, listening.getsockname()[1], session.config.base_path)
            _print_welcome(address, host, session, notify)
            stop = threading.Event()
            watching = threading.Thread(
                target=_watch, args=(session, hub, stop, notify), daemon=True, name="watch"
            )
            watching.start()
            try:
                application = app(session, hub, host, editor)
                _Server(application, hub, address if open_browser else "").run([listening])
            finally:
                stop.set()
                watching.join(SHUTDOWN_SECONDS)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises PortTaken, whose message names the next free port, and OSError for
    a host that is not an address of this machine."""
    try:
        return _bound_socket(host, port)
    except OSError as error:
        if error.errno not in (errno.EADDRINUSE, errno.EACCES):
            reason = error.strerror or error
            raise OSError(f"{host!r} is not an address of this machine: {reason}") from None
        why = "in use" if error.errno == errno.EADDRINUSE else "not allowed"
    for other in range(port + 1, min(port + MAX_PORTS_TRIED, 65_536)):
        with suppress(OSError), _bound_socket(host, other):
            raise PortTaken(
                f"port {port} is {why}; the next free one is {other}: add --port {other}"
            )
    raise PortTaken(f"port {port} is {why}, and so are those after it; choose another --port")


class _Server(uvicorn.Server):
    """uvicorn without its log lines. It closes event streams at the end: they would never end by
    themselves."""

    def __init__(self, application: ASGIApp, hub: Hub, url_to_open: str) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self._hub = hub
        self._url_to_open = url_to_open

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._url_to_open:
            threading.Thread(target=webbrowser.open, args=(self._url_to_open,), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C is the usual way to end: unlike in uvicorn, the signal is not raised again."""
        self.force_exit = self.should_exit
        self.should_exit = True


def _bound_socket(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # With the protocol given, asyncio turns Nagle's algorithm off and sends at once.
    bound = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # elsewhere this would let two servers use one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(where)
        bound.listen(2048)
    except OSError:
        bound.close()
        raise
    return bound


def _watch(session: Session, hub: Hub, stop: threading.Event, notify: Notify) -> None:
    """Refresh the session whenever files may have changed, and tell the windows and the terminal
    about the changes."""
    last_refresh, problem = time.monotonic(), ""
    inspector = Inspector(session, hub, stop)

    def refresh(paths: frozenset[Path] | None) -> None:
        nonlocal last_refresh, problem
        loaded, files = session.progress
        is_recent = time.monotonic() - last_refresh < MIN_RESCAN_SECONDS
        if paths is None and loaded < files and is_recent:
            return
        last_refresh = time.monotonic()
        start = time.perf_counter()
        try:
            change = session.refresh(paths)
        except OSError as error:  # the content folder was removed, or is just being replaced
            previous, problem = problem, describe_os_error(error)
            if problem != previous:
                notify(f"{problem}; the pages stay as they were until it can be read again")
            return
        except Exception:  # the preview keeps its last state, and tries again at the next change
            traceback.print_exc(file=sys.stderr)
            return
        if problem:
            notify(f"{session.options.content}/ can be read again")
            problem = ""
        if change:
            hub.publish(change)
            folder = folder_of(session.options.content)
            notify(describe_change(change, time.perf_counter() - start, folder))
            inspector.wake()

    options = session.options
    watch(
        (options.content, options.templates, theme.default_folder()),
        refresh,
        stop,
        ignored=(options.output, options.cache),
        on_failure=lambda reason: notify(
            f"The system reports no file changes ({reason}); checking for them every second."
        ),
    )


def _address(host: str, port: int, base: str) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}{base}"


def _print_welcome(address: str, host: str, session: Session, notify: Notify) -> None:
    root = address[: -len(session.config.base_path)]
    notify(f"Serving {session.options.content}/ at {address}")
    notify(f"Findings: {root}{DEV}   Stop with Ctrl-C.")
    if not is_loopback(host):
        notify(
            f"Warning: {host} can be reached from other machines. Anyone who can connect can read "
            "the whole site with its drafts, and the paths of its files on this machine."
        )


def describe_change(change: Change, seconds: float, folder: str = "") -> str:
    """The lines for the terminal about a change that took `seconds` to show: pages, number of
    findings, time; then each new error, which keeps the site from being published. `folder` leads
    to the content folder (see `write_brief`)."""
    parts = (
        _describe_pages(change),
        _counted(len(change.new_findings), "new finding"),
        _counted(len(change.resolved_findings), "resolved finding"),
    )
    summary = ", ".join(part for part in parts if part)
    line = f"{time.strftime('%H:%M:%S')} {summary} ({seconds * 1000:.0f} ms)"
    new_errors = (item for item in change.new_findings if item.severity is Severity.ERROR)
    errors = formats.write_brief(formats.group_findings(ordered(new_errors)), folder)
    return f"{line}\n{errors}".rstrip()


def _describe_pages(change: Change) -> str:
    if change.urls is None:
        return "all pages may have changed"
    urls = sorted(change.urls, key=lambda url: (not url.endswith("/"), len(url), url))
    if not urls:
        return ""
    named = (url if url.isprintable() else encoded(url) for url in urls[:MAX_URLS_NAMED])
    more = len(urls) - MAX_URLS_NAMED
    return ", ".join(named) + (f" and {more:,} more" if more > 0 else "")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' if number > 1 else ''}" if number else ""
