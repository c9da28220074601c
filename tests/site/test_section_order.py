"""The order of sections on the page of a medicine, and serious side effects before common ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formularies import Formularies
from helpers import Site
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.loader.sections import vocabulary
from monograph_site.markdown.html import top_level_elements
from monograph_site.model.monograph import Section
from monograph_site.site.section_order import CLINICAL_ORDER, in_clinical_order
from monograph_site.site.serious_first import is_serious, with_serious_first
from records import record

WITHOUT_PLACE = {"disclaimer", "note"}
"""Keys of the vocabulary that are no sections of the page."""
WITHOUT_HEADING = {"prices"}
"""Keys of sections that only typed data makes."""


def section(key: str, heading: str = "", subject: str | None = None) -> Section:
    return Section(key, heading or key, heading or key, subject, f"<p>{key}</p>\n", key)


def order(*sections: Section, kind: str = "drug") -> list[str]:
    ordered = in_clinical_order(record("drugs/x.md", sections=sections, kind=kind))
    assert Counter(ordered) == Counter(sections)
    return [part.heading for part in ordered]


def test_every_section_of_the_vocabulary_has_a_place() -> None:
    assert set(vocabulary().keys.values()) - WITHOUT_PLACE | WITHOUT_HEADING == set(CLINICAL_ORDER)
    assert len(CLINICAL_ORDER) == len(set(CLINICAL_ORDER))


def test_safety_comes_first_and_questions_last() -> None:
    keys = "faqs names how_it_works pregnancy side_effects dose contraindications warnings uses"
    assert order(*map(section, keys.split())) == (
        "uses warnings contraindications dose side_effects pregnancy how_it_works names faqs".split()
    )


def test_an_unknown_section_follows_its_neighbour() -> None:
    sections = [section("preamble"), section("other", "History"), section("dose")]
    sections += [section("other", "In the sun"), section("uses"), section("other", "In sport")]
    assert order(*sections) == ["preamble", "History", "uses", "In sport", "dose", "In the sun"]


def test_a_summary_stays_at_the_start_and_else_comes_late() -> None:
    assert order(section("summary"), section("dose"), section("uses")) == [
        "summary",
        "uses",
        "dose",
    ]
    assert order(section("dose"), section("summary"), section("uses"), section("faqs")) == [
        "uses",
        "dose",
        "summary",
        "faqs",
    ]


def test_no_section_leaves_its_drug() -> None:
    keys = ("names", "side_effects", "uses")
    subjects = (None, "A", "B", "A")
    sections = [section(key, f"{key} {n}", s) for n, s in enumerate(subjects) for key in keys]
    assert order(*sections) == [
        f"{key} {n}" for n in range(4) for key in ("uses", "side_effects", "names")
    ]


def test_a_missed_dose_follows_how_to_take_it() -> None:
    missed, taking = section("how_to_take", "If you miss a dose"), section("how_to_take", "Taking")
    assert order(missed, taking, section("uses")) == ["uses", "Taking", "If you miss a dose"]


def test_sections_on_serious_effects_come_before_those_on_common_ones() -> None:
    headings = ("Side effects", "Common side effects", "Long-term effects", "Serious side effects")
    assert order(*(section("side_effects", text) for text in headings)) == [
        "Side effects",
        "Serious side effects",
        "Common side effects",
        "Long-term effects",
    ]


@pytest.mark.parametrize("kind", ["article", "page"])
def test_other_kinds_keep_their_order(kind: str) -> None:
    assert order(section("dose"), section("uses"), kind=kind) == ["dose", "uses"]


@pytest.mark.parametrize(
    ("label", "severity"),
    [
        ("Serious side effects", True),
        ("Less common but more serious side effects include:", True),
        ("More serious, though less common, side effects include", True),
        ("Severe (rare but serious)", True),
        ("Efectos secundarios graves", True),
        ("Common side effects", False),
        ("Common (usually not serious)", False),
        ("Mild", False),
        ("Less common", False),
        ("Common and serious side effects", None),
        ("Range from mild to severe", None),
        ("Long-term effects", None),
        ("Uncommon", None),
    ],
)
def test_labels_of_severity(label: str, severity: bool | None) -> None:
    assert is_serious(label) is severity


HEADINGS = """\
<p>Intro.</p>
<h3 id="a">Common Side Effects</h3>
<p>Headache.</p>
<h4>Mild</h4><p>m</p><h4>Severe</h4><p>s</p>
<h3 id="b">Rare but Serious Side Effects</h3>
<ul>
<li>Rash</li>
</ul>
<h3 id="c">Long-Term Effects</h3>
<p>None.</p>
"""


def words(html: str) -> list[str]:
    return re.sub(r"<[^>]*>", " ", html).split()


def serious_first(html: str) -> list[str]:
    ordered = with_serious_first(html)
    assert Counter(words(ordered)) == Counter(words(html))
    assert sorted(ordered) == sorted(html)
    return words(ordered)


def test_headings_of_severity() -> None:
    assert " ".join(serious_first(HEADINGS)) == (
        "Intro. Rare but Serious Side Effects Rash "
        "Common Side Effects Headache. Severe s Mild m Long-Term Effects None."
    )


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            "<p>Some. Common side effects include:</p>\n<ul>\n<li>A</li>\n</ul>\n"
            "<p>Less common but more serious side effects include:</p>\n<ul>\n<li>B</li>\n</ul>\n"
            "<p>Tell a doctor.</p>\n",
            "Less common but more serious side effects include: B "
            "Some. Common side effects include: A Tell a doctor.",
            id="sentences that introduce lists",
        ),
        pytest.param(
            "<p><strong>Common:</strong> A.</p>\n<p><strong>Serious:</strong> B.</p>\n<p>C.</p>\n",
            "Serious: B. Common: A. C.",
            id="bold labels",
        ),
        pytest.param(
            "<p><strong>Common</strong></p>\n<p>A.</p>\n<p><strong>Severe</strong></p>\n<p>B.</p>\n",
            "Severe B. Common A.",
            id="bold labels in paragraphs of their own",
        ),
        pytest.param(
            "<p>Can be:</p>\n<ul>\n<li><strong>Common:</strong> A</li>\n<li>Rare: C</li>\n"
            "<li>Rare but serious: B</li>\n</ul>\n",
            "Can be: Rare but serious: B Common: A Rare: C",
            id="items",
        ),
        pytest.param(
            "<ol>\n<li>Common: A</li>\n<li>Serious: B</li>\n</ol>\n",
            "Common: A Serious: B",
            id="numbered items stay",
        ),
        pytest.param(
            "<p>Common ones pass. Serious ones do not.</p>\n<p>Most are mild.</p>\n",
            "Common ones pass. Serious ones do not. Most are mild.",
            id="prose stays",
        ),
    ],
)
def test_labelled_groups(html: str, expected: str) -> None:
    assert " ".join(serious_first(html)) == expected


@given(st.lists(st.sampled_from(["<p>", "</p>", "<ul>", "</ul>", "<br>", "a", "\n", "<!-- -->"])))
def test_elements_make_up_their_fragment(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert "".join(top_level_elements(html)) == html


PART = re.compile(r'<section class="part( part-subject)?" data-key="(\w+)">')
LABEL = re.compile(r"<(h[2-6]|strong|b|em)\b[^>]*>(?:rare but |most |more |very )?(\w+)", re.I)
SERIOUS, COMMON = {"serious", "severe", "life"}, {"common", "frequent", "mild"}


def sections_of_page(html: str) -> Iterator[list[tuple[str, str]]]:
    """The key and HTML of the sections of a page, those of each of its drugs together."""
    sections: list[tuple[str, str]] = []
    starts = [*PART.finditer(html)]
    for start, following in zip_longest(starts, starts[1:]):
        if start[1]:
            yield sections
            sections = []
        sections.append((start[2], html[start.end() : following.start() if following else None]))
    yield sections


@pytest.mark.shared
@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_every_page_of_a_formulary_is_in_order(formulary: Formularies, name: str) -> None:
    built = formulary(name)
    labelled = 0
    for path in built.records:
        for sections in sections_of_page(built.html(path)):
            ranks = [CLINICAL_ORDER.index(key) for key, _ in sections if key in CLINICAL_ORDER]
            if sections and sections[0][0] == "summary":
                ranks = ranks[1:]
            assert ranks == sorted(ranks), path
            effects = "".join(html for key, html in sections if key == "side_effects")
            labels = [match[2].casefold() for match in LABEL.finditer(effects)]
            common = [at for at, label in enumerate(labels) if label in COMMON]
            serious = [at for at, label in enumerate(labels) if label in SERIOUS]
            if common and serious:
                labelled += 1
                assert serious[0] < common[0], path
    assert labelled > 50


NAMED = """---
title: Examplin Citrate
---
**Generic name:** Examplin citrate

## Uses

Pain.
"""


def test_a_section_that_repeats_the_title_is_a_key_fact(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", NAMED)
    site.write("drugs/other.md", NAMED.replace("Citrate", "Acetate"))
    parts = ("content", "templates", "build", "cache")
    assert build(Options("2026-06-30", *(tmp_path / part for part in parts))).published
    html = site.html("/drugs/examplin/")
    assert '<div id="generic-name"><dt>Generic name</dt><dd>Examplin citrate</dd></div>' in html
    assert 'href="#generic-name"' not in html
    assert re.findall(r'data-key="(\w+)"', html) == ["uses"]
    assert re.findall(r'data-key="(\w+)"', site.html("/drugs/other/")) == ["uses", "names"]


CONTENT = "---\ntitle: Examplin\n---\n## Side effects\n\nRash.\n\n## Uses\n\nPain.\n"


@pytest.mark.parametrize("setting", ["", "sections: clinical\n", "sections: source\n"])
def test_the_setting_orders_the_page_and_its_contents(tmp_path: Path, setting: str) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", CONTENT)
    parts = ("content", "templates", "build", "cache")
    options = Options("2026-06-30", *(tmp_path / part for part in parts))
    for settings in ("", setting):  # the second build finds the first in its cache
        site.write("site.yaml", f"title: Test\n{settings}")
        assert build(options).published
    html = site.html("/drugs/examplin/")
    places = [html.index(text) for text in ('href="#uses"', 'href="#side-effects"')]
    places += [html.index(text) for text in ('id="uses"', 'id="side-effects"')]
    is_source = "source" in setting
    assert (places[0] > places[1], places[2] > places[3]) == (is_source, is_source)
