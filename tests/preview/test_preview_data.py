"""A preview of a site with data files shows at every moment what a clean build publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_session import published, running_session, shown

from helpers import differences
from monograph_site.preview.session import Session

SETTINGS = """\
collections:
  meds: {data: meds.toml, kind: drug}
  prices: {data: prices.csv, rows: prices}
"""
MEDS = """\
[[drug]]
title = "Examplin"
uses = "For pain."

[[drug]]
title = "Samplol"
uses = "For fever."
[[drug.doses]]
dose = "7 florps"
"""
PRICES = "title,currency,amount\nExamplin,INR,10\nPlain,INR,20\n"
PLAIN = "---\ntitle: Plain\n---\n## Uses\n\nFor pain.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "content/drugs").mkdir(parents=True)
    for name, text in (
        ("site.yaml", SETTINGS),
        ("meds.toml", MEDS),
        ("prices.csv", PRICES),
        ("drugs/plain.md", PLAIN),
    ):
        (tmp_path / "content" / name).write_text(text, encoding="utf-8")
    return tmp_path


def assert_as_published(session: Session, root: Path) -> None:
    expected, findings = published(root)
    assert differences(shown(session, expected), expected) == []
    assert session.findings() == findings


def test_edits_of_data_files_are_seen(root: Path) -> None:
    meds, prices = root / "content/meds.toml", root / "content/prices.csv"
    with running_session(root) as session:
        assert_as_published(session, root)
        meds.write_text(MEDS.replace("For pain.", "For a cold."), encoding="utf-8")
        change = session.refresh([meds])
        assert change.urls is not None
        assert "/meds/examplin/" in change.urls
        assert "/meds/samplol/" not in change.urls
        assert_as_published(session, root)
        meds.write_text(f"# A line above everything\n{MEDS}", encoding="utf-8")
        session.refresh([meds])
        assert_as_published(session, root)
        prices.write_text(PRICES.replace("20", "30"), encoding="utf-8")
        change = session.refresh([prices])
        assert change.urls is not None
        assert "/drugs/plain/" in change.urls
        assert_as_published(session, root)
        meds.write_text(MEDS.partition("\n\n")[0] + "\n", encoding="utf-8")
        session.refresh([meds])
        assert session.answer("meds/samplol/index.html") is None
        assert_as_published(session, root)
        meds.write_text("title = x", encoding="utf-8")
        assert "E019" in {item.code for item in session.refresh([meds]).new_findings}
        last_good = session.answer("meds/examplin/index.html")
        assert last_good
        assert b"For pain." in last_good.content
        meds.write_text(MEDS, encoding="utf-8")
        session.refresh()
        assert_as_published(session, root)
        prices.unlink()
        session.refresh()
        assert_as_published(session, root)


def test_settings_name_another_data_file(root: Path) -> None:
    with running_session(root) as session:
        (root / "content/other.yaml").write_text("- {title: Otherol, uses: Pain.}\n", "utf-8")
        settings = root / "content/site.yaml"
        settings.write_text(SETTINGS.replace("meds.toml", "other.yaml"), encoding="utf-8")
        session.refresh()
        assert session.answer("meds/examplin/index.html") is None
        assert_as_published(session, root)
        settings.write_text("", encoding="utf-8")
        session.refresh([settings])
        assert_as_published(session, root)


def test_what_was_loaded_is_kept_for_the_next_start(root: Path) -> None:
    for _ in range(2):
        with running_session(root) as session:
            assert_as_published(session, root)
            loaded, files = session.progress
            assert (loaded, files) == (5, 5)


def test_a_page_of_an_entry_names_its_place(root: Path) -> None:
    with running_session(root) as session:
        source = session.source_at("meds/samplol/index.html")
        assert session.place_of(source) == ("meds.toml", 5)
        assert session.section_lines(source)["uses"] == 7
        assert session.place_of("drugs/plain.md") == ("drugs/plain.md", 1)
        findings = session.findings_of(source)
        assert [
            (item.path, item.span.line, item.code) for item in findings if item.code == "W050"
        ] == [("meds.toml", 9, "W050")]
