"""The search in the texts finds the page and section that answers a question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from conftest import Visit
from formularies import Formularies
from helpers import NIGHTLY, Site

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
FIND = """async (queries) => {
    const found = [];
    for (const [query, filters] of queries) {
        const { results } = await monographText.find(query, filters);
        const pages = await Promise.all(results.slice(0, 3).map(monographText.details));
        found.push(pages.map((page) => [page.url, page.sections.map((part) => part.url)]));
    }
    return found;
}"""
QUERIES = {
    "B cells multiple sclerosis": "/drugs/ofatumumab/",
    "hepatitis B screening": "/drugs/ofatumumab/",
    "progressive multifocal leukoencephalopathy": "/drugs/ofatumumab/",
    "intravenous chronic lymphocytic": "/drugs/ofatumumab/",
    "missed injection": "/brands/kesimpta/",
    "live vaccines": "/brands/kesimpta/",
    "liver damage alcohol": "/drugs/paracetamol/",
    "acetylcysteine overdose": "/drugs/paracetamol/",
    "NAPQI": "/drugs/paracetamol/",
    "warfarin": "/drugs/paracetamol/",
    "can I take it with kidney problems": "/combinations/ibuprofen-paracetamol/",
    "stomach ulcer bleeding": "/combinations/ibuprofen-paracetamol/",
    "eight tablets": "/combinations/ibuprofen-paracetamol/",
    "thyroid": "/drugs/alemtuzumab/",
    "chronic lymphocytic leukemia": "/drugs/alemtuzumab/",
    "auto immune thyroid": "/drugs/alemtuzumab/",
    "active infection": "/articles/kesimpta-active-infection/",
}
"""What readers ask of this repository's own content, and the page that must be among the first
three."""
CORPUS_QUERIES = {
    "malignant hyperthermia": "sevoflurane",
    "floppy iris syndrome": "tamsulosin",
    "osteonecrosis of the jaw": "risedronate",
    "head lice": "permethrin",
    "scabies": "lindane",
    "motion sickness": "meclizine",
    "smoking cessation": "varenicline",
    "wilson disease copper": "trientine",
    "sickle cell": "crizanlizumab",
    "purple toe": "warfarin",
    "gingival hyperplasia": "felodipine",
    "agranulocytosis clozapine": "clozapine",
    "pulmonary fibrosis thyroid": "amiodarone",
    "gray baby syndrome": "chloramphenicol",
    "lactic acidosis": "metformin",
}
"""The same of the formularies of ../shared: a word in the address of a page that must be among the
first three of one of them."""


def find(page: Page, queries: list[tuple[str, dict[str, Any]]]) -> list[list[list[Any]]]:
    """Address and section addresses of the first three pages of each query."""
    page.wait_for_function("globalThis.monographText")
    result: list[list[list[Any]]] = page.evaluate(FIND, queries)
    return result


def test_questions_find_their_page(own_site: Site, visit: Open) -> None:
    seen = visit("/search/")
    found = find(seen.page, [(query, {}) for query in QUERIES])
    pages = {query: [url for url, _ in hits] for query, hits in zip(QUERIES, found, strict=True)}
    assert {query: pages[query] for query, url in QUERIES.items() if url not in pages[query]} == {}
    # A result leads to a section of the page, and nothing is asked for elsewhere.
    for hits in found:
        for url, sections in hits:
            page = own_site.text(f"{url[1:]}index.html")
            assert all(f'id="{section.partition("#")[2]}"' in page for section in sections)
    assert seen.foreign == []
    assert seen.complaints == []


def test_results_can_be_narrowed_down(visit: Open) -> None:
    page = visit("/search/?q=liver").page
    results = page.locator("#text-search li")
    expect(results.nth(1)).to_be_visible()
    page.locator("#text-search select[name=kind]").select_option("combination")
    expect(page.locator("#text-search [role=status]")).to_contain_text("1 page")
    expect(results).to_have_count(1)
    results.locator(".place").first.click()
    page.wait_for_url("**/combinations/ibuprofen-paracetamol/#*")


def test_a_word_too_many_does_not_hide_the_page(visit: Open) -> None:
    seen = visit("/search/")
    hits = find(seen.page, [("stomach ulcer bleeding xylophone", {})])[0]
    assert [url for url, _ in hits] == ["/combinations/ibuprofen-paracetamol/"]


@pytest.mark.shared
@pytest.mark.skipif(not NIGHTLY, reason="reads both formularies: in the nightly run")
def test_questions_about_both_formularies(
    formulary: Formularies, searching: Callable[[Path], Page]
) -> None:
    missed = dict(CORPUS_QUERIES)
    for name in ("labelled", "sectioned"):
        page = searching(formulary(name).output)
        found = find(page, [(query, {}) for query in CORPUS_QUERIES])
        for query, hits in zip(CORPUS_QUERIES, found, strict=True):
            if any(CORPUS_QUERIES[query] in url for url, _ in hits):
                missed.pop(query, None)
    assert missed == {}
