"""`check --changed` in git repositories."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import run_cli
from monograph_site.check.changed_files import files_changed_since
from monograph_site.model.errors import UsageProblem

TEXT = "---\ntitle: Examplin\n---\n\n## Uses\n\nTake **one daily.\n"
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """`git("commit", …)` in a repository with two committed files below `site/content`."""
    for key, value in {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        monkeypatch.setenv(key, value)
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A. Person")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "person@example.org")
    repository = tmp_path / "repository"
    repository.mkdir()

    def run(*arguments: object, cwd: Path = repository) -> str:
        command = ["git", *map(str, arguments)]
        return subprocess.run(
            command, cwd=cwd, check=True, capture_output=True, text=True
        ).stdout.strip()

    run("init", "-b", "main")
    write(repository, "drugs/one.md", "drugs/two.md", "é ä.md")
    (repository / "README.md").write_text("Read me.\n")
    run("add", ".")
    run("commit", "-m", "one")
    return run


def write(repository: Path, *paths: str, more: str = "") -> None:
    for path in paths:
        target = repository / "site/content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(TEXT.replace("Examplin", path) + more, encoding="utf-8")


@pytest.fixture
def content(tmp_path: Path, git: Git) -> Path:
    return tmp_path / "repository/site/content"


def test_staged_unstaged_untracked_and_renamed_files(git: Git, content: Path) -> None:
    assert files_changed_since(content) == frozenset()
    repository = content.parents[1]
    write(repository, "drugs/one.md", more="\nStaged.\n")
    git("add", ".")
    assert files_changed_since(content) == {"drugs/one.md"}
    write(repository, "é ä.md", more="\nWritten.\n")
    write(repository, "new/three.md")
    git("mv", "site/content/drugs/two.md", "site/content/drugs/renamed.md")
    (repository / "README.md").write_text("Other.\n")
    (repository / ".gitignore").write_text("ignored.md\n")
    write(repository, "ignored.md")
    assert files_changed_since(content) == {
        "drugs/one.md",
        "drugs/renamed.md",
        "new/three.md",
        "é ä.md",
    }
    git("rm", "-f", "site/content/drugs/one.md")
    assert "drugs/one.md" not in files_changed_since(content)


def test_a_branch_is_compared_with_its_merge_base(git: Git, content: Path) -> None:
    repository = content.parents[1]
    git("switch", "-c", "mine")
    write(repository, "drugs/mine.md")
    git("add", ".")
    git("commit", "-m", "mine")
    git("switch", "main")
    write(repository, "drugs/theirs.md", "drugs/one.md", more="\nTheirs.\n")
    git("add", ".")
    git("commit", "-m", "theirs")
    git("switch", "mine")
    assert files_changed_since(content, "main") == {"drugs/mine.md"}
    assert files_changed_since(content) == frozenset()
    assert files_changed_since(content, "main~1") == {"drugs/mine.md"}


def test_check_shows_the_findings_of_changed_files(git: Git, content: Path) -> None:
    def found(*arguments: str, cwd: Path = content.parent) -> list[str]:
        result = run_cli("check", *arguments, "--format", "line", cwd=cwd)
        assert result.returncode in (0, 1), result.stderr
        return [
            line.split(" ")[0].split(":")[0] + " " + line.split(" ")[1]
            for line in result.stdout.splitlines()
        ]

    write(content.parents[1], "drugs/one.md", more="\nMore.\n")
    assert found("--changed") == ["content/drugs/one.md W208"]
    write(content.parents[1], "drugs/two.md", more="\n[One](one.md) and [none](nowhere.md).\n")
    git("commit", "-am", "A link")
    git("mv", "site/content/drugs/one.md", "site/content/drugs/other.md")
    broken = ["content/drugs/other.md W208", "content/drugs/two.md E405"]
    assert sorted(found("--changed")) == broken, (
        "of two broken links, only that to the renamed file"
    )
    assert found("content/drugs/other.md", "--changed") == broken[:1]
    git("mv", "site/content/drugs/other.md", "site/content/drugs/one.md")
    write(content.parents[1], "drugs/one.md", more="\nMore still.\n")
    write(content.parents[1], "new.md")
    assert found("content/new.md", "--changed") == ["content/new.md W208"]
    assert found("--changed", "--content", "site/content", cwd=content.parents[1]) == [
        "site/content/drugs/one.md W208",
        "site/content/new.md W208",
    ]
    (content / "site.yaml").write_text("titel: Ours\n", encoding="utf-8")
    assert found("--changed=HEAD", "--select", "E") == ["content/site.yaml E032"]


def test_the_variables_of_git_hooks_are_ignored(
    git: Git, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(content.parents[1], "drugs/one.md", more="\nMore.\n")
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert files_changed_since(content) == {"drugs/one.md"}


def test_an_unknown_revision_is_a_usage_error(git: Git, content: Path, tmp_path: Path) -> None:
    result = run_cli("check", "--changed", "nobody/knows", cwd=content.parent)
    assert (result.returncode, result.stdout) == (2, "")
    assert "git knows no revision 'nobody/knows'" in result.stderr
    result = run_cli("check", "--changed", "content/drugs", cwd=content.parent)
    assert "write paths before --changed" in result.stderr
    for odd in ("--output=x", "-x"):
        with pytest.raises(UsageProblem, match="no revision"):
            files_changed_since(content, odd)
    (tmp_path / "content").mkdir()
    result = run_cli("check", "--changed", cwd=tmp_path)
    assert result.returncode == 2
    assert "needs a git repository" in result.stderr


def test_no_commit_no_common_history_and_a_shallow_clone(
    git: Git, content: Path, tmp_path: Path
) -> None:
    git("init", "-b", "main", tmp_path / "empty")
    (tmp_path / "empty/content").mkdir()
    with pytest.raises(UsageProblem, match="there is no commit yet"):
        files_changed_since(tmp_path / "empty/content")
    git("switch", "--orphan", "other")
    git("commit", "--allow-empty", "-m", "other")
    content.mkdir(parents=True, exist_ok=True)
    with pytest.raises(UsageProblem, match="no history in common"):
        files_changed_since(content, "main")
    git("switch", "main")
    git("switch", "-c", "mine")
    git("commit", "--allow-empty", "-m", "mine")
    git("switch", "main")
    git("commit", "--allow-empty", "-m", "theirs")
    clone = tmp_path / "clone"
    git("clone", "--depth", "1", "--no-single-branch", f"file://{content.parents[1]}", clone)
    with pytest.raises(
        UsageProblem, match=r"no revision 'v1', and this clone is shallow.*fetch-depth: 0"
    ):
        files_changed_since(clone / content.relative_to(content.parents[1]), "v1")
    git("switch", "mine", cwd=clone)
    with pytest.raises(UsageProblem, match="fetch-depth: 0"):
        files_changed_since(clone / "site/content", "main")


def test_without_git(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageProblem, match="needs git, which is not installed"):
        files_changed_since(content)


def test_a_repository_of_another_user_is_explained(
    git: Git, content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageProblem, match=rf"safe\.directory {content.parents[1]}`"):
        files_changed_since(content)
