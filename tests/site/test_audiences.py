"""Sections for one audience, and the views of a page that leave out those for the other."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import Site, differences, tree
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.loader.sections import vocabulary
from monograph_site.model.finding import Finding
from monograph_site.model.monograph import Section
from monograph_site.preview.session import Change, Session
from monograph_site.preview.snapshot import changed_urls, with_entry
from monograph_site.site.audiences import SAFETY_KEYS, audiences_of, left_out
from monograph_site.source.section_audiences import MARKABLE_SECTIONS

PAGE = """---
title: Examplin
audience: {{dose: professional, contraindications: professional, how_to_take: patient}}
{front}---

## Uses

For pain: see [the kidneys](#in-renal-failure) and [uses](#uses).

## Dosage

10 mg.

### In renal failure

5 mg.

## Pharmacology {{audience=professional}}

It binds.

## How to take

Swallow it.

## Contraindications

Allergy to examplin.

## FAQs

### Is it safe?

Yes.
"""


def options_of(site: Site, folder: str = "") -> Options:
    root, target = site.root, site.root / folder
    folders = (root / "content", root / "templates", target / "build", target / ".cache")
    return Options("2025-06-30", *folders, keep_going=True)


def built(site: Site) -> tuple[Finding, ...]:
    return build(options_of(site)).findings


def clean(site: Site) -> dict[str, bytes]:
    """The same content built from nothing."""
    shutil.rmtree(site.root / "clean", ignore_errors=True)
    build(options_of(site, "clean"))
    return tree(site.root / "clean" / "build")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    result = Site(tmp_path_factory.mktemp("site"))
    result.write("site.yaml", "base_url: https://own.example/below/\nlanguages: [es]\n")
    result.write("drugs/examplin.md", PAGE.format(front=""))
    result.write("drugs/plain.md", "---\ntitle: Plain\n---\n\n## Uses\n\nFor pain.\n")
    result.write("es/drugs/examplin.md", "---\ntitle: Ejemplina\n---\n\n## Usos\n\nDolor.\n")
    built(result)
    return result


def html(site: Site, url: str) -> str:
    return (site.output / url.strip("/") / "index.html").read_text(encoding="utf-8")


def section(key: str, audience: str = "") -> Section:
    return Section(key, key, key, None, "", "", audience)


def test_sections_with_a_key_can_be_marked() -> None:
    closing = {"disclaimer", "note", "references"}
    assert {*vocabulary().headings} - closing | {"prices"} == MARKABLE_SECTIONS
    assert SAFETY_KEYS < MARKABLE_SECTIONS


def test_runs_are_left_out_together_and_safety_apart() -> None:
    marked = "professional"
    sections = [section("uses"), section("dose", marked), section("pharmacology", marked)]
    sections += [section("warnings", marked), section("overdose", marked), section("storage")]
    lines = left_out(sections, "patient")
    assert {key: line and [part.key for part in line.sections] for key, line in lines.items()} == {
        "dose": ["dose", "pharmacology"],
        "pharmacology": None,
        "warnings": ["warnings"],
        "overdose": ["overdose"],
    }
    assert [line.is_safety for line in lines.values() if line] == [False, True, True]
    assert left_out(sections, marked) == {}
    assert audiences_of(sections) == ("patient", "professional")
    assert audiences_of(sections[:1]) == ()


def test_a_view_shows_what_is_for_its_readers(site: Site) -> None:
    whole, patient, professional = (
        html(site, f"/drugs/examplin/{name}") for name in ("", "patient/", "professional/")
    )
    for text in ("10 mg.", "Swallow it.", "Allergy to", "It binds.", "For pain", "Is it safe?"):
        assert text in whole
    for text in ("10 mg.", "Allergy to", "It binds."):
        assert text not in patient
        assert text in professional
    assert "Swallow it." in patient
    assert "Swallow it." not in professional
    for text in ("For pain", "Is it safe?"):
        assert text in patient
        assert text in professional


def test_a_view_says_what_it_leaves_out(site: Site) -> None:
    patient = html(site, "/drugs/examplin/patient/")
    lines = re.findall(r'<p class="left-out.*?</p>', patient, re.DOTALL)
    assert ["Safety information for health professionals" in line for line in lines] == [
        True,
        False,
        False,
    ]
    for anchor in ("contraindications", "dosage", "pharmacology"):
        link = f'id="{anchor}" href="/below/drugs/examplin/#{anchor}"'
        assert sum(link in line for line in lines) == 1
    assert "left-out" not in html(site, "/drugs/examplin/")


def test_links_in_a_view_lead_where_the_text_is(site: Site) -> None:
    patient = html(site, "/drugs/examplin/patient/")
    assert 'href="/below/drugs/examplin/#in-renal-failure"' in patient
    assert 'href="#uses"' in patient
    ids = set(re.findall(r' id="([^"]+)"', patient))
    assert {*re.findall(r'href="#([^"]+)"', patient)} <= ids


def test_the_contents_of_a_view_are_its_own(site: Site) -> None:
    patient = html(site, "/drugs/examplin/patient/")
    contents = patient[patient.index('<nav class="toc"') :].partition("</nav>")[0]
    assert re.findall(r'href="#([^"]+)"', contents) == [
        "uses",
        "how-to-take",
        "faqs",
        "page-disclaimer",
    ]


def test_search_engines_are_given_the_whole_page(site: Site) -> None:
    whole = html(site, "/drugs/examplin/")
    address = "https://own.example/below/drugs/examplin/"
    assert 'hreflang="es"' in whole
    for name in ("patient", "professional"):
        view = html(site, f"/drugs/examplin/{name}/")
        assert '<meta name="robots" content="noindex">' in view
        assert f'<link rel="canonical" href="{address}">' in view
        assert '<link rel="alternate" hreflang' not in view
        assert "application/ld+json" not in view
        assert 'href="/below/drugs/examplin/index.json"' in view
    files = [path for path in site.output.rglob("*.*") if path.is_file()]
    others = [path for path in files if "examplin/" not in f"{path}" and path.name[0] != "."]
    texts = [path.read_bytes() for path in others]
    assert not any(b"examplin/patient" in text for text in texts)


def test_links_name_the_view_that_is_shown(site: Site) -> None:
    for name, label in (("", "Everything"), ("patient/", "For patients")):
        page = html(site, f"/drugs/examplin/{name}")
        row = page[page.index('<nav class="views"') :].partition("</nav>")[0]
        assert row.count("<a ") == 3
        assert f'href="/below/drugs/examplin/{name}" aria-current="page">{label}</a>' in row
    assert 'class="views"' not in html(site, "/drugs/plain/")
    assert not (site.output / "drugs/plain/patient").exists()


def test_wrong_keys_and_audiences_are_findings(tmp_path: Path) -> None:
    site = Site(tmp_path)
    page = "---\ntitle: X\naudience:\n  dosee: patient\n  uses: doctors\n  dose: Patient\n---\n\n"
    site.write("drugs/x.md", f"{page}## Uses\n\nPain.\n\n## Dosage\n\n10 mg.\n")
    reported = {(item.name, item.span.line, item.span.column): item for item in built(site)}
    assert "Did you mean 'dose'?" in reported["unknown-key", 4, 3].hint
    assert "'patient' or 'professional'" in reported["foreign-value", 5, 9].hint
    page_html = html(site, "/drugs/x/")
    assert "doctors" in page_html  # what has no effect is shown among the details
    assert "10 mg." not in html(site, "/drugs/x/professional/")


def test_another_file_at_the_address_of_a_view_is_a_finding(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", PAGE.format(front=""))
    site.write(
        "drugs/y.md", "---\ntitle: Y\npermalink: /drugs/examplin/patient/\n---\n\n## Uses\n\nZ.\n"
    )
    collisions = [item for item in built(site) if item.name == "url-collision"]
    assert {item.path for item in collisions} == {"drugs/examplin.md", "drugs/y.md"}
    site.write(
        "drugs/y.md", "---\ntitle: Y\naliases: [/drugs/examplin/patient/]\n---\n\n## Uses\n\nZ.\n"
    )
    assert [item.path for item in built(site) if item.name == "alias-in-use"] == ["drugs/y.md"]
    assert "For patients" in html(site, "/drugs/examplin/patient/")


def test_edits_of_a_page_with_views_are_small_and_complete(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", PAGE.format(front=""))
    site.write("drugs/other.md", "---\ntitle: Other\n---\n\n## Uses\n\nFor pain.\n")
    built(site)
    page = "drugs/examplin/"
    for text, rendered in (
        (PAGE.replace("10 mg", "20 mg"), 4),  # the page, its views and its index.json
        (re.sub("audience: .*\n", "", PAGE), 4),
        (PAGE.replace(" {{audience=professional}}", ""), 4),
        (re.sub("audience: .*\n| {{audience=professional}}", "", PAGE), 2),
        (PAGE, 4),
    ):
        before = tree(site.output)
        built(site.write("drugs/examplin.md", text.format(front="")))
        after = tree(site.output)
        changed = [path for path in differences(before, after) if path.startswith(page)]
        assert len([path for path in changed if path in after]) == rendered
        assert differences(after, clean(site)) == []
    assert f"{page}patient/index.html" in after


def test_a_preview_has_the_views(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/examplin.md", PAGE.format(front=""))
    changes: list[Change] = []
    session = Session(options_of(site), changes.append)
    session.start()
    try:
        built(site)
        for name in ("", "patient/", "professional/"):
            path = f"drugs/examplin/{name}index.html"
            answer = session.answer(path)
            assert answer
            assert answer.content == (site.output / path).read_bytes()
        old = session._snapshot
    finally:
        session.close()
    entry = replace(old.site.entries[0], record_digest="0" * 32)
    site_now = with_entry(old.site, 0, entry)
    assert site_now
    new = replace(old, site=site_now, entries={entry.path: entry})
    assert {f"/drugs/examplin/{name}" for name in ("", "patient/", "professional/")} <= (
        changed_urls(old, new) or set()
    )
