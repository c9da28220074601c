"""What may come next where the author types: keys and words of front matter, headings, pages, and
citation keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from posixpath import dirname, relpath

from lsprotocol import types as lsp

from ..check.kinds import findings as finding_kinds
from ..config.addresses import source_path
from ..loader.sections import english_vocabulary, normalise
from ..model.strings import fold
from ..regex import regex
from ..site.entry import Entry
from .citations import definitions
from .document import Document
from .front_matter_keys import description, key_at, kind_in, properties, schema_at, words

MAX_ITEMS = 100
"""Suggestions in one answer; the editor asks again when more is typed."""
TRIGGERS = ("[", "(", "^", "#", "/", ":", " ", "-")
_WIKILINK = regex(r"\[\[([^\[\]|#\n]*)$")
_LINK_ANCHOR = regex(r"\]\(([^()\s#]*)#([^()\s]*)$")
_LINK = regex(r"\]\(([^()\s#]*)$")
_CITATION = regex(r"\[[\^@]([^\]\s]*)$")
_HEADING = regex(r"^ {0,3}#{1,6}[ \t]+(.*)$")
_SLUG_KEYS = {
    ("generic_slug",): ("drug",),
    ("combination_slug",): ("combination",),
    ("ingredients", "ref"): ("drug",),
    ("translation_of",): (),
}
"""The keys whose value is the slug of a page, and the kinds of that page; () for any."""


def complete(document: Document, offset: int) -> lsp.CompletionList:
    """The suggestions at an offset."""
    items = list(islice(_items(document, offset), MAX_ITEMS))
    return lsp.CompletionList(is_incomplete=len(items) == MAX_ITEMS, items=items)


def _items(document: Document, offset: int) -> Iterator[lsp.CompletionItem]:
    if not document.is_content:
        return iter(())
    if offset <= document.front_end:
        return _front_items(document, offset)
    before = document.text[document.text.rfind("\n", 0, offset) + 1 : offset]
    for pattern, suggest in _IN_TEXT:
        if match := pattern.search(before):
            return suggest(document, offset, match)
    return iter(())


def _item(
    document: Document,
    span: tuple[int, int],
    text: str,
    label: str = "",
    detail: str = "",
    kind: lsp.CompletionItemKind = lsp.CompletionItemKind.Value,
) -> lsp.CompletionItem:
    """A suggestion that takes the place of a span."""
    return lsp.CompletionItem(
        label=label or text,
        kind=kind,
        detail=detail or None,
        filter_text=f"{text} {label}" if label else text,
        text_edit=lsp.TextEdit(document.positions.range(*span), text),
    )


def _front_items(document: Document, offset: int) -> Iterator[lsp.CompletionItem]:
    place = key_at(document.text, offset)
    kind = kind_in(document.text[: document.front_end])
    if place.is_value:
        yield from _values(document, offset, kind, place.path)
        if document.text[document.text.rfind("\n", 0, offset) + 1 : offset].lstrip()[:1] != "-":
            return
    line_start = document.text.rfind("\n", 0, offset) + 1
    start = line_start if not place.parents else min(place.start, offset)
    typed = document.text[start:offset]
    if not re.fullmatch(r"[\w-]*", typed):
        return
    for key, schema in properties(schema_at(kind, place.parents)).items():
        if not schema.get("deprecated") and fold(key).startswith(fold(typed)):
            yield _item(
                document, (start, offset), f"{key}: ", key, description(schema),
                lsp.CompletionItemKind.Property,
            )  # fmt: skip


def _values(
    document: Document, offset: int, kind: str, path: tuple[str, ...]
) -> Iterator[lsp.CompletionItem]:
    """The words that a key may have, the slugs of pages, or the names of findings."""
    typed = re.search(r"[\w-]*$", document.text[:offset])
    span = (typed.start() if typed else offset, offset)
    prefix = fold(document.text[span[0] : offset])
    if path == ("ignore",):
        kinds = (item for item in finding_kinds() if prefix in item.name)
        for finding in kinds:
            yield _item(document, span, finding.name, detail=finding.code)
    elif path in _SLUG_KEYS:
        for entry in _pages(document, prefix):
            if not _SLUG_KEYS[path] or entry.kind in _SLUG_KEYS[path]:
                yield _item(document, span, entry.slug, detail=entry.title)
    else:
        for word in words(schema_at(kind, path)):
            if word.startswith(prefix):
                yield _item(document, span, word, kind=lsp.CompletionItemKind.EnumMember)


def _pages(document: Document, typed: str) -> Iterator[Entry]:
    """The pages whose title, slug or path has what is typed."""
    for entry in list(document.site.entries.values()):
        names = (fold(entry.title), entry.slug, entry.path)
        if entry.url and entry.path != document.path and any(typed in name for name in names):
            yield entry


def _wikilinks(
    document: Document, offset: int, match: re.Match[str]
) -> Iterator[lsp.CompletionItem]:
    span = (offset - len(match[1]), offset)
    for entry in _pages(document, fold(match[1])):
        yield _item(document, span, entry.title, detail=entry.path)


def _links(document: Document, offset: int, match: re.Match[str]) -> Iterator[lsp.CompletionItem]:
    """Pages by the path of their file, from this one, or by their address, where `/` is typed."""
    span = (offset - len(match[1]), offset)
    is_address = match[1].startswith("/")
    typed = fold(match[1].strip("./").rpartition("../")[2])
    for entry in _pages(document, typed):
        is_file = document.site.config.file_of(entry.path) == entry.path
        target = relpath(entry.path, dirname(document.path) or ".") if is_file else entry.url
        yield _item(
            document, span, entry.url if is_address else target, entry.title, entry.path,
            lsp.CompletionItemKind.File,
        )  # fmt: skip


def _anchors(document: Document, offset: int, match: re.Match[str]) -> Iterator[lsp.CompletionItem]:
    """The sections of the page that a link leads to."""
    path = source_path(match[1], document.path) if match[1] else document.path
    entry = document.site.entries.get(path) or document.site.entry_at(match[1])
    span = (offset - len(match[2]), offset)
    for item in entry.toc if entry else ():
        for part in (item, *item.parts):
            yield _item(document, span, part.id, detail=part.label)


def _citation_keys(
    document: Document, offset: int, match: re.Match[str]
) -> Iterator[lsp.CompletionItem]:
    span = (offset - len(match[1]), offset)
    for key, title in {place.key: place.title for place in definitions(document)}.items():
        yield _item(document, span, key, detail=title, kind=lsp.CompletionItemKind.Reference)


def _headings(
    document: Document, offset: int, match: re.Match[str]
) -> Iterator[lsp.CompletionItem]:
    """The headings that name a section: the first of each, or all with what is typed."""
    span = (offset - len(match[1]), offset)
    vocabulary = english_vocabulary()
    typed = normalise(match[1])
    sections = sorted(vocabulary.headings.items(), key=lambda item: item[0] not in vocabulary.core)
    for key, headings in sections:
        fitting: Iterable[str] = (heading for heading in headings if typed in heading)
        for heading in fitting if typed else headings[:1]:
            yield _item(document, span, heading[:1].upper() + heading[1:], detail=key)


_Suggest = Callable[[Document, int, re.Match[str]], Iterator[lsp.CompletionItem]]
_IN_TEXT: tuple[tuple[re.Pattern[str], _Suggest], ...] = (
    (_WIKILINK, _wikilinks),
    (_LINK_ANCHOR, _anchors),
    (_LINK, _links),
    (_CITATION, _citation_keys),
    (_HEADING, _headings),
)
"""What is typed before the cursor, and what may come next."""
