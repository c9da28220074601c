"""Progress on one line of a terminal."""

from __future__ import annotations

import io

from monograph_site.cli.progress import MIN_PAUSE, ProgressBar, progress_line


def test_the_line_has_stage_count_rate_and_time_left() -> None:
    assert progress_line("reading", 250, 1000, 2.5) == (
        "reading [######..................] 250 of 1,000, 100/s, 8 s left"
    )
    assert progress_line("rendering", 100, 10_000, 2.0).endswith(", 50/s, 3 min 18 s left")


def test_no_rate_is_stated_before_it_is_known() -> None:
    assert progress_line("reading", 1, 4, 0.01) == "reading [######..................] 1 of 4"


def test_the_bar_is_shown_now_and_then_and_cleared_at_the_end() -> None:
    stream, times = io.StringIO(), iter([0.0, MIN_PAUSE / 2, MIN_PAUSE, MIN_PAUSE * 1.1, 9.0])
    bar = ProgressBar(stream, lambda: next(times))
    for done in range(1, 5):
        bar("reading", done, 5)
    bar("reading", 5, 5)
    shown = stream.getvalue().split("\r\x1b[K")
    assert [line.split("] ")[-1] for line in shown] == ["", "1 of 5", "3 of 5", ""]


def test_each_stage_has_its_own_rate() -> None:
    stream, times = io.StringIO(), iter([0.0, 1.0, 50.0, 51.0])
    bar = ProgressBar(stream, lambda: next(times))
    for stage in ("reading", "rendering"):
        bar(stage, 0, 100)
        bar(stage, 10, 100)
    assert [line for line in stream.getvalue().split("\r\x1b[K") if "left" in line] == [
        "reading [##......................] 10 of 100, 10/s, 9 s left",
        "rendering [##......................] 10 of 100, 10/s, 9 s left",
    ]
