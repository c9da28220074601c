"""Findings in real formularies and medical sites that were read by eye: how many of each kind are
right.

A line of `readings.jsonl` has the corpus (see `corpora.json`), the code, the file, its line, the
verdict and, where it is not plain, the reason. Verdicts: `right`; `wrong`, which counts against the
rule; `fixed`, a finding that was wrong and must not come back. After a change of a rule, read what is
new, add it, and run `python scripts/precision.py`.
"""

from __future__ import annotations

import json
import runpy
from collections import Counter
from pathlib import Path

import pytest

from formularies import SHARED_NAMES, Formularies
from helpers import ROOT

HERE = Path(__file__).parent
READINGS = [
    json.loads(line) for line in (HERE / "readings.jsonl").read_text(encoding="utf-8").splitlines()
]
CORPORA = json.loads((HERE / "corpora.json").read_text(encoding="utf-8"))
MIN_READ = 22
"""Findings of a code in the shared formularies that must have been read, where there are as many."""
MIN_COUNTED = 5
"""Readings of a code from which its share means something."""
MIN_RIGHT = {"E": 0.99, "W": 0.95}
"""Share of the readings that must be right, by the first letter of the code."""

Place = tuple[str, str, str, int]
"""Corpus, code, file, line."""


@pytest.fixture(scope="module")
def today(formulary: Formularies) -> Counter[Place]:
    """The errors and warnings about files of the shared formularies, as they are found today, by
    place."""
    return Counter(
        (name, finding["code"], finding["path"], finding["line"])
        for name in SHARED_NAMES
        for finding in formulary(name).summary["diagnostics"]
        if finding["severity"] != "info" and finding["path"]
    )


def place_of(reading: dict[str, str | int]) -> Place:
    return (
        str(reading["corpus"]),
        str(reading["code"]),
        str(reading["file"]),
        int(reading["line"]),
    )


def read(*verdicts: str) -> list[Place]:
    return [place_of(reading) for reading in READINGS if reading["verdict"] in verdicts]


def test_each_place_is_read_once() -> None:
    assert len(set(map(place_of, READINGS))) == len(READINGS)
    assert sorted(READINGS, key=place_of) == READINGS, "sorted, so that additions merge"
    assert {reading["verdict"] for reading in READINGS} <= {"right", "wrong", "fixed"}
    assert {str(reading["corpus"]) for reading in READINGS} == CORPORA.keys()
    assert all(reading.get("reason") for reading in READINGS if reading["verdict"] == "wrong")


def test_the_share_of_right_readings_is_high_enough() -> None:
    right = Counter(code for _, code, _, _ in read("right"))
    all_read = Counter(code for _, code, _, _ in read("right", "wrong"))
    shares = {
        code: right[code] / number for code, number in all_read.items() if number >= MIN_COUNTED
    }
    assert len(shares) > 40
    assert not {code: share for code, share in shares.items() if share < MIN_RIGHT[code[0]]}
    errors = [code for code in all_read if code[0] == "E"]
    assert sum(right[code] for code in errors) >= 0.99 * sum(all_read[code] for code in errors)


def test_the_table_of_shares_is_up_to_date() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "precision.py"))
    written = script["DOCUMENT"].read_text(encoding="utf-8")
    assert written == script["current"](), "run `python scripts/precision.py`"


@pytest.mark.shared
def test_what_was_right_is_still_found_and_what_was_fixed_is_not(today: Counter[Place]) -> None:
    still, gone = read("right", "wrong"), read("fixed")
    assert [place for place in still if place[0] in SHARED_NAMES and not today[place]] == []
    assert [place for place in gone if today[place]] == []


@pytest.mark.shared
def test_enough_of_todays_findings_were_read(today: Counter[Place]) -> None:
    places_read = set(read("right", "wrong"))
    found, seen = Counter[str](), Counter[str]()
    for place, number in today.items():
        found[place[1]] += number
        seen[place[1]] += number if place in places_read else 0
    missing = {code: seen[code] for code in found if seen[code] < min(MIN_READ, found[code])}
    assert not missing, "findings read, by code; read more of them"
