"""The exit status depends on the findings, not on what becomes of the output."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from helpers import HANG_SECONDS

GOOD = "---\ntitle: Examplin\nkind: drug\n---\n\n## Uses\n\nPain.\n"
BAD = "---\ntitle: Examplin\ntitle: Twice\n---\n\n## Uses\n\nPain.\n"


def shell(folder: Path, command: str, text: str = GOOD) -> tuple[int, str]:
    """Exit status and standard error of a command line; `tool` is this program."""
    (folder / "content").mkdir(exist_ok=True)
    (folder / "content/x.md").write_text(text, "utf-8")
    tool = f'"{sys.executable}" -m monograph_site'
    line = f"set -o pipefail; {command.replace('tool', tool)}"
    result = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        timeout=HANG_SECONDS,
    )
    return result.returncode, result.stderr


@pytest.mark.parametrize("command", ["build", "build --json", "check", "rules", "explain E201"])
def test_a_full_device_is_status_2_and_one_line(tmp_path: Path, command: str) -> None:
    status, errors = shell(tmp_path, f"tool {command} >/dev/full")
    assert status == 2
    assert "Traceback" not in errors
    assert [
        line for line in errors.splitlines() if line.startswith("Error: can't write the output")
    ]


@pytest.mark.parametrize("command", ["rules --format json", "check --format jsonl --verbose"])
def test_a_closed_pipe_does_not_change_the_status(tmp_path: Path, command: str) -> None:
    status, errors = shell(tmp_path, f"tool {command} | true")
    assert (status, "Traceback" in errors, "BrokenPipe" in errors) == (0, False, False)


def test_a_closed_pipe_does_not_hide_an_error(tmp_path: Path) -> None:
    assert shell(tmp_path, "tool check --format jsonl --verbose | true", BAD)[0] == 1


@pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-", "2>/dev/full"])
def test_a_closed_stream_does_not_change_the_status(tmp_path: Path, closed: str) -> None:
    assert shell(tmp_path, f"tool build {closed}")[0] == 0
    assert (tmp_path / "build/x/index.html").is_file()
    assert shell(tmp_path, f"tool check {closed}", BAD)[0] == 1


@pytest.mark.parametrize("command", ["build", "check", "rules"])
def test_names_of_files_that_are_not_utf8_are_one_clear_line(tmp_path: Path, command: str) -> None:
    settings = "PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 LC_ALL=C"
    status, errors = shell(tmp_path, f"{settings} tool {command}")
    assert status == 2
    assert errors.startswith("Error: names of files are encoded in ")
    assert "PYTHONUTF8=1" in errors
    assert errors.count("\n") == 1
    assert shell(tmp_path, f"PYTHONUTF8=1 {settings[13:]} tool {command}")[0] == 0
