"""The pages of whole formularies as a patient sees them on a phone: a fixed sample of each."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from formularies import Formularies, Formulary
from helpers import BROKEN_WORDS

pytestmark = [pytest.mark.browser, pytest.mark.shared]

SAMPLE_SIZE = 30
"""Pages of each formulary."""
MIN_ON_FIRST_SCREEN = 0.95
MAX_PAPER_RATIO = 1.3
"""Printed pages, by those that the text alone takes at the same size."""
WAIT_MS = 10_000
TEXT_ALONE = """<style>
@page { margin: 14mm 15mm 16mm }
body { margin: 0; font: 10pt/1.38 sans-serif; white-space: pre-wrap }
</style><body>"""

FIRST_LINE_ENDS = """() => {
  const text = document.querySelector(".body .part[data-key] .prose :is(p, li, td)");
  const range = document.createRange();
  range.selectNodeContents(text);
  return range.getClientRects()[0].bottom;
}"""


class _Host(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the tests do."""


@contextmanager
def opened(built: Formulary, browser: Browser) -> Iterator[tuple[Page, str]]:
    """A window, and where the formulary is served."""
    handler = functools.partial(_Host, directory=str(built.output))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        page = browser.new_page()
        page.set_default_timeout(WAIT_MS)
        yield page, f"http://127.0.0.1:{server.server_address[1]}"
        page.close()
        server.shutdown()


def sample(built: Formulary) -> list[str]:
    """Addresses of monographs, evenly from the whole formulary."""
    urls = sorted(record["url"] for record in built.records.values() if record["sections"])
    return urls[:: len(urls) // SAMPLE_SIZE][:SAMPLE_SIZE]


@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_the_text_starts_on_the_first_screen(
    formulary: Formularies, browser: Browser, name: str
) -> None:
    built = formulary(name)
    late = []
    with opened(built, browser) as (page, host):
        page.set_viewport_size({"width": 390, "height": 844})
        for url in sample(built):
            page.goto(host + url)
            late += [url] if page.evaluate(FIRST_LINE_ENDS) > 844 else []
    assert len(late) <= SAMPLE_SIZE * (1 - MIN_ON_FIRST_SCREEN), late


@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_no_word_is_broken_in_any_table(
    formulary: Formularies, browser: Browser, name: str
) -> None:
    built = formulary(name)
    urls = (record["url"] for path, record in built.records.items() if "<table" in built.html(path))
    with opened(built, browser) as (page, host):
        page.set_viewport_size({"width": 320, "height": 844})
        for url in urls:
            page.goto(host + url)
            assert page.evaluate(BROKEN_WORDS, "table") == [], url
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, url


@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_paper_is_hardly_longer_than_the_text(
    formulary: Formularies, browser: Browser, name: str
) -> None:
    built = formulary(name)
    whole = plain = 0
    with opened(built, browser) as (page, host):
        page.emulate_media(media="print")  # all answers are open
        bare = browser.new_page()
        bare.set_content(TEXT_ALONE)
        for url in sample(built)[::6]:
            page.goto(host + url)
            text = page.locator(".mono").inner_text()
            whole += page_count(page)
            bare.evaluate("text => { document.body.textContent = text }", text)
            plain += page_count(bare)
        bare.close()
    assert whole <= plain * MAX_PAPER_RATIO


def page_count(page: Page) -> int:
    """How many sheets of A4 a page is printed on."""
    return page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")
