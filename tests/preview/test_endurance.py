"""A preview lasts: memory stays flat over many edits, every way to save a file is seen, and many
requests a second are answered while files are edited."""

from __future__ import annotations

import subprocess
import sys

import pytest

from helpers import HANG_SECONDS, ROOT, usually


def run(script: str, *arguments: object) -> str:
    """The output of a benchmark, which must end with status 0."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / script), *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=usually(HANG_SECONDS, nightly=4 * HANG_SECONDS),
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_memory_stays_flat() -> None:
    count = usually(400, nightly=10_000)
    assert f"{count:,} edits" in run("endurance.py", "edits", "--count", count)


@pytest.mark.slow
def test_a_day_of_saves_in_five_ways() -> None:
    hours = usually(1, nightly=24)
    assert "different from a clean build: none" in run("endurance.py", "day", "--hours", hours)


@pytest.mark.slow
def test_requests_are_answered_while_files_are_edited() -> None:
    """Whole pages of one edit each, and no other answer; the rate is a matter of the machine."""
    seconds, rate = usually(3, nightly=30), usually(100, nightly=1_000)
    output = run("serve_load.py", "--seconds", seconds, "--rate", rate)
    assert "faults none" in output
