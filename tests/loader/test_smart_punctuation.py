"""Typographic marks in texts, never in doses or code."""

from __future__ import annotations

import pytest

from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.model.source import Source


def shown(text: str, language: str = "en", *, smart: bool = True) -> str:
    """The HTML of the one section of a page with this text."""
    source = Source("drugs/x.md", f"---\ntitle: Examplin\n---\n## Uses\n\n{text}\n")
    loaded = load_source(source, Config(language=language, smart_punctuation=smart))
    assert loaded.monograph is not None
    [section] = loaded.monograph.sections
    return section.html.replace("&#34;", '"').replace("&quot;", '"').replace("&#39;", "'")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Say "no" to it.', "Say “no” to it."),
        ('("no"), "yes."', "(“no”), “yes.”"),
        ("It's the patient's.", "It’s the patient’s."),
        ("the patients' choice", "the patients’ choice"),
        ("a 'small' dose", "a ‘small’ dose"),
        ("\"a 'small' dose\"", "“a ‘small’ dose”"),
        ('"Take **two**" twice', "“Take <strong>two</strong>” twice"),
        ('a *"word"*', "a <em>“word”</em>"),
        ("wait -- then go", "wait – then go"),
        ("wait---then go", "wait—then go"),
        ("and so on...", "and so on…"),
        ('"Take 2" is said', "“Take 2” is said"),
    ],
)
def test_marks_become_typographic(text: str, expected: str) -> None:
    assert expected in shown(text)
    assert expected not in shown(text, smart=False)


@pytest.mark.parametrize(
    "text",
    [
        "5--10 mg",
        "5 -- 10 mg",
        'a needle of 6"',
        "5' tall",
        "use --force",
        "a.... b",
    ],
)
def test_marks_of_doses_and_measures_stay(text: str) -> None:
    assert text in shown(text)


@pytest.mark.parametrize("text", ['`"it\'s" -- ...`', '["it\'s"](https://a.example/)'])
def test_code_and_links_stay(text: str) -> None:
    assert shown(text) == shown(text, smart=False)


def test_other_languages_keep_their_quotation_marks() -> None:
    assert shown('Er sagt "nein", wir geht\'s...', "de") == shown(
        'Er sagt "nein", wir geht’s…', "de", smart=False
    )


def test_a_section_is_recognised_as_before() -> None:
    text = "---\ntitle: Examplin\n---\n## Who shouldn't take it\n\nDon't.\n"
    source = Source("drugs/x.md", text)
    keys = {
        tuple(section.key for section in loaded.monograph.sections)
        for smart in (False, True)
        if (loaded := load_source(source, Config(smart_punctuation=smart))).monograph
    }
    assert len(keys) == 1
    assert keys != {("",)}
