"""Clinical texts that a file states in its front matter (`side_effects: [Sleep, Rash]`), as sections
of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from ..markdown.parser import parse
from ..source.front_matter import FrontMatter
from ..source.schema import Fields
from ..source.schema_texts import label_of_path, plain
from .labels import HEADING
from .parts import Outline, Part
from .sections import key_for, vocabulary

MIN_TEXT_LENGTH = 40
"""A shorter text that is in none of the core sections is a detail (`storage: cold`)."""
_NOT_SECTIONS = frozenset({"names", "references", "faqs", "disclaimer", "note", "combinations"})
"""Keys of sections that front matter has fields or relations for."""


class FrontSection(NamedTuple):
    """A clinical text of the front matter."""

    name: str
    """Its key in the front matter."""
    label: str
    key: str
    """Key of the section."""
    heading: str
    markdown: str


def front_sections(front: FrontMatter, fields: Fields) -> Iterator[FrontSection]:
    """The clinical texts of the front matter that no field reads."""
    extra = dict(fields.extra)
    for name, value in front.data.items() if extra else ():
        label = label_of_path((name,))
        key = key_for(label)
        if key and key not in _NOT_SECTIONS and label in extra and _is_text(key, value):
            yield FrontSection(name, label, key, _sentence_case(label), "\n".join(_markdown(value)))


def add_front_sections(
    outline: Outline, front: FrontMatter, fields: Fields, link: Callable[[str], str]
) -> tuple[Outline, Fields]:
    """The outline with the sections that front matter states, each before the section of the body
    with the same key, or before all others; and the fields without these values."""
    sections: list[Part] = []
    taken: set[str] = set()
    for section in front_sections(front, fields):
        line = front.span_of(section.name).line
        blocks = parse(section.markdown, line, link).blocks
        sections.append(
            Part(section.key, section.heading, None, HEADING, line, 2, blocks=[*blocks])
        )
        taken.add(section.label)
    if not sections:
        return outline, fields
    parts = list(outline.parts)
    at_top = 1 if parts and parts[0].key == "preamble" else 0
    for part in reversed(sections):
        same = (at for at, other in enumerate(parts) if other.key == part.key)
        parts.insert(next(same, at_top), part)
    kept = tuple(pair for pair in fields.extra if pair[0] not in taken)
    return outline._replace(parts=tuple(parts)), replace(fields, extra=kept)


def _is_text(key: str, value: Any) -> bool:
    """Whether a value is more than a detail."""
    if isinstance(value, str):
        return bool(value.strip()) and (
            key in vocabulary().core or len(value) >= MIN_TEXT_LENGTH or "\n" in value.strip()
        )
    return isinstance(value, list | dict) and bool(value)


def _markdown(value: Any) -> Iterator[str]:
    """A value as Markdown: lists and mappings become lists."""
    if isinstance(value, str):
        yield value.strip()
        return
    if isinstance(value, dict):
        for name, part in value.items():
            yield f"- **{label_of_path((name,))}:** {_in_item(plain(part))}"
        return
    for part in value:
        text = part if isinstance(part, str) else plain(part)
        if text.strip():
            yield f"- {_in_item(text)}"


def _in_item(text: str) -> str:
    return "\n  ".join(text.strip().split("\n"))


def _sentence_case(label: str) -> str:
    """`Side Effects` → `Side effects`, as headings are written."""
    return label[:1] + label[1:].lower()
