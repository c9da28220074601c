"""The wheel carries the theme, the two commands are what the README says, and a second run asks the
network nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers import HANG_SECONDS, ROOT, run_cli


@pytest.mark.parametrize("command", ["python3 scripts/site.py", "python3 scripts/test.py"])
def test_readme_gives_both_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def test_readme_names_every_option(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for command in ("build", "check", "serve"):
        options = set(
            re.findall(r"--[a-z][a-z-]*", run_cli(command, "--help", cwd=tmp_path).stdout)
        ) - {"--help"}
        assert options
        assert {option for option in options if f"`{option}" not in readme} == set()


@pytest.mark.slow
def test_wheel_alone_builds_a_site(tmp_path: Path) -> None:
    """The wheel holds the theme and the type marker, and builds without anything of this repository
    beside it."""
    library = tmp_path / "lib"
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
        tmp_path,
        ROOT,
    ]
    subprocess.run([str(part) for part in command], check=True, timeout=HANG_SECONDS)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        wheel.extractall(library)
    theme = {
        file.relative_to(ROOT / "templates")
        for file in (ROOT / "templates").rglob("*")
        if file.is_file()
    }
    assert theme
    assert {
        file for file in theme if not (library / "monograph_site" / "_theme" / file).is_file()
    } == set()
    assert (library / "monograph_site" / "py.typed").is_file()
    assets = {
        file.name
        for file in (ROOT / "src" / "monograph_site" / "preview" / "server" / "assets").iterdir()
    }
    assert assets == {
        file.name
        for file in (library / "monograph_site" / "preview" / "server" / "assets").iterdir()
    }

    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text(
        "# X\n\n## Uses\n\nFor trying out.\n", encoding="utf-8"
    )
    environment = {**os.environ, "PYTHONPATH": str(library)}
    command = [sys.executable, "-m", "monograph_site", "build", "--keep-going"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=HANG_SECONDS
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "build" / "index.html").is_file()


@pytest.mark.parametrize("script", ["site.py", "test.py"])
def test_commands_explain_themselves_from_any_folder(script: str, tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "scripts" / script), "--help"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=True, timeout=HANG_SECONDS
    )
    assert "Set everything up" in done.stdout


def test_second_run_needs_no_network(tmp_path: Path) -> None:
    """With the stamp in place, neither pip nor a package index is asked: an index that is nowhere
    does no harm."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("these tests do not run in the .venv of scripts/test.py")
    environment = {**os.environ, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_NO_INDEX": "1"}
    output = tmp_path / "out"
    command = [
        sys.executable,
        str(ROOT / "scripts" / "site.py"),
        f"--output={output}",
        f"--cache={tmp_path / 'cache'}",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=HANG_SECONDS
    )
    assert done.returncode == 0, done.stderr
    assert "Setting up" not in done.stderr
    assert str(output) in done.stderr
    assert (output / "index.html").is_file()
