"""Our own site in a real browser: accessible, quiet, usable by keyboard, on paper and without
JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal
from urllib.parse import unquote, urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from conftest import Visit
from helpers import BROKEN_WORDS, Site, visible_text
from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.model.source import Source

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]

WIDE_TABLES = """\
## Dose

| Age | Sulfamethoxazole/trimethoprim | Hydroxychloroquine | Strength |
|---|---|---|---|
| 12 | 20mg/160mg | carboxymethylcellulose | 1,000,000 IU |

- In a list:

  <table><tr><th>Age</th><th>Sulfamethoxazole/trimethoprim</th><th>Hydroxychloroquine</th></tr>
  <tr><td>12</td><td>20mg/160mg</td><td>carboxymethylcellulose</td></tr></table>

<TABLE class=x><tr><th>Age</th><th>Sulfamethoxazole/trimethoprim</th><th>Hydroxychloroquine</th></tr>
<tr><td>12</td><td>20mg/160mg</td><td>carboxymethylcellulose</td></tr></TABLE>
"""
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def first(urls: list[str], what: str) -> str:
    assert urls, f"the own site has no {what}"
    return urls[0]


def at(site: Site, what: str) -> str:
    """The path of a page of a kind; the pages of an index are recognised by the files they have."""
    urls = list(site.pages())
    if what in ("drug", "combination", "brand", "article"):
        return first(site.by_kind(what), what)
    fixed = {
        "home": "/",
        "404": "/404.html",
        "search": "/search/",
        "a to z": "/a-z/",
        "faq index": "/faqs/",
        "typed tables": "/drugs/paracetamol/",
    }
    if what in fixed:
        assert fixed[what] in urls, f"{fixed[what]} is not among {urls}"
        return fixed[what]
    under = {
        "letter": r"/a-z/[^/]+/",
        "faq letter": r"/faqs/[^/]+/",
        "listing": r"/(drugs|brands)/",
        "page": r"/about/",
    }
    return first([url for url in urls if re.fullmatch(under[what], url)], what)


KINDS = (
    *("home", "drug", "typed tables", "combination", "brand", "article", "page"),
    *("a to z", "letter", "faq index", "faq letter", "listing", "search", "404"),
)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("what", KINDS)
def test_nothing_for_axe_to_find(own_site: Site, visit: Open, what: str, width: int) -> None:
    page = visit(at(own_site, what), width=width).page
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        results = Axe().run(page)
        assert results.violations_count == 0, f"{scheme}: {results.generate_report()}"


def test_every_page_is_quiet_and_fits_a_narrow_screen(own_site: Site, visit: Open) -> None:
    """No request to another host, nothing on the console (so no CSP violation), no sideways
    scrolling at 320 px."""
    seen = visit("/", width=320)
    faults = []
    for url in own_site.pages():
        seen.page.goto(urljoin(seen.page.url, url))
        wide = seen.page.evaluate("document.documentElement.scrollWidth")
        faults += [
            (url, fault)
            for fault in (*seen.foreign, *seen.complaints, *([f"{wide} px"] if wide > 320 else []))
        ]
        seen.foreign.clear()
        seen.complaints.clear()
    assert not faults


def tab_until(page: Page, selector: str, limit: int = 60) -> None:
    """Press Tab until the focus is on what a selector selects; fail where it never is."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
    pytest.fail(f"{limit} times Tab do not reach {selector!r}")


def test_keyboard_from_skip_link_to_a_monograph(own_site: Site, visit: Open) -> None:
    url = at(own_site, "drug")
    title = own_site.json(url)["title"]
    page = visit("/").page

    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("href", re.compile("^#"))
    expect(page.locator(":focus")).to_be_in_viewport()

    tab_until(page, "input[type=search]")
    page.keyboard.type(title[:6].lower())
    page.keyboard.press("Enter")
    expect(page.locator("#search-results a", has_text=title).first).to_be_visible()

    tab_until(page, f"#search-results a[href$='{url}']")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(url) + "$"))
    expect(page.locator("h1")).to_contain_text(title)


def test_wide_tables_scroll_and_keep_their_words(visit: Open) -> None:
    loaded = load_source(Source("drugs/x.md", WIDE_TABLES), Config()).monograph
    assert loaded is not None
    page = visit("/drugs/paracetamol/", width=320).page
    html = "".join(section.html for section in loaded.sections)
    page.evaluate("html => { document.querySelector('.body .prose').innerHTML = html }", html)
    assert page.evaluate(BROKEN_WORDS, ".prose table") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    boxes = page.locator(".table-scroll:not(.rows .table-scroll)")
    assert boxes.evaluate_all("boxes => boxes.map(box => box.tabIndex)") == [0, 0, 0]
    assert all(boxes.evaluate_all("boxes => boxes.map(box => box.scrollWidth > box.clientWidth)"))


def test_the_way_from_home_to_a_reference_and_back_by_keyboard(visit: Open) -> None:
    page = visit("/", width=390).page
    tab_until(page, "input[type=search]")
    page.keyboard.type("parac")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/drugs/paracetamol/")

    tab_until(page, "details.faq > summary", 200)
    page.keyboard.press("Enter")
    expect(page.locator("details.faq[open] .answer")).to_be_visible()

    tab_until(page, ".answer a[href^='#ref-']", 20)
    page.keyboard.press("Enter")
    reference = page.locator(".refs li:target")
    expect(reference).to_be_in_viewport()
    tab_until(page, ".refs li:target .cited a", 3)
    page.keyboard.press("Enter")
    expect(page.locator(".cite:has(:target)")).to_be_in_viewport()

    page.go_back()
    expect(reference).to_be_in_viewport()
    page.go_back()
    page.go_back()
    page.wait_for_url(re.compile(r"/$"))
    expect(page.locator("h1")).to_contain_text("Plain Monographs")


def test_results_come_while_typing_and_arrows_walk_through_them(
    own_site: Site, visit: Open
) -> None:
    url = at(own_site, "drug")
    page = visit("/search/").page
    page.locator("main input[type=search]").focus()
    page.keyboard.type(own_site.json(url)["title"].lower())
    expect(page.locator("#search-results a").first).to_have_attribute("href", url)
    page.keyboard.press("ArrowDown")
    expect(page.locator("#search-results a").first).to_be_focused()


def test_skip_link_leads_into_the_content(own_site: Site, visit: Open) -> None:
    page = visit(at(own_site, "drug")).page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("kind", ["drug", "combination", "brand", "article"])
def test_readable_without_javascript(own_site: Site, visit: Open, kind: str) -> None:
    """What is in the file is on the screen, and every link of the contents leads to a place on the
    page."""
    url = at(own_site, kind)
    page = visit(url, javascript=False).page
    record = own_site.json(url)
    visible = " ".join(page.locator("body").inner_text().split()).casefold()
    # Headings may be set in capitals by the style sheet, so case is not compared.
    for section in record["sections"]:
        for line in filter(str.strip, section["text"].splitlines()):
            assert " ".join(line.split()).casefold() in visible, (
                f"{line!r} of {section['heading']!r} is not seen"
            )
    for faq in record["faqs"]:
        assert faq["question"].casefold() in visible
    anchors = [
        href for link in page.locator("a[href^='#']").all() if (href := link.get_attribute("href"))
    ]
    assert anchors
    assert [
        anchor for anchor in anchors if page.locator(f"[id='{unquote(anchor[1:])}']").count() != 1
    ] == []


def test_search_page_without_javascript_says_where_to_go(visit: Open) -> None:
    page = visit("/search/", javascript=False).page
    assert "A to Z" in page.locator("main").inner_text()


def test_a_title_found_says_its_language(visit: Open) -> None:
    page = visit("/search/").page
    rows = [["Zzline", "zzline/", "", "fr"], "Zzin"]
    names = {"drug": [{"base": "/drugs/", "rows": rows}]}
    page.route("**/search/names.json", lambda route: route.fulfill(json={"letters": ["z"]}))
    page.route("**/search/names-z.json", lambda route: route.fulfill(json=names))
    page.locator("main input[type=search]").fill("zz")
    expect(page.get_by_role("link", name="Zzline")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("link", name="Zzin", exact=True)).not_to_have_attribute("lang", "fr")


def test_no_name_found_is_said(visit: Open) -> None:
    page = visit("/search/").page
    page.locator("main input[type=search]").fill("zzqqxx")
    expect(page.locator("main [role=status], main [aria-live]").first).not_to_be_empty()


@pytest.mark.parametrize("kind", ["drug", "article"])
def test_prints(own_site: Site, visit: Open, kind: str) -> None:
    """On paper the whole monograph is there, and what only a screen can use is not."""
    seen = visit(at(own_site, kind))
    sections = own_site.json(at(own_site, kind))["sections"]
    seen.page.emulate_media(media="print")
    visible = " ".join(seen.page.locator("body").inner_text().split()).casefold()
    assert all(
        section["heading"].casefold() in visible
        for section in sections
        if section["key"] != "preamble"
    )
    assert seen.page.locator("input[type=search]:visible").count() == 0
    pdf = seen.page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    assert len(pdf) > 10_000


def test_missing_page_is_the_404_page(own_site: Site, visit: Open) -> None:
    page = visit("/no/such/page/").page
    assert " ".join(page.locator("h1").inner_text().split()) in visible_text(
        own_site.html("/404.html")
    )
