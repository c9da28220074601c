"""The wheel carries the theme, the two commands are what the README says, and a second run asks the
network nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import HANG_SECONDS, ROOT, run_cli


@pytest.mark.parametrize("command", ["python3 scripts/site.py", "python3 scripts/test.py"])
def test_readme_gives_both_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("lock", "extras"), [("site", ["build"]), ("test", ["build", "test"])])
def test_a_lock_file_holds_every_dependency_within_its_bounds(lock: str, extras: list[str]) -> None:
    text = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    assert "://" not in text, "a lock file names no host"
    packages = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in package for package in packages)
    heads = [re.match(r"([\w.-]+)(?:\[[^\]]*\])?==([^\s;]+)", package) for package in packages]
    locked = {canonicalize_name(head[1]): head[2] for head in heads if head}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = [*project["dependencies"], *(one for extra in extras for one in optional[extra])]
    for requirement in map(Requirement, wanted):
        release = locked.get(canonicalize_name(requirement.name))
        assert release, f"{requirement.name} is not locked: run python3 scripts/lock.py"
        assert requirement.specifier.contains(release), f"{requirement} is locked at {release}"


def test_the_lowest_releases_are_the_lower_bounds() -> None:
    command = [sys.executable, "-c", "import _venv; print('\\n'.join(_venv.lowest_releases()))"]
    done = subprocess.run(command, cwd=ROOT / "scripts", capture_output=True, text=True, check=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert done.stdout.split() == [one.replace(">=", "==") for one in project["dependencies"]]


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
    """The wheel holds the theme and every file of the package, and builds without anything of this
    repository beside it."""
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
    package = ROOT / "src" / "monograph_site"
    files = {
        file.relative_to(package)
        for file in package.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts  # compiled modules and templates
    }
    assert Path("py.typed") in files
    assert {file for file in files if not (library / "monograph_site" / file).is_file()} == set()
    assert list(library.rglob("__pycache__")) == []

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
