"""Claims of a whole site, grouped by the medicine they are about, and those that contradict each
other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from ..model.claims import Claim
from ..model.finding import Problem
from ..model.source import Span
from ..model.strings import squash
from ..site.entry import Entry
from ..site.relations import title_parts, without_brackets
from ..site.site import Site


class SourcedClaim(NamedTuple):
    """A claim, and the file that makes it."""

    path: str
    claim: Claim

    @property
    def place(self) -> tuple[str, str]:
        """The text that should not contradict itself: the body of a file, or its questions and
        summary."""
        return self.path, "short" if self.claim.section in ("faqs", "summary") else "long"


Disputes = dict[str, list[list[SourcedClaim]]]
"""By topic: the claims about each medicine of which there are different ones."""

MAX_COMPARED = 12
"""Claims on one side of a medicine's topic that are compared; two files about one drug make two or
three."""


def gather(site: Site, medicines: Mapping[str, str]) -> Disputes:
    """The claims of a site about medicines of which there are different claims. What a combination
    claims about one ingredient counts for that ingredient, what a brand claims for what it
    contains (see `medicines`)."""
    by_medicine: dict[tuple[str, str], list[SourcedClaim]] = {}
    for entry in site.entries:
        if entry.facts.claims and not entry.not_a_monograph:
            for claim in entry.facts.claims:
                name = claimed_medicine(claim, medicines[entry.path])
                by_medicine.setdefault((claim.topic, name), []).append(
                    SourcedClaim(entry.path, claim)
                )
    disputes: Disputes = {}
    for (topic, _), claims in by_medicine.items():
        if len({sourced.claim.side for sourced in claims}) > 1:
            disputes.setdefault(topic, []).append(claims)
    return disputes


def claimed_medicine(claim: Claim, own: str) -> str:
    """What a claim is about, as `medicines` names it; `own` is that of its page."""
    return squash(without_brackets(claim.about)) if claim.about else own


def medicines(site: Site) -> dict[str, str]:
    """What the entry of each content path is about, in one form for all spellings; a brand is about
    what it contains."""
    own = {entry.path: _medicine(entry) for entry in site.entries}
    generics = ((path, site.related[path].generic) for path in own)
    return own | {path: own[generic.path] for path, generic in generics if generic}


def _medicine(entry: Entry) -> str:
    """What an entry is about: its ingredients in alphabetical order.
    Brackets in a title count where they name a route: what applies to a cream need not apply to
    tablets."""
    if entry.kind == "combination":
        parts = title_parts(entry.title) or [entry.title]
        return "+".join(sorted(squash(without_brackets(part)) for part in parts))
    bare = without_brackets(entry.title)
    has_route = any(name.role == "generic" and name.text == bare for name in entry.names)
    return squash(entry.title if has_route else bare)


def contradicting_pairs(
    disputes: Iterable[list[SourcedClaim]], contradict: Callable[[Claim, Claim], bool]
) -> Iterator[tuple[SourcedClaim, SourcedClaim]]:
    """The first two claims of each two files (or within one file) that contradict each other, the
    later one last."""
    for claims in disputes:
        by_side: dict[str, list[SourcedClaim]] = {}
        for sourced in claims:
            by_side.setdefault(sourced.claim.side, []).append(sourced)
        seen: set[tuple[str, str, str]] = set()
        for side, other_side in combinations(sorted(by_side), 2):
            for sourced in by_side[side][:MAX_COMPARED]:
                for other in by_side[other_side][:MAX_COMPARED]:
                    first, last = sorted((sourced, other), key=_position)
                    pair = (first.path, last.path, sourced.claim.value)
                    if pair not in seen and contradict(sourced.claim, other.claim):
                        seen.add(pair)
                        yield first, last


def conflicting_pairs(
    disputes: Iterable[list[SourcedClaim]], source: Callable[[SourcedClaim], object]
) -> Iterator[tuple[SourcedClaim, SourcedClaim]]:
    """The different claims of each two sources that make only one claim each: a source may have a
    reason to make several. Claims about different values (countries) are not compared."""
    for claims in disputes:
        by_source: dict[tuple[object, str], list[SourcedClaim]] = {}
        for sourced in claims:
            by_source.setdefault((source(sourced), sourced.claim.value), []).append(sourced)
        consistent = [
            group[0]
            for group in by_source.values()
            if len({sourced.claim.side for sourced in group}) == 1
        ]
        for first, last in combinations(sorted(consistent[:MAX_COMPARED], key=_position), 2):
            if first.claim.value == last.claim.value and first.claim.side != last.claim.side:
                yield first, last


def contradiction_at(first: SourcedClaim, last: SourcedClaim, hint: str) -> tuple[str, Problem]:
    """The problem at the later of two claims, with both sentences and the place of the other."""
    line = first.claim.line
    place = f"line {line}" if first.path == last.path else f"{first.path}:{line}"
    message = f"{last.claim.sentence!r} contradicts {place}: {first.claim.sentence!r}."
    span = Span(last.claim.line, last.claim.column)
    return last.path, Problem(span, f"{message}\n{hint}", last.claim.length)


def _position(sourced: SourcedClaim) -> tuple[str, int]:
    return sourced.path, sourced.claim.line
