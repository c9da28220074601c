"""Progress on one line of a terminal: a bar with stage, count, rate and time left."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

BAR_WIDTH = 24
"""Characters of the bar."""
MIN_PAUSE = 0.1
"""Seconds between two changes of the line."""
MIN_SECONDS = 0.5
"""Seconds of a stage after which its rate is worth showing."""


class ProgressBar:
    """Shows how far the present stage is, and clears its line at the end of it."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds."""
        self._stream, self._clock = stream, clock
        self._stage = ""
        self._start = self._shown = 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """See `build.summary.Progress`."""
        now = self._clock()
        if stage != self._stage:
            self._stage, self._start, self._shown = stage, now, now - MIN_PAUSE
        if done >= total:
            self._write("")
        elif now - self._shown >= MIN_PAUSE:
            self._shown = now
            self._write(progress_line(stage, done, total, now - self._start))

    def _write(self, text: str) -> None:
        self._stream.write(f"\r\x1b[K{text}")
        self._stream.flush()


def progress_line(stage: str, done: int, total: int, seconds: float) -> str:
    """The line for a stage in which `done` of `total` items took some seconds."""
    filled = BAR_WIDTH * done // total
    line = f"{stage} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {done:,} of {total:,}"
    if seconds < MIN_SECONDS or not done:
        return line
    rate = done / seconds
    minutes, rest = divmod(round((total - done) / rate), 60)
    left = f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{line}, {rate:,.0f}/s, {left} left"
