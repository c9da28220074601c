"""A site for use without a web server works from its files: links, search of names and of texts."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from helpers import ROOT, Site
from monograph_site.config import Config
from monograph_site.render.offline import with_relative_links


@pytest.fixture(scope="module")
def offline_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """This repository's own content, built for use from files."""
    site = Site(tmp_path_factory.mktemp("offline site"))
    folders = ("--content", str(ROOT / "content"), "--templates", str(ROOT / "templates"))
    return site.build(*folders, "--base-url", "https://example.org/sub/", "--offline")


def test_every_link_leads_to_a_file(offline_site: Site) -> None:
    pages = [*offline_site.output.rglob("*.html")]
    assert len(pages) > 30
    for page in pages:
        text = re.sub(r"<script.*?</script>", "", page.read_text("utf-8"), flags=re.DOTALL)
        for address in re.findall(r'\s(?:href|src|action|data-base)="([^"]*)"', text):
            path = address.partition("#")[0].partition("?")[0]
            if not re.match(r"[a-z]+:", path) and path:
                assert not path.startswith("/"), (page, address)
                target = page.parent / path
                assert target.is_dir() if path.endswith("/") else target.is_file(), (page, address)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="/sub/">x</a>', '<a href="../../index.html">x</a>'),
        ('<a href="/sub/drugs/x/#dose">x</a>', '<a href="#dose">x</a>'),
        ('<a href="/sub/drugs/y/#dose">x</a>', '<a href="../y/index.html#dose">x</a>'),
        ('<img srcset="/sub/a.png 1x, /sub/b.png 2x">', '<img srcset="../../a.png 1x, ../../b.png 2x">'),
        ('<a title="a > b" href="/sub/a.pdf">', '<a title="a > b" href="../../a.pdf">'),
        ('<form data-base="/sub/">', '<form data-base="../../">'),
        ('<meta content="0; url=/sub/z/">', '<meta content="0; url=../../z/index.html">'),
        ('<meta content="/sub/ is a path">', '<meta content="/sub/ is a path">'),
        ('<a href="https://x.org/sub/">', '<a href="https://x.org/sub/">'),
        ('<p>href="/sub/"</p>', '<p>href="/sub/"</p>'),
    ],
)  # fmt: skip
def test_relative_links(html: str, expected: str) -> None:
    config = Config(base_url="https://example.org/sub/")
    assert with_relative_links(html, "/drugs/x/index.html", config) == expected


@pytest.mark.browser
def test_both_searches_work_from_files(offline_site: Site, browser: Browser) -> None:
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((offline_site.output / "index.html").as_uri())
    box = page.locator("input[type=search]").first
    box.press_sequentially("parac")
    expect(page.locator("[role=option]").first).to_contain_text("Paracetamol")
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/drugs/paracetamol/index.html")
    page.locator("input[type=search]").first.fill("liver")
    page.locator("input[type=search]").first.press("Enter")
    page.wait_for_url("**/search/index.html?q=liver")
    place = page.locator("#text-search .place").first
    expect(place).to_be_visible()
    target = str(place.get_attribute("href"))
    place.click()
    page.wait_for_url(f"**/{target.removeprefix('../')}")
    assert complaints == []
    page.close()
