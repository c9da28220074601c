"""docs/messages.md shows the present messages of the program about its example files."""

from __future__ import annotations

import re
import runpy

from helpers import ROOT

SCRIPT = ROOT / "scripts" / "messages.py"


def test_the_document_is_up_to_date() -> None:
    script = runpy.run_path(str(SCRIPT))
    text = script["DOCUMENT"].read_text(encoding="utf-8")
    assert text == script["current"](), (
        f"run `python {SCRIPT.relative_to(ROOT)}` and look at what changed"
    )


def test_every_example_file_is_shown_completely() -> None:
    text = (ROOT / "docs" / "messages.md").read_text(encoding="utf-8")
    files = sorted((ROOT / "docs" / "messages").glob("*.md"))
    assert sorted(re.findall(r"^```text monograph-site (\S+)$", text, re.MULTILINE)) == [
        file.name for file in files
    ]
    for file in files:
        assert f"````markdown\n{file.read_text(encoding='utf-8')}````\n" in text, (
            f"{file.name} is shown otherwise"
        )
