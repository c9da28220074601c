"""A build ends where the system has no room for worker processes: with one process, or with status
2."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import HANG_SECONDS, tree
from monograph_site.build import workers


def limited(kind: int, soft: int) -> Callable[[], None]:
    """A function that sets a limit of the process it is called in."""
    return lambda: resource.setrlimit(kind, (soft, soft))


def build(folder: Path, output: str, before: Callable[[], None] | None = None) -> int:
    """The exit status of a build of thirty files with two workers."""
    command = [sys.executable, "-m", "monograph_site", "build", "--jobs=2", f"--output={output}"]
    done = subprocess.run(
        [*command, f"--cache={output}-cache"],
        cwd=folder,
        capture_output=True,
        preexec_fn=before,
        timeout=HANG_SECONDS,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    return done.returncode


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough files for workers, and the site that is built of them without a limit."""
    folder = tmp_path_factory.mktemp("limits")
    (folder / "content").mkdir()
    for number in range(30):
        text = f"---\ntitle: Examplin {number}\n---\n\n## Uses\n\nPain.\n"
        (folder / f"content/x{number}.md").write_text(text, "utf-8")
    assert build(folder, "many") == 0
    return folder


@pytest.mark.parametrize("files", [10, 13, 14, 15, 16, 17, 18, 20, 24])
def test_few_open_files(folder: Path, files: int) -> None:
    status = build(folder, f"few-{files}", limited(resource.RLIMIT_NOFILE, files))
    assert status in (0, 2)
    if status == 0:
        assert tree(folder / f"few-{files}") == tree(folder / "many")


def test_without_workers_everything_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "start_processes", lambda *_, **__: None)
    items = range(100)
    assert list(workers.run_in_workers(str, items, jobs=2)) == [str(item) for item in items]
