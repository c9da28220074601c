"""The content of two revisions in git, and the pages that differ between them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType

from msgspec import Struct

from ..check.changed_files import FETCH_MORE, git_environment, run_git
from ..config import Config, load_config, read_settings
from ..config.settings_file import is_settings_path
from ..model.errors import UsageProblem
from ..model.files import DATA_SUFFIXES, SOURCE_SUFFIXES

WORK_TREE = ""
"""The name of the files as they are now, in place of a revision."""
MIN_RENAME_SIMILARITY = 50
"""Per cent of a file that must be the same for it to count as renamed; git's own default."""


class FilePair(Struct, frozen=True):
    """A content file that differs between two revisions."""

    before: str
    """Its content path before, '' where it is new."""
    after: str
    """Its content path after, '' where it is gone."""


class Revision:
    """The content folder at a revision: a temporary copy of what is needed of it, or the folder
    itself. Use it in a `with` statement."""

    def __init__(self, content: Path, commit: str) -> None:
        self.commit = commit
        self._content = content
        self._copy = TemporaryDirectory(prefix="monograph-site-") if commit else None
        self.folder = Path(self._copy.name) if self._copy else content
        self._config: Config | None = None

    def __enter__(self) -> Revision:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._copy:
            self._copy.cleanup()

    def paths(self) -> tuple[str, ...]:
        """The content path of every file."""
        if not self.commit:
            listed = _lines(self._content, "ls-files", "-z", "--cached", "--others",
                            "--exclude-standard")  # fmt: skip
            return tuple(path for path in listed if (self._content / path).is_file())
        return tuple(_lines(self._content, "ls-tree", "-r", "-z", "--name-only", self.commit))

    def fetch(self, paths: Iterable[str]) -> None:
        """Have the files at these content paths in `folder`. Raises UsageProblem where git cannot
        give one."""
        if not self.commit:
            return
        # git takes one name a line: a file whose name holds a line end is no page either
        wanted = [path for path in dict.fromkeys(paths) if "\n" not in path]
        prefix = run_git(self._content, "rev-parse", "--show-prefix").stdout.strip("\n")
        names = "".join(f"{self.commit}:{prefix}{path}\n" for path in wanted)
        result = subprocess.run(
            ["git", "cat-file", "--batch"],
            cwd=self._content,
            env=git_environment(),
            input=names.encode("utf-8", "surrogateescape"),
            capture_output=True,
            check=False,
        )
        if result.returncode:
            raise UsageProblem(f"diff: git can't read {self.commit}: {result.stderr.decode()}")
        for path, data in zip(wanted, _blobs(result.stdout), strict=False):
            if data is not None:
                target = self.folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)

    @property
    def config(self) -> Config:
        """Its settings, with the fragments that pages include."""
        if self._config is None:
            self.fetch(path for path in self.paths() if is_settings_path(path))
            self._config, _ = load_config(read_settings(self.folder))
        return self._config


def _blobs(output: bytes) -> Iterator[bytes | None]:
    """The contents that `git cat-file --batch` prints, None for one that is missing."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        header = output[at:end].split(b" ")
        at = end + 1
        if header[-1] == b"missing" or len(header) < 3:
            yield None
            continue
        size = int(header[-1])
        yield output[at : at + size]
        at += size + 1


def read_range(content: Path, text: str) -> tuple[str, str]:
    """The commits of `REV`, `REV..REV` or `REV...REV`: before and after. `WORK_TREE` stands for the
    files as they are. With three dots, the first is the commit where both part, as in git.

    Raises UsageProblem for a revision that git does not know.
    """
    if run_git(content, "rev-parse", "--show-toplevel").returncode:
        raise UsageProblem(f"diff needs a git repository, and {str(content)!r} is not in one")
    dots = "..." if "..." in text else ".."
    first, separator, second = text.partition(dots)
    before = _commit(content, first or "HEAD")
    if not separator:
        return before, WORK_TREE
    after = _commit(content, second or "HEAD")
    if dots == "...":
        base = run_git(content, "merge-base", before, after)
        if base.returncode:
            raise UsageProblem(f"diff: {text!r}: the revisions have no history in common")
        before = base.stdout.strip()
    return before, after


def _commit(content: Path, revision: str) -> str:
    result = run_git(
        content, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if result.returncode:
        advice = "name a commit, branch or tag, and fetch it if need be"
        if run_git(content, "rev-parse", "--is-shallow-repository").stdout.strip() == "true":
            advice = f"this clone is shallow; {FETCH_MORE}"
        if revision == "HEAD":
            raise UsageProblem("diff: there is no commit yet to compare with; make one first")
        raise UsageProblem(f"diff: git knows no revision {revision!r}; {advice}")
    return result.stdout.strip()


def changed_files(content: Path, before: str, after: str) -> tuple[FilePair, ...]:
    """The files of the content folder that differ between two commits, or a commit and the files as
    they are; untracked files count as new ones."""
    options = ["-z", "--name-status", "--no-ext-diff", "--relative",
               f"--find-renames={MIN_RENAME_SIMILARITY}%"]  # fmt: skip
    words = iter(_lines(content, "diff", *options, *filter(None, (before, after)), "--"))
    pairs: list[FilePair] = []
    for status in words:
        path = next(words)
        if status[0] in "RC":
            pairs.append(FilePair(path if status[0] == "R" else "", next(words)))
        else:
            pairs.append(
                FilePair(path if status[0] != "A" else "", path if status[0] != "D" else "")
            )
    if not after:
        untracked = _lines(content, "ls-files", "-z", "--others", "--exclude-standard")
        pairs += (FilePair("", path) for path in untracked)
    return tuple(sorted(pairs, key=lambda pair: pair.after or pair.before))


def is_page(path: str) -> bool:
    """Whether a file may be a page."""
    return path.endswith(SOURCE_SUFFIXES)


def is_shared(path: str) -> bool:
    """Whether many pages may depend on a file: settings, fragments and data files."""
    return is_settings_path(path) or path.endswith(DATA_SUFFIXES)


def _lines(content: Path, *arguments: str) -> list[str]:
    result = run_git(content, *arguments)
    if result.returncode:
        raise UsageProblem(f"diff: git {arguments[0]} failed: {result.stderr.strip()}")
    return [word for word in result.stdout.split("\0") if word]
