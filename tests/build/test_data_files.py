"""Sites with data files: pages and rows of them, findings at their places, and builds after edits."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import differences, tree
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.summary import Summary

SETTINGS = """\
collections:
  meds: {data: meds.toml, kind: drug}
  list: {data: data/list.csv, kind: drug, columns: {Medicine: title, Use: uses, Adult dose: doses.dose}}
  prices: {data: prices.csv, rows: prices, columns: {Drug: title}}
  effects: {data: effects.yaml, rows: interactions}
"""
MEDS = """\
[[drug]]
title = "Examplin"
uses = "For pain."
shelf = "B7"
ignore = ["W050"]
[[drug.doses]]
dose = "500"

[[drug]]
title = "Samplol"
uses = "For fever."
[[drug.doses]]
dose = "10–5 mg"
"""
LIST = "Medicine,Use,Adult dose,Stock\nListin,For a cold,5 florps,12\n"
PRICES = "Drug,region,currency,amount\nExamplin,India,INR,10\nplain,US,$,2\nNobodol,US,USD,3\n"
EFFECTS = "- {title: Plain, with: Examplin, severity: severe, effect: Sleepy.}\n"
PLAIN = "---\ntitle: Plain\n---\n## Uses\n\nFor pain.\n\n## Pregnancy\n\nAsk first.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {
        "site.yaml": SETTINGS,
        "meds.toml": MEDS,
        "data/list.csv": LIST,
        "prices.csv": PRICES,
        "effects.yaml": EFFECTS,
        "drugs/plain.md": PLAIN,
    }
    for name, text in files.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "content"


def built(content: Path, name: str = "") -> Summary:
    root = content.parent
    parts = (root / f"{part}{name}" for part in ("templates", "build", "cache"))
    return build(replace(Options("2026-06-30", content, *parts), keep_going=True))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def assert_same_as_clean(content: Path) -> None:
    shutil.rmtree(content.parent / "cache-clean", ignore_errors=True)
    shutil.rmtree(content.parent / "build-clean", ignore_errors=True)
    clean = built(content, "-clean")
    root = content.parent
    assert differences(tree(root / "build"), tree(root / "build-clean")) == []
    again = built(content)
    assert again.findings == clean.findings
    assert again.rendered == ()


def page(content: Path, path: str) -> str:
    return (content.parent / "build" / path / "index.html").read_text("utf-8")


def test_entries_become_pages_and_rows(content: Path) -> None:
    built(content)
    examplin = page(content, "meds/examplin")
    assert "For pain." in examplin
    assert "INR 10" in examplin
    assert "<dt>Shelf</dt><dd>B7</dd>" in examplin
    assert "5 florps" in page(content, "list/listin")
    plain = page(content, "drugs/plain")
    assert '<a href="/meds/examplin/">Examplin</a>' in plain
    assert plain.index('data-key="interactions"') < plain.index('data-key="pregnancy"')
    assert plain.index('data-key="pregnancy"') < plain.index('data-key="prices"')
    assert 'href="#interactions">Interactions</a>' in plain
    data = json.loads((content.parent / "build/drugs/plain/index.json").read_text("utf-8"))
    assert data["interactions"][0]["url"] == "/meds/examplin/"
    data = json.loads((content.parent / "build/meds/samplol/index.json").read_text("utf-8"))
    assert data["source"] == "meds.toml"


def test_findings_are_at_their_places_in_the_data_file(content: Path) -> None:
    findings = [item for item in built(content).findings if item.severity != "info"]
    places = [f"{item.path}:{item.span.line}:{item.span.column} {item.code}" for item in findings]
    assert places == [
        "data/list.csv:2:19 W050",
        "meds.toml:13:8 E051",
        "prices.csv:3:10 W058",
        "prices.csv:4:1 W065",
    ]
    for item in findings:
        lines = (content / item.path).read_text("utf-8").split("\n")
        line, start = lines[item.span.line - 1], item.excerpt_from - 1
        assert item.excerpt
        assert line[start : start + len(item.excerpt)] == item.excerpt


def test_keys_without_a_field_are_one_finding(content: Path) -> None:
    findings = [item for item in built(content).findings if item.code == "I066"]
    assert [(item.path, item.message.split(": ")[1]) for item in findings] == [
        ("", "Stock (1), shelf (1).")
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "pages"),
    [
        ("meds.toml", "10–5 mg", "5–10 mg", ["/meds/samplol/"]),
        ("meds.toml", "# ", "", []),
        ("prices.csv", "INR,10", "INR,11", ["/meds/examplin/"]),
        ("prices.csv", "Nobodol", "Listin", ["/list/listin/"]),
        ("effects.yaml", "Sleepy", "Drowsy", ["/drugs/plain/"]),
        ("data/list.csv", "5 florps", "5 mg", ["/list/listin/"]),
    ],
)
def test_an_edit_renders_the_pages_that_show_it(
    content: Path, file: str, old: str, new: str, pages: list[str]
) -> None:
    if old == "# ":  # a line above everything
        (content / file).write_text(f"# \n{MEDS}", encoding="utf-8")
    built(content)
    edit(content / file, old, new)
    wanted = [f"{page}{name}" for page in pages for name in ("", "index.json")]
    assert [*built(content).rendered] == wanted
    assert_same_as_clean(content)


def test_an_entry_may_come_and_go(content: Path) -> None:
    built(content)
    edit(content / "meds.toml", 'title = "Samplol"', 'title = "Mixol"')
    summary = built(content)
    assert "/meds/mixol/" in summary.rendered
    assert "/meds/samplol/" in summary.removed
    assert_same_as_clean(content)
    (content / "effects.yaml").unlink()
    summary = built(content)
    assert [item.code for item in summary.findings if item.path == "site.yaml"] == ["E060"]
    assert "Sleepy" not in page(content, "drugs/plain")
    assert_same_as_clean(content)


def test_nothing_is_read_again_where_nothing_changed(content: Path) -> None:
    first = built(content)
    again = built(content)
    assert again.rendered == ()
    assert again.findings == first.findings
    assert differences(tree(content.parent / "build"), tree(content.parent / "build")) == []


def test_a_lost_record_is_made_again_from_its_entry(content: Path) -> None:
    built(content)
    for pack in (content.parent / "cache/records").glob("*"):
        pack.unlink()
    shutil.rmtree(content.parent / "build")
    assert "/meds/examplin/" in built(content).rendered
    assert_same_as_clean(content)


def test_two_entries_of_one_name_are_an_error_that_names_both(content: Path) -> None:
    edit(content / "meds.toml", 'title = "Samplol"', 'title = "Examplin"')
    findings = [item for item in built(content).findings if item.code == "E401"]
    assert [(item.path, item.span.line) for item in findings] == [
        ("meds.toml", 1),
        ("meds.toml", 9),
    ]
