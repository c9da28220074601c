"""Screenshots of every page kind, as two source trees of this program make them.

    python -m benchmarks.screenshots BEFORE AFTER [FOLDER ...] [--output shots]

BEFORE and AFTER are checkouts; `git worktree add ../before main~20` makes one. Each builds the content
folders (without any: `content` of AFTER), and of every page kind the first page in the order of the paths
is taken, 390 and 1,280 pixels wide, light and dark. The pictures are in `shots`, with an index.html that
shows them side by side. `--page /drugs/x/` takes further pages, `--all-folders` the kinds of every content
folder and not only of the first that has them. Needs Chromium (see `CHROMIUM` in CONTRIBUTING.md).
"""

from __future__ import annotations

import argparse
import functools
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from monograph_site.model.monograph import SECTION_AUDIENCES

SIZES = ((390, 844), (1280, 900))
SCHEMES = ("light", "dark")
AS_OF = "2025-06-30"
MAX_HEIGHT = 6000
"""Pixels of a page that are shown; the lists of a large formulary are longer."""
REDIRECT = b'http-equiv="refresh"'


def build(checkout: Path, content: Path, folder: Path) -> Path:
    """Build a content folder with a checkout; the folder of the site."""
    output = folder / "site"
    command = [sys.executable, "-m", "monograph_site", "build", "--keep-going", f"--as-of={AS_OF}"]
    command += [f"--content={content}", f"--output={output}", f"--cache={folder / 'cache'}"]
    command += [f"--templates={checkout / 'templates'}", "--base-url=/"]
    environment = {**os.environ, "PYTHONPATH": str(checkout / "src")}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f"build failed in {checkout}: {done.stderr}")
    return output


def pages_by_kind(site: Path) -> dict[str, str]:
    """The first page of each kind: its site path, by the name of the kind. Redirects are left out."""
    first: dict[str, str] = {}
    for file in sorted(site.rglob("*.html")):
        url = "/" + file.relative_to(site).as_posix().removesuffix("index.html")
        kind = kind_of(file, url)
        if kind not in first and REDIRECT not in file.read_bytes():
            first[kind] = url
    return first


def kind_of(file: Path, url: str) -> str:
    """The kind of a page: that of its record or, for a page that belongs to no content file, the top
    of its site path and how deep it is."""
    record = file.with_name("index.json")
    if record.is_file():
        return str(json.loads(record.read_bytes())["kind"])
    top, *below = url.strip("/").split("/")
    last = below[-1] if below else ""
    if last in SECTION_AUDIENCES:
        return f"view for {last}"
    further = " further pages" if last.startswith("page-") else ""
    return f"{top or 'home'}{' below' if len(below) > bool(further) else ''}{further}"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The site at a port of this machine."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def is_page(site: Path, url: str) -> bool:
    """Whether a site has a page at a site path."""
    return (site / (f"{url}index.html" if url.endswith("/") else url)[1:]).is_file()


def take(browser: Browser, origin: str, pages: dict[str, str], folder: Path) -> None:
    """Take the pictures of one site: `KIND-WIDTH-SCHEME.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        for scheme in SCHEMES:
            tab = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            for kind, url in pages.items():
                tab.goto(origin + url)
                whole = tab.evaluate("document.documentElement.scrollHeight")
                clip = {"x": 0, "y": 0, "width": width, "height": min(whole, MAX_HEIGHT)}
                file = folder / f"{file_name(kind)}-{width}-{scheme}.png"
                tab.screenshot(path=str(file), full_page=True, clip=clip)  # type: ignore[arg-type]
            tab.close()


def file_name(kind: str) -> str:
    """The name of a page kind as part of the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", kind.lower()).strip("-")


def overview(pages: dict[str, str]) -> str:
    """A page with all pictures, those of one page in a row, before and after beside each other."""
    rows = []
    for kind, url in sorted(pages.items()):
        rows.append(f"<h2>{escape(kind)} <small>{escape(url)}</small></h2>")
        for width, _ in SIZES:
            for scheme in SCHEMES:
                name = f"{file_name(kind)}-{width}-{scheme}.png"
                pictures = (
                    f'<a href="{side}/{name}"><img src="{side}/{name}" alt="{side}"></a>'
                    for side in ("before", "after")
                )
                rows.append(f"<p>{width} {scheme}: {' '.join(pictures)}</p>")
    style = "img{width:45%;vertical-align:top;border:1px solid #888}"
    head = f'<meta charset="utf-8"><title>Screenshots</title><style>{style}</style>'
    return f"<!doctype html>{head}{''.join(rows)}\n"


def main() -> int:
    """Take the pictures; the status is 0."""
    assert __doc__
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("content", type=Path, nargs="*")
    parser.add_argument("--output", type=Path, default=Path("shots"))
    parser.add_argument("--page", action="append", default=[], metavar="PATH")
    parser.add_argument("--all-folders", action="store_true")
    arguments = parser.parse_args()
    contents = arguments.content or [arguments.after / "content"]
    all_pages: dict[str, str] = {}
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as work:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for number, content in enumerate(contents):
            sites = {
                side: build(checkout.resolve(), content.resolve(), Path(work, side, str(number)))
                for side, checkout in (("before", arguments.before), ("after", arguments.after))
            }
            pages = pages_by_kind(sites["before"]) | pages_by_kind(sites["after"])
            pages |= {url.strip("/") or "home": url for url in arguments.page}
            if arguments.all_folders:
                pages = {f"{content.name} {kind}": url for kind, url in pages.items()}
            pages = {kind: url for kind, url in pages.items() if kind not in all_pages}
            for side, site in sites.items():
                there = {kind: url for kind, url in pages.items() if is_page(site, url)}
                with served(site) as origin:
                    take(browser, origin, there, arguments.output / side)
            all_pages |= pages
        browser.close()
    (arguments.output / "index.html").write_text(overview(all_pages), "utf-8")
    print(f"{len(all_pages)} page kinds in {arguments.output / 'index.html'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
