"""The application: requests to answers. It serves what a build would publish, and the few pages and
scripts of the preview itself."""

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
    StreamingResponse,
)
from starlette.routing import Route

from ...config import SETTINGS_FILE
from ...model.strings import digest
from ..session import Answer, Session
from .addresses import DEV, BadAddress, encoded, output_path, site_path, site_url
from .editor_links import EditorLinks, worst_first
from .events import Hub
from .findings_page import overview
from .hosts import Guard
from .page_info import blocking_findings, page_info

ASSETS = Path(__file__).parent / "assets"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""On every answer: no caching, no guessing of types, no embedding by other sites."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'"
)
"""The Content-Security-Policy of the preview's own pages. Pages of the site have their own."""

_TYPES = MimeTypes()  # a table of our own, so that the settings of the machine do not matter
_TYPES.add_type("text/javascript", ".js")
_TYPES.add_type("font/woff2", ".woff2")
_TYPES.add_type("application/manifest+json", ".webmanifest")


def with_script(content: bytes, version: str) -> bytes:
    """A page with the script tag of the preview. The tag names the version of the page, which the
    script compares with later ones."""
    return content + f'<script src="{DEV}live.js?{version}" defer></script>\n'.encode()


class Preview:
    """Answers requests. Those that take time run in threads, so that none delays another."""

    def __init__(self, session: Session, hub: Hub, editor: str) -> None:
        """`editor` is the form of editor links: see `EditorLinks`."""
        self._session = session
        self._hub = hub
        self._links = EditorLinks(session.options.content, editor)
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(ASSETS), autoescape=True, trim_blocks=True
        )

    # the site

    def page(self, request: Request) -> Response:
        """A file of the site, or a page that tells why there is none."""
        path, base = site_path(_raw_path(request)), self._base
        output = output_path(path, base)
        if output is None:
            is_root = path == "/" or f"{path}/" == base
            return _redirect(encoded(base)) if is_root else self._not_found()
        answer = self._session.answer(output) or self._session.held_answer(output)
        if answer is not None:
            return self._file(answer)
        if not output.endswith("/index.html") and self._session.answer(f"{output}/index.html"):
            return _redirect(encoded(f"{path}/"), request.url.query)
        url, moved = self._session.moved_to(output)
        if moved:
            return self._moved(url, moved, path)
        source = self._session.source_at(output)
        if not source:
            return self._not_found()
        file, _ = self._session.place_of(source)
        return self._problem(f"{file} is not a page yet", 404, source, "")

    def _moved(self, url: str, source: str, old: str) -> Response:
        """A page that tells where the requested one is now, and how to keep its old address."""
        address = encoded(self._base.rstrip("/") + url)
        old_path = "/" + old.removeprefix(self._base)
        file, line = self._session.place_of(source)
        return self._html(
            "moved.html", 404, url=url, address=address, source=file, old=old_path,
            editor=self._links.link(file, line),
        )  # fmt: skip

    def _not_found(self) -> Response:
        """The answer of a host to an address that does not exist."""
        answer = self._session.answer("404.html")
        if answer is None:
            return PlainTextResponse("Not found\n", 404, HEADERS)
        return self._file(answer, 404)

    def _file(self, answer: Answer, status: int = 200) -> Response:
        """A file of the site; where it has never been rendered without an error, the error."""
        if answer.error and not answer.content:
            return self._problem("This page can't be rendered", 500, answer.source, answer.error)
        return _file(answer, status)

    def _problem(self, title: str, status: int, source: str, error: str) -> Response:
        """A page that tells what keeps the requested one from being rendered."""
        findings = worst_first(blocking_findings(self._session, source, error))
        if findings and all(finding.path == SETTINGS_FILE for finding in findings):
            title = f"{SETTINGS_FILE} has an error"
        described = [self._links.describe(finding) for finding in findings]
        return self._html("problem.html", status, title=title, error=error, findings=described)

    @property
    def _base(self) -> str:
        """The path that every address of the site starts with, decoded like that of a request."""
        return unquote(self._session.config.base_path)

    # the preview's own pages

    def findings(self, request: Request) -> Response:
        """All findings, with filters."""
        data = overview(self._session, request.query_params, self._links)
        return self._html("findings.html", 200, home=self._session.config.base_path, **data)

    def page_info(self, request: Request) -> Response:
        """Information about the page at an address, as JSON."""
        output = self._requested_output(request)
        info = page_info(self._session, self._links, output) if output else {}
        return JSONResponse(info, headers=HEADERS)

    async def events(self, request: Request) -> Response:
        """Server-sent events about one page, or about all where none is named."""
        output = self._requested_output(request) if request.query_params.get("page") else None
        page = site_url(output) if output else request.query_params.get("page", "")
        seen = request.query_params.get("seen", "")
        if request.method == "HEAD":
            return Response(headers=HEADERS, media_type="text/event-stream")
        stream = self._hub.stream(page, lambda: bool(seen) and self._version(output) != seen)
        return StreamingResponse(stream, headers=HEADERS, media_type="text/event-stream")

    def asset(self, request: Request) -> Response:
        """A script or style sheet of the preview."""
        name = request.path_params["name"]
        if name not in _SERVED_ASSETS:
            return self._not_found()
        return Response(
            (ASSETS / name).read_bytes(), headers=HEADERS, media_type=_TYPES.guess_type(name)[0]
        )

    def _html(self, template: str, status: int, **data: Any) -> Response:
        content = self._templates.get_template(template).render(data).encode()
        version = digest(content)
        headers = {**HEADERS, "Content-Security-Policy": POLICY, "ETag": f'"{version}"'}
        return HTMLResponse(with_script(content, version), status, headers)

    def _requested_output(self, request: Request) -> str | None:
        """The output path of the page that the query names; None where no page can have its
        address."""
        try:
            path = site_path(request.query_params.get("page", "").encode())
        except BadAddress:
            return None
        return output_path(path, self._base)

    def _version(self, output: str | None) -> str:
        """The digest of the content that is served at an output path now."""
        answer = self._session.answer(output) if output else None
        answer = answer or (self._session.held_answer(output) if output else None)
        answer = answer or self._session.answer("404.html")
        return digest(answer.content) if answer else ""


_SERVED_ASSETS = frozenset(("live.js", "morph.js", "panel.js", "panel.css", "pages.css"))


def app(session: Session, hub: Hub, host: str, editor: str) -> Guard:
    """The application for a server bound to `host`. `editor`: see `EditorLinks`."""
    preview = Preview(session, hub, editor)
    routes = [
        Route(f"{DEV}events", preview.events),
        Route(f"{DEV}page", preview.page_info),
        Route(DEV.rstrip("/"), lambda _: _redirect(DEV)),
        Route(DEV, preview.findings),
        Route(f"{DEV}{{name}}", preview.asset),
        Route("/{path:path}", preview.page),
    ]
    handlers: Any = {
        BadAddress: _on_bad_address,
        HTTPException: _on_http_error,
        Exception: _on_internal_error,
    }
    return Guard(Starlette(routes=routes, exception_handlers=handlers), host)


def _raw_path(request: Request) -> bytes:
    raw: bytes | None = request.scope.get("raw_path")
    return request.scope["path"].encode() if raw is None else raw.partition(b"?")[0]


def _file(answer: Answer, status: int) -> Response:
    media_type = _TYPES.guess_type(answer.path)[0] or "application/octet-stream"
    version = digest(answer.content)
    is_html = media_type == "text/html"
    content = with_script(answer.content, version) if is_html else answer.content
    return Response(content, status, {**HEADERS, "ETag": f'"{version}"'}, media_type=media_type)


def _redirect(target: str, query: str = "") -> Response:
    return RedirectResponse(f"{target}?{query}" if query else target, 307, HEADERS)


async def _on_bad_address(request: Request, error: Exception) -> Response:
    return PlainTextResponse(f"Bad request: {error}\n", 400, HEADERS)


async def _on_http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    headers = {**HEADERS, **(error.headers or {})}
    return PlainTextResponse(f"{error.detail}\n", error.status_code, headers)


async def _on_internal_error(request: Request, error: Exception) -> Response:
    """The details are for the terminal: Starlette raises the error again after this answer."""
    message = "Internal error in monograph-site. See the terminal for details.\n"
    return PlainTextResponse(message, 500, HEADERS)
