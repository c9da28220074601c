"""What the change of one statement means."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ..model.strings import collapse, fold
from ..regex import regex
from .change import KINDS, Change
from .features import STRENGTH, Features, features_of
from .statements import Statement
from .vocabulary import load_vocabulary, stems

SECTION_KINDS = {
    "contraindications": "contraindication",
    "interactions": "interaction",
    "warnings": "warning",
    "pregnancy": "warning",
    "breastfeeding": "warning",
    "fertility": "warning",
    "overdose": "warning",
    "driving": "warning",
    "alcohol": "warning",
    "food": "interaction",
    "stopping": "warning",
    "dose": "dose",
    "renal": "dose",
    "hepatic": "dose",
    "names": "identity",
    "faqs": "question",
    "references": "source",
}
"""The kind of change that a statement of a section is, by the key of the section."""
SAFETY_KINDS = frozenset(("contraindication", "interaction", "warning"))
_SERIOUS_LABEL = regex(
    r"\b(?:serious|severe|dangerous|life[ -]threatening|emergency|seek|stop taking|call|urgent)",
    re.IGNORECASE,
)
_AGAINST = regex(
    r"\b(?:do not|don't|must not|should not|never|avoid|contra-?indicated|caution|warning|risk of"
    r"|fatal|life[ -]threatening|seek (?:medical|urgent|emergency))\b",
    re.IGNORECASE,
)


def section_kind(statement: Statement) -> str:
    """The kind of change that a statement is when it comes, goes, or says something else."""
    kind = SECTION_KINDS.get(statement.section, "statement")
    if statement.section == "side_effects":
        return "seriousness" if is_serious(statement) else "statement"
    return kind


def is_serious(statement: Statement) -> bool:
    """Whether a side effect is called serious, by its words or by what it is under."""
    return any(map(_SERIOUS_LABEL.search, (statement.heading, *statement.labels, statement.text)))


def is_safety(statement: Statement) -> bool:
    """Whether readers may come to harm where a statement is missing."""
    kind = section_kind(statement)
    if kind in SAFETY_KINDS or kind == "seriousness":
        return True
    return bool(_AGAINST.search(statement.full_text))


def removed(statement: Statement) -> Change:
    """The change that a statement is gone."""
    kind = section_kind(statement)
    name = "safety-removed" if is_safety(statement) else kind
    return Change(
        KINDS[name],
        "removed",
        place_of(statement),
        before=statement.text,
        also=(kind,) if kind != name else (),
        subject=statement.subject,
    )


def added(statement: Statement) -> Change:
    """The change that a statement is new."""
    kind = section_kind(statement)
    if kind in ("statement", "question") and _AGAINST.search(statement.full_text):
        kind = "warning"
    elif kind == "statement":
        features = features_of(statement.text)
        if features.amounts or features.schedule:
            kind = "dose"
    return Change(
        KINDS[kind], "added", place_of(statement), after=statement.text, subject=statement.subject
    )


def moved(before: Statement, after: Statement) -> Change | None:
    """The change that the same statement is under another heading or label; None where nobody
    reads it in another way."""
    if before.section != after.section:
        if section_kind(before) == section_kind(after) and before.section != "other":
            return None
        details = (f"from “{before.heading}” to “{after.heading}”",)
        name = "section"
        if is_serious(before) and section_kind(before) in ("seriousness", *SAFETY_KINDS):
            name = section_kind(before)
        return Change(
            KINDS[name], "moved", place_of(after), before.text, after.text, details,
            subject=after.subject,
        )  # fmt: skip
    labels = [". ".join(item.labels) for item in (before, after)]
    places = [". ".join((item.heading, *item.labels)) for item in (before, after)]
    if places[0] == places[1]:
        return None
    kinds = _term_differences(labels[0], labels[1], after) if all(labels) else {}
    kinds.update(_differences(features_of(places[0]), features_of(places[1]), after))
    if not kinds:
        return None
    return _change(before, after, kinds)


def changed(before: Statement, after: Statement) -> Change:
    """What differs between two wordings of a statement."""
    old, new = before.full_text, after.full_text
    kinds = dict(
        _differences(features_of(old, before.names), features_of(new, before.names), after)
    )
    if "opposite" not in kinds:
        for name, detail in _term_differences(old, new, after).items():
            kinds.setdefault(name, detail)
    return _change(before, after, kinds)


def _change(before: Statement, after: Statement, kinds: dict[str, str]) -> Change:
    names = sorted(kinds, key=lambda name: KINDS[name].rank) or ["wording"]
    return Change(
        KINDS[names[0]],
        "changed",
        place_of(after),
        before.text if before.labels == after.labels else before.full_text,
        after.text if before.labels == after.labels else after.full_text,
        tuple(detail for name in names if (detail := kinds.get(name))),
        tuple(names[1:]),
        after.subject,
    )


def place_of(statement: Statement) -> str:
    """Where a statement is, for readers: its heading and labels."""
    return collapse(" › ".join((statement.heading, *statement.labels)))


def _differences(old: Features, new: Features, statement: Statement) -> Iterator[tuple[str, str]]:
    """The kinds of changes between the features of two statements, each with what differs."""
    if old.amounts != new.amounts or old.schedule != new.schedule:
        before = _written(old, old.amounts - new.amounts, old.schedule - new.schedule)
        after = _written(new, new.amounts - old.amounts, new.schedule - old.schedule)
        yield "dose", _arrow(before, after)
    if old.numbers != new.numbers:
        before = _written(old, old.numbers - new.numbers)
        after = _written(new, new.numbers - old.numbers)
        name = "frequency" if _is_share(before + after, statement) else "number"
        yield name, _arrow(before, after)
    old_stances, new_stances = Counter(old.stances), Counter(new.stances)
    gone, come = old_stances - new_stances, new_stances - old_stances
    negations = new.negations - old.negations
    if _turns(gone, come, negations):
        yield "negation", _denial(gone, come, negations)
    elif _is_other_strength(gone, come):
        yield "advice", _arrow(list(gone) or ["stated plainly"], list(come) or ["stated plainly"])
    if old.bands != new.bands:
        yield "frequency", _arrow(list(old.bands - new.bands), list(new.bands - old.bands))
    if old.seriousness != new.seriousness:
        yield (
            "seriousness",
            _arrow(
                list(old.seriousness - new.seriousness), list(new.seriousness - old.seriousness)
            ),
        )
    if opposite := _opposite(old.terms - new.terms, new.terms - old.terms):
        yield "opposite", opposite


def _turns(gone: Counter[str], come: Counter[str], negations: int) -> bool:
    """Whether a statement now denies what it said, or says what it denied: advice for something
    became advice against it, or a `not` came or went."""
    lost, won = (
        sum(count for name, count in names.items() if STRENGTH[name] < -1) for names in (gone, come)
    )
    has_other_advice = any(STRENGTH[name] > 0 for name in (*gone, *come))
    if lost != won and negations == lost - won and not has_other_advice:
        return False  # `is not recommended` for `should be avoided`
    return bool(negations % 2) or bool(lost) != bool(won)


def _denial(gone: Counter[str], come: Counter[str], negations: int) -> str:
    before = list(gone) or (["not"] if negations < 0 else [])
    after = list(come) or (["not"] if negations > 0 else [])
    return _arrow(before, after)


def _is_other_strength(gone: Counter[str], come: Counter[str]) -> bool:
    """Whether advice is stronger or weaker. Advice and a plain statement are the same: `Take it with
    food` and `It should be taken with food`."""
    plain = {name: count for name, count in gone.items() if name != "should"}
    other = {name: count for name, count in come.items() if name != "should"}
    return bool(plain or other)


def _opposite(gone: Counter[str], come: Counter[str]) -> str:
    vocabulary = load_vocabulary()
    if vocabulary.in_opposites.isdisjoint(gone) or vocabulary.in_opposites.isdisjoint(come):
        return ""
    for left, right in vocabulary.opposites:
        for first, second in ((left, right), (right, left)):
            if _all_in(first, gone) and _all_in(second, come):
                return f"{first.replace('_', ' ')} → {second.replace('_', ' ')}"
    return ""


def _all_in(phrase: str, words: Counter[str]) -> bool:
    neutral = load_vocabulary().neutral
    return all(word in words for word in phrase.split() if word not in neutral)


def _term_differences(old: str, new: str, statement: Statement) -> dict[str, str]:
    """The kind of change where a statement has other terms than before."""
    before, after = (features_of(text, statement.names).terms for text in (old, new))
    gone, come = set(before) - set(after), set(after) - set(before)
    if not gone and not come:
        return {}
    detail = _arrow(_words(old, gone), _words(new, come))
    return {section_kind(statement): detail}


def _words(text: str, wanted: set[str]) -> list[str]:
    """The words of a text that have the wanted stems, as they are written."""
    kept = [word for word in re.findall(r"[\w'’-]+", text) if set(stems(fold(word))) & wanted]
    return list(dict.fromkeys(kept)) or sorted(word.replace("_", " ") for word in wanted)


def _written(features: Features, *counters: Counter[str]) -> list[str]:
    return [features.written.get(key, key) for counter in counters for key in counter]


def _is_share(written: list[str], statement: Statement) -> bool:
    """Whether numbers say how often something happens."""
    return statement.section == "side_effects" or any("%" in words for words in written)


def _arrow(before: list[str], after: list[str]) -> str:
    if not before or not after:
        return f"{'added' if after else 'removed'}: {', '.join(after or before)}"
    return f"{', '.join(before)} → {', '.join(after)}"
