"""Names that look alike: which are near, and that looking for them does not compare all with all."""

from __future__ import annotations

import random

from helpers import processor_limit
from monograph_site.rules.across._names import near, reported


def test_reported_pairs_hold_both_ways() -> None:
    pairs = reported()
    assert pairs["prednisone"] == {"prednisolone"}
    assert pairs["clonazepam"] >= {"clonidine", "lorazepam", "clobazam"}
    assert all(name in pairs[other] for name, others in pairs.items() for other in others)
    assert all(
        name.isalpha() and name.islower() and name not in others for name, others in pairs.items()
    )


def test_near_names_are_one_or_two_letters_apart_and_no_spellings() -> None:
    names = [
        "examplin",
        "examplon",
        "exampilin",
        "examphlin",
        "examflin",
        "zexamplin",
        "exam",
        "exan",
        "exampline",
    ]
    found = set(near(names))
    assert ("examplin", "examplon") in found
    assert ("exampilin", "examplin") in found
    assert ("examflin", "examphlin") not in found, "two spellings"
    assert ("examplin", "exampline") not in found, "two spellings"
    assert not any("exam" in pair or "zexamplin" in pair for pair in found)


def test_ten_thousand_names_take_less_than_comparing_all_with_all() -> None:
    made = random.Random(7)
    parts = ["ba", "ce", "di", "fo", "gu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "xi", "zo"]
    names = ["".join(made.choice(parts) for _ in range(5)) for _ in range(10_000)]
    with processor_limit(5):  # fifty million comparisons take far longer
        assert list(near(names))
