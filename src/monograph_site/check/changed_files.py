"""The content files that differ from a git revision: for pre-commit hooks and pull requests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.errors import UsageProblem

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_SET_BY_HOOKS = frozenset(
    ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
)
"""Variables that git sets for its hooks, relative to another folder."""

FETCH_MORE = "fetch more history: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout"
"""What to do where a shallow clone does not have a commit."""


def files_changed_since(content: Path, revision: str = "HEAD") -> frozenset[str]:
    """The files below a content folder that differ from a revision, by content path: committed,
    staged, unstaged and untracked changes. A renamed file has its new name.

    The comparison is with the commit where the present branch left `revision`, so that changes made
    there since do not count. Raises UsageProblem where git or the revision is missing.
    """
    result = run_git(content, "rev-parse", "--show-toplevel")
    if "dubious ownership" in result.stderr:
        raise UsageProblem(
            "--changed: git refuses a repository that belongs to another user, as in a container; "
            f"allow it with `git config --global --add safe.directory {work_tree(content)}` (or '*' "
            "for all)"
        )
    if result.returncode:
        raise UsageProblem(
            f"--changed needs a git repository, and {str(content)!r} is not in one: "
            f"{_error_of(result)}"
        )
    base = _merge_base(content, revision)
    # The work tree is compared with the commit: it does not matter what is staged. A renamed file
    # counts as a new one.
    options = "--name-only --no-renames --no-ext-diff --relative --diff-filter=d".split()
    tracked = _paths(content, "diff", *options, base)
    return tracked | _paths(content, "ls-files", "--others", "--exclude-standard")


def files_removed_since(content: Path, revision: str = "HEAD") -> frozenset[str]:
    """The content paths that a revision has and the content folder does not: of files that were
    deleted or renamed. Raises UsageProblem as `files_changed_since`."""
    base = _merge_base(content, revision)
    options = "--name-only --no-renames --no-ext-diff --relative --diff-filter=D".split()
    return _paths(content, "diff", *options, base)


def work_tree(content: Path) -> Path | None:
    """The top folder of the git work tree that holds a content folder; None where there is none.
    Does not run git."""
    resolved = content.resolve()
    folders = (resolved, *resolved.parents)
    return next((folder for folder in folders if (folder / ".git").exists()), None)


def _merge_base(content: Path, revision: str) -> str:
    if run_git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).returncode:
        problem = f"git knows no revision {revision!r}"
        if revision == "HEAD":
            problem = "there is no commit yet"
        elif _is_shallow(content):
            problem += f", and this clone is shallow ({FETCH_MORE})"
        raise UsageProblem(
            f"--changed: {problem}; name a commit, branch or tag, and fetch it if need be"
        )
    result = run_git(content, "merge-base", "--end-of-options", revision, "HEAD")
    if not result.returncode:
        return result.stdout.strip()
    if _is_shallow(content):
        raise UsageProblem(
            "--changed: this clone is shallow and does not reach the commit it shares with "
            f"{revision!r}; {FETCH_MORE}"
        )
    raise UsageProblem(f"--changed: {revision!r} and the present commit have no history in common")


def _is_shallow(content: Path) -> bool:
    return run_git(content, "rev-parse", "--is-shallow-repository").stdout.strip() == "true"


def _paths(content: Path, *arguments: str) -> frozenset[str]:
    """The paths that a git command lists."""
    result = run_git(content, arguments[0], "-z", *arguments[1:])
    if result.returncode:
        raise UsageProblem(f"--changed: git can't list the changes: {_error_of(result)}")
    return frozenset(filter(None, result.stdout.split("\0")))


def git_environment() -> dict[str, str]:
    """The environment for git: that of this process without what git sets for its hooks."""
    return {key: value for key, value in os.environ.items() if key not in _SET_BY_HOOKS}


def run_git(folder: Path, *arguments: str) -> CompletedProcess[str]:
    """The result of a git command in a folder, whichever hook runs it. Raises UsageProblem where
    git is missing."""
    import subprocess  # takes 4 ms, and other checks do not need it

    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=git_environment(), capture_output=True, check=False,
            encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except FileNotFoundError:
        raise UsageProblem("this needs git, which is not installed") from None


def _error_of(result: CompletedProcess[str]) -> str:
    return result.stderr.strip().partition("\n")[0] or f"git ended with status {result.returncode}"
