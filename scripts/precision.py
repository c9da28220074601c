"""Write docs/precision.md: how many findings that somebody read were right, by code.

    .venv/bin/python scripts/precision.py

The readings are `tests/rules/readings.jsonl`, the formularies and sites `tests/rules/corpora.json`.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from monograph_site.check.kinds import findings

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "precision.md"
READINGS = ROOT / "tests" / "rules" / "readings.jsonl"
CORPORA = ROOT / "tests" / "rules" / "corpora.json"

_INTRODUCTION = """\
# How often findings are right

Each line of `tests/rules/readings.jsonl` is a finding that was read by eye, in its paragraph, on the
question whether an editor would agree that it is a fault, at that place, with that message. The
samples are random, spread over the formularies and sites below. *Right* and *wrong* are the findings
that the rules give today; *fixed* are wrong ones that they no longer give. The rules were corrected
on these samples: on pages that nobody has read, the share is lower. This page is written by
`scripts/precision.py`.

Of the errors that were read, {errors}; of the warnings, {warnings}.

| Code | Finding | Read | Right | Share | Fixed | Read in |
| --- | --- | ---: | ---: | ---: | ---: | --- |
"""
_CORPORA = """
## Where findings were read

| Name | Repository | Commit | Folder |
| --- | --- | --- | --- |
"""


def current() -> str:
    """The document as the readings are now."""
    lines = READINGS.read_text(encoding="utf-8").splitlines()
    readings = [json.loads(line) for line in lines]
    counts = Counter((reading["code"], reading["verdict"]) for reading in readings)
    names = {kind.code: kind.name for kind in findings()}
    rows = []
    totals = {"E": Counter[str](), "W": Counter[str]()}
    for code in sorted({reading["code"] for reading in readings}, key=lambda code: (code[0], code)):
        right, wrong, fixed = (counts[code, verdict] for verdict in ("right", "wrong", "fixed"))
        totals[code[0]].update(right=right, read=right + wrong)
        corpora = sorted({one["corpus"] for one in readings if one["code"] == code})
        share = f"{right / (right + wrong):.0%}" if right + wrong else "–"
        rows.append(
            f"| {code} | {names[code]} | {right + wrong} | {right} | {share} | {fixed or ''} "
            f"| {', '.join(corpora)} |\n"
        )
    said = {
        name: f"{totals[letter]['right']:,} of {totals[letter]['read']:,} were right"
        for name, letter in (("errors", "E"), ("warnings", "W"))
    }
    return _INTRODUCTION.format(**said) + "".join(rows) + _CORPORA + "".join(_corpus_rows())


def _corpus_rows() -> list[str]:
    corpora = json.loads(CORPORA.read_text(encoding="utf-8"))
    return [
        f"| {name} | {corpus['repository']} | {corpus['commit'][:10]} | {corpus['folder'] or '.'} |\n"
        if "repository" in corpus
        else f"| {name} | a test formulary, not published here | – | – |\n"
        for name, corpus in corpora.items()
    ]


if __name__ == "__main__":
    DOCUMENT.write_text(current(), encoding="utf-8")
