"""A source to a record: one way for every convention.

Sections and questions are recognised by their words, whatever marks them, so no convention needs a
reader of its own: what a formulary does differently is data (its front matter's keys, its headings'
words), not code.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from ..config import Config
from ..config.addresses import published, slug_of
from ..loader.body import Body, compose
from ..loader.citations import take_footnotes
from ..loader.draft import Draft
from ..loader.facts import gather
from ..loader.front_faqs import FrontFaqs, repair
from ..loader.outline import outline
from ..loader.record import places_of, record
from ..loader.sections import key_for
from ..markdown.blocks import MarkdownDocument
from ..markdown.html import escape
from ..markdown.parser import parse, short
from ..model.excerpt import with_excerpts
from ..model.finding import selects
from ..model.monograph import Faq, Loaded, Section
from ..model.source import Source, Span
from ..model.strings import collapse
from ..rules import check
from ..source.decode import decode
from ..source.findings_file import CRASH
from ..source.front_matter import FrontMatter, read
from ..source.schema import Fields, typed


def load(source: Source, config: Config) -> Loaded:
    """Read one content file. Whatever is wrong with it is in the diagnostics; nothing is raised,
    nothing dropped."""
    try:
        return _load(source, config)
    except RecursionError:
        message = (
            "The file nests deeper than can be read.\nMake its lists, quotes or brackets flatter."
        )
        return Loaded(None, (CRASH.at(source.path, Span(), message),))
    except Exception as fault:  # one bad file costs that page, not the build
        message = (
            "This file can't be read because of a fault in this program "
            f"({type(fault).__name__}: {collapse(str(fault))}).\nReport it."
        )
        return Loaded(None, (CRASH.at(source.path, Span(), message),))


def load_bytes(path: str, content: bytes, config: Config) -> Loaded:
    """Load the bytes of a content file; each finding has its line of source (see `load`)."""
    source, decode_findings = decode(path, content)
    if source is None:
        return Loaded(None, decode_findings)
    loaded = load(source, config)
    findings = with_excerpts((*decode_findings, *loaded.findings), source)
    return replace(loaded, findings=findings)


def _load(source: Source, config: Config) -> Loaded:
    front = read(source)
    fields, found = typed(front, source)
    found = (*front.findings, *found)
    draft = _draft(source, front, fields, config)
    lines = draft.body.lines
    if any(one.blocks_page for one in front.findings):  # rules would report consequences of these
        return Loaded(None, found, lines=lines)
    found = (*found, *check(draft, config.asked))
    if any(one.blocks_page for one in found):
        return Loaded(None, found, ignores=fields.ignore, lines=lines)
    # What the editor lets pass is nothing that readers need be warned of.
    told = tuple(
        one for one in found if not any(selects(ignore.word, one) for ignore in fields.ignore)
    )
    monograph = record(draft, slug_of(source.path), told)
    return Loaded(monograph, found, places_of(draft), fields.ignore, gather(draft), lines)


def _draft(source: Source, front: FrontMatter, fields: Fields, config: Config) -> Draft:
    text, notes = take_footnotes(front.body, front.body_line)
    document = parse(text, front.body_line, lambda href: published(href, source.path, config))
    title = collapse(fields.title) or _heading_title(document) or _name_title(source.path)
    found = outline(document.blocks, title)
    body = compose(found, title, fields.references, notes)
    front_faqs = repair(fields.faqs)
    if front_faqs.pairs and not body.faqs:
        body = _with_front_faqs(body, front_faqs)
    draft = Draft(source, front, fields, document, found, body, front_faqs, title, "", config)
    return replace(draft, kind=fields.kind or config.kind_for(source.path) or _kind(draft))


def _heading_title(document: MarkdownDocument) -> str:
    """The first heading, where it can be the title: of the first level, or above all text and alone
    on its level."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    first = headings[0] if headings else None
    if first is None:
        return ""
    alone = (
        first is document.blocks[0]
        and all(other.level > first.level for other in headings[1:])
        and headings[1:]
    )
    return (
        collapse(first.text) if first.level == 1 or (alone and key_for(first.text) is None) else ""
    )


def _name_title(path: str) -> str:
    words = re.split(r"[-_\s]+", PurePosixPath(path).stem)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or path


def _kind(draft: Draft) -> str:
    """The kind of a file neither front matter nor site.yaml says anything of."""
    fields = draft.fields
    if fields.question or fields.recommendation:
        return "article"
    if fields.product.generic_slug or fields.product.combination_slug:
        return "brand"
    medical = any(
        s.key not in ("preamble", "other", "summary", "references") for s in draft.body.sections
    )
    if not (medical or draft.body.note or fields.is_banned is not None):
        return "page"
    return "combination" if " + " in draft.title else "drug"


def _with_front_faqs(body: Body, found: FrontFaqs) -> Body:
    """The front matter's questions, shown under their own heading, where the body has none."""
    faqs = []
    lines = dict(body.lines)
    used = {section.id for section in body.sections}
    section = next((s for s in body.sections if s.key == "faqs"), None)
    made = section or Section(
        "faqs",
        "Frequently asked questions",
        "faqs" if "faqs" not in used else "faqs-front",
        None,
        "",
        "",
    )
    for at, pair in enumerate(found.pairs, 1):
        answer = short(pair.answer, pair.span.line)
        faqs.append(Faq(f"q-{at}", pair.question, escape(pair.question), *answer, None, made.id))
        lines[f"q-{at}"] = pair.span.line
        lines.setdefault(made.id, pair.span.line)
    return body._replace(
        sections=body.sections if section else (*body.sections, made), faqs=tuple(faqs), lines=lines
    )
