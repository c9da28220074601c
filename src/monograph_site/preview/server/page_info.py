"""Information about a page for its editor: for the bar at the foot of the page and the panel over
it."""

from __future__ import annotations

from typing import Any

from ...config import SETTINGS_FILE
from ...model.finding import Finding, Severity
from ...site.addresses import KINDS
from ...site.entry import Entry
from ...site.reviews import is_overdue
from ..session import Session
from .editor_links import EditorLinks, worst_first

_REVIEW_STATES = {
    "approved": "approved",
    "submitted": "submitted for review",
    "in_review": "in review",
    "retired": "retired",
    "draft": "draft",
}


def page_info(session: Session, links: EditorLinks, output: str) -> dict[str, Any]:
    """Everything the bar and the panel show about the page at an output path, as plain values.

    All of it is what the session holds: the file is not read again.
    """
    answer = session.answer(output) or session.held_answer(output)
    source = session.source_at(output)
    error = answer.error if answer else ""
    loaded, files = session.progress
    findings = session.findings_of(source) if source else ()
    file, line = session.place_of(source)
    return {
        "source": file,
        "editor": links.link(file, line),
        "facts": _facts(session, source),
        "sections": _sections(session, source, links),
        "findings": [links.describe(finding) for finding in worst_first(findings)],
        "blocking": [
            links.describe(finding)
            for finding in worst_first(blocking_findings(session, source, error))
        ],
        "stopping": [
            links.describe(finding)
            for finding in worst_first(findings)
            if finding.severity is Severity.ERROR and not finding.blocks_page
        ],
        "error": error,
        "shown": bool(answer and answer.content),
        "why": list(answer.why) if answer else [],
        "loaded": loaded,
        "files": files,
        "site": session.last_inspection.total,
    }


def blocking_findings(session: Session, source: str, error: str) -> tuple[Finding, ...]:
    """The findings that keep a page from being rendered as its file now says: in the file, in the
    settings, and in the theme.

    `source` is the content file of the page ('' for none), `error` its template error.
    """
    in_file = session.findings_of(source) if source else ()
    in_theme = session.findings() if error else ()
    return (
        *(finding for finding in in_file if finding.blocks_page),
        *(item for item in session.findings_of(SETTINGS_FILE) if item.severity is Severity.ERROR),
        *(item for item in in_theme if item.path and error.startswith(f"{item.path}:")),
    )


def _facts(session: Session, source: str) -> list[str]:
    """Kind and review of a file as it is now, in words; empty where it can't be a page."""
    entry = session.entry(source)
    if entry is None or not entry.record_digest:
        return []
    return [KINDS[entry.kind][0], _review(entry, session)]


def _review(entry: Entry, session: Session) -> str:
    review = entry.review
    state = _REVIEW_STATES.get(review.status, "review not stated")
    by = f" by {', '.join(review.by)}" if review.by else ""
    on = f" on {review.on}" if review.on else ""
    is_late = is_overdue(review, session.config.review.months, session.options.as_of)
    return f"{state}{by}{on}{', overdue' if is_late else ''}"


def _sections(session: Session, source: str, links: EditorLinks) -> list[dict[str, Any]]:
    """The anchors of a page in the order of the file, each with its line."""
    lines = sorted(session.section_lines(source).items(), key=lambda item: item[1])
    file, _ = session.place_of(source)
    return [
        {"id": anchor, "line": line, "editor": links.link(file, line)} for anchor, line in lines
    ]
