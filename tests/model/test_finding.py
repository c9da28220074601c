"""Findings as values."""

from __future__ import annotations

from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.model.source import Source, Span
from monograph_site.source.findings_yaml import SYNTAX


def test_words_of_a_file_cannot_break_a_message() -> None:
    finding = SYNTAX.at("x.md", Span(), "A \x1b[31mred\u202e word.\nIts \u200bhint,\nin two lines.")
    assert finding.message == "A \\x1b[31mred\\u202e word."
    assert finding.hint == "Its \\u200bhint,\\nin two lines."
    assert SYNTAX.at("x.md", Span(), "Was “é ≥ 5 µg”.").message == "Was “é ≥ 5 µg”."


def test_a_key_with_an_invisible_character_is_shown_to_have_one() -> None:
    findings = load_source(
        Source("drugs/x.md", "---\n\u200btitle: X\n---\n## Uses\n\nFor pain.\n"), Config()
    ).findings
    assert [(finding.name, finding.message) for finding in findings if finding.code == "W021"] == [
        ("unknown-key", "\\u200btitle: unknown key.")
    ]
