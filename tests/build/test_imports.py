"""What a run in which nothing changed has to import: it takes longer than all the work there is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pydantic", "jinja2", "markdown_it", "pyromark", "yaml", "nh3", "monograph_site.rules")
SCRIPT = """
import sys
from monograph_site.cli.main import main
try:
    main()
except SystemExit as end:
    assert end.code == 0, end.code
print(" ".join(name for name in sys.argv[0].split(",") if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize("command", ["build", "check", "--version"])
def test_nothing_heavy_is_imported_where_nothing_changed(command: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = "---\ntitle: Examplin\n---\n\n## Uses\n\nPain.\n"
    (tmp_path / "content/x.md").write_text(text, "utf-8")
    run = [
        sys.executable,
        "-c",
        f"import sys; sys.argv = [{','.join(HEAVY)!r}, {command!r}]\n{SCRIPT}",
    ]
    for _ in range(2):
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == ""
