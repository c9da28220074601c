"""The classes of a medicine and the conditions it is used for, as a file states them: in its front
matter, or in its text in a form that can mean nothing else.

A wrong list is worse than none: a sentence about classes is not read, and a text names a condition
only in the words of `conditions.txt`, as one of its uses, without a reservation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from ..markdown.blocks import Block
from ..model.classification import name_key
from ..model.strings import collapse, fold, squash, words
from ..regex import regex
from .draft import Draft
from .sections import normalise

CONDITIONS_FILE = Path(__file__).with_name("conditions.txt")
MAX_CLASS_WORDS = 6
"""A longer text is a description, not the name of a class."""
MAX_USES_BLOCKS = 40
"""Blocks of a section on uses in which conditions are looked for."""

_CLASS_LABEL = regex(
    r"(?:(?:drug|medication|therapeutic|pharmacologic(?:al)?|pharmacotherapeutic|pharmaceutical) "
    r"(?:class(?:ification)?|group|category)"
    r"|(?:clase|clasificación|grupo) (?:terapéutic[oa]|farmacológic[oa]|farmacoterapéutic[oa]))"
    r"(?:es|s)?"
)
_LABEL_STARTS = frozenset(("clas", "drug", "grup", "medi", "phar", "ther"))
"""The first letters of what `_CLASS_LABEL` matches."""
_LABEL_START_LENGTH = 4
_AROUND_LABEL = " *_"
_ATC_CODE = regex(r"[,;.]?(?<!\s)\s*+ATC[ -]code", re.IGNORECASE)
_CLASS_WORDS = ("clas", "pharmacotherapeutic group", "therapeutic category", "grupo ")
_GROUP_WORDS = ("class of", "group of", "family of")
"""One of these is in every text that `_BELONGS_TO` matches."""
_SENTENCE = regex(
    r"\b(?:is|are|was|were|be|this|these|it|its|which|that|there|both|two|three|multiple|several|each"
    r"|contain\w*|combin\w*|includ\w*|belong\w*|classif\w*|categor\w*|consider\w*|fall|falls|act|acts"
    r"|works?|exhibits?|possess\w*|has|have|used|may|can|could|might|not|no|without|potential\w*"
    r"|possibl[ey]|hypothetical\w*|theoretical\w*|depend\w*|individual|components?|ingredients?|some"
    r"|es|son|este|esta|contiene|pertenece)\b|[.!?]\s|[:+&]|\.\.\.|…",
    re.IGNORECASE,
)
"""What a sentence has and a list of class names has not."""
_NOT_A_CLASS = regex(
    r"\b(?:of|in|for|with|by|to|as|a|an|the|from|on|specifically|primarily|mainly|also|other|e\.g|i\.e"
    r"|see|various|unknown|none|n/a|targeting|related|similar|type|like|based|and|or|y|de|para)\b"
    r"|^(?:oral|topical|systemic|synthetic|semisynthetic|natural|viral|bacterial|live|inactivated|attenuated|selective|non-?selective|parenteral"
    r"|injectable|(?:first|second|third|fourth|fifth|new)[- ]generation|\d.*)$",
    re.IGNORECASE,
)
_ABBREVIATION = regex(r"(?<!\s)\s*+\((?=[^()]{0,10}[A-Z][^()]{0,10}[A-Z])[A-Za-z0-9-]{2,10}\)")
_RESERVATION = regex(
    r"\b(?:not?|never|cannot|off[- ]label|hypothetical\w*|theoretical\w*|investigat\w*|experimental"
    r"|potential\w*|might|may|could|tradition\w*|limited|sometimes|possibl[ey]|claim\w*|purported\w*"
    r"|suggest\w*|was|were|previously|formerly|historically|once|withdrawn|in (?:some|certain|rare) cases"
    r"|unapproved|unproven|contraindicat\w*|avoid\w*|without|instead|rather|stud(?:y|ies|ied))"
    r"\b|n['’]t\b"
)
"""Words, in lower case, of a text that does not simply say what a medicine is used for. A pattern that
ignores case would take three times as long."""
_INTRODUCES = regex(
    r"\b(?:treat(?:s|ment)?|manag(?:e|es|ement)|reliev(?:e|es)|relief|prevent(?:s|ion)?|control"
    r"|indicated|indications?|prescribed|used|uses|conditions)\b",
    re.IGNORECASE,
)
_USED_FOR = regex(
    r"\b(?:used|prescribed|indicated|given|taken)(?: \w+ly)?(?: to (?:treat|relieve|manage|prevent"
    r"|control|help (?:treat|relieve|manage|prevent|control))"
    r"| (?:for|in)(?: the)?(?: \w+ly)?(?: (?:\w+ )?(?:treatment|management|relief|prevention|prophylaxis|control)"
    r"(?: (?:and|or) (?:treatment|management|relief|prevention|prophylaxis|control))? of)?) ",
    re.IGNORECASE,
)
_USE_WORDS = ("used", "prescribed", "indicated", "given", "taken")
"""One of these is in every text that `_USED_FOR` matches."""
_BELONGS_TO = regex(
    r"\b(?:belongs to|is in|is a member of|is part of) "
    r"(?:(?:a|the) (?:class|group|family) of (?:drugs?|medications?|medicines?|compounds)"
    r" (?:called|known as|termed) |the (?:pharmacological |drug |therapeutic )?class of "
    r"|the (?=[^.,;:()]{3,40} class of (?:drugs|medications|medicines)\b))"
    r"(?P<name>[^.,;:]{3,60}?)"
    r"(?=\s*(?:$|[.,;:]| (?:that|which|specifically|class of (?:drugs|medications|medicines))\b))",
    re.IGNORECASE,
)
_CLASS_SECTIONS = frozenset({"preamble", "summary", "uses", "how_it_works", "pharmacology"})
_SUBJECT = frozenset("it this the".split())
_SEVERITY = regex(
    r"^(?:mild[- ]to[- ]moderate|moderate[- ]to[- ]severe|moderately severe|mild|moderate|severe"
    r"|uncomplicated|active) "
)
_SEVERITIES = ("mild", "moderate", "severe", "uncomplicated", "active")
"""The first words of what `_SEVERITY` matches."""
_SEPARATOR = regex(r"(?<!\s)\s*+(?:,\s*+(?:and|or)?|;|/|\b(?:and|or)\b)\s*", re.IGNORECASE)
_AFTER_CONDITION = regex(
    r"$|[.,;:/)(–—]| (?:in|and|or|associated|caused|due|among|when|who|as|by|that|which|through)\b"
)
_SENTENCE_END = regex(r"\s(?<=[.!?]\s)\s*")
_LEAD_END = regex(r"[:–—]|\s-\s")
_BRACKETS = regex(r"(?<!\s)\s*+\([^()]*\)")
_MAX_CONDITION_WORDS = 6
_MAX_CONDITION_LENGTH = 60
_BEGINNING_LENGTH = 3
"""Characters at the start of the key of a condition by which other texts are told from it."""


def classes_of(draft: Draft) -> tuple[str, ...]:
    """The classes of a medicine, each once: those of its front matter, else those that a label or
    section of its text names (`Drug class: Loop diuretic`)."""
    if draft.fields.classes or not draft.is_medicine:
        return _distinct(draft.fields.classes)
    if "class" not in draft.words and not any(word in draft.lower for word in _CLASS_WORDS):
        return ()
    values = [*_labelled(draft), *_in_prose(draft)]
    return _distinct(name for value in values for name in class_names(value))


def class_names(text: str) -> tuple[str, ...]:
    """The names in a list of classes; none where the text is more than such a list."""
    text = _ABBREVIATION.sub("", collapse(text).rstrip(". "))
    if _SENTENCE.search(text):
        return ()
    parts = re.split(r"[,;](?![^()]{0,200}\))", text)
    names: list[str] = []
    for part in map(str.strip, parts):
        is_name = part and len(part.split()) <= MAX_CLASS_WORDS and "(" not in part
        if not is_name or _NOT_A_CLASS.search(part) or not re.search(r"[^\W\d_]{3}", part):
            continue
        names.append(part)
    return tuple(names)


def _labelled(draft: Draft) -> Iterator[str]:
    """The text behind each label, and in each section, that names the classes of the page's
    medicine."""
    for part in draft.content:
        if part.subject is not None or part.key == "faqs":
            continue
        if part.blocks and _CLASS_LABEL.fullmatch(normalise(part.heading)):
            yield part.blocks[0].text
        for block in part.blocks:
            for item in block.children if block.kind == "list" else (block,):
                yield from _after_label(item)


def _after_label(block: Block) -> Sequence[str]:
    """What follows the label at the start of a paragraph or item; where nothing follows, the items
    of the list below it."""
    first = block.children[0] if block.kind == "item" and block.children else block
    runs = first.runs
    if not runs:
        return ()
    start = runs[0].text.lstrip(_AROUND_LABEL)[:_LABEL_START_LENGTH]
    # A shorter run may be the first letters of a label.
    if len(start) == _LABEL_START_LENGTH and start.casefold() not in _LABEL_STARTS:
        return ()
    if first.kind not in ("paragraph", "item"):
        return ()
    label, colon, rest = first.text.partition(":")
    if not colon or not _CLASS_LABEL.fullmatch(label.strip(_AROUND_LABEL).casefold()):
        return ()
    if rest.strip():
        # A further label on the same line ("ATC code: N02BE01") is not a class.
        has_code = "atc" in rest.casefold()
        return _ATC_CODE.split(rest, maxsplit=1)[:1] if has_code else (rest,)
    lists = [child for child in block.children[1:] if child.kind == "list"]
    return [item.text for child in lists for item in child.children]


def _in_prose(draft: Draft) -> Iterator[str]:
    """The class that a sentence about the page's medicine says it belongs to."""
    if draft.kind != "drug" or not ("class of" in draft.lower or "group of" in draft.lower):
        return
    own_words = _SUBJECT.union(words(draft.title)[:1])
    for part in draft.content:
        if part.subject is not None or part.key not in _CLASS_SECTIONS:
            continue
        for block in part.blocks:
            for item in block.children if block.kind == "list" else (block,):
                text = collapse(item.text)
                for sentence in _SENTENCE_END.split(text) if _has_any(_GROUP_WORDS, text) else ():
                    match = _BELONGS_TO.search(sentence)
                    first = words(sentence[:40])[:1]
                    if match and {*first} & own_words and not _has_reservation(sentence):
                        yield match["name"]


def conditions_of(draft: Draft) -> tuple[str, ...]:
    """The conditions that a medicine is used for, each once, under their usual names: those of its
    front matter, else those that its sections on uses name."""
    if draft.fields.conditions or not draft.is_medicine:
        known = (known_conditions().get(name_key(name), name) for name in draft.fields.conditions)
        return _distinct(known)
    names: list[str] = []
    for part in draft.content:
        if part.key == "uses" and part.subject is None and not _has_reservation(part.heading):
            names += _in_uses(part.blocks[:MAX_USES_BLOCKS], _ingredients(draft))
    return _distinct(names)


@cache
def known_conditions() -> dict[str, str]:
    """The usual name of each condition, by the key (`name_key`) of each of its names."""
    known: dict[str, str] = {}
    for line in CONDITIONS_FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, others = line.partition(":")
            for spelling in (name, *filter(None, others.split(","))):
                known.setdefault(name_key(spelling.strip()), name.strip())
    return known


@cache
def _beginnings() -> frozenset[str]:
    """The first characters of the keys of all conditions."""
    return frozenset(key[:_BEGINNING_LENGTH] for key in known_conditions())


def _ingredients(draft: Draft) -> tuple[str, ...]:
    """The names, folded, of which a sentence about one is not about the page's combination."""
    parts = draft.title.split(" + ") if " + " in draft.title else draft.title.split("/")
    return tuple(fold(part.strip()) for part in parts) if len(parts) > 1 else ()


def _in_uses(blocks: Iterable[Block], ingredients: tuple[str, ...]) -> Iterator[str]:
    """The conditions in the blocks of a section on uses. A list counts where the text before it says
    that it lists what is treated, or where it begins the section."""
    may_list = True
    for block in blocks:
        if block.kind == "list":
            for item in block.children if may_list else ():
                yield from _in_item(item, ingredients)
            may_list = False
        elif block.kind == "paragraph":
            text = collapse(block.text)
            may_list = _may_introduce(text)
            yield from _in_sentences(text, ingredients)
        else:
            may_list = False


def _has_any(phrases: Iterable[str], text: str) -> bool:
    """Whether a text has one of these phrases, in capitals or not."""
    return any(map(text.casefold().__contains__, phrases))


def _has_reservation(text: str) -> bool:
    return _RESERVATION.search(text.casefold()) is not None


def _may_introduce(text: str) -> bool:
    if not text.endswith(":"):
        return False
    sentence = _SENTENCE_END.split(text)[-1]
    words_before = sentence[:-1].rpartition(":")[2]
    return _INTRODUCES.search(words_before) is not None and not _has_reservation(sentence)


def _in_item(item: Block, ingredients: tuple[str, ...]) -> Iterator[str]:
    """The conditions that an item of a list of uses names before its colon, or with all its words."""
    first = item.children[0] if item.children else item
    text = collapse(first.text)
    lead = _LEAD_END.split(text, maxsplit=1)[0]
    names = _all_conditions(lead)
    nested = [child for child in item.children[1:] if child.kind == "list"]
    # A reservation takes longer to find than that there is nothing to be reserved about.
    may_name = names or nested or _has_any(_USE_WORDS, text)
    if not may_name or _has_reservation(text):
        return
    yield from _in_sentences(text, ingredients)
    yield from names
    if nested and (names or _may_introduce(text)):
        for child in nested:
            for part in child.children:
                yield from _in_item(part, ingredients)


def _in_sentences(text: str, ingredients: tuple[str, ...]) -> Iterator[str]:
    """The conditions of sentences such as `X is used to treat A, B and C in adults`."""
    for sentence in _SENTENCE_END.split(text) if _has_any(_USE_WORDS, text) else ():
        match = _USED_FOR.search(sentence) if _has_any(_USE_WORDS, sentence) else None
        if not match:
            continue
        named = [name in fold(sentence) for name in ingredients]
        is_about_one = any(named) and not all(named)
        if not is_about_one:
            conditions = [*_leading_conditions(_without_brackets(sentence[match.end() :]))]
            if conditions and not _has_reservation(sentence):
                yield from conditions


def _without_brackets(text: str) -> str:
    return _BRACKETS.sub("", text) if "(" in text else text


def _leading_conditions(text: str) -> Iterator[str]:
    """The conditions that a text begins with, up to the first words that are none."""
    while _may_begin_condition(text):
        parts = _SEVERITY.sub("", text).split(" ")
        for count in range(min(_MAX_CONDITION_WORDS, len(parts)), 0, -1):
            before = " ".join(parts[:count])
            candidate = before.rstrip(".,;:")
            rest = before[len(candidate) :] + " " + " ".join(parts[count:])
            name = _known_condition(candidate)
            if name and _AFTER_CONDITION.match(rest.rstrip()):
                break
        else:
            return
        yield name
        separator = _SEPARATOR.match(rest.lstrip())
        if not separator or not separator[0].strip():
            return
        text = rest.lstrip()[separator.end() :]


def _all_conditions(text: str) -> list[str]:
    """The conditions that a text consists of; none where it has other words too."""
    text = _without_brackets(text).strip(" .*")
    if not _may_begin_condition(text):
        return []
    whole = _known_condition(text)
    if whole:
        return [whole]
    names = [_known_condition(part) for part in _SEPARATOR.split(text)]
    return names if all(names) else []


def _known_condition(text: str) -> str:
    """The usual name of a condition that is named so, with or without its severity; '' for none."""
    if not text or len(text) > _MAX_CONDITION_LENGTH:
        return ""
    known, lower = known_conditions(), text.casefold()
    name = known.get(name_key(lower), "")
    if name or not (severity := _SEVERITY.match(lower)):
        return name
    return known.get(name_key(lower[severity.end() :]), "")


def _may_begin_condition(text: str) -> bool:
    """Whether the first letters of a text are those of a condition or of its severity."""
    return _are_first_letters(text[:16])


@lru_cache(maxsize=4_096)  # the same uses are on many pages
def _are_first_letters(start: str) -> bool:
    start = fold(start)
    if "(" in start or start.startswith(_SEVERITIES):
        return True
    letters = squash(start.replace("ae", "e").replace("oe", "e"))[:_BEGINNING_LENGTH]
    return letters in _beginnings() or letters[:2] in _beginnings()


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    """The names, each in one of its spellings."""
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(name_key(name), name)
    return tuple(name for key, name in by_key.items() if key)
