"""Claims of a whole site by the medicine they are about, and those that cannot both hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from ..model.claims import Claim
from ..model.finding import Problem
from ..model.source import Span
from ..model.strings import squash
from ..site.relations import title_parts, without_brackets
from ..site.site import Entry, Site


class SourcedClaim(NamedTuple):
    """A claim, and the file that makes it."""

    path: str
    claim: Claim

    @property
    def place(self) -> tuple[str, str]:
        """What is meant to agree with itself: the body of a file, or its questions and summary."""
        return self.path, "short" if self.claim.section in ("faqs", "summary") else "long"


Disputes = dict[str, list[list[SourcedClaim]]]
"""By topic: for each medicine several things are said of, all that is said."""

MANY = 12
"""Claims on one side of one medicine's topic that are compared: two files of one drug make two or
three."""


def gather(site: Site) -> Disputes:
    """All claims of a site that have others beside them. A combination's claims about one
    ingredient are with that ingredient's own, a brand's with those of what it contains."""
    said: dict[tuple[str, str], list[SourcedClaim]] = {}
    entries = {entry.path: entry for entry in site.entries}
    for entry in site.entries:
        if entry.facts.claims and not entry.not_a_monograph:
            generic = site.related[entry.path].generic
            own = medicine(entries[generic.path] if generic else entry)
            for claim in entry.facts.claims:
                name = squash(without_brackets(claim.about)) if claim.about else own
                said.setdefault((claim.topic, name), []).append(SourcedClaim(entry.path, claim))
    found: Disputes = {}
    for (topic, _), some in said.items():
        if len({one.claim.side for one in some}) > 1:
            found.setdefault(topic, []).append(some)
    return found


def medicine(entry: Entry) -> str:
    """What an entry is about, in one form for all spellings: its ingredients in the order of the
    alphabet. A title's brackets count where they say a route: what holds for a cream need not hold
    for tablets."""
    if entry.kind == "combination":
        return "+".join(
            sorted(
                squash(without_brackets(part)) for part in title_parts(entry.title) or [entry.title]
            )
        )
    bare = without_brackets(entry.title)
    has_route = any(name.role == "generic" and name.text == bare for name in entry.names)
    return squash(entry.title if has_route else bare)


def opposed(
    disputes: Iterable[list[SourcedClaim]], contradict: Callable[[Claim, Claim], bool]
) -> Iterator[tuple[SourcedClaim, SourcedClaim]]:
    """The first two claims of each two files (or of one file) that contradict each other, the later
    one last."""
    for some in disputes:
        by_side: dict[str, list[SourcedClaim]] = {}
        for one in some:
            by_side.setdefault(one.claim.side, []).append(one)
        seen: set[tuple[str, str, str]] = set()
        for one_side, other_side in combinations(sorted(by_side), 2):
            for one in by_side[one_side][:MANY]:
                for other in by_side[other_side][:MANY]:
                    first, last = sorted(
                        (one, other), key=lambda said: (said.path, said.claim.line)
                    )
                    pair = (first.path, last.path, one.claim.value)
                    if pair not in seen and contradict(one.claim, other.claim):
                        seen.add(pair)
                        yield first, last


def quoted(first: SourcedClaim, last: SourcedClaim, advice: str) -> tuple[str, Problem]:
    """The finding at the later of two claims: both sentences, and where the other stands."""
    where = (
        f"line {first.claim.line}"
        if first.path == last.path
        else f"{first.path}:{first.claim.line}"
    )
    message = f"{last.claim.sentence!r} contradicts {where}: {first.claim.sentence!r}."
    return last.path, Problem(
        Span(last.claim.line, last.claim.column), f"{message}\n{advice}", last.claim.length
    )


def apart(
    disputes: Iterable[list[SourcedClaim]], source: Callable[[SourcedClaim], object]
) -> Iterator[tuple[SourcedClaim, SourcedClaim]]:
    """For claims of which a source may make several with a reason: the claims of each two sources
    that make one each, and not the same. Claims of different values (countries) are not compared.
    """
    for some in disputes:
        sources: dict[tuple[object, str], list[SourcedClaim]] = {}
        for one in some:
            sources.setdefault((source(one), one.claim.value), []).append(one)
        single = [
            told[0] for told in sources.values() if len({one.claim.side for one in told}) == 1
        ]
        for first, last in combinations(
            sorted(single[:MANY], key=lambda one: (one.path, one.claim.line)), 2
        ):
            if first.claim.value == last.claim.value and first.claim.side != last.claim.side:
                yield first, last
