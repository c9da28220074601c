"""The document of each rule about all files: small formularies with their findings, and sound ones
without."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.pipeline import check
from monograph_site.rules import site_rules

NAMES = {rule.finding.name for rule in site_rules()}
DOCUMENTS = sorted(path for path in Path(__file__).parent.rglob("*.md") if path.stem in NAMES)
AS_OF = "2025-06-30"
_FENCE = re.compile(r"^(`{3,})([^\n`]*)\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


def cases() -> list[object]:
    """Each heading of a document with the files and the findings below it."""
    examples = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
            name, _, rest = part.partition("\n")
            blocks = [(info.split(), body) for _, info, body in _FENCE.findall(rest)]
            files = {
                words[-1].removeprefix("path="): body
                for words, body in blocks
                if words[-1].startswith("path=")
            }
            expected = [body.splitlines() for words, body in blocks if words == ["findings"]]
            assert files, f"{document.name}, {name!r}: no source"
            assert len(expected) == 1, f"{document.name}, {name!r}: one block of findings"
            examples.append(
                pytest.param(document.stem, name, files, expected[0], id=f"{document.stem}: {name}")
            )
    return examples


def test_rules_about_all_files_need_no_parser() -> None:
    """A build after the edit of a title imports them while its reader waits."""
    code = (
        "import sys; from monograph_site.rules import SITE_RULES, rules, site_rules;"
        "alone = set(site_rules()); parsers = {'yaml', 'monograph_site.loader.draft'};"
        "assert not parsers & {*sys.modules}, parsers & {*sys.modules};"
        "rules(); assert alone == {*SITE_RULES.values()}, {*SITE_RULES.values()} - alone"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize(("rule", "name", "files", "expected"), cases())
def test_site_rule(
    rule: str, name: str, files: dict[str, str], expected: list[str], tmp_path: Path
) -> None:
    assert name.startswith("Sound: ") is not bool(expected)
    for path, text in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    options = Options(
        AS_OF, tmp_path / "content", tmp_path / "templates", tmp_path / "build", tmp_path / "cache"
    )
    findings = [finding for finding in check(options).findings if finding.name == rule]
    assert [
        f"{finding.path}:{finding.span.line}:{finding.span.column} {finding.code} {finding.name}"
        for finding in findings
    ] == expected
    assert all(finding.excerpt for finding in findings if finding.path), "a finding shows its line"


def test_every_site_rule_has_a_document() -> None:
    assert {document.stem for document in DOCUMENTS} == NAMES
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        assert text.startswith(f"# {document.stem}\n")
        assert "\n## Sound: " in text
        assert re.search(rf"^\S*:\d+:\d+ [EWI]\d{{3}} {document.stem}$", text, re.MULTILINE)
