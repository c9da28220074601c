"""Regular expressions that are compiled at their first use, and kept compiled between runs."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import monograph_site
from helpers import Site
from monograph_site import regex as module
from monograph_site.regex import Compiled, regex

PATTERNS = [
    (r"\b(\d+)\s*(?P<unit>mg|µg)\b", re.IGNORECASE),
    (r"(?x) ( a | b )+  # with a comment", 0),
    (r"[\u0900-\u097fа-яё]+(?<!x)(?=y)", re.MULTILINE | re.DOTALL),
    (rb"[^\x20-\x7e]", 0),
    (r"(?i:A)b(?P<one>.)(?P=one)", re.ASCII),
]


def compiled(
    path: Path, patterns: list[tuple[str | bytes, re.RegexFlag | int]]
) -> list[re.Pattern[str]]:
    result = Compiled(str(path))
    made = [result.pattern(pattern, flags) for pattern, flags in patterns]
    result.save()
    return made


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
    compile_pattern = module._compiled.pattern

    def count(pattern: str, flags: int = 0) -> re.Pattern[str]:
        calls.append(pattern)
        return compile_pattern(pattern, flags)

    monkeypatch.setattr(module._compiled, "pattern", count)
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


def test_what_is_kept_is_what_re_compiles(tmp_path: Path) -> None:
    path = tmp_path / "new" / "patterns"
    first, second = compiled(path, PATTERNS), compiled(path, PATTERNS)
    for one, two, (pattern, flags) in zip(first, second, PATTERNS, strict=True):
        expected = re.compile(pattern, flags)
        assert one == two == expected
        assert one.flags == two.flags == expected.flags
        assert dict(two.groupindex) == dict(expected.groupindex)
    text = "take 5 MG daily"
    match = second[0].search(text)
    assert match
    assert (match["unit"], match.lastgroup, match.span(1)) == ("MG", "unit", (5, 6))


def test_a_second_run_compiles_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "patterns"
    compiled(path, PATTERNS)
    written = path.stat().st_mtime_ns
    monkeypatch.setattr(module, "_parts", None)
    assert len(compiled(path, PATTERNS[:2])) == 2
    assert path.stat().st_mtime_ns == written


def test_runs_add_to_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "patterns"
    compiled(path, PATTERNS[:2])
    compiled(path, PATTERNS[2:])
    with monkeypatch.context() as patch:
        patch.setattr(module, "_parts", None)
        compiled(path, PATTERNS)
    monkeypatch.setattr(module, "MAX_KEPT", 4)
    compiled(path, [("only this", 0)])
    assert len(Compiled(str(path))._read()) == 1, "the others would be too many"
    assert [*tmp_path.iterdir()] == [path], "no temporary file is left"


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "another Python"])
def test_damage_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    path = tmp_path / "patterns"
    compiled(path, PATTERNS)
    content = path.read_bytes()
    middle = len(content) // 2
    changed = {
        "cut": content[:middle],
        "changed": content[:middle] + bytes([content[middle] ^ 255]) + content[middle + 1 :],
        "empty": b"",
    }
    path.write_bytes(changed.get(damage, content))
    if damage == "another Python":
        monkeypatch.setattr(module, "_VERSION", "4.0")
    assert Compiled(str(path))._read() == {}
    assert compiled(path, PATTERNS) == [re.compile(*each) for each in PATTERNS]


def test_where_it_cannot_be_kept_patterns_are_compiled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    expected = [re.compile(*each) for each in PATTERNS]
    assert compiled(tmp_path / "file" / "patterns", PATTERNS) == expected
    monkeypatch.setattr(module, "engine", None)
    assert compiled(tmp_path / "patterns", PATTERNS) == expected
    assert not (tmp_path / "patterns").exists()


def test_a_wrong_pattern_is_an_error_at_its_first_use(tmp_path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        Compiled(str(tmp_path / "patterns")).pattern("(", 0)
    wrong = regex("(")
    with pytest.raises(re.error, match="unterminated"):
        wrong.search("x")


def test_the_command_keeps_what_it_has_compiled(tmp_path: Path) -> None:
    site, path = Site(tmp_path), tmp_path / "patterns"
    site.write("drugs/x.md", "---\ntitle: X\n---\n\n## Uses\n\nPain.\n")
    code = (
        "import sys, monograph_site.regex as module; module._compiled._path = sys.argv.pop()\n"
        "from monograph_site.__main__ import run; run()"
    )
    written = []
    for cache in ("one", "two"):  # so that the second run has as much to do
        command = [sys.executable, "-c", code, "check", "--cache", cache, str(path)]
        subprocess.run(command, cwd=site.root, check=False, capture_output=True)
        written.append(path.stat().st_mtime_ns)
    assert written[0] == written[1], "the second run has compiled nothing"
    assert len(Compiled(str(path))._read()) > 20
