"""How often each finding occurs in two real formularies, so that no change of it goes unnoticed.

To update the figures: `python tests/rules/test_corpus_counts.py`, then review `git diff`.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from formularies import SHARED_NAMES, Formularies, build_once
from helpers import ROOT

COUNTS = Path(__file__).with_suffix(".json")

WHOLE = {"labelled": 3840, "sectioned": 4260}
COUNTED: dict[str, tuple[int | None, int | None]] = {
    "no-section": (242, 2),
    "truncated-text": (10, 1),
    "ai-residue": (20, 2),
    "placeholder": (3, 1),
    "prompt-residue": (258, 296),
    "hypothetical": (268, 2),
    "banned-in-text": (None, 12),
    "faq-repaired": (None, 4228),
    "title-differs": (None, 26),
    "unbalanced-bold": (4, 2),
    "pregnancy-categories": (14, 38),
    "list-as-code": (0, 4),
}
"""By finding, the files of each whole formulary in which it was counted by other means, as the
README of the corpus gives them; None: no figure. The corpus has 980 and 1,074 of these files, and
our count must be near their share."""
EXPLAINED = {
    (
        "labelled",
        "no-section",
    ): "the sample has few: 22 of its files have no line that starts with a known label",
    (
        "labelled",
        "pregnancy-categories",
    ): "letters of two ingredients, or trimesters, are not at odds: all were read",
    (
        "sectioned",
        "pregnancy-categories",
    ): "the same: seven pages of two ingredients, five that name the time",
    (
        "labelled",
        "truncated-text",
    ): "the sample has nine of the ten; all nine were read, and break off",
}
"""Where our count is not near that share, and why."""


def count_findings(findings: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    """How many findings there are of each kind (code and name), and in how many files."""
    counts, files = Counter[str](), dict[str, set[str]]()
    for finding in findings:
        kind = f"{finding['code']} {finding['name']}"
        counts[kind] += 1
        files.setdefault(kind, set()).add(finding["path"])
    return {
        kind: [counts[kind], len(files[kind])] for kind in sorted(counts, key=lambda kind: kind[1:])
    }


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED_NAMES)
def test_counts(name: str, formulary: Formularies) -> None:
    ours = count_findings(formulary(name).summary["diagnostics"])
    kept = json.loads(COUNTS.read_text(encoding="utf-8"))[name]
    changed = {
        kind: (kept.get(kind), ours.get(kind))
        for kind in kept | ours
        if kept.get(kind) != ours.get(kind)
    }
    assert not changed, (
        f"findings and files, before and now; if right: python {COUNTS.with_suffix('.py').name}"
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED_NAMES)
@pytest.mark.parametrize("finding", COUNTED)
def test_counts_are_near_independent_counts(
    name: str, finding: str, formulary: Formularies
) -> None:
    whole = COUNTED[finding][SHARED_NAMES.index(name)]
    if whole is None or (name, finding) in EXPLAINED:
        return
    built = formulary(name)
    files = {
        kind.split()[1]: files
        for kind, (_, files) in count_findings(built.summary["diagnostics"]).items()
    }
    ours = files.get(finding, 0)
    share = len(built.files) / WHOLE[name]
    # A sample of a quarter: a count of n is expected within three standard deviations of a binomial
    # one.
    slack = 3 * (whole * share * (1 - share)) ** 0.5 + 1
    assert abs(ours - whole * share) <= slack, (
        f"{ours} files, {whole * share:.1f} ± {slack:.1f} expected"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        corpus = ROOT.parent / "shared" / "corpus"
        built = {name: build_once(name, corpus / name, Path(folder)) for name in SHARED_NAMES}
    counts = {
        name: count_findings(formulary.summary["diagnostics"]) for name, formulary in built.items()
    }
    COUNTS.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{COUNTS} is written; review it with git diff\n")
