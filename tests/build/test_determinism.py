"""The same content gives the same bytes: twice, in one process or four, in another folder, place,
language and hour."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from formularies import OWN, SHARED_NAMES
from helpers import differences, run_cli, tree, usually
from writing import formulary

HERE = {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "0"}
ELSEWHERE = {
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "TZ": "Pacific/Kiritimati",
    "PYTHONHASHSEED": "4711",
}


def built(
    content: Path, root: Path, name: str, *arguments: str, env: Mapping[str, str] = HERE
) -> dict[str, bytes]:
    """The site of a content folder, built without a cache. The day is fixed: it is the same nowhere
    at once."""
    folders = ("--content", content, "--output", root / name, "--cache", root / f"{name}-cache")
    result = run_cli(
        "build", *folders, "--as-of", "2025-06-30", "--keep-going", *arguments, cwd=root, env=env
    )
    assert result.returncode in (0, 1), result.stderr
    return tree(root / name)


def copied_backwards(content: Path, target: Path) -> Path:
    """A copy whose files were made in the opposite order, so that the folder lists them in another
    one."""
    for path in sorted(content.rglob("*"), reverse=True):
        if path.is_file():
            target_file = target / path.relative_to(content)
            target_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target_file)
    return target


def same_everywhere(content: Path, root: Path) -> None:
    first = built(content, root, "first", "--jobs", "1")
    assert len(first) > 20
    assert differences(first, built(content, root, "again", "--jobs", "1")) == []
    assert differences(first, built(content, root, "four", "--jobs", "4")) == []
    other = copied_backwards(content, root / "a folder elsewhere" / "texts")
    assert differences(first, built(other, root, "elsewhere", "--jobs", "3", env=ELSEWHERE)) == []


def test_own_formularies(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(OWN, content, ignore=shutil.ignore_patterns("gold.json", "README.md"))
    formulary(content, 40)  # enough for worker processes
    same_everywhere(content, tmp_path)


@pytest.mark.shared
@pytest.mark.slow
def test_a_slice_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    content = tmp_path / "content"
    for name in SHARED_NAMES:
        source = shared / "corpus" / name
        for path in sorted(source.rglob("*.md"))[:: usually(28, nightly=14)]:
            target_file = content / name / path.relative_to(source)
            target_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target_file)
    same_everywhere(content, tmp_path)


def test_no_page_names_the_machine(tmp_path: Path) -> None:
    content = tmp_path / "content"
    formulary(content, 6)
    for path, data in built(content, tmp_path, "out").items():
        assert str(tmp_path).encode() not in data, path
