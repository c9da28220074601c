"""The search for names finds what a reader means: by any name, by its beginning, and misspelt."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from conftest import Visit
from formularies import Formularies
from helpers import Site, usually
from monograph_site.model.strings import fold, words
from monograph_site.site.same_names import SAME_NAMES_FILE

pytestmark = pytest.mark.browser

Open = Callable[..., Visit]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES = 400
OTHERS = ("Sulfadiazine", "Amoxicillin", "Ciprofloxacin", "Ibuprofen", "Ibuprofen + Paracetamol")
POSITIONS = usually(1, nightly=30)
"""Places of a name at which each kind of mistake is made."""
MIN_LETTERS = 6
"""Letters of a name that is misspelt: one letter makes another word of a shorter one."""
FIND = """async ([folder, queries]) => {
    const found = [];
    for (const query of queries) {
        const hits = await monographSearch.find(folder, query);
        found.push(hits.slice(0, 5).map((hit) => hit.title));
    }
    return found;
}"""

DELAYED = """() => {
    const fetched = fetch;
    const released = new Promise((resolve) => { window.release = resolve; });
    window.fetch = async (address) => {
        if (/names-(?!a)/.test(address)) await released;
        return fetched(address);
    };
}"""
"""Names that begin with another letter than A arrive when the page calls `release`."""


def groups_of_names() -> list[list[str]]:
    lines = SAME_NAMES_FILE.read_text(encoding="utf-8").splitlines()
    return [line.split(", ") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def named_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A medicine for each line of the list of names, under the first of them, with a brand."""
    site = Site(tmp_path_factory.mktemp("names"))
    for number, (name, *_) in enumerate(groups_of_names()):
        head = f"title: {name.capitalize()}\nbrands: [Brandex {number:03}x]"
        site.write(f"drugs/{number}.md", f"---\n{head}\n---\n\n## Uses\n\nFor pain.\n")
    for title in OTHERS:
        text = f"---\ntitle: {title}\nkind: drug\n---\n\n## Uses\n\nFor pain.\n"
        site.write(f"drugs/{title.replace(' + ', '-')}.md", text)
    return site.build("--keep-going", code=1)


def find(page: Page, queries: list[str]) -> list[list[str]]:
    """The titles of the first five results of each query."""
    result: list[list[str]] = page.evaluate(FIND, ["/search/", queries])
    return result


def misspelt(name: str, chance: random.Random) -> Iterator[str]:
    """A letter left out, put in, replaced, swapped with the next, at some positions of a name."""
    places = [at for at in range(len(name) - 1) if name[at].isalpha() and name[at + 1].isalpha()]
    for at in chance.sample(places, min(POSITIONS, len(places))):
        letter = chance.choice([each for each in LETTERS if each != name[at].lower()])
        yield name[:at] + name[at + 1 :]
        yield name[:at] + letter + name[at:]
        yield name[:at] + letter + name[at + 1 :]
        if name[at].lower() != name[at + 1].lower():
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def shares(page: Page, titles: list[str]) -> tuple[float, float]:
    """How many misspelt titles have their page first, and among the first five."""
    chance = random.Random(1)
    known = {fold(title) for title in titles}
    asked = [
        (wrong, title)
        for title in titles
        for wrong in misspelt(title, chance)
        if fold(wrong) not in known
    ]
    found = find(page, [wrong for wrong, _ in asked])
    pairs = [(title, hits) for (_, title), hits in zip(asked, found, strict=True)]
    first = sum(hits[:1] == [title] for title, hits in pairs)
    among = sum(title in hits for title, hits in pairs)
    return first / len(pairs), among / len(pairs)


def test_every_name_of_a_medicine_finds_it_first(
    named_site: Site, searching: Callable[[Path], Page]
) -> None:
    """The international name, those of other countries, and the brand."""
    names = Counter(name for group in groups_of_names() for name in group)
    asked = {name: group[0].capitalize() for group in groups_of_names() for name in group}
    asked = {name: title for name, title in asked.items() if names[name] == 1}
    asked |= {f"brandex {n:03}x": g[0].capitalize() for n, g in enumerate(groups_of_names())}
    found = find(searching(named_site.output), list(asked))
    wrong = {name for name, hits in zip(asked, found, strict=True) if hits[:1] != [asked[name]]}
    assert len(wrong) <= len(asked) / 100, wrong


SPELLINGS = {
    "sulphadiazine": "Sulfadiazine",
    "oestradiol": "Estradiol",
    "amoxycillin": "Amoxicillin",
    "ciproflaxacin": "Ciprofloxacin",
    "aracetamol": "Paracetamol",
    "PARACETMOL": "Paracetamol",
    "paracetmo": "Paracetamol",
    "ibuprofen paracetmol": "Ibuprofen + Paracetamol",
}


def test_spellings(named_site: Site, searching: Callable[[Path], Page]) -> None:
    found = find(searching(named_site.output), list(SPELLINGS))
    first = {query: hits[:1] for query, hits in zip(SPELLINGS, found, strict=True)}
    assert first == {query: [title] for query, title in SPELLINGS.items()}


@pytest.mark.shared
@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_misspelt_names(
    formulary: Formularies, searching: Callable[[Path], Page], name: str
) -> None:
    built = formulary(name)
    titles = sorted({record["title"] for record in built.records.values()})
    single = [title for title in titles if len(title) >= MIN_LETTERS and "+" not in title]
    sample = random.Random(2).sample(single, min(NAMES // 2, len(single)))
    page = searching(built.output)
    exact = find(page, sample)
    assert sum(hits[:1] == [t] for t, hits in zip(sample, exact, strict=True)) >= 0.99 * len(sample)
    owners: dict[str, set[str]] = {}
    for record in built.records.values():
        for name in record["names"]:
            owners.setdefault(" ".join(words(fold(name))), set()).add(record["title"])
    brands = sorted(owners.keys() - {" ".join(words(fold(title))) for title in titles})
    brands = random.Random(2).sample(brands, min(NAMES // 2, len(brands)))
    hits = find(page, brands)
    wrong = {
        name: five
        for name, five in zip(brands, hits, strict=True)
        if owners[name].isdisjoint(five[:1])
    }
    assert len(brands) > 50
    assert len(wrong) <= 0.01 * len(brands), wrong
    first, among = shares(page, sample)
    assert first >= 0.95
    assert among >= 0.99


def test_suggestions_by_keyboard(own_site: Site, visit: Open) -> None:
    seen = visit("/")
    box = seen.page.locator("input[type=search]")
    box.press_sequentially("parac")
    options = seen.page.locator("[role=option]")
    expect(options.first).to_contain_text("Paracetamol")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(seen.page.locator("form.search [role=status]")).to_contain_text("“parac”")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    active = box.get_attribute("aria-activedescendant")
    assert options.first.get_attribute("id") == active
    box.press("Escape")
    expect(options.first).to_be_hidden()
    box.press("ArrowDown")
    box.press("ArrowDown")
    box.press("Enter")
    seen.page.wait_for_url("**/drugs/paracetamol/")
    assert seen.complaints == []


def first_names(page: Page, box: str, names: str) -> tuple[Locator, int]:
    """Type a letter, and go to the first name while those of other letters are not there yet; the
    names that are shown, and their number."""
    page.evaluate(DELAYED)
    page.locator(box).press_sequentially("a")
    shown = page.locator(names)
    expect(shown.first).to_be_visible()
    before = shown.count()
    page.locator(box).press("ArrowDown")
    return shown, before


def test_names_that_arrive_late_leave_the_focus_on_its_result(own_site: Site, visit: Open) -> None:
    """On the page of results, where arrows walk through links."""
    page = visit("/search/").page
    results, before = first_names(page, "main input[type=search]", "#search-results a")
    expect(results.first).to_be_focused()
    href = results.first.get_attribute("href")
    page.evaluate("release()")
    expect(results).not_to_have_count(before)
    expect(page.locator(f"#search-results a[href='{href}']")).to_be_focused()


@pytest.mark.parametrize("is_closed", [False, True])
def test_names_that_arrive_late_change_no_choice(
    own_site: Site, visit: Open, is_closed: bool
) -> None:
    """The names of the letter that was typed are shown before those of other letters are there:
    what the reader has chosen meanwhile stays chosen, a list that was closed stays closed."""
    page = visit("/").page
    box = page.locator("input[type=search]")
    options, before = first_names(page, "input[type=search]", "[role=option]")
    chosen = options.first.get_attribute("data-href")
    if is_closed:
        box.press("Escape")
    page.evaluate("release()")
    find(page, ["a"])  # waits for the same files
    if is_closed:
        expect(options.first).to_be_hidden()
        assert options.count() == before
    else:
        expect(options).not_to_have_count(before)
        active = box.get_attribute("aria-activedescendant")
        assert page.locator(f"#{active}").get_attribute("data-href") == chosen


def test_a_misspelt_name_is_a_question(own_site: Site, visit: Open) -> None:
    page = visit("/search/?q=paracetmol").page
    expect(page.locator("#search-status")).to_contain_text("Did you mean")
    expect(page.locator("#search-results li").first).to_contain_text("Paracetamol")


@pytest.mark.shared
def test_names_are_small(formulary: Formularies) -> None:
    """With gzip 16 bytes a name, also where most are combinations of several; the names of one letter
    are all that a first result needs."""
    folder = formulary("sectioned").output / "search"
    files = [folder / "names.json", *folder.glob("names-*.json")]
    shards = [json.loads(file.read_text()) for file in files[1:]]
    kinds = [kind for shard in shards for kind in shard.values()]
    rows = [row for kind in kinds for folder in kind for row in folder["rows"]]
    names = [
        name
        for row in rows
        for name in (row[0] if isinstance(row, list) and isinstance(row[0], list) else [row])
    ]
    sizes = [len(gzip.compress(file.read_bytes())) for file in files]
    assert sum(sizes) / len(names) <= 16
    assert max(sizes) / len(names) <= 3.3
