"""repeated-section (W113)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.parts import Part
from ...loader.sections import normalise
from ...model.finding import Problem
from .. import rule

_MAY_REPEAT = frozenset(
    {"other", "preamble", "names", "warnings", "pharmacology", "how_to_take", "how_it_works"}
)
"""Keys that different headings share with good reason: generic and brand names, warnings and
precautions."""
_COMMON_WORDS = frozenset(
    "a adverse and breastfeeding contra contraindication contraindications dosage dose doses "
    "dosing drug effect effects faq faqs frequently asked questions in indication indications "
    "interaction interactions lactation of posology pregnancy profile reactions side summary the "
    "undesirable usage use uses".split()
)
"""Words that do not tell two sections apart, as `Adult` and `Off-label` do (`Adult dosage`)."""


@rule("W113", "repeated-section")
def repeated_section(page: Draft) -> Iterator[Problem]:
    """A section appears twice on a page, for the same drug.

    Why it matters: the two may contradict each other, and many readers stop at the first.

    Wrong: `## Side effects` at the top and `## Side effects` again at the end.

    Right: one section; on a page about several drugs, each drug's name as a heading above its
    sections.

    How to fix: merge the two, or say in the heading how they differ.
    """
    if page.kind == "page":
        return
    seen: dict[tuple[str, str | None], Part] = {}
    for part in page.content:
        if not part.heading:
            continue
        key = part.heading.casefold() if part.key in _MAY_REPEAT else part.key
        first = seen.setdefault((key, part.subject), part)
        if first is not part and _say_the_same(normalise(first.heading), normalise(part.heading)):
            subject = f" of {part.subject!r}" if part.subject else ""
            text = f"{part.heading!r}{subject} repeats {first.heading!r} on line {first.line}."
            yield page.at(part.line, f"{text}\nMerge the two sections.")


def _say_the_same(heading: str, other: str) -> bool:
    """Whether two headings with the same key name no difference."""
    return heading == other or _COMMON_WORDS.issuperset(re.findall(r"[\w-]+", f"{heading} {other}"))
