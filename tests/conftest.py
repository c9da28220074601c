"""Fixtures: the corpus beside the repository, the command line, sites to build, and a browser to
look at them with."""

from __future__ import annotations

import functools
import http.server
import os
import re
import runpy
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from formularies import OWN, SHARED_NAMES, Formularies, Formulary, build_once, session_folder
from helpers import BROWSER_SECONDS, ROOT, Site, run_cli
from monograph_site.build.workers import collect_seldom, default_jobs

SHARED = ROOT.parent / "shared"
PROMISES = ROOT / "docs" / "promises.md"


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: a third of the time, tests wait for a browser, a
    server or a file system."""
    return default_jobs() + 1


def pytest_configure() -> None:
    """Look for garbage as seldom as the command does."""
    collect_seldom()


def pytest_collection_finish() -> None:
    """Never look for garbage among the thousands of tests."""
    collect_seldom()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that prove a promise: those of the files that docs/promises.md names."""
    named = set(re.findall(r"`(tests/[\w/]+\.py)`", PROMISES.read_text(encoding="utf-8")))
    for item in items:
        if item.path.relative_to(ROOT).as_posix() in named:
            item.add_marker("promise")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus, the seeds and the gold file, beside the repository."""
    if not SHARED.is_dir():
        pytest.skip("there is no ../shared with the corpus beside this repository")
    return SHARED


@pytest.fixture(scope="session")
def formulary(tmp_path_factory: pytest.TempPathFactory) -> Formularies:
    """`formulary("sectioned")`: a formulary of ../shared, or of tests/fixtures/formularies, built
    once a session."""
    folder = session_folder(tmp_path_factory.getbasetemp())

    @functools.cache
    def get(name: str) -> Formulary:
        if name in SHARED_NAMES and not SHARED.is_dir():
            pytest.skip("there is no ../shared with the corpus beside this repository")
        return build_once(name, (SHARED / "corpus" if name in SHARED_NAMES else OWN) / name, folder)

    return get


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command line in a process of its own, in an empty folder: `run("check", "--format",
    "json")`."""
    return functools.partial(run_cli, cwd=tmp_path)


@pytest.fixture
def build_site(tmp_path: Path) -> Callable[..., Site]:
    """`build_site({"drugs/x.md": "…"}, "--keep-going", code=1)` writes the content, builds it and
    gives the site."""

    def build(files: dict[str, str], *arguments: str, code: int = 0) -> Site:
        site = Site(tmp_path)
        for path, text in files.items():
            site.write(path, text)
        return site.build(*arguments, code=code)

    return build


@pytest.fixture(scope="session")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This repository's own content, built once a test process, at the root of a host."""
    site = Site(tmp_path_factory.mktemp("own"))
    content, templates = ROOT / "content", ROOT / "templates"
    return site.build("--content", str(content), "--templates", str(templates), "--base-url", "/")


class _Host(http.server.SimpleHTTPRequestHandler):
    """A web host as plain as they come: files, and 404.html for what is not there."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory) / "404.html"
        if code != 404 or not missing.exists():
            super().send_error(code, message, explain)
            return
        body = missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests do."""


@pytest.fixture(scope="session")
def origin(own_site: Site) -> Iterator[str]:
    """Where the own site is served: `http://127.0.0.1:PORT`."""
    handler = functools.partial(_Host, directory=str(own_site.output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Missing is a failure, unless the run was told to do without."""
    if os.environ.get("MONOGRAPH_NO_BROWSER"):
        pytest.skip("browser tests are left out (--no-browser)")
    chromium = runpy.run_path(str(ROOT / "scripts" / "_venv.py"))["find_chromium"]()
    if not chromium:
        pytest.fail(
            "no Chromium found: `python3 scripts/test.py` installs one or says how", pytrace=False
        )
    # Chromium refuses its sandbox to root; the only pages it opens here are our own.
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        expect.set_options(timeout=BROWSER_SECONDS * 1000)
        launched = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def searching(browser: Browser) -> Iterator[Callable[[Path], Page]]:
    """The search page of a site in a folder, in a browser."""
    servers = []
    context = browser.new_context()

    def open_site(folder: Path) -> Page:
        handler = functools.partial(_Host, directory=str(folder))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.server_port}/search/")
        return page

    yield open_site
    context.close()
    for server in servers:
        server.shutdown()


@dataclass
class Visit:
    """A page open in a window of its own, and what happened there that must not happen."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    """Addresses asked for on another host."""
    complaints: list[str] = field(default_factory=list)
    """Errors on the console (violations of the Content-Security-Policy too) and uncaught ones of
    scripts."""


@pytest.fixture
def visit(browser: Browser, origin: str) -> Iterator[Callable[..., Visit]]:
    """Open a page of the own site: `visit("/a-z/", width=360, scheme="dark", javascript=False)`."""
    contexts = []

    def open_page(
        path: str, *, width: int = 1280, scheme: str = "light", javascript: bool = True
    ) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=javascript,
        )
        contexts.append(context)
        seen = Visit(context.new_page())
        seen.page.set_default_timeout(BROWSER_SECONDS * 1000)
        seen.page.on(
            "request",
            lambda asked: None if asked.url.startswith(origin) else seen.foreign.append(asked.url),
        )
        seen.page.on(
            "console",
            lambda said: seen.complaints.append(said.text) if said.type == "error" else None,
        )
        seen.page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        seen.page.goto(origin + path)
        return seen

    yield open_page
    for context in contexts:
        context.close()
