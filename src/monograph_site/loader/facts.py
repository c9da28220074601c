"""What rules over several files need of one file besides its record: its links, its claims, and the
sections that a page on a medicine should have and lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from ..config.addresses import file_address
from ..markdown.blocks import Block
from ..markdown.html import leads_away
from ..markdown.pictures import PLACEHOLDER
from ..model.attachment import FileReference
from ..model.claims import Facts, InternalLink
from ..model.monograph import Monograph, html_of
from ..model.strings import collapse
from ..regex import regex
from ..source.attachments import is_publishable
from ..source.schema_texts import label_of_path
from .claims import claims
from .draft import Draft
from .sections import VOCABULARY_LANGUAGES

MAX_LINKS = 200
"""Internal links that are kept of one file: no page has as many, but a file made to be slow has."""

WANTED_SECTIONS: dict[str, tuple[str, ...]] = {
    "uses": ("indication", "usage", "used for"),
    "dose": (
        "dosage",
        "dosing",
        "posology",
        "how to take",
        "how to use",
        "how should",
        "how is it",
        "administration",
    ),
    "contraindications": (
        "contraindication",
        "contra-indication",
        "who should not",
        "do not take",
        "should avoid",
    ),
    "warnings": ("warning", "precaution", "caution", "safety"),
    "interactions": ("interaction", "other medicines", "other drugs"),
    "side_effects": ("side effect", "side-effect", "adverse", "undesirable"),
    "pregnancy": ("pregnan",),
    "breastfeeding": ("breast", "lactat", "nursing"),
    "renal": ("renal", "kidney"),
    "hepatic": ("hepatic", "liver"),
    "overdose": ("overdos", "too much", "than you should"),
}
"""Sections that an approved page on a medicine should have, each with words of headings that cover
it together with something else."""

_PLACEHOLDER = regex(rf'(<img src|href)="{re.escape(PLACEHOLDER)}([^"#]*)')
_CONFUSION_WORDS = frozenset("confused confusion confuse confusing".split())
_CONFUSION = regex(r"confus(?:ed|ion|e|ing)\b[^.\n]{0,80}\b(?:with|for|between)\b[^.\n]{0,120}")


def gather_facts(page: Draft, monograph: Monograph) -> Facts:
    """The facts of a file that became this record."""
    return Facts(
        tuple(_links(page)),
        claims(page),
        tuple(_confusable_names(page)),
        _files(page, monograph),
        _unmapped_keys(page),
        " ".join(missing_sections(page)),
    )


def missing_sections(page: Draft) -> tuple[str, ...]:
    """The keys of the wanted sections that a page on a medicine has neither as a section nor as a
    heading or label inside one.

    A brand's page needs none: it links to the page of what it contains. Professionals need no
    section on overdose. In a language without a vocabulary it is not known what is there.
    """
    language = page.language.partition("-")[0].lower()
    if page.kind not in ("drug", "combination") or language not in VOCABULARY_LANGUAGES:
        return ()
    keys = {part.key for part in page.content}
    keys |= {"dose"} if "how_to_take" in keys else set()
    keys |= {"overdose"} if page.fields.audience == "professional" else set()
    missing = WANTED_SECTIONS.keys() - keys
    if not missing:
        return ()
    headings = "\n".join(_headings(page)).casefold()
    return tuple(
        key
        for key, words in WANTED_SECTIONS.items()
        if key in missing and not any(map(headings.__contains__, words))
    )


def _headings(page: Draft) -> list[str]:
    """The words of every heading and bold lead but those of questions.

    Where the first item of a list has no bold lead, the others are not looked at.
    """
    headings: list[str] = []
    for part in page.content:
        headings.append(part.heading)
        for block in part.blocks if part.key != "faqs" else ():
            if block.kind == "list":
                if block.children and _lead(block.children[0]):
                    headings += map(_lead, block.children)
            elif block.kind == "heading":
                headings.append(block.text)
            elif lead := _lead(block):
                headings.append(lead)
    return headings


def _lead(block: Block) -> str:
    runs = block.runs or (block.children[0].runs if block.children else ())
    return runs[0].text if runs and runs[0].kind == "strong" else ""


def _confusable_names(page: Draft) -> Iterator[str]:
    """The sentences that say what the medicine must not be confused with."""
    if not page.words.isdisjoint(_CONFUSION_WORDS):
        for match in _CONFUSION.finditer(page.lower):
            yield collapse(match.group())


def _links(page: Draft) -> Iterator[InternalLink]:
    """The links into this site, at most MAX_LINKS."""
    count = 0
    for link in page.links:
        if link.kind == "wiki" and count < MAX_LINKS:
            span, count = page.source.span(link.start), count + 1
            yield InternalLink(f"[[{link.target}]]", span.line, span.column)
            continue
        # A target with a colon before its first slash is not a path: see `unsafe-link`.
        away = leads_away(link.target) or ":" in link.target.partition("/")[0]
        is_page = link.kind in ("link", "definition", "html") and not _is_file(link.target)
        if link.target and not away and is_page and count < MAX_LINKS:
            span, count = page.source.span(link.place), count + 1
            yield InternalLink(link.target, span.line, span.column)


def _is_file(target: str) -> bool:
    """Whether a link leads to a file that is published as it is, and not to a page."""
    return is_publishable(target.partition("#")[0].partition("?")[0])


def _unmapped_keys(page: Draft) -> tuple[str, ...]:
    """Keys of rows without a field; of an entry of a data file also those at its top that are shown
    as details."""
    if page.config.data_collection(page.source.path) is None:
        return page.unknown_row_keys
    labels = {label for label, _ in page.fields.extra}
    keys = (key for key in page.front.data if label_of_path((key,)) in labels)
    return (*keys, *page.unknown_row_keys)


def _files(page: Draft, monograph: Monograph) -> tuple[FileReference, ...]:
    """The pictures and files of a record, in the order in which it names them."""
    is_picture: dict[str, bool] = {}
    for html in html_of(monograph):
        if "=" in html and PLACEHOLDER in html:
            for attribute, reference in _PLACEHOLDER.findall(html):
                is_picture[reference] = is_picture.get(reference) or attribute != "href"
    if not is_picture:
        return ()
    places: dict[str, tuple[str, int]] = {}
    for link in page.links:
        address = file_address(link.target, page.source.path).partition("#")[0]
        places.setdefault(address.removeprefix(PLACEHOLDER), (link.target, link.place))
    start = len(page.source.text) - len(page.front.body)
    files = []
    for reference, picture in is_picture.items():
        address = unquote(reference)
        target, place = places.get(reference, (address.partition("//")[2], start))
        span = page.source.span(place)
        files.append(FileReference(address, target, span.line, span.column, picture))
    return tuple(files)
