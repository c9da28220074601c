"""repeated-section (W113)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ...loader.draft import Draft
from ...loader.parts import Part
from ...loader.sections import normalise
from ...model.finding import Problem
from .. import rule
from .._qualifiers import groups, qualifier

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
MAX_REPEATED = 2
"""Times a label is on a page by mistake; more often, it is there on purpose."""


@rule("W113", "repeated-section")
def repeated_section(page: Draft) -> Iterator[Problem]:
    """A section appears twice on a page, for the same drug.

    Headings such as `More common` may be there once for each group of patients and behind each
    introduction, a bold label once under each heading, and a section under each first-level one.

    Why it matters: the two may contradict each other, and many readers stop at the first.

    Wrong: `## Side effects` at the top and `## Side effects` again at the end.

    Right: one section; on a page about several drugs, each drug's name as a heading above its
    sections.

    How to fix: merge the two, or say in the heading how they differ.
    """
    if page.kind == "page":
        return
    keys = [_key(part) for part in page.content if part.heading]
    if len(set(keys)) == len(keys):
        return
    labels = Counter(part.heading.casefold() for part in page.content if not part.level)
    seen: dict[tuple[str, str | None, int], Part] = {}
    for part, group in _grouped(page.content):
        if not part.heading or (not part.level and labels[part.heading.casefold()] > MAX_REPEATED):
            continue  # a text on many subjects, each with the same labels
        first = seen.setdefault((_key(part), part.subject, group), part)
        if first is not part and _say_the_same(normalise(first.heading), normalise(part.heading)):
            subject = f" of {part.subject!r}" if part.subject else ""
            text = f"{part.heading!r}{subject} repeats {first.heading!r} on line {first.line}."
            yield page.at(part.line, f"{text}\nMerge the two sections.")


def _key(part: Part) -> str:
    """What two parts that may repeat each other have in common."""
    return part.heading.casefold() if part.key in _MAY_REPEAT else part.key


def _grouped(parts: Iterable[Part]) -> Iterator[tuple[Part, int]]:
    """Each part with the line of the heading or introduction that groups it, 0 for none. What only
    says how often or for whom (`More common`) may be under each heading above it and behind each
    introduction, and a label under each heading."""
    above: list[Part] = []
    introduction = heading_line = 0
    for part in parts:
        _climb(above, part)
        if part.level:
            heading_line = part.line
        group = next((other.line for other in above if other.level == 1), 0)
        if qualifier(part.heading):
            group = max(above[-1].line if above else 0, introduction)
        elif not part.level:
            group = heading_line
        yield part, group
        above.append(part)
        if len(part.blocks) > 1 and part.blocks[-1].kind == "paragraph":
            introduction = part.blocks[-1].line
        last = part.blocks[-1] if part.blocks else None
        if last and last.kind == "heading":  # nothing is below it but the next part
            heading = Part("other", last.text, part.subject, part.tier, last.line, last.level)
            _climb(above, heading)
            above.append(heading)


def _climb(above: list[Part], part: Part) -> None:
    """Remove the headings that a part is not below."""
    while above and not _is_below(part, above[-1]):
        above.pop()


def _is_below(part: Part, other: Part) -> bool:
    """Whether a part is below the heading of another one, by its level or its words."""
    is_group = not other.blocks and groups(other.heading, part.heading)
    return part.level > other.level > 0 or (part.level == other.level and is_group)


def _say_the_same(heading: str, other: str) -> bool:
    """Whether two headings with the same key name no difference."""
    return heading == other or _COMMON_WORDS.issuperset(re.findall(r"[\w-]+", f"{heading} {other}"))
