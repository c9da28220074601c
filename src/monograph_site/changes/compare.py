"""Two records of one page → its changes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from msgspec.structs import replace

from ..model.monograph import Faq, Monograph, Section
from ..model.strings import words
from .change import KINDS, Change, ranked
from .classify import SAFETY_KINDS, SECTION_KINDS, added, changed, moved, removed
from .features import features_of
from .fields import field_changes
from .statements import Statement, statements_of

MIN_SIMILARITY = 0.45
"""How much of two statements of one section must be the same for them to be one statement, changed
(the ratio of `difflib`, by words)."""
MIN_SIMILARITY_ELSEWHERE = 0.75
"""The same for statements of different sections."""
MIN_QUESTION_SIMILARITY = 0.6
_Place = tuple[str, ...]
MAX_COMPARISONS = 60_000
"""Pairs of statements that are compared word by word; a page that was written again has more, and
its statements count as removed and added."""


def compare(before: Monograph, after: Monograph) -> tuple[Change, ...]:
    """The changes of a page, those that may harm most first."""
    if before == after:
        return ()
    faqs = _match_faqs(before.faqs, after.faqs)
    first, second = _without_same_text(before, after)
    old, new = _place_answers(statements_of(first), statements_of(second), faqs)
    changes = [
        *field_changes(before, after),
        *_section_changes(before.sections, after.sections),
        *_question_changes(faqs),
        *_statement_changes(old, new),
    ]
    return ranked(dict.fromkeys(changes))


def _without_same_text(before: Monograph, after: Monograph) -> tuple[Monograph, Monograph]:
    """The records without the sections and answers that both have: most of a page stays as it is."""
    sections = {(part.key, part.heading, part.subject, part.html) for part in before.sections}
    sections &= {(part.key, part.heading, part.subject, part.html) for part in after.sections}
    answers = {(faq.question, faq.subject, faq.answer_html) for faq in before.faqs}
    answers &= {(faq.question, faq.subject, faq.answer_html) for faq in after.faqs}
    old, new = (
        replace(
            record,
            sections=tuple(
                part
                for part in record.sections
                if (part.key, part.heading, part.subject, part.html) not in sections
            ),
            faqs=tuple(
                faq
                for faq in record.faqs
                if (faq.question, faq.subject, faq.answer_html) not in answers
            ),
        )
        for record in (before, after)
    )
    return old, new


def whole_page(monograph: Monograph, action: str) -> tuple[Change, ...]:
    """The changes of a page that is new (`added`) or gone (`removed`)."""
    kind = KINDS["page-added" if action == "added" else "page-removed"]
    headings = ", ".join(dict.fromkeys(part.heading for part in monograph.sections))
    text = (headings,) if headings else ()
    return (Change(kind, action, monograph.title, details=text),)


# statements


def _statement_changes(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Change]:
    pairs, old, new = _same_statements(before, after)
    relocated: defaultdict[tuple[str, ...], list[Change]] = defaultdict(list)
    for first, second in pairs:
        change = moved(first, second)
        if change:
            # The same label over many items, or the move of many, is one change.
            relocated[(change.kind.name, change.action, change.where, *change.details)].append(
                change
            )
        elif first.text != second.text:
            yield changed(first, second)
    yield from map(_together, relocated.values())
    pairs, old, new = _similar_statements(old, new)
    yield from (changed(first, second) for first, second in pairs)
    yield from map(removed, old)
    yield from map(added, new)


def _together(changes: Sequence[Change]) -> Change:
    """Statements that are under another heading or label now, as one change."""
    first = changes[0]
    if len(changes) == 1:
        return first
    return replace(
        first,
        before="\n".join(change.before for change in changes),
        after="\n".join(change.after for change in changes),
        details=(*first.details, f"{len(changes)} statements"),
    )


class _Matched(NamedTuple):
    pairs: list[tuple[Statement, Statement]]
    old: list[Statement]
    new: list[Statement]


def _same_statements(before: Iterable[Statement], after: Iterable[Statement]) -> _Matched:
    """The statements with the same words: first those that are also at the same place."""
    pairs: list[tuple[Statement, Statement]] = []
    old, new = list(before), list(after)
    for place in (
        lambda item: (item.subject, item.section, item.labels),
        lambda item: (item.subject, item.section),
        lambda item: item.subject,
        lambda item: "",
    ):
        waiting: defaultdict[object, list[Statement]] = defaultdict(list)
        for statement in old:
            waiting[place(statement), _key(statement)].append(statement)
        rest = []
        for statement in new:
            same = waiting.get((place(statement), _key(statement)))
            if same:
                pairs.append((same.pop(0), statement))
            else:
                rest.append(statement)
        left = {id(statement) for same in waiting.values() for statement in same}
        old, new = [statement for statement in old if id(statement) in left], rest
    return _Matched(pairs, old, new)


def _key(statement: Statement) -> str:
    """The words of a statement: punctuation and case are no change. Signs and decimal points are
    part of numbers."""
    return " ".join(
        word.strip(".,;:!?()[]\"'“”‘’").casefold() for word in statement.text.split()
    ).replace("’", "'")


def _similar_statements(old: list[Statement], new: list[Statement]) -> _Matched:
    """The statements that are one, changed: the most similar first, those of one section before
    others."""
    candidates: list[tuple[bool, float, int, int]] = []
    if len(old) * len(new) <= MAX_COMPARISONS:
        new_words = [words(statement.full_text) for statement in new]
        for first, statement in enumerate(old):
            matcher = SequenceMatcher(autojunk=False)
            matcher.set_seq2(words(statement.full_text))
            for second, other in enumerate(new):
                same_section = (statement.subject, statement.section) == (
                    other.subject,
                    other.section,
                )
                least = MIN_SIMILARITY if same_section else MIN_SIMILARITY_ELSEWHERE
                matcher.set_seq1(new_words[second])
                if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
                    continue
                ratio = matcher.ratio()
                if ratio >= least:
                    candidates.append((not same_section, -ratio, first, second))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, first, second in sorted(candidates):
        if first not in pairs and second not in taken:
            pairs[first] = second
            taken.add(second)
    for first, second in _last_of_their_place(old, new, pairs.keys(), taken):
        pairs[first] = second
        taken.add(second)
    return _Matched(
        [(old[first], new[second]) for first, second in sorted(pairs.items())],
        [statement for index, statement in enumerate(old) if index not in pairs],
        [statement for index, statement in enumerate(new) if index not in taken],
    )


def _last_of_their_place(
    old: Sequence[Statement],
    new: Sequence[Statement],
    old_paired: Container[int],
    new_paired: Container[int],
) -> Iterator[tuple[int, int]]:
    """The indices of statements that are left alone at one place, before and after: under one label
    (`Adults: 500 mg` and `Adults: 1 g`), or in one section with a term in common."""

    def left_at(statements: Sequence[Statement], paired: Container[int]) -> dict[_Place, list[int]]:
        places: defaultdict[_Place, list[int]] = defaultdict(list)
        for index, statement in enumerate(statements):
            if index not in paired:
                section = (statement.subject, statement.section)
                places[section].append(index)
                if statement.labels:
                    places[*section, *statement.labels].append(index)
        return places

    before, after = left_at(old, old_paired), left_at(new, new_paired)
    done: set[int] = set()
    for place in sorted(before.keys() & after.keys(), key=lambda place: (-len(place), place)):
        first, *others = before[place]
        second, *more = after[place]
        if others or more or first in done:
            continue
        has_label = len(place) > 2
        if has_label or _share_a_term(old[first], new[second]):
            done.add(first)
            yield first, second


def _share_a_term(before: Statement, after: Statement) -> bool:
    terms = [features_of(item.text, item.names).terms for item in (before, after)]
    return bool(terms[0] & terms[1])


# sections


def _section_changes(before: Sequence[Section], after: Sequence[Section]) -> Iterator[Change]:
    """Sections that came, went or are elsewhere. What they say is compared statement by
    statement."""
    old, new = (_by_meaning(sections) for sections in (before, after))
    gone = {key: section for key, section in old.items() if key not in new and section.html.strip()}
    come = {key: section for key, section in new.items() if key not in old and section.html.strip()}
    for section in gone.values():
        same = next((name for name, other in come.items() if _says_the_same(section, other)), None)
        if same is None:
            kind = SECTION_KINDS.get(section.key, "")
            name = "safety-removed" if kind in SAFETY_KINDS else "section"
            yield Change(
                KINDS[name], "removed", section.heading, before=section.heading,
                details=("the section is gone",),
                also=("section",) if name != "section" else (), subject=section.subject or "",
            )  # fmt: skip
        else:
            other = come.pop(same)
            yield Change(
                KINDS["section"], "changed", other.heading, section.heading, other.heading,
                ("the section has another heading",), subject=other.subject or "",
            )  # fmt: skip
    for section in come.values():
        yield Change(
            KINDS["section"], "added", section.heading, after=section.heading,
            details=("the section is new",), subject=section.subject or "",
        )  # fmt: skip
    common_before = [key for key in old if key in new]
    common_after = [key for key in new if key in old]
    for key in _out_of_order(common_before, common_after):
        section = new[key]
        place = common_after.index(key)
        previous = f"after “{new[common_after[place - 1]].heading}”" if place else "to the start"
        yield Change(
            KINDS["section"], "moved", section.heading, details=(f"moved {previous}",),
            subject=section.subject or "",
        )  # fmt: skip


def _says_the_same(section: Section, other: Section) -> bool:
    """Whether most words of two sections are the same."""
    old, new = Counter(words(section.text)), Counter(words(other.text))
    common = sum((old & new).values())
    return 2 * common > max(sum(old.values()), sum(new.values()))


def _by_meaning(sections: Iterable[Section]) -> dict[tuple[str, str, str], Section]:
    """The sections by what they are: an unknown one by its heading, a further one of a kind by its
    number."""
    every: dict[tuple[str, str, str], Section] = {}
    for section in sections:
        name = " ".join(words(section.heading)) if section.key == "other" else ""
        key = (section.key, section.subject or "", name)
        while key in every:
            key = (key[0], key[1], key[2] + "+")
        every[key] = section
    return every


def _out_of_order(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> list[tuple[str, str, str]]:
    """The fewest keys whose move makes one order of the other."""
    kept: set[tuple[str, str, str]] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        kept.update(after[block.b : block.b + block.size])
    return [key for key in after if key not in kept]


# questions


def _match_faqs(before: Sequence[Faq], after: Sequence[Faq]) -> list[tuple[Faq | None, Faq | None]]:
    """The questions of both, in pairs where they are one."""
    waiting = list(after)
    pairs: list[tuple[Faq | None, Faq | None]] = []
    rest: list[Faq] = []
    for faq in before:
        same = next((other for other in waiting if _question(other) == _question(faq)), None)
        if same is None:
            rest.append(faq)
        else:
            waiting.remove(same)
            pairs.append((faq, same))
    for faq in rest:
        ratios = [(_similarity(faq, other), -place) for place, other in enumerate(waiting)]
        ratio, place = max(ratios, default=(0.0, 0))
        if ratio >= MIN_QUESTION_SIMILARITY:
            pairs.append((faq, waiting.pop(-place)))
        else:
            pairs.append((faq, None))
    return [*pairs, *((None, faq) for faq in waiting)]


def _question(faq: Faq) -> tuple[str, str]:
    return faq.subject or "", " ".join(words(faq.question))


def _similarity(faq: Faq, other: Faq) -> float:
    if faq.answer_text and faq.answer_text == other.answer_text:
        return 1.0
    return SequenceMatcher(None, words(faq.question), words(other.question), autojunk=False).ratio()


def _question_changes(faqs: Iterable[tuple[Faq | None, Faq | None]]) -> Iterator[Change]:
    for old, new in faqs:
        if old is None and new is not None:
            yield Change(
                KINDS["question"], "added", new.question, after=new.answer_text,
                subject=new.subject or "",
            )  # fmt: skip
        elif new is None and old is not None:
            yield Change(
                KINDS["question"], "removed", old.question, before=old.answer_text,
                subject=old.subject or "",
            )  # fmt: skip
        elif old is not None and new is not None and old.question != new.question:
            heading = "Question"
            pair = (Statement(faq.question, "faqs", heading) for faq in (old, new))
            yield changed(*pair)


def _place_answers(
    before: Sequence[Statement],
    after: Sequence[Statement],
    faqs: Iterable[tuple[Faq | None, Faq | None]],
) -> tuple[list[Statement], list[Statement]]:
    """The statements without the answers of questions that are new or gone: those are one change
    each."""
    both = [(old, new) for old, new in faqs if old and new]
    old_anchors = {old.id for old, _ in both}
    new_anchors = {new.id for _, new in both}
    return (
        [item for item in before if item.section != "faqs" or item.anchor in old_anchors],
        [item for item in after if item.section != "faqs" or item.anchor in new_anchors],
    )
