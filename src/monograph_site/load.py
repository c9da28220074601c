"""A source to a record: one way for every convention.

Sections and questions are recognised by their words, whatever marks them, so no convention needs a reader of its own:
what a formulary does differently is data (its front matter's keys, its headings' words), not code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath

from .blocks import Block, Document, render
from .body import Body, compose
from .citations import take_footnotes
from .config import Config
from .description import derive, usable
from .diagnostics import Diagnostic, Finding, Severity
from .draft import Draft
from .front_faqs import FrontFaqs, repair
from .frontmatter import FrontMatter, read
from .html import escape
from .markdown import parse
from .model import Alert, Faq, Loaded, Monograph, Provenance, Review, Section, Statement, Status
from .names import ingredients_of, names_of
from .outline import outline
from .rules import check
from .schema import Fields, typed
from .text import Source, Span, collapse, slugify, squash

CRASH = Finding("MS099", "internal-fault", Severity.ERROR, withheld=True)

_AI_OR_CROWD = re.compile(r"AI.generated or crowd", re.IGNORECASE)
_AI = re.compile(r"AI.generated|generated (?:by|with) (?:an )?(?:AI|artificial)", re.IGNORECASE)


def load(source: Source, config: Config) -> Loaded:
    """Read one content file. Whatever is wrong with it is in the diagnostics; nothing is raised, nothing dropped."""
    try:
        return _load(source, config)
    except RecursionError:
        message = "The file nests deeper than can be read. Make its lists, quotes or brackets flatter."
        return Loaded(None, (CRASH.at(source.path, Span(), message),))
    except Exception as fault:  # one bad file costs that page, not the build
        message = (
            f"This file can't be read because of a fault in this program ({type(fault).__name__}: {fault}). Report it."
        )
        return Loaded(None, (CRASH.at(source.path, Span(), message),))


def _load(source: Source, config: Config) -> Loaded:
    front = read(source)
    fields, found = typed(front, source)
    found = (*front.diagnostics, *found)
    if any(one.withheld for one in front.diagnostics):  # what follows would only follow from that
        return Loaded(None, found)
    draft = _draft(source, front, fields, config)
    accepted = set(fields.accept)
    seen = tuple(_accept(one, accepted) for one in check(draft))
    if any(one.withheld for one in found):
        return Loaded(None, (*found, *seen))
    return Loaded(_record(draft, config, seen), (*found, *seen), _places(draft))


def _places(draft: Draft) -> dict[str, Span]:
    """Where the file states its title, its address and its old addresses; what it does not state has no place."""
    front = draft.front
    places: dict[str, Span] = {}
    if draft.outline.titles:
        places["title"] = draft.source.find("", draft.outline.titles[0][1])
    for key, name in (("title", "title"), ("id", "address"), ("slug", "address"), ("permalink", "address")):
        if key in front.data:
            places[name] = front.span_of(key)
    for key in ("aliases", "redirect_from"):
        stated = front.data.get(key)
        if isinstance(stated, list):
            places |= {f"alias:{alias}": front.span_of(key, at) for at, alias in enumerate(stated)}
        elif stated:
            places[f"alias:{stated}"] = front.span_of(key)
    return places


def _accept(one: Diagnostic, accepted: set[str]) -> Diagnostic:
    """What the editor has looked at and accepts (`accept: [no-section]`) no longer keeps the page back."""
    if one.withheld or not accepted & {one.code, one.name}:
        return one
    return replace(one, severity=Severity.INFO)


def _draft(source: Source, front: FrontMatter, fields: Fields, config: Config) -> Draft:
    text, notes = take_footnotes(front.body, front.body_line)
    document = parse(text, front.body_line, lambda href: _link(href, source.path, config))
    title = collapse(fields.title) or _heading_title(document) or _name_title(source.path)
    found = outline(document.blocks, title)
    body = compose(found, title, fields.references, notes)
    front_faqs = repair(fields.faqs)
    if front_faqs.pairs and not body.faqs:
        body = _with_front_faqs(body, front_faqs, front)
    draft = Draft(source, front, fields, document, found, body, front_faqs, title, "")
    return replace(draft, kind=fields.kind or config.kind_for(source.path) or _kind(draft))


def _link(href: str, path: str, config: Config) -> str:
    """A link between content files as the address of the page it becomes; other links as they are."""
    target, hash_, anchor = href.partition("#")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", target) or not target.endswith((".md", ".markdown")):
        return config.base_path + href[1:] if href.startswith("/") and not href.startswith("//") else href
    full = normpath(join(dirname(path), target)) if not target.startswith("/") else target[1:]
    try:
        return config.base_path + config.url_for(full, _slug_of(full))[1:] + hash_ + anchor
    except ValueError:
        return href


def _heading_title(document: Document) -> str:
    first = next((block for block in document.blocks if block.kind == "heading"), None)
    return collapse(first.text) if first and first.level == 1 else ""


def _name_title(path: str) -> str:
    words = re.split(r"[-_\s]+", PurePosixPath(path).stem)
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or path


def _slug_of(path: str) -> str:
    """A file's slug: its name, which is a sound id, with what can't stand in an address made into hyphens."""
    stem = PurePosixPath(path).stem
    return re.sub(r"[\s/\\?#%\"<>|:*\x00-\x1f]+", "-", stem).strip() or slugify(stem) or "page"


def _kind(draft: Draft) -> str:
    """The kind of a file neither front matter nor site.yaml says anything of."""
    fields = draft.fields
    if fields.question or fields.recommendation:
        return "article"
    if fields.product.generic_slug or fields.product.combination_slug:
        return "brand"
    medical = any(s.key not in ("preamble", "other", "summary", "references") for s in draft.body.sections)
    if not (medical or draft.body.note or fields.is_banned is not None):
        return "page"
    return "combination" if " + " in draft.title else "drug"


def _with_front_faqs(body: Body, found: FrontFaqs, front: FrontMatter) -> Body:
    """The front matter's questions, shown under their own heading, where the body has none."""
    faqs = []
    used = {section.id for section in body.sections}
    section = next((s for s in body.sections if s.key == "faqs"), None)
    made = section or Section(
        "faqs", "Frequently asked questions", "faqs" if "faqs" not in used else "faqs-front", None, "", ""
    )
    for at, pair in enumerate(found.pairs, 1):
        blocks = parse(pair.answer, front.span_of("faqs", at - 1).line).blocks
        html = render(blocks, _bold_heading)
        text = "\n".join(block.text for block in blocks)
        faqs.append(Faq(f"q-{at}", pair.question, escape(pair.question), html, text, None, made.id))
    return body._replace(sections=body.sections if section else (*body.sections, made), faqs=tuple(faqs))


def _bold_heading(block: Block) -> str:
    return f"<p><strong>{escape(block.text)}</strong></p>\n"


def _record(draft: Draft, config: Config, found: tuple[Diagnostic, ...]) -> Monograph:
    fields, body, path = draft.fields, draft.body, draft.source.path
    sections = (*_article_head(draft), *body.sections)
    stated = collapse(fields.description)
    disclaimer = body.disclaimer
    if fields.disclaimer and not (disclaimer and squash(disclaimer.text) == squash(fields.disclaimer)):
        blocks = parse(fields.disclaimer).blocks
        text = "\n".join(block.text for block in blocks)
        disclaimer = Statement(render(blocks, _bold_heading) + (disclaimer.html if disclaimer else ""), text, "text")
    return Monograph(
        path=path,
        id=fields.id or _slug_of(path),
        kind=draft.kind,
        slug=fields.slug or _slug_of(path),
        title=draft.title,
        description=stated if usable(stated) else derive(sections),
        names=names_of(draft),
        ingredients=ingredients_of(draft),
        product=fields.product,
        status=fields.status or Status(),
        provenance=_provenance(draft, config),
        review=_review(fields),
        dates=fields.dates,
        audience=fields.audience or ("professional" if draft.kind == "article" else "both"),
        authors=fields.authors,
        alerts=(*_alerts(fields), *_fault_alerts(found)),
        sections=sections,
        faqs=body.faqs,
        references=body.references,
        disclaimer=disclaimer,
        note=body.note,
        aliases=fields.aliases,
        permalink=fields.permalink,
        extra=fields.extra,
        rejected=any(one.name == "no-section" and one.severity is Severity.ERROR for one in found),
    )


def _article_head(draft: Draft) -> tuple[Section, ...]:
    """An article's question and recommendation, which its front matter holds, as its first sections."""
    made = []
    for key, heading, text in (
        ("question", "Question", draft.fields.question),
        ("recommendation", "Recommendation", draft.fields.recommendation),
    ):
        if text:
            blocks = parse(text).blocks
            html = render(blocks, _bold_heading)
            made.append(Section(key, heading, f"article-{key}", None, html, "\n".join(b.text for b in blocks)))
    return tuple(made)


def _review(fields: Fields) -> Review:
    """The review as stated; an approval nobody signed and dated is a submission."""
    review = fields.review or Review(status="not_stated")
    signed = review.by and review.on
    return review if signed or review.status != "approved" else replace(review, status="submitted")


def _provenance(draft: Draft, config: Config) -> Provenance:
    """Where the text comes from: as front matter says, else as the closing note says, else as site.yaml says."""
    statement = draft.body.note.text if draft.body.note else ""
    if draft.fields.provenance:
        return replace(draft.fields.provenance, statement=draft.fields.provenance.statement or statement)
    if _AI_OR_CROWD.search(statement):
        return Provenance("ai_or_crowd", statement=statement)
    if _AI.search(statement):
        return Provenance("ai_generated", statement=statement)
    return replace(config.provenance_for(draft.source.path), statement=statement)


def _alerts(fields: Fields) -> tuple[Alert, ...]:
    return tuple(
        Alert(a.level, a.heading, render(parse(a.text, a.span.line).blocks, _bold_heading)) for a in fields.alerts
    )


def _fault_alerts(found: Iterable[Diagnostic]) -> tuple[Alert, ...]:
    """What readers must know of a text that has a grave fault, at the top of its page."""
    said = {
        "no-section": ("This is not a monograph", "The text below gives no information on how this medicine is used."),
        "truncated-text": (
            "This text is incomplete",
            "It breaks off in the middle of a sentence. Important parts may be missing.",
        ),
        "ai-residue": ("This text needs an editor", "A sentence in it was written by a language model about itself."),
        "placeholder": ("This text is incomplete", "A place in it was never filled in."),
    }
    names = dict.fromkeys(one.name for one in found if one.severity is Severity.ERROR and one.name in said)
    return tuple(Alert("fault", said[name][0], f"<p>{escape(said[name][1])}</p>\n") for name in names)
