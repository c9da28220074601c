"""Patterns that are compiled at their first use."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import monograph_site
from monograph_site.regex import regex


def test_a_pattern_works_as_a_compiled_one() -> None:
    lazy = regex("a(?P<digit>[0-9])", re.IGNORECASE)
    compiled = re.compile("a(?P<digit>[0-9])", re.IGNORECASE)
    text = "xA1 a2"
    for _ in range(2):  # the first use compiles
        assert [match.span() for match in lazy.finditer(text)] == [(1, 3), (4, 6)]
        assert lazy.sub(r"\1", text) == compiled.sub(r"\1", text)
        assert (lazy.pattern, lazy.flags) == (compiled.pattern, compiled.flags)
        assert lazy.groupindex == compiled.groupindex


def test_a_pattern_is_compiled_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    compile_pattern = re.compile

    def count(pattern: str, flags: int = 0) -> re.Pattern[str]:
        calls.append(pattern)
        return compile_pattern(pattern, flags)

    monkeypatch.setattr(re, "compile", count)
    lazy = regex("b+")
    assert lazy.pattern == "b+"
    assert calls == []
    assert lazy.search("abb")
    assert lazy.fullmatch("bb")
    assert calls == ["b+"]


def test_a_pattern_has_no_other_attributes() -> None:
    with pytest.raises(AttributeError):
        _ = regex("a").unknown  # type: ignore[attr-defined]


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    root = Path(monograph_site.__file__).parent
    compiled = re.compile(r"^\S.*\bre\.compile\(", re.MULTILINE)
    texts = {path.name: path.read_text("utf-8") for path in root.rglob("*.py")}
    assert [name for name, text in texts.items() if compiled.search(text)] == []
