"""Findings in two real formularies that were read by eye: how many of each kind are right.

A line of `readings.jsonl` has the formulary, the file, its line, the code, the verdict and, where it
is not plain, the reason. Verdicts: `right`; `wrong`, which counts against the rule; `fixed`, a
finding that was wrong and must not come back. After a change of a rule, read what is new and add it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from formularies import SHARED_NAMES, Formularies

READINGS = [
    json.loads(line)
    for line in Path(__file__).with_name("readings.jsonl").read_text(encoding="utf-8").splitlines()
]
MIN_READ = 22
"""Findings of a code that must have been read, where there are as many."""
MIN_RIGHT = {"E": 0.99, "W": 0.95}
"""Share of the readings that must be right, by the first letter of the code."""

Place = tuple[str, str, str, int]
"""Formulary, code, file, line."""


@pytest.fixture(scope="module")
def today(formulary: Formularies) -> Counter[Place]:
    """The errors and warnings about files, as they are found today, by place."""
    return Counter(
        (name, finding["code"], finding["path"], finding["line"])
        for name in SHARED_NAMES
        for finding in formulary(name).summary["diagnostics"]
        if finding["severity"] != "info" and finding["path"]
    )


def place_of(reading: dict[str, str | int]) -> Place:
    return (
        str(reading["formulary"]),
        str(reading["code"]),
        str(reading["file"]),
        int(reading["line"]),
    )


def read(*verdicts: str) -> list[Place]:
    return [place_of(reading) for reading in READINGS if reading["verdict"] in verdicts]


def test_each_place_is_read_once() -> None:
    assert len(set(map(place_of, READINGS))) == len(READINGS)
    assert {reading["verdict"] for reading in READINGS} <= {"right", "wrong", "fixed"}


def test_the_share_of_right_readings_is_high_enough() -> None:
    right = Counter(code for _, code, _, _ in read("right"))
    all_read = Counter(code for _, code, _, _ in read("right", "wrong"))
    shares = {code: right[code] / number for code, number in all_read.items()}
    assert len(shares) > 15
    assert not {code: share for code, share in shares.items() if share < MIN_RIGHT[code[0]]}


@pytest.mark.shared
def test_what_was_right_is_still_found_and_what_was_fixed_is_not(today: Counter[Place]) -> None:
    assert [place for place in read("right", "wrong") if not today[place]] == []
    assert [place for place in read("fixed") if today[place]] == []


@pytest.mark.shared
def test_enough_of_todays_findings_were_read(today: Counter[Place]) -> None:
    places_read = set(read("right", "wrong"))
    found, seen = Counter[str](), Counter[str]()
    for place, number in today.items():
        found[place[1]] += number
        seen[place[1]] += number if place in places_read else 0
    missing = {code: seen[code] for code in found if seen[code] < min(MIN_READ, found[code])}
    assert not missing, "findings read, by code; read more of them"
