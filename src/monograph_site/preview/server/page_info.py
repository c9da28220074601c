"""What an editor wants to know of the page before them: for the bar at the foot of each page, and
the panel over it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...build import scan
from ...build.load import lines, load
from ...config import FILE, Config
from ...model.finding import Finding, Severity
from ...model.monograph import Monograph
from ...model.source import Source
from ...site.addresses import KINDS
from ...site.reviews import is_overdue
from ...source.decode import decode
from ..session import Session
from .editor_links import EditorLinks

_REVIEWS = {
    "approved": "approved",
    "submitted": "submitted for review",
    "in_review": "in review",
    "retired": "retired",
    "draft": "draft",
}


@dataclass(frozen=True, slots=True)
class PageInfo:
    """Writes the notes of pages."""

    live: Session
    editor: str

    def of(self, output: str) -> dict[str, Any]:
        """The notes of the page at an output path, as plain values. The file is read and loaded
        again for them."""
        live, faults = self.live, EditorLinks(self.live.options.content, self.editor)
        source, answer = live.source_at(output), live.answer(output)
        read = _read(live.options.content, source)
        done, files = live.progress
        return {
            "source": source,
            "editor": faults.link(source),
            "facts": _facts(read, live.config, live.options.as_of) if read else [],
            "sections": _sections(read, live.config, faults) if read else [],
            "findings": faults.shown(live.findings_of(source) if source else ()),
            "blocking": faults.shown(blocking(live, source, answer.fault if answer else "")),
            "fault": answer.fault if answer else "",
            "shown": bool(answer and answer.content),
            "why": list(answer.why) if answer else [],
            "loaded": done,
            "files": files,
            "site": live.inspected[0],
        }


def blocking(live: Session, source: str, fault: str) -> tuple[Finding, ...]:
    """What keeps a page from being drawn as it should be now: faults of its file, of the settings
    and of the theme."""
    own = (one for one in (live.findings_of(source) if source else ()) if one.blocks_page)
    settings = (one for one in live.findings_of(FILE) if one.severity is Severity.ERROR)
    theme = (
        one
        for one in (live.findings() if fault else ())
        if one.path and fault.startswith(f"{one.path}:")
    )
    return (*own, *settings, *theme)


def _facts(read: Source, config: Config, as_of: str) -> list[str]:
    """Kind and review of a file as it is now, in words; none where it can't be a page."""
    monograph = load(read, config).monograph
    return [KINDS[monograph.kind][0], _review(monograph, config, as_of)] if monograph else []


def _sections(read: Source, config: Config, faults: EditorLinks) -> list[dict[str, Any]]:
    """The anchors of a page in the order of the file, each with its line."""
    found = sorted(lines(read, config).items(), key=lambda one: one[1])
    return [
        {"id": anchor, "line": line, "editor": faults.link(read.path, line)}
        for anchor, line in found
    ]


def _review(monograph: Monograph, config: Config, as_of: str) -> str:
    state = _REVIEWS.get(monograph.review.status, "review not stated")
    by = f" by {', '.join(monograph.review.by)}" if monograph.review.by else ""
    on = f" on {monograph.review.on}" if monograph.review.on else ""
    late = ", overdue" if is_overdue(monograph.review, config.review.months, as_of) else ""
    return f"{state}{by}{on}{late}"


def _read(content: Path, source: str) -> Source | None:
    """A content file as text; None where there is none or it is no text."""
    try:
        return decode(source, scan.read(content, source)[0]).source if source else None
    except OSError:
        return None
