"""Bytes become text, and every change on the way is reported."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import processor_limit
from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.source import Span
from monograph_site.source.decode import MAX_BYTES, MAX_PLACES, decode
from monograph_site.source.findings_file import MOJIBAKE


def codes(content: bytes) -> list[str]:
    """The findings on the bytes: `line:column CODE`."""
    return [
        f"{finding.span.line}:{finding.span.column} {finding.code}"
        for finding in decode("x.md", content).findings
    ]


def text(content: bytes) -> str:
    """The text of bytes that have one."""
    source = decode("x.md", content).source
    assert source is not None
    return source.text


@given(st.binary(max_size=200))
@example(b"\xef\xbb\xbfa")
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_text_or_a_finding(content: bytes) -> None:
    decoded = decode("x.md", content)
    assert decoded.source is not None or [finding.blocks_page for finding in decoded.findings] == [
        True
    ]
    if decoded.source is not None:
        assert "\r" not in decoded.source.text


@given(
    st.text(
        st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f"),
        max_size=100,
    )
)
@settings(max_examples=300, deadline=None)
def test_changes_are_reported(written: str) -> None:
    decoded = decode("x.md", written.encode())
    assert decoded.source is not None
    assert (decoded.source.text == written) is (not decoded.findings)


def test_line_ends_and_the_byte_order_mark() -> None:
    assert text(b"\xef\xbb\xbf---\r\na: b\r---\n") == "---\na: b\n---\n"
    assert codes(b"\xef\xbb\xbf---\r\na: b\r---\n") == []


def test_bytes_that_are_not_text() -> None:
    content = "é\nab\n".encode() + b"\xff\n"
    decoded = decode("x.md", content)
    assert decoded.source is None
    assert codes(content) == ["3:1 E001"]
    assert "b'\\xff'" in decoded.findings[0].message


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("\ufeff", "1:1"),
        ("\ufeffab", "1:3"),
        ("a\r", "2:1"),
        ("a\r\nb", "2:2"),
        ("\r\r\n\né", "4:2"),
    ],
)
def test_bytes_that_are_not_text_are_placed_as_an_editor_counts(before: str, place: str) -> None:
    assert codes(before.encode() + b"\xff") == [f"{place} E001"]


def test_utf_16_is_not_utf_8() -> None:
    assert codes("aé".encode("utf-16")) == ["1:1 E001"]


def test_too_large() -> None:
    assert codes(b"a" * MAX_BYTES) == []
    assert codes(b"a" * (MAX_BYTES + 1)) == ["1:1 E002"]


@pytest.mark.parametrize(
    ("characters", "shown"),
    [
        *(
            (characters, "\ufffd")
            for characters in ("\x00", "\x0b", "\x1b", "\x7f", "\x85", "\x9b")
        ),
        ("\u2028", " "),
        ("\u2029", " "),
        ("\ufeff", ""),
    ],
)
def test_control_characters(characters: str, shown: str) -> None:
    content = f"a\nb{characters}c{characters}".encode()
    assert text(content) == f"a\nb{shown}c{shown}"
    assert codes(content) == ["2:2 W003", "2:4 W003"]


def test_a_page_break_of_a_pdf_file_is_white_space() -> None:
    content = b"a\n\x0cb\x0cc"
    assert text(content) == "a\n b c"
    assert codes(content) == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("â‰¥ 5", "≥ 5"),
        ("Âµg", "µg"),
        ("cafÃ©", "café"),
        ("doctorâ€™s", "doctor’s"),
        ("doctorâ\x80\x99s", "doctor’s"),
        ("â€“ a", "– a"),
        ("â„¢ a", "™ a"),
        ("Ã¢â€°Â¥ 5", "≥ 5"),
        ("Ãƒâ€šÃ‚Âµg", "µg"),
        ("doctor‚Äôs", "doctor’s"),
        ("doctorΓÇÖs", "doctor’s"),
        ("doctorвЂ™s", "doctor’s"),
        ("ï»¿a", "a"),
        ("5Â mg", "5 mg"),
    ],
)
def test_mis_encoded_characters_are_repaired(written: str, meant: str) -> None:
    content = f"a\nb {written}\n".encode()
    assert text(content) == f"a\nb {meant}\n"
    assert [code.split()[1] for code in codes(content)] == ["W004"]


def test_each_place_is_reported_with_its_meaning() -> None:
    content = "title: Âµg\n1 â‰¥ 0, \x01 and 2 â‰¤ 3\n".encode()
    assert text(content) == "title: µg\n1 ≥ 0, \ufffd and 2 ≤ 3\n"
    findings = decode("x.md", content).findings
    assert sorted(codes(content)) == ["1:8 W004", "2:10 W003", "2:18 W004", "2:3 W004"]
    assert [finding.length for finding in findings if finding.code == "W004"] == [2, 3, 3]
    assert "'â‰¤' is mis-encoded text for '≤'" in findings[2].message


def test_places_after_a_repair_are_those_of_the_file() -> None:
    source = decode("x.md", "â‰¥ 5 for â‰¤ 7 days\n".encode()).source
    assert source is not None
    assert source.text == "≥ 5 for ≤ 7 days\n"
    findings = [
        MOJIBAKE.at("x.md", Span(1, column), "x", length)
        for column, length in ((1, 1), (3, 1), (9, 3), (13, 4))
    ]
    with_lines = with_excerpts(findings, source)
    assert [(finding.span.column, finding.length) for finding in with_lines] == [
        (1, 3),
        (5, 1),
        (11, 5),
        (17, 4),
    ]
    assert with_lines[2].excerpt[10:15] == "â‰¤ 7"


def test_a_lost_character_is_reported() -> None:
    assert codes("a\n\ufffd\ufffd 5 µg \ufffd\n".encode()) == ["2:1 W217", "2:9 W217"]
    assert codes("5 ï¿½g".encode()) == ["1:3 W217"]


def test_the_rest_of_a_character_is_reported_and_stays() -> None:
    assert codes("He saidâ€ no.".encode()) == ["1:8 W004"]
    assert text("He saidâ€ no.".encode()) == "He saidâ€ no."


def test_many_places_are_counted() -> None:
    findings = decode("x.md", b"\x01" * (MAX_PLACES + 50)).findings
    assert len(findings) == MAX_PLACES + 1
    assert "49 more places" in findings[-1].message


@pytest.mark.parametrize("characters", ["â€™ ", "Ã¢â€°Â¥", "\x01â‰¥ ", "‚Äô"])
def test_a_large_file_takes_no_time(characters: str) -> None:
    text = (characters * MAX_BYTES).encode()[: MAX_BYTES - 10].decode("utf-8", "ignore")
    with processor_limit(10):
        decode("x.md", text.encode())


@pytest.mark.parametrize(
    "correct",
    [
        "Ménière’s",
        "naïve",
        "Â",
        "“a” – b…",
        "β-blocker ≥ 5 µg",
        "São Tomé",
        "Γ€",
        "ÀÉ",
        "‚Äpfel‘",
        "ΓÇ",
        "В Ђ",
        "PÂ a",
        "5 × 10⁹",
    ],
)
def test_correct_characters_stay(correct: str) -> None:
    assert text(correct.encode()) == correct
    assert codes(correct.encode()) == []
