"""Bytes become text without surprises, and without a change no one was told of."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monograph_site.encoding import MAX_BYTES, decode


def codes(content: bytes) -> list[str]:
    """What is found in the bytes: `line:column CODE`."""
    return [f"{one.span.line}:{one.span.column} {one.code}" for one in decode("x.md", content).diagnostics]


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
    assert decoded.source is not None or [one.withheld for one in decoded.diagnostics] == [True]
    if decoded.source is not None:
        assert "\r" not in decoded.source.text


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="\x7f"), max_size=100))
@settings(max_examples=300, deadline=None)
def test_changes_are_told(written: str) -> None:
    decoded = decode("x.md", written.encode())
    assert decoded.source is not None
    assert (decoded.source.text == written) is (not decoded.diagnostics)


def test_line_ends_and_the_byte_order_mark() -> None:
    assert text(b"\xef\xbb\xbf---\r\na: b\r---\n") == "---\na: b\n---\n"
    assert codes(b"\xef\xbb\xbf---\r\na: b\r---\n") == []


def test_bytes_that_are_no_text() -> None:
    content = "é\nab\n".encode() + b"\xff\n"
    decoded = decode("x.md", content)
    assert decoded.source is None
    assert codes(content) == ["3:1 E001"]
    assert "b'\\xff'" in decoded.diagnostics[0].message


@pytest.mark.parametrize(
    ("before", "place"),
    [("\ufeff", "1:1"), ("\ufeffab", "1:3"), ("a\r", "2:1"), ("a\r\nb", "2:2"), ("\r\r\n\né", "4:2")],
)
def test_bytes_that_are_no_text_are_placed_as_an_editor_counts(before: str, place: str) -> None:
    assert codes(before.encode() + b"\xff") == [f"{place} E001"]


def test_utf_16_is_no_utf_8() -> None:
    assert codes("aé".encode("utf-16")) == ["1:1 E001"]


def test_too_large() -> None:
    assert codes(b"a" * MAX_BYTES) == []
    assert codes(b"a" * (MAX_BYTES + 1)) == ["1:1 E002"]


@pytest.mark.parametrize("sign", ["\x00", "\x0c", "\x1b", "\x7f", "\u2028", "\ufeff"])
def test_control_characters(sign: str) -> None:
    content = f"a\nb{sign}c{sign}".encode()
    assert text(content) == "a\nb\ufffdc\ufffd"
    assert codes(content) == ["2:2 W003"]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("â‰¥ 5", "≥ 5"), ("Âµg", "µg"), ("cafÃ©", "café"), ("doctorâ€™s", "doctor’s"), ("â€“ a", "– a")],
)
def test_mis_encoded_signs_are_repaired(written: str, meant: str) -> None:
    content = f"a\nb {written}\n".encode()
    assert text(content) == f"a\nb {meant}\n"
    assert [code.split()[1] for code in codes(content)] == ["W004"]


@pytest.mark.parametrize("sound", ["Ménière’s", "naïve", "Â", "“a” – b…", "β-blocker ≥ 5 µg", "São Tomé", "Γ€", "ÀÉ"])
def test_sound_signs_stay(sound: str) -> None:
    assert text(sound.encode()) == sound
    assert codes(sound.encode()) == []
