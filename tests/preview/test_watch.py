"""Watching folders: what is told, what is not, and what happens where the system tells nothing."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from helpers import HANG_SECONDS, wait_until
from monograph_site.preview import watch as watching

Told = list[frozenset[Path] | None]


@contextmanager
def watched(
    *folders: Path, ignored: tuple[Path, ...] = (), failures: list[str] | None = None
) -> Iterator[Told]:
    """Watch in a thread; what was told so far."""
    told: Told = []
    stop = threading.Event()
    failed = [] if failures is None else failures
    thread = threading.Thread(
        target=watching.watch,
        args=(folders, told.append, stop),
        kwargs={"ignored": ignored, "on_failure": failed.append},
    )
    thread.start()
    yield told
    stop.set()
    thread.join(HANG_SECONDS)
    assert not thread.is_alive()


def named(told: Told) -> set[str]:
    return {path.name for paths in told for path in paths or ()}


def save_until_named(file: Path, told: Told) -> None:
    """Save a file, again and again until a save is told of: the watch may not stand yet."""
    saves = itertools.count()

    def is_named() -> bool:
        if next(saves) % 20 == 0:
            file.write_text("a")
        return file.name in named(told)

    wait_until(is_named)


def test_a_file_is_named_by_the_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the look at everything, which names none and does not come here."""
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 10 * HANG_SECONDS)
    with watched(tmp_path) as told:
        save_until_named(tmp_path / "a.md", told)
        assert None not in told


def test_saves_in_quick_succession_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With long pauses between what counts as two, so that a busy machine makes none."""
    monkeypatch.setattr(watching, "QUIET_MS", 500)
    monkeypatch.setattr(watching, "MAX_DELAY_MS", 100_000)
    with watched(tmp_path) as told:
        save_until_named(tmp_path / "first.md", told)
        for number in range(20):
            (tmp_path / "a.md").write_text(str(number))
        wait_until(lambda: "a.md" in named(told))
        assert sum("a.md" in named([paths]) for paths in told) < 10


def test_swap_files_and_ignored_folders_are_nothing(tmp_path: Path) -> None:
    aside = tmp_path / "build"
    (aside / "in").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    with watched(tmp_path, ignored=(aside,)) as told:
        save_until_named(tmp_path / "a.md", told)
        (tmp_path / ".a.md.swp").write_text("a")
        (tmp_path / ".git" / "index").write_text("a")
        (aside / "in" / "a.html").write_text("a")
        save_until_named(tmp_path / "b.md", told)  # events come in the order of the changes
        assert named(told) == {"a.md", "b.md"}


def test_a_folder_below_a_hidden_one_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / ".hidden" / "content"
    folder.mkdir(parents=True)
    with watched(folder) as told:
        save_until_named(folder / "a.md", told)
        assert named(told) == {"a.md"}


def test_a_lost_event_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system tells only of what does not count, there is a look at everything every
    `RESCAN_SECONDS` seconds."""

    def silent(*_: Any, **given: Any) -> Iterator[set[tuple[int, str]]]:
        while not given["stop_event"].wait(0.01):
            yield {(1, str(tmp_path / ".git" / "index"))}

    monkeypatch.setattr(watching.watchfiles, "watch", silent)
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    with watched(tmp_path) as told:
        wait_until(lambda: len(told) > 3)
        assert set(told) == {None}


def test_without_events_there_are_looks_at_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise OSError("the limit of watches is reached")

    failures: list[str] = []
    monkeypatch.setattr(watching.watchfiles, "watch", broken)
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    with watched(tmp_path, failures=failures) as told:
        wait_until(lambda: len(told) > 3)
    assert failures == ["the limit of watches is reached"]


def test_a_folder_that_comes_goes_and_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    folder = tmp_path / "content"
    with watched(folder) as told:
        for number in range(3):
            folder.mkdir()
            save_until_named(folder / f"{number}.md", told)
            told.clear()
            folder.rename(tmp_path / f"old-{number}")
            wait_until(lambda: None in told)
