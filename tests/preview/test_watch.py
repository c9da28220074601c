"""Watching folders: which changes are reported, which are not, and a system without events."""

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

Calls = list[frozenset[Path] | None]


@contextmanager
def watched(
    *folders: Path, ignored: tuple[Path, ...] = (), failures: list[str] | None = None
) -> Iterator[Calls]:
    """Watch in a thread; the paths of the calls so far."""
    calls: Calls = []
    stop = threading.Event()
    failed = [] if failures is None else failures
    thread = threading.Thread(
        target=watching.watch,
        args=(folders, calls.append, stop),
        kwargs={"ignored": ignored, "on_failure": failed.append},
    )
    thread.start()
    yield calls
    stop.set()
    thread.join(HANG_SECONDS)
    assert not thread.is_alive()


def named(calls: Calls) -> set[str]:
    return {path.name for paths in calls for path in paths or ()}


def save_until_named(file: Path, calls: Calls) -> None:
    """Save a file, again and again until a save is reported: the watch may not be set up yet."""
    saves = itertools.count()

    def is_named() -> bool:
        if next(saves) % 20 == 0:
            file.write_text("a")
        return file.name in named(calls)

    wait_until(is_named)


def test_a_file_is_named_by_the_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the look at everything, which names none and does not come here."""
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 10 * HANG_SECONDS)
    with watched(tmp_path) as calls:
        save_until_named(tmp_path / "a.md", calls)
        assert None not in calls


def test_saves_in_quick_succession_are_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With long pauses between what counts as two, so that a busy machine makes none."""
    monkeypatch.setattr(watching, "QUIET_MS", 500)
    monkeypatch.setattr(watching, "MAX_DELAY_MS", 100_000)
    with watched(tmp_path) as calls:
        save_until_named(tmp_path / "first.md", calls)
        for number in range(20):
            (tmp_path / "a.md").write_text(str(number))
        wait_until(lambda: "a.md" in named(calls))
        assert sum("a.md" in named([paths]) for paths in calls) < 10


def test_swap_files_and_ignored_folders_do_not_count(tmp_path: Path) -> None:
    build = tmp_path / "build"
    (build / "in").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    with watched(tmp_path, ignored=(build,)) as calls:
        save_until_named(tmp_path / "a.md", calls)
        (tmp_path / ".a.md.swp").write_text("a")
        (tmp_path / ".git" / "index").write_text("a")
        (build / "in" / "a.html").write_text("a")
        save_until_named(tmp_path / "b.md", calls)  # events come in the order of the changes
        assert named(calls) == {"a.md", "b.md"}


def test_a_folder_below_a_hidden_one_is_watched(tmp_path: Path) -> None:
    folder = tmp_path / ".hidden" / "content"
    folder.mkdir(parents=True)
    with watched(folder) as calls:
        save_until_named(folder / "a.md", calls)
        assert named(calls) == {"a.md"}


def test_a_lost_event_is_made_up_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system reports only changes that do not count, everything is looked at every
    `RESCAN_SECONDS` seconds."""

    def silent(*_: Any, **given: Any) -> Iterator[set[tuple[int, str]]]:
        while not given["stop_event"].wait(0.01):
            yield {(1, str(tmp_path / ".git" / "index"))}

    monkeypatch.setattr(watching.watchfiles, "watch", silent)
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    with watched(tmp_path) as calls:
        wait_until(lambda: len(calls) > 3)
        assert set(calls) == {None}


def test_without_events_changes_are_looked_for_at_intervals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Iterator[Any]:
        raise OSError("the limit of watches is reached")

    failures: list[str] = []
    monkeypatch.setattr(watching.watchfiles, "watch", broken)
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    with watched(tmp_path, failures=failures) as calls:
        wait_until(lambda: len(calls) > 3)
    assert failures == ["the limit of watches is reached"]


def test_a_folder_that_comes_goes_and_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "RESCAN_SECONDS", 0.1)
    folder = tmp_path / "content"
    with watched(folder) as calls:
        for number in range(3):
            folder.mkdir()
            save_until_named(folder / f"{number}.md", calls)
            calls.clear()
            folder.rename(tmp_path / f"old-{number}")
            wait_until(lambda: None in calls)
