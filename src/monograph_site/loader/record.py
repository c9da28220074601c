"""From a draft to a record: what the file says, in the one form that pages know."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from ..markdown.html import escape
from ..markdown.parser import short
from ..model.dates import months_after, months_in
from ..model.finding import Finding, Severity
from ..model.monograph import Alert, Monograph, Review, Section, Statement, Status
from ..model.source import Span
from ..model.strings import collapse, squash
from ..model.tables import tables_of
from ..model.words import Words, mark, words_in
from ..source.schema import Fields
from ..source.schema_plain import plain_places
from .classification import classes_of, conditions_of
from .description import derive_description, is_usable
from .draft import Draft
from .names import ingredients_of, names_of
from .permalink import permalink_of, stated_slug
from .provenance import provenance_of


def make_record(draft: Draft, slug: str, findings: tuple[Finding, ...]) -> Monograph:
    """The record of a draft. `slug` is made from the file's name; `findings` are those of the
    rules, of which the serious ones are shown to readers."""
    fields, body, path = draft.fields, draft.body, draft.source.path
    sections = _with_audiences((*_article_head(draft), *body.sections), fields)
    permalink, former_addresses = permalink_of(draft, slug)
    description = collapse(fields.description)
    return Monograph(
        path=path,
        id=fields.id or slug,
        kind=draft.kind,
        slug=stated_slug(fields) or slug,
        title=draft.title,
        description=description if is_usable(description) else derive_description(sections),
        pronunciation=fields.pronunciation,
        names=names_of(draft),
        classes=classes_of(draft),
        atc=fields.atc,
        conditions=conditions_of(draft),
        ingredients=ingredients_of(draft),
        product=fields.product,
        status=fields.status or Status(),
        provenance=provenance_of(draft),
        review=_review(fields),
        dates=fields.dates,
        audience=fields.audience or ("professional" if draft.kind == "article" else "both"),
        lang=fields.lang,
        translation_of=fields.translation_of,
        authors=fields.authors,
        alerts=(*_alerts(fields), *_editorial_alerts(findings, words_in(draft.frame_language))),
        sections=sections,
        faqs=body.faqs,
        references=body.references,
        disclaimer=_disclaimer(draft),
        note=body.note,
        aliases=(*former_addresses, *fields.aliases),
        permalink=permalink,
        extra=fields.extra,
        tables=tables_of(draft.rows),
        draft=fields.draft or "_drafts" in path.split("/")[:-1],
        not_a_monograph=any(
            finding.name == "no-section" and finding.severity is Severity.ERROR
            for finding in findings
        ),
    )


def _with_audiences(sections: tuple[Section, ...], fields: Fields) -> tuple[Section, ...]:
    """The sections with the audience that front matter states by section key. That of a heading
    counts before it."""
    if not fields.section_audiences:
        return sections
    audiences = dict(fields.section_audiences)
    return tuple(
        replace(section, audience=section.audience or audiences.get(section.key, ""))
        for section in sections
    )


def _article_head(draft: Draft) -> tuple[Section, ...]:
    """An article's question and recommendation, from its front matter, as its first sections."""
    texts = (
        ("question", mark("Question"), draft.fields.question),
        ("recommendation", mark("Recommendation"), draft.fields.recommendation),
    )
    words = words_in(draft.frame_language)
    return tuple(
        Section(key, words(heading), f"article-{key}", None, *short(text))
        for key, heading, text in texts
        if text
    )


def _disclaimer(draft: Draft) -> Statement | None:
    """The disclaimer of the front matter, and after it that of the body if it is another."""
    stated, in_body = draft.fields.disclaimer, draft.body.disclaimer
    if not stated or (in_body and squash(in_body.text) == squash(stated)):
        return in_body
    html, text = short(stated)
    return Statement(html + (in_body.html if in_body else ""), text, "text")


def _review(fields: Fields) -> Review:
    """The review as stated. Where the file states an interval and no date for the next review, the
    date follows from the interval.

    An approval without a name and a date is a submission.
    """
    review = fields.review or Review(status="not_stated")
    if fields.review_interval and not review.next_due:
        due = months_after(review.on, months_in(fields.review_interval))
        review = replace(review, next_due=due)
    signed = review.by and review.on
    return review if signed or review.status != "approved" else replace(review, status="submitted")


def _alerts(fields: Fields) -> tuple[Alert, ...]:
    return tuple(
        Alert(alert.level, alert.heading, short(alert.text, alert.span.line).html)
        for alert in fields.alerts
    )


_EDITORIAL_ALERTS = {
    "no-section": (
        mark("This is not a monograph"),
        mark("The text below gives no information on how this medicine is used."),
    ),
    "truncated-text": (
        mark("This text is incomplete"),
        mark("It breaks off in the middle of a sentence. Important parts may be missing."),
    ),
    "ai-residue": (
        mark("This text needs an editor"),
        mark("A sentence in it was written by a language model about itself."),
    ),
    "placeholder": (
        mark("This text is incomplete"),
        mark("A placeholder in it was never filled in."),
    ),
}
"""Names of findings that readers must know of, if they are errors: heading and text of the alert.
"""


def _editorial_alerts(findings: Iterable[Finding], words: Words) -> tuple[Alert, ...]:
    """The alerts at the top of a page whose text has a serious fault."""
    names = dict.fromkeys(
        finding.name
        for finding in findings
        if finding.severity is Severity.ERROR and finding.name in _EDITORIAL_ALERTS
    )
    alerts = (_EDITORIAL_ALERTS[name] for name in names)
    return tuple(
        Alert("fault", words(heading), f"<p>{escape(words(text))}</p>\n")
        for heading, text in alerts
    )


def places_of(draft: Draft) -> dict[str, Span]:
    """Where the file states what site rules speak of, by the names of `places_in`; what it does not
    state has no place."""
    titles = draft.outline.titles
    heading = {"title": draft.source.find("", titles[0][1])} if titles else {}
    places = plain_places(draft.front)
    if places is None:
        from ..source.schema_places import places_in  # imports pydantic, see `read_fields`

        places = places_in(draft.front)
    return heading | places
