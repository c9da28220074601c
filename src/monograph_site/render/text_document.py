"""A record as the document that the full-text index reads: its clinical text under the headings and
anchors of its page, each sentence once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ..markdown.html import attribute, escape
from ..model.monograph import Monograph, Section
from ..model.tables import SECTION_KEYS

_SECTION_WEIGHTS = {"uses": 6.0, "summary": 2.0, "preamble": 2.0, "faqs": 0.4}
"""How much the words of a section count, by its key (see `data-pagefind-weight`); elsewhere 1."""
_NAMES_WEIGHT, _ALERT_WEIGHT, _ANSWER_WEIGHT = 6.0, 2.0, 0.4
_COMBINATION_FACTOR = 0.8
"""A reader who asks for a condition looks for a medicine rather than for one of its many mixtures."""

_decode = msgspec.msgpack.Decoder(Monograph).decode


def text_document(record: bytes) -> str:
    """The HTML of a record for the index. Disclaimers, notes, references and where the text comes
    from are left out: they are alike on every page."""
    return "".join(_parts(_decode(record)))


def _parts(monograph: Monograph) -> Iterator[str]:
    yield "<!doctype html><html><head>"
    for name, values in _filters(monograph).items():
        for value in values:
            yield f'<meta data-pagefind-filter="{name}[content]" content="{attribute(value)}">'
    yield f"</head><body><h1>{escape(monograph.title)}</h1>"
    factor = _COMBINATION_FACTOR if monograph.kind == "combination" else 1.0
    names = [name.text for name in monograph.names if name.role != "misspelling"]
    yield _weighted(_NAMES_WEIGHT, _paragraph([*names, *monograph.classes, *monograph.conditions]))
    for alert in monograph.alerts:
        if alert.level != "fault":
            yield _weighted(_ALERT_WEIGHT, f"<p>{escape(alert.heading)}</p>{alert.html}")
    for section in monograph.sections:
        yield _heading("h2", section.id, _label(section.subject, section.heading))
        text = "".join(_table_rows(monograph, section)) + section.html
        yield _weighted(_SECTION_WEIGHTS.get(section.key, 1.0) * factor, text)
        for faq in monograph.faqs:
            if faq.section == section.id:
                yield _heading("h3", faq.id, _label(faq.subject, faq.question))
                yield _weighted(_ANSWER_WEIGHT, faq.answer_html)
    yield "</body></html>"


def _filters(monograph: Monograph) -> dict[str, Iterable[str]]:
    """The values by which results can be narrowed down, by the name of the filter."""
    return {
        "kind": (monograph.kind,),
        "class": monograph.classes,
        "condition": monograph.conditions,
        "review": (monograph.review.status,),
    }


def _table_rows(monograph: Monograph, section: Section) -> Iterator[str]:
    """The rows of the typed table that the page shows in a section, a paragraph each."""
    for table, key in SECTION_KEYS.items():
        first = next((each for each in monograph.sections if each.key == key), None)
        if first is section:
            for row in getattr(monograph.tables, table):
                yield _paragraph(_texts(msgspec.to_builtins(row)))


def _texts(value: object) -> Iterator[str]:
    """All texts in a plain value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "citations":
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _weighted(weight: float, html: str) -> str:
    """HTML whose words count so much more or less than others."""
    return f'<div data-pagefind-weight="{weight}">{html}</div>\n' if html else ""


def _label(subject: str | None, text: str) -> str:
    return f"{subject}: {text}" if subject else text


def _heading(tag: str, anchor: str, text: str) -> str:
    return f'<{tag} id="{attribute(anchor)}">{escape(text)}</{tag}>\n'


def _paragraph(texts: Iterable[str]) -> str:
    text = " ".join(dict.fromkeys(filter(None, texts)))
    return f"<p>{escape(text)}</p>\n" if text else ""
