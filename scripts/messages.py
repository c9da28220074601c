"""Write what this program says today of the faulty files of docs/messages/ into docs/messages.md.

    .venv/bin/python scripts/messages.py

Only our own blocks are written; what the other programs say was copied from them by hand.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "messages.md"
_OURS = re.compile(r"(?<=^```text monograph-site )(\S+)\n.*?(?=^```$)", re.MULTILINE | re.DOTALL)


def said(file: Path) -> str:
    """What `check` says of a content folder with this one file, without colour, on a terminal of
    100 columns."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "content" / "drugs" / "examplin.md"
        target.parent.mkdir(parents=True)
        target.write_bytes(file.read_bytes())
        (Path(folder) / "content" / "site.yaml").write_bytes(
            (file.parent / "site.yaml").read_bytes()
        )
        done = subprocess.run(
            [sys.executable, "-m", "monograph_site", "check", "--jobs", "1", "--as-of", "2025-06-30"],
            cwd=folder, env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}, check=False,
            stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip
    return done.stdout


def current() -> str:
    """The document with what the program says today."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return _OURS.sub(lambda m: f"{m[1]}\n{said(DOCUMENT.parent / 'messages' / m[1])}", text)


if __name__ == "__main__":
    DOCUMENT.write_text(current(), encoding="utf-8")
