"""Ids of headings, language tags, the direction of writing, and digests."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from monograph_site.model.strings import (
    anchor_of,
    collapse,
    digest,
    direction,
    is_language_tag,
    lasting_digest,
    slugify,
    squash,
    with_characters,
    with_raised_digits,
    words,
    written_direction,
)


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Side effects", "side-effects"),
        ("Café & thé: dose (5 mg)", "cafe-the-dose-5-mg"),
        ("β-blockers", "blockers"),
        ("Побочные действия", "побочные-действия"),
        ("Дозировка (mg)", "дозировка-mg"),
        ("الجرعة", "الجرعة"),
        ("用法用量", "用法用量"),
        ("खुराक", "खुराक"),
        ("ΔΟΣΗ", "δοση"),
        ("ΔΟΣΗΣ", "δοσης"),
        ("น้ำ", "น้ำ"),
        ("क्\u200dष", "क्ष"),
        ("می\u200cشود", "میشود"),
        ("И\u0306од", "йод"),
        ("1/2", "1-2"),
    ],
)
def test_the_id_of_a_heading(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_all_white_space_of_unicode_is_collapsed() -> None:
    spaces = [char for char in map(chr, range(0x3001)) if char.isspace()]
    assert len(spaces) > 20
    assert {collapse(f"{space}a{space} b{space}") for space in spaces} == {"a b"}


@pytest.mark.parametrize(
    ("text", "slug"),
    [("Vitamin B12 (oral)", "vitamin-b12-oral"), ("Ünal’s №1", "unals-no1"), ("ﬁve_mg", "five-mg")],
)
def test_a_slug_has_only_ascii_letters_and_digits(text: str, slug: str) -> None:
    assert slugify(text) == slug


@pytest.mark.parametrize("rest", ["", " é"])
def test_words_are_the_same_beside_other_letters(rest: str) -> None:
    ascii_text = "".join(map(chr, range(128))) + "Take_2 x-ray 5mg."
    expected = re.findall(r"\w+", ascii_text.lower())
    other = rest.split()
    assert words(ascii_text + rest) == [*expected, *other]
    assert squash(ascii_text + rest) == "".join((*expected, *other)).replace("_", "")
    assert slugify(ascii_text + rest).removesuffix("-e") == slugify(ascii_text)


def test_a_heading_without_a_letter_has_an_id_of_its_own() -> None:
    first, second = anchor_of("***"), anchor_of("💊")
    assert anchor_of("\u0301").startswith("section-")  # a mark without a letter
    assert first.startswith("section-")
    assert first != second
    assert anchor_of("***") == first


@pytest.mark.parametrize(
    ("tag", "expected"),
    [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("az-Arab", "rtl"), ("ur-Latn", "ltr")],
)
def test_the_direction_of_writing(tag: str, expected: str) -> None:
    assert direction(tag) == expected


def test_language_tags() -> None:
    assert all(map(is_language_tag, ("en", "pt-BR", "zh-Hant", "ast")))
    assert not any(map(is_language_tag, ("", "english", "en_US", "fr, en", "x")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Examplin", "ltr"),
        ("دواء for pain", "ltr"),
        ("دواء للألم ASA", "rtl"),
        ("", ""),
        ("–5", ""),
    ],
)
def test_the_direction_of_a_text(text: str, expected: str) -> None:
    assert written_direction(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pr&aacute;ctica &#233;&#xe9; &amp;lt;", "Práctica éé &lt;"),
        ("A & B; R&D; Q&no-such; &copy", "A & B; R&D; Q&no-such; &copy"),
    ],
)
def test_entities_are_characters(text: str, expected: str) -> None:
    assert with_characters(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CO~2~", "CO₂"),
        ("Ca^2+^ and 10^9^", "Ca²⁺ and 10⁹"),
        ("~5 to ~10", "~5 to ~10"),
        ("2^3", "2^3"),
        ("a~b~", "a~b~"),
    ],
)
def test_raised_and_lowered_digits(text: str, expected: str) -> None:
    assert with_raised_digits(text) == expected


@pytest.mark.parametrize("function", [digest, lasting_digest])
def test_other_parts_with_the_same_bytes_have_another_digest(
    function: Callable[..., str],
) -> None:
    digests = {function(*parts) for parts in [("a", "bc"), ("ab", "c"), ("abc",), ("abc", "")]}
    assert len(digests) == 4
    assert all(len(text) == 32 for text in digests)
    assert function("é") == function("é".encode())


def test_the_digest_in_addresses_and_baselines_never_changes() -> None:
    assert lasting_digest("a", "bc") == "f14abc19c330e936bb9c8506d69bac9b"
