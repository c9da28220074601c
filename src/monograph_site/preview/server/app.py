"""The application: requests to answers. What can be asked for is what `Session` would publish, and
a little of ours."""

from __future__ import annotations

from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import (
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
)
from starlette.responses import StreamingResponse as Stream
from starlette.routing import Route

from ...model.strings import digest
from ..session import Answer, Session
from .addresses import DEV, BadAddress, encoded, output_path, site_path, site_url
from .editor_links import EditorLinks
from .events import Hub
from .findings_page import overview
from .hosts import Guard
from .page_info import PageInfo, blocking

ASSETS = Path(__file__).parent / "assets"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer: nothing is kept, nothing is guessed, no other site may embed what is here."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; form-action 'self'; "
    "base-uri 'none'"
)
"""The Content-Security-Policy of the pages that only the preview has. The site's own pages carry
theirs."""

_TYPES = MimeTypes()  # of its own, so that the machine's settings do not matter
_TYPES.add_type("text/javascript", ".js")
_TYPES.add_type("font/woff2", ".woff2")


def with_script(content: bytes, version: str) -> bytes:
    """A page with the one tag that the preview adds. It names the page's version, so that the
    script knows it."""
    return content + f'<script src="{DEV}live.js?{version}" defer></script>\n'.encode()


class Preview:
    """The answers. All that take time run in threads, so that none holds up another."""

    def __init__(self, live: Session, hub: Hub, editor: str) -> None:
        self.live = live
        self.hub = hub
        self.notes = PageInfo(live, editor)
        self.editor = editor
        self._pages = jinja2.Environment(
            loader=jinja2.FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True
        )

    # the site

    def page(self, request: Request) -> Response:
        """A file of the site, or what stands in its place."""
        path, base = site_path(_raw_path(request)), self._base
        output = output_path(path, base)
        if output is None:
            return _moved(encoded(base)) if path == "/" or f"{path}/" == base else self._missing()
        answer = self.live.answer(output)
        if answer is not None:
            return self._drawn(answer)
        if not output.endswith("/index.html") and self.live.answer(f"{output}/index.html"):
            return _moved(encoded(f"{path}/"), request.url.query)
        source = self.live.source_at(output)
        return (
            self._problem(f"{source} is not a page yet", 404, source, "")
            if source
            else self._missing()
        )

    def _missing(self) -> Response:
        """What a host would send for an address that is not there."""
        answer = self.live.answer("404.html")
        return (
            self._drawn(answer, 404) if answer else PlainTextResponse("Not found\n", 404, HEADERS)
        )

    def _drawn(self, answer: Answer, status: int = 200) -> Response:
        """A file of the site; where it never could be drawn, why."""
        if answer.fault and not answer.content:
            return self._problem("This page can't be drawn", 500, answer.source, answer.fault)
        return _file(answer, status)

    def _problem(self, title: str, status: int, source: str, fault: str) -> Response:
        """In the place of a page that can't be one yet."""
        found = EditorLinks(self.live.options.content, self.editor).shown(
            blocking(self.live, source, fault)
        )
        return self._html("problem.html", status, title=title, fault=fault, findings=found)

    @property
    def _base(self) -> str:
        """The path every address of the site starts with, decoded as the paths of requests are."""
        return unquote(self.live.config.base_path)

    # our own pages

    def findings(self, request: Request) -> Response:
        """All findings, with filters."""
        data = overview(
            self.live, request.query_params, EditorLinks(self.live.options.content, self.editor)
        )
        return self._html("findings.html", 200, home=self.live.config.base_path, **data)

    def note(self, request: Request) -> Response:
        """The notes of the page at an address."""
        output = self._asked(request)
        return JSONResponse(self.notes.of(output) if output else {}, headers=HEADERS)

    async def events(self, request: Request) -> Response:
        """Server-sent events: of one page, or of all where none is named."""
        output = self._asked(request) if request.query_params.get("page") else None
        page = site_url(output) if output else request.query_params.get("page", "")
        seen = request.query_params.get("seen", "")
        if request.method == "HEAD":
            return Response(headers=HEADERS, media_type="text/event-stream")
        stream = self.hub.stream(page, lambda: bool(seen) and self._version(output) != seen)
        return Stream(stream, headers=HEADERS, media_type="text/event-stream")

    def asset(self, request: Request) -> Response:
        """A script or style sheet of the preview."""
        name = request.path_params["name"]
        if name not in _SERVED:
            return self._missing()
        return Response(
            (ASSETS / name).read_bytes(), headers=HEADERS, media_type=_TYPES.guess_type(name)[0]
        )

    def _html(self, template: str, status: int, **data: Any) -> Response:
        content = self._pages.get_template(template).render(data).encode()
        version = digest(content)
        headers = {**HEADERS, "Content-Security-Policy": POLICY, "ETag": f'"{version}"'}
        return HTMLResponse(with_script(content, version), status, headers)

    def _asked(self, request: Request) -> str | None:
        """The output path of the page that a request is about; None for an address of none."""
        try:
            path = site_path(request.query_params.get("page", "").encode())
        except BadAddress:
            return None
        return output_path(path, self._base)

    def _version(self, output: str | None) -> str:
        """The digest of what would be sent for an output path now."""
        answer = (output and self.live.answer(output)) or self.live.answer("404.html")
        return digest(answer.content) if answer else ""


_SERVED = frozenset(("live.js", "morph.js", "panel.js", "panel.css", "pages.css"))


def app(live: Session, hub: Hub, host: str, editor: str) -> Guard:
    """The application for a server bound to `host`."""
    preview = Preview(live, hub, editor)

    routes = [
        Route(f"{DEV}events", preview.events),
        Route(f"{DEV}page", preview.note),
        Route(DEV.rstrip("/"), lambda _: _moved(DEV)),
        Route(DEV, preview.findings),
        Route(f"{DEV}{{name}}", preview.asset),
        Route("/{path:path}", preview.page),
    ]
    handlers: Any = {BadAddress: _refused, HTTPException: _http, Exception: _failed}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), host)


def _raw_path(request: Request) -> bytes:
    raw: bytes | None = request.scope.get("raw_path")
    return request.scope["path"].encode() if raw is None else raw.partition(b"?")[0]


def _file(answer: Answer, status: int = 200) -> Response:
    kind = _TYPES.guess_type(answer.path)[0] or "application/octet-stream"
    version = digest(answer.content)
    content = with_script(answer.content, version) if kind == "text/html" else answer.content
    return Response(content, status, {**HEADERS, "ETag": f'"{version}"'}, media_type=kind)


def _moved(target: str, query: str = "") -> Response:
    return RedirectResponse(f"{target}?{query}" if query else target, 307, HEADERS)


async def _refused(request: Request, problem: Exception) -> Response:
    return PlainTextResponse(f"Bad request: {problem}\n", 400, HEADERS)


async def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    return PlainTextResponse(
        f"{problem.detail}\n", problem.status_code, {**HEADERS, **(problem.headers or {})}
    )


async def _failed(request: Request, problem: Exception) -> Response:
    """A fault of ours: its details are for the terminal, where Starlette sends them from here."""
    return PlainTextResponse(
        "This is a fault of monograph-site. The terminal says more.\n", 500, HEADERS
    )
