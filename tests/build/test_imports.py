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


TEXT = "---\ntitle: Examplin\ndescription: For pain.\n---\n\n## Uses\n\nPain.\n"


def imported(folder: Path, *arguments: str) -> list[str]:
    """The heavy modules that a command imports in its own process."""
    run = [
        sys.executable,
        "-c",
        f"import sys; sys.argv = [{','.join(HEAVY)!r}, *{arguments!r}]\n{SCRIPT}",
    ]
    done = subprocess.run(run, cwd=folder, capture_output=True, text=True, check=True)
    return done.stderr.splitlines()[-1].split()


@pytest.mark.parametrize("command", ["build", "check", "--version"])
def test_nothing_heavy_is_imported_where_nothing_changed(command: str, tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/x.md").write_text(TEXT, "utf-8")
    imported(tmp_path, command)
    assert imported(tmp_path, command) == []


@pytest.mark.skipif(sys.platform != "linux", reason="no other system forks")
def test_one_edit_is_loaded_in_another_process(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/x.md").write_text(TEXT, "utf-8")
    imported(tmp_path, "build", "--jobs", "2")
    (tmp_path / "content/x.md").write_text(TEXT.replace("Pain.", "Fever."), "utf-8")
    # While the other process reads the file, this one imports what plans the whole site, as far as it
    # gets; the readers of front matter and Markdown are not among that.
    modules = set(imported(tmp_path, "build", "--jobs", "2"))
    assert {"jinja2", "nh3"} <= modules
    assert not modules & {"yaml", "markdown_it", "pydantic"}
