"""Suppressions in comments: which lines they hold for, and which of them are unused."""

from __future__ import annotations

import pytest

from monograph_site.build.load import load_source
from monograph_site.check.policy import apply_policy
from monograph_site.config import Config
from monograph_site.model.source import Source

HEAD = "---\ntitle: Examplin\n---\n## Dosage\n\n"
COMMENT = "<!-- monograph-site: ignore {} -->"


def findings(body: str) -> list[str]:
    """`line CODE` of the findings of a page, after the policy, without info findings."""
    source = Source("drugs/x.md", HEAD + body)
    loaded = load_source(source, Config())
    kept = apply_policy(
        loaded.findings, {source.path: loaded.ignores}, Config(), Source("site.yaml", "")
    )
    shown = sorted(kept, key=lambda finding: (finding.span, finding.code))
    return [f"{finding.span.line} {finding.code}" for finding in shown if finding.code[0] != "I"]


@pytest.mark.parametrize(
    "words", ["W601", "trailing-zero", "W6", "W602, W601 -- as the label says"]
)
def test_in_the_same_paragraph(words: str) -> None:
    body = f"Take 5.0 mg, {COMMENT.format(words)}\nor .5 mg.\n\nTake 7.0 mg.\n"
    expected = [] if words.startswith(("W602", "W6")) and words != "W601" else ["7 W602"]
    assert findings(body) == [*expected, "9 W601"]


@pytest.mark.parametrize("blanks", ["\n", "\n\n", "\n\n\n\n"])
def test_above_the_next_block(blanks: str) -> None:
    body = f"{COMMENT.format('W601')}{blanks}- Take 5.0 mg.\n- Take 6.0 mg.\n\nTake 7.0 mg.\n"
    assert findings(body) == [f"{9 + len(blanks)} W601"]


def test_an_unused_one_is_a_finding() -> None:
    body = (
        f"{COMMENT.format('W601')}\n\nTake 5 mg.\n\nTake 7.0 mg. {COMMENT.format('wrong-name')}\n"
    )
    assert findings(body) == ["6 W901", "10 W601", "10 W902"]


def test_a_finding_that_blocks_the_page_is_not_suppressed() -> None:
    source = Source("x.md", f"{COMMENT.format('E008')}\n<<<<<<< a\n=======\n>>>>>>> b\n")
    loaded = load_source(source, Config())
    assert [finding.code for finding in loaded.findings] == ["E008"]


def test_readers_do_not_see_the_comment() -> None:
    loaded = load_source(
        Source("drugs/x.md", f"{HEAD}Take 5 mg. {COMMENT.format('W601')}\n"), Config()
    )
    assert loaded.monograph
    assert "monograph-site" not in "".join(section.html for section in loaded.monograph.sections)
