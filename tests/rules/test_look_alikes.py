"""Look-alike names: which names are similar, without comparing every name with every other."""

from __future__ import annotations

import random

from helpers import processor_limit
from monograph_site.rules._names import similar_pairs
from monograph_site.site.look_alikes import look_alikes


def test_look_alikes_are_listed_for_both_names() -> None:
    pairs = look_alikes()
    assert pairs["prednisone"] == {"prednisolone"}
    assert pairs["clonazepam"] >= {"clonidine", "lorazepam", "clobazam"}
    assert all(name in pairs[other] for name, others in pairs.items() for other in others)
    assert all(
        name.isalpha() and name.islower() and name not in others for name, others in pairs.items()
    )


def test_similar_names_are_one_or_two_edits_apart_and_not_spellings_of_one_name() -> None:
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
    pairs = set(similar_pairs(names))
    assert ("examplin", "examplon") in pairs
    assert ("exampilin", "examplin") in pairs
    assert ("examflin", "examphlin") not in pairs, "two spellings"
    assert ("examplin", "exampline") not in pairs, "two spellings"
    assert not any("exam" in pair or "zexamplin" in pair for pair in pairs)


def test_ten_thousand_names_are_not_all_compared_with_each_other() -> None:
    generator = random.Random(7)
    parts = ["ba", "ce", "di", "fo", "gu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "xi", "zo"]
    names = ["".join(generator.choice(parts) for _ in range(5)) for _ in range(10_000)]
    with processor_limit(5):  # fifty million comparisons take far longer
        assert list(similar_pairs(names))
