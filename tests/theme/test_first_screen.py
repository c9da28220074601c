"""What a reader sees first: on a phone the text of a medicine starts on the first screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from conftest import Visit
from helpers import Site

Open = Callable[..., Visit]
MEDICINES = ("drug", "combination", "brand", "article")
MAX_HEADER_HEIGHT = 64
"""CSS pixels of the header on a phone."""
PHONE_HEIGHT = 844
LINE_HEIGHT = 27


@pytest.mark.browser
@pytest.mark.parametrize("kind", MEDICINES)
def test_the_text_starts_on_the_first_screen_of_a_phone(
    own_site: Site, visit: Open, kind: str
) -> None:
    for url in own_site.by_kind(kind):
        page = visit(url, width=390).page
        header = page.locator("header.band").bounding_box()
        text = page.locator(".body .prose :is(p, li, td)").first.bounding_box()
        assert header is not None
        assert text is not None
        assert header["height"] <= MAX_HEADER_HEIGHT
        assert text["y"] + LINE_HEIGHT <= PHONE_HEIGHT, url


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 390])
def test_the_header_of_a_phone_is_low_in_every_language(visit: Open, width: int) -> None:
    for url in ("/", "/es/"):
        box = visit(url, width=width).page.locator("header.band").bounding_box()
        assert box is not None
        assert box["height"] <= MAX_HEADER_HEIGHT, url


@pytest.mark.browser
def test_the_menu_of_a_phone_opens_by_keyboard(visit: Open) -> None:
    page = visit("/", width=390).page
    link = page.locator(".menu a").first
    expect(link).to_be_hidden()
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    expect(link).to_be_visible()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert page.locator("nav[aria-label=Menu]:visible").count() == 1


@pytest.mark.browser
def test_review_and_origin_unfold(own_site: Site, visit: Open) -> None:
    page = visit(own_site.by_kind("drug")[0], width=390).page
    about = page.locator("details.trust")
    expect(about.locator("summary")).to_contain_text("Origin of the text")
    expect(about.locator("dl")).to_be_hidden()
    about.locator("summary").click()
    expect(about.locator("dl")).to_be_visible()
    page.emulate_media(media="print")
    expect(about).to_be_hidden()
    expect(page.locator(".about dl")).to_be_visible()


@pytest.mark.browser
def test_addresses_of_headings_are_no_tab_stops(own_site: Site, visit: Open) -> None:
    page = visit(own_site.by_kind("drug")[0]).page
    assert page.locator(".anchor").count() > 5
    assert page.locator(".anchor:not([tabindex='-1'])").count() == 0
    assert page.locator("nav[aria-label='On this page']").count() == 1


def test_every_page_describes_itself(own_site: Site) -> None:
    """To search engines; a page that they leave out has no canonical address either."""
    for url in own_site.pages():
        html = own_site.html(url)
        if 'name="robots" content="noindex"' in html:
            assert 'rel="canonical"' not in html, url
        elif 'http-equiv="refresh"' not in html:
            assert re.search(r'<meta name="description" content="[^"]{15,}">', html), url
