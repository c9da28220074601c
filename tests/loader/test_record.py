"""From a draft to a record: what a file states about its review."""

from __future__ import annotations

import pytest

from monograph_site.build.load import load_bytes, load_source
from monograph_site.config import Config
from monograph_site.model.source import Source


@pytest.mark.parametrize(
    ("review", "status", "due"),
    [
        ("{status: approved, by: [A. Pharmacist], on: 2025-01-31, interval: 1 month}", "approved", "2025-02-28"),
        ("{status: approved, by: [A. Pharmacist], on: 2025-01-31, interval: 1 year, next_due: 2025-03-01}", "approved",
         "2025-03-01"),
        ("{status: approved, by: [A. Pharmacist], on: 2025-01-31}", "approved", ""),
        ("{status: approved, on: 2025-01-31}", "submitted", ""),
        ("{status: draft, interval: 6 months}", "draft", ""),
    ],
)  # fmt: skip
def test_a_review_is_due_again_when_the_file_says(review: str, status: str, due: str) -> None:
    text = f"---\ntitle: Examplin\nreview: {review}\n---\n## Uses\n\nFor pain.\n"
    monograph = load_source(Source("drugs/examplin.md", text), Config()).monograph
    assert monograph is not None
    assert (monograph.review.status, monograph.review.next_due) == (status, due)


@pytest.mark.parametrize(
    "config",
    [
        Config(severity={"no-section": "warning"}),
        Config(severity={"E101": "off"}),
        Config(ignore={".": ("no-section",)}),
        Config(ignore={"drugs": ("E1",)}),
    ],
)
def test_an_editor_who_accepts_a_text_in_site_yaml_has_no_notice_on_its_page(
    config: Config,
) -> None:
    source = Source("drugs/x.md", "# Examplin\n\nThere is no such medicine.\n")
    refused = load_source(source, Config()).monograph
    accepted = load_source(source, config).monograph
    assert refused
    assert accepted
    assert (refused.not_a_monograph, len(refused.alerts)) == (True, 1)
    assert (accepted.not_a_monograph, accepted.alerts) == (False, ())


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("Used\nfor **pain** and\n*fever* at night.", "Used for pain and fever at night."),
        ("- pain\n- fever in\n  children\n- `gout`", "pain, fever in children, gout"),
        ("Used for <b>pain</b>\n& fever.", "Used for pain & fever."),
        ("Used for\n\n- pain\n- fever", "Used for, pain, fever"),
    ],
)
def test_a_description_has_commas_between_items_only(text: str, description: str) -> None:
    source = Source("drugs/x.md", f"---\ntitle: X\n---\n## Uses\n\n{text}\n")
    monograph = load_source(source, Config()).monograph
    assert monograph is not None
    assert monograph.description == description


def test_people_are_no_medicine() -> None:
    """A claim under a heading that says for whom it holds is not compared with others."""
    text = "\n\n".join(
        f"## {people}\n\n### Uses\n\nPain.\n\n### Dosage\n\nThe maximum daily dose is {dose} mg."
        for people, dose in (("In adults", 40), ("Children", 10), ("Samplol", 20))
    )
    loaded = load_source(Source("drugs/x.md", f"---\ntitle: Examplin\n---\n{text}\n"), Config())
    assert [(claim.about, claim.side) for claim in loaded.facts.claims] == [("Samplol", "20")]


@pytest.mark.parametrize(("slug", "permalink"), [("/", "/"), ("/a/b", "/a/b/"), ("a", "")])
def test_a_slug_may_be_a_path(slug: str, permalink: str) -> None:
    """`slug: /` is the front page, as in Docusaurus."""
    source = Source("docs/intro.md", f"---\ntitle: Intro\nslug: {slug}\n---\nHello.\n")
    loaded = load_source(source, Config())
    assert loaded.monograph is not None
    assert loaded.monograph.permalink == permalink
    assert (slug == "/a/b") == any(finding.name == "unsafe-slug" for finding in loaded.findings)


def test_site_yaml_sets_the_limit_of_a_file() -> None:
    content = b"---\ntitle: A\n---\n" + b"word\n\n" * 200
    small, large = (load_bytes("a.md", content, Config(max_file_bytes=n)) for n in (900, 2_000))
    assert [finding.code for finding in small.findings] == ["E002"]
    assert small.monograph is None
    assert large.monograph is not None
