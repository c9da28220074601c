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
"""Keys that different headings have with good reason: generic and brand names, warnings and
precautions."""
_PLAIN = frozenset(
    "a adverse and breastfeeding contra contraindication contraindications dosage dose doses dosing drug effect "
    "effects faq faqs frequently asked questions in indication indications interaction interactions lactation of "
    "posology pregnancy profile reactions side summary the undesirable usage use uses".split()
)
"""Words of headings that tell of no difference, as others do (`Adult dosage`, `Off-label uses`)."""


@rule("W113", "repeated-section")
def repeated_section(page: Draft) -> Iterator[Problem]:
    """One section stands twice on a page, for one and the same drug.

    Why it matters: the two may contradict each other, and many readers stop at the first.

    Wrong: `## Side effects` at the top and `## Side effects` again at the end.

    Right: one section; on a page of several drugs, each drug's name as a heading above its
    sections.

    How to fix: merge the two, or say in the heading how they differ.
    """
    if page.kind == "page":
        return
    seen: dict[tuple[str, str | None], Part] = {}
    for part in page.content:
        if part.heading:
            key = part.heading.casefold() if part.key in _MAY_REPEAT else part.key
            first = seen.setdefault((key, part.subject), part)
            if first is not part and _same(normalise(first.heading), normalise(part.heading)):
                whose = f" of {part.subject!r}" if part.subject else ""
                text = f"{part.heading!r}{whose} repeats {first.heading!r} in line {first.line}.\nMerge the two."
                yield page.at(part.line, text)


def _same(name: str, other: str) -> bool:
    """Whether two headings of one key tell of no difference."""
    return name == other or _PLAIN.issuperset(re.findall(r"[\w-]+", f"{name} {other}"))
