"""Which content files changed since a revision of git: for pre-commit hooks and pull requests."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..model.errors import UsageProblem

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_HOOKS = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"))


def changed(content: Path, revision: str = "HEAD") -> frozenset[str]:
    """The files below a content folder that differ from a revision, by content path, whether
    committed, staged, merely written or not yet known to git; renamed files under their new name.

    On a branch it is compared with the commit where it left `revision`, so that what others did
    there since is nobody's change here. Raises `UsageProblem`.
    """
    done = _git(content, "rev-parse", "--show-toplevel")
    if done.returncode:
        raise UsageProblem(
            f"--changed needs a git repository, and {str(content)!r} is in none: {_said(done)}"
        )
    base = _merge_base(content, revision)
    # The work tree against the commit: staged or not makes no difference. A rename is a file that
    # is new.
    known = _paths(
        content,
        "diff",
        "--name-only",
        "--no-renames",
        "--no-ext-diff",
        "--relative",
        "--diff-filter=d",
        base,
    )
    return known | _paths(content, "ls-files", "--others", "--exclude-standard")


def top(content: Path) -> Path | None:
    """The top folder of the work tree a content folder lies in; None where there is none. git is
    not asked."""
    place = content.resolve()
    return next((folder for folder in (place, *place.parents) if (folder / ".git").exists()), None)


def _merge_base(content: Path, revision: str) -> str:
    if _git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    ).returncode:
        what = (
            "there is no commit yet"
            if revision == "HEAD"
            else f"git knows no revision {revision!r}"
        )
        raise UsageProblem(
            f"--changed: {what}; name a commit, a branch or a tag, and fetch it if it is elsewhere"
        )
    done = _git(content, "merge-base", "--end-of-options", revision, "HEAD")
    if not done.returncode:
        return done.stdout.strip()
    if _git(content, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
        raise UsageProblem(
            f"--changed: this clone is shallow and ends before the commit it shares with {revision!r}; fetch more of "
            "its history (`git fetch --unshallow`; `fetch-depth: 0` of actions/checkout)"
        )
    raise UsageProblem(f"--changed: {revision!r} and the present commit have no history in common")


def _paths(content: Path, *arguments: str) -> frozenset[str]:
    done = _git(content, arguments[0], "-z", *arguments[1:])
    if done.returncode:
        raise UsageProblem(f"--changed: git can't tell what changed: {_said(done)}")
    return frozenset(filter(None, done.stdout.split("\0")))


def _git(folder: Path, *arguments: str) -> CompletedProcess[str]:
    """Run git in a folder. What a hook is told of the repository is relative to another place, so
    it is left out."""
    import subprocess  # 4 ms, and no other command should wait for it

    environment = {key: value for key, value in os.environ.items() if key not in _HOOKS}
    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False,
            encoding="utf-8", errors="surrogateescape",
        )  # fmt: skip
    except FileNotFoundError:
        raise UsageProblem("--changed needs the program git, and there is none here") from None


def _said(done: CompletedProcess[str]) -> str:
    return done.stderr.strip().partition("\n")[0] or f"git ended with status {done.returncode}"
