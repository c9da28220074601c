"""The page of a monograph in a real browser: questions that unfold, contents, citations, paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from conftest import Visit
from helpers import Site

Open = Callable[..., Visit]

MONOGRAPH = "/drugs/paracetamol/"
ARTICLE = "/articles/kesimpta-active-infection/"


def last_answer(site: Site) -> str:
    return re.findall(r'<div class="answer" id="([^"]+)"', site.html(MONOGRAPH))[-1]


@pytest.mark.browser
@pytest.mark.parametrize("javascript", [True, False])
def test_a_link_opens_its_question_at_once(
    own_site: Site, visit: Open, *, javascript: bool
) -> None:
    anchor = last_answer(own_site)
    page = visit(f"{MONOGRAPH}#{anchor}", javascript=javascript).page
    answer = page.locator(f"[id='{anchor}']")
    expect(answer).to_be_visible()
    expect(answer).to_be_in_viewport()
    question = page.locator("details.faq", has=answer).locator("h3")
    expect(question).to_be_in_viewport()
    assert page.locator("details.faq[open]").count() == 1
    # Where the page is when it has loaded, it stays: nothing scrolls there slowly.
    place = page.evaluate("scrollY")
    page.wait_for_timeout(60)
    assert page.evaluate("scrollY") == place > 0


@pytest.mark.browser
def test_all_answers_open_by_one_button_and_on_paper(visit: Open) -> None:
    page = visit(MONOGRAPH).page
    answers, button = page.locator(".answer"), page.locator(".open-all")
    assert answers.count() > 1
    expect(answers.first).to_be_hidden()
    button.click()
    assert page.locator(".answer:visible").count() == answers.count()
    expect(button).to_have_text("Close all answers")
    button.click()
    expect(answers.first).to_be_hidden()
    page.emulate_media(media="print")
    assert page.locator(".answer:visible").count() == answers.count()
    expect(button).to_be_hidden()


@pytest.mark.browser
def test_the_button_follows_answers_that_are_opened_one_by_one(visit: Open) -> None:
    page = visit(MONOGRAPH).page
    button = page.locator(".open-all")
    page.evaluate(
        "document.querySelectorAll('details.faq').forEach((fold) => { fold.open = true; })"
    )
    expect(button).to_have_text("Close all answers")
    expect(button).to_have_attribute("aria-expanded", "true")
    page.locator("details.faq summary").first.click()
    expect(button).to_have_text("Open all answers")
    expect(button).to_have_attribute("aria-expanded", "false")


@pytest.mark.browser
def test_folds_close_again_after_printing_that_was_announced_twice(visit: Open) -> None:
    page = visit(MONOGRAPH).page
    folds = page.locator("main details[open]")
    before = folds.count()
    for name in ("beforeprint", "beforeprint", "afterprint"):
        page.evaluate("(name) => dispatchEvent(new Event(name))", name)
    assert folds.count() == before


@pytest.mark.browser
def test_the_button_is_there_only_with_javascript(visit: Open) -> None:
    page = visit(MONOGRAPH, javascript=False).page
    expect(page.locator(".open-all")).to_be_hidden()
    page.locator("details.faq summary").first.click()
    expect(page.locator(".answer").first).to_be_visible()


def current(page: Page) -> list[str]:
    links: list[str] = page.eval_on_selector_all(
        ".toc [aria-current]", "links => links.map(link => link.hash)"
    )
    return links


@pytest.mark.browser
def test_the_contents_mark_the_section_that_is_read(visit: Open) -> None:
    page = visit(MONOGRAPH, width=1280).page
    first = current(page)
    page.locator(".toc a", has_text="Interactions").first.click()
    expect(page.locator(".toc [aria-current]")).to_have_text("Interactions")
    assert len(first) == 1
    assert first != current(page)


@pytest.mark.browser
def test_citations_lead_to_references_and_back_by_keyboard(visit: Open) -> None:
    page = visit(ARTICLE).page
    page.locator(".cite a").nth(1).focus()
    page.keyboard.press("Enter")
    reference = page.locator(".refs li:target")
    expect(reference).to_be_in_viewport()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".cite :target")).to_be_in_viewport()


def test_every_citation_has_a_link_back(own_site: Site) -> None:
    for url in (MONOGRAPH, ARTICLE):
        html = own_site.html(url)
        places = re.findall(r'<a id="(cite-\d+-\d+)" href="#ref-(\d+)"', html)
        back = re.findall(r'<a href="#(cite-(\d+)-\d+)" aria-label="Back to citation', html)
        assert places
        assert sorted(places) == sorted(back)
    assert "An evidence level says" in own_site.html(ARTICLE)


def test_contents_of_a_plain_page_are_its_headings(own_site: Site) -> None:
    html = own_site.html("/findings/")
    contents = html[
        html.index('<nav class="toc"') : html.index("</nav>", html.index('class="toc"'))
    ]
    labels = re.findall(r'<a href="[^"]*">([^<]*)</a>', contents)
    assert "E001 not-utf-8" in labels
    assert not [label for label in labels if label.startswith(("Wrong", "Right", "How to fix"))]
    unfolded = re.sub(r"<details.*?</details>", "", contents, flags=re.DOTALL)
    assert 3 < unfolded.count("<a ") <= 20


def test_the_title_of_an_article_is_its_question(own_site: Site) -> None:
    html = own_site.html(ARTICLE)
    title = html[html.index("<h1") : html.index("</h1>")]
    assert title.endswith("paused while a patient has an active infection?")
    assert html.count("paused while a patient has an active infection?</") == 1
    assert re.findall(r'data-key="(\w+)"', html)[0] == "recommendation"


def test_steps_of_the_review_in_words(own_site: Site) -> None:
    html = own_site.html(ARTICLE)
    steps = re.findall(r'<ol class="steps".*?</ol>', html, re.DOTALL)
    assert len(steps) == 2
    assert re.sub(r"<[^>]*>", " ", steps[0]).split() == (
        "Draft , done Submitted In review , not yet Approved , not yet".split()
    )


@pytest.mark.browser
def test_paper_says_what_it_was_printed_from(own_site: Site, visit: Open) -> None:
    page = visit(MONOGRAPH).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    imprint = page.locator(".print-only")
    expect(imprint).to_contain_text(own_site.json(MONOGRAPH)["title"])
    expect(imprint).to_contain_text(re.compile(r"Version: [0-9a-f]{12}"))
    expect(imprint).to_contain_text(page.url)
    expect(page.locator("#page-disclaimer")).to_be_visible()
    expect(page.locator("#page-about")).to_be_visible()
    assert page.locator("main details:not([open])").count() == 0
