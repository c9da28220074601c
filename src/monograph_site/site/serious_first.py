"""Serious side effects before common ones, where the source labels both.

The package leaflet of the European Medicines Agency's QRD template (section 4) asks for this order:
a reader who stops early has read what needs help at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from ..markdown.html import strip_tags, top_level_elements
from ..regex import regex

Part = TypeVar("Part")

_NEGATED = regex(
    r"\b(?:less|not|non|nor|un)[\s-]+(?:(?:as|so|very|usually|generally|typically)\s+)?"
    r"(?:serious|severe|common|frequent|comunes|frecuentes|graves)\b"
    r"|\b(?:menos|poco|no)\s+(?:comunes|frecuentes|graves)\b"
)
"""Words that deny what they speak of: "less common but serious" is not about common effects."""
_SERIOUS = regex(r"\b(?:serious|severe|life[- ]threatening|graves?)\b")
_COMMON = regex(
    r"\b(?:common|commonly|frequent|frequently|often|usual|usually|sometimes|occasional|mild"
    r"|comunes|frecuentes|leves)\b"
)
_LESS_COMMON = regex(
    r"\bless[\s-]+(?:common|frequent)\b|\b(?:menos|poco)\s+(?:comunes|frecuentes)\b"
)
_HEADING = regex(r"<h([3-6])\b")
_BOLD_LEAD = regex(r"<(?:p|li)[^>]*>\s*(?:<p>)?\s*<(strong|b|em)>(.*?)</\1>\s*(:?)", re.DOTALL)
_PLAIN_LEAD = regex(r"<li[^>]*>\s*(?:<p>)?\s*([^<:]{3,60}):")
_LIST = regex(r"<(?:ul|ol|dl|table|div)\b")
_SENTENCE_END = regex(r"[.!?;]\s+")
_SERIOUS_WORDS = ("serious", "severe", "threatening", "grave")
_COMMON_WORDS = (
    "common", "frequent", "often", "usual", "sometimes", "occasional", "mild", "comunes",
    "frecuentes", "leves",
)  # fmt: skip


@lru_cache(maxsize=4_096)  # labels recur
def is_serious(label: str) -> bool | None:
    """Whether a label speaks of serious side effects (True), of common ones (False), or of neither
    or both (None)."""
    words = label.casefold()
    bare = _NEGATED.sub(" ", words)
    serious = bool(_SERIOUS.search(bare))
    common = bool(_COMMON.search(bare))
    if serious != common:
        return serious
    return False if not serious and _LESS_COMMON.search(words) else None


def order_serious_first(
    parts: Sequence[Part], severity: Callable[[Part], bool | None]
) -> list[Part]:
    """The parts with those that are serious moved to before the first that is common; the others
    keep their order."""
    kinds = [severity(part) for part in parts]
    if False not in kinds or True not in kinds[kinds.index(False) :]:
        return list(parts)
    first = kinds.index(False)
    late = [part for part, kind in zip(parts[first:], kinds[first:], strict=True) if kind]
    rest = [part for part, kind in zip(parts[first:], kinds[first:], strict=True) if not kind]
    return [*parts[:first], *late, *rest]


def with_serious_first(html: str) -> str:
    """The HTML of a section on side effects, with the groups under a heading or label on serious
    ones before those on common ones. Nothing is added or left out."""
    return "".join(_ordered(top_level_elements(html))) if _speaks_of_both(html) else html


def _speaks_of_both(html: str) -> bool:
    """Whether there may be labels of both kinds, so that something can be out of order."""
    lower = html.casefold()
    return _has_any(lower, _SERIOUS_WORDS) and _has_any(lower, _COMMON_WORDS)


def _has_any(text: str, words: Iterable[str]) -> bool:
    for word in words:  # noqa: SIM110 - a generator takes twice as long
        if word in text:
            return True
    return False


def _ordered(elements: Sequence[str]) -> list[str]:
    levels = [match[1] for element in elements if (match := _HEADING.match(element))]
    if not levels:
        labelled = _labelled_groups([_ordered_items(element) for element in elements])
        return [
            html for _, html in order_serious_first(labelled, lambda group: is_serious(group[0]))
        ]
    groups = _heading_groups(elements, min(levels))
    return order_serious_first(groups, _heading_severity)


def _heading_groups(elements: Sequence[str], level: str) -> list[str]:
    """The HTML before the first heading of a level, and of each such heading with what follows."""
    groups: list[list[str]] = [[]]
    for element in elements:
        heading = _HEADING.match(element)
        if heading and heading[1] == level:
            groups.append([])
        groups[-1].append(element)
    return [
        _ordered_group(group, has_heading=number > 0)
        for number, group in enumerate(groups)
        if group
    ]


def _ordered_group(group: Sequence[str], *, has_heading: bool) -> str:
    heading, rest = (group[:1], group[1:]) if has_heading else ([], group)
    return "".join((*heading, *(_ordered(rest) if _speaks_of_both("".join(rest)) else rest)))


def _heading_severity(group: str) -> bool | None:
    """What `is_serious` says of the heading of a group; None where it has none."""
    return _severity(group[: group.find("</h")]) if _HEADING.match(group) else None


@lru_cache(maxsize=4_096)  # headings recur
def _severity(heading: str) -> bool | None:
    return is_serious(strip_tags(heading))


def _labelled_groups(elements: Sequence[str]) -> list[tuple[str, str]]:
    """The label and HTML of each element; a labelled paragraph together with what it introduces:
    the lists behind it or, where it is nothing but the label, all up to the next label."""
    groups: list[tuple[str, str]] = []
    takes_lists = takes_all = False
    for element in elements:
        label = _label(element)
        if not label and (takes_all or (takes_lists and _LIST.match(element))):
            groups[-1] = (groups[-1][0], groups[-1][1] + element)
            continue
        groups.append((label, element))
        takes_lists = bool(label)
        takes_all = takes_lists and _is_only_label(element)
    return groups


def _is_only_label(element: str) -> bool:
    bold = _BOLD_LEAD.match(element)
    return bold is not None and not strip_tags(element[bold.end() :]).strip(" :")


def _label(element: str) -> str:
    """The words that a paragraph or an item of a list begins with as a label; of a paragraph that
    introduces a list, its last sentence; else ''."""
    bold = _BOLD_LEAD.match(element)
    if bold:
        words = strip_tags(bold[2])
        if bold[3] or words.endswith(":") or not strip_tags(element[bold.end() :]):
            return words
    if element.startswith("<li"):
        plain = _PLAIN_LEAD.match(element)
        return strip_tags(plain[1]) if plain else ""
    if element.startswith("<p"):
        text = strip_tags(element[: element.find("</p>")])
        return _SENTENCE_END.split(text)[-1] if text.endswith(":") else ""
    return ""


def _ordered_items(element: str) -> str:
    """A list without numbers, its labelled items in order."""
    if not element.startswith("<ul") or not _speaks_of_both(element):
        return element
    start, end = element.find(">") + 1, element.rfind("</ul>")
    if end < start:
        return element
    items = top_level_elements(element[start:end])
    ordered = order_serious_first(items, lambda item: is_serious(_label(item.lstrip())))
    return element[:start] + "".join(ordered) + element[end:]
