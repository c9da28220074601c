"""`build --baseline`: errors that were accepted stop no build, and new ones do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monograph_site.cli.build import build_command
from monograph_site.cli.check import check_command

LEAK = "---\ntitle: {title}\n---\n## Uses\n\nTake ${{dose}} daily.\n"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "content/drugs/a.md").write_text(LEAK.format(title="Examplin"))
    runner = CliRunner()
    return lambda command, *arguments: runner.invoke(command, [*arguments, "--jobs", "1"])


def test_accepted_errors_stop_no_build(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "build/drugs/a/index.html"
    assert run(build_command).exit_code == 1
    assert run(build_command, "--baseline", "old.json").exit_code == 2
    run(check_command, "--baseline", "old.json", "--update-baseline")
    result = run(build_command, "--baseline", "old.json")
    assert (result.exit_code, page.is_file()) == (0, True), result.output
    assert "hidden by the baseline (old.json)" in result.output
    assert "E219" not in result.output
    before = page.read_bytes()
    (tmp_path / "content/drugs/b.md").write_text(LEAK.format(title="Samplol"))
    result = run(build_command, "--baseline", "old.json")
    assert (result.exit_code, "drugs/b.md" in result.output) == (1, True)
    assert page.read_bytes() == before
    assert not (tmp_path / "build/drugs/b").exists()
