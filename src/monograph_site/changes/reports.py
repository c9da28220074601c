"""The changes as text, Markdown (for a comment on a pull request), HTML and JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ..check.formats.style import plural
from ..markdown.html import escape
from ..model.strings import collapse, printable
from ..regex import regex
from .change import KINDS, Change, PageChanges

MAX_COMMENT = 60_000
"""Characters of a Markdown report: GitHub takes 65,536 in a comment."""
SCHEMA_VERSION = 1
"""The version of the JSON report: it changes where a reader of the old one would go wrong."""
MARKER = "<!-- monograph-site diff -->"
"""The first line of a Markdown report, by which a workflow finds the comment to update."""
_MARKDOWN = regex(r"([\\`*_{}\[\]<>#|~&@])")


def summary_line(pages: Sequence[PageChanges]) -> str:
    """What changed, in one line."""
    if not pages:
        return "No page changed."
    counts = Counter(change.kind for page in pages for change in page.clinical)
    wording = sum(len(page.wording) for page in pages)
    parts = [f"{kind.title.lower()}: {counts[kind]}" for kind in sorted(counts, key=_rank)]
    if wording:
        parts.append(f"wording only: {wording}")
    return f"{plural(len(pages), 'page')} changed. {'; '.join(parts).capitalize()}."


def _rank(kind: Any) -> int:
    return int(kind.rank)


def write_text(pages: Sequence[PageChanges], wording: bool = False) -> str:
    """The changes for a terminal."""
    lines: list[str] = []
    for page in pages:
        lines.append(f"{printable(page.path)}  {printable(page.title)}")
        if page.former_path:
            lines.append(f"  renamed from {printable(page.former_path)}")
        for change in page.changes if wording else page.clinical:
            lines.append(f"  {_headline(change, printable)}")
            lines += (f"    {mark} {printable(text)}" for mark, text in _sides(change))
        if page.wording and not wording:
            lines.append(f"  {plural(len(page.wording), 'change')} of wording only")
        lines.append("")
    return "\n".join((*lines, summary_line(pages), ""))


def write_markdown(pages: Sequence[PageChanges], wording: bool = False) -> str:
    """The changes as a comment on a pull request; shortened where it would be too long."""
    parts = [MARKER, "## What this change means clinically", "", _escape(summary_line(pages)), ""]
    length, shown = sum(map(len, parts)), 0
    for page in pages:
        part = "\n".join(_markdown_page(page))
        if length + len(part) > MAX_COMMENT:
            break
        parts.append(part)
        length, shown = length + len(part) + 1, shown + 1
    if shown < len(pages):
        parts.append(
            f"\n{plural(len(pages) - shown, 'more page')} changed. Run `monograph-site diff` to see "
            "all of them."
        )
    return "\n".join(parts) + "\n"


def _markdown_page(page: PageChanges) -> Iterator[str]:
    yield f"### {_escape(page.title)} ({_code(page.path)})"
    yield ""
    if page.former_path:
        yield f"Renamed from {_code(page.former_path)}."
        yield ""
    for change in page.clinical:
        yield f"- **{_headline(change, _escape)}**"
        yield from (f"  - {mark} {_escape(text)}" for mark, text in _sides(change))
    if page.wording:
        count = plural(len(page.wording), "change")
        yield ""
        yield f"<details><summary>{count} of wording only</summary>"
        yield ""
        for change in page.wording:
            yield f"- {_escape(change.where)}"
            yield from (f"  - {mark} {_escape(text)}" for mark, text in _sides(change))
        yield ""
        yield "</details>"
    yield ""


_STYLE = """
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h2{margin:2rem 0 .5rem;font-size:1.2rem}li{margin:.6rem 0}
del,ins{display:block;text-decoration:none;padding:.1rem .5rem;border-left:4px solid;white-space:pre-line}
del{border-color:#b3261e;background:#b3261e1a}ins{border-color:#1b7f3b;background:#1b7f3b1a}
.kind{font-weight:600}.first .kind{color:#b3261e}
@media (prefers-color-scheme:dark){.first .kind{color:#ff8a80}}
""".strip()


def write_html(pages: Sequence[PageChanges], wording: bool = False) -> str:
    """The changes as a web page of its own, which loads nothing."""
    body = "\n".join(line for page in pages for line in _html_page(page))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>What changed</title><style>{_STYLE}</style></head><body>\n"
        f"<main><h1>What changed</h1>\n<p>{escape(summary_line(pages))}</p>\n{body}\n"
        "</main></body></html>\n"
    )


def _html_page(page: PageChanges) -> Iterator[str]:
    yield f"<h2>{escape(page.title)} <code>{escape(page.path)}</code></h2>"
    if page.former_path:
        yield f"<p>Renamed from <code>{escape(page.former_path)}</code>.</p>"
    if page.clinical:
        yield f"<ul>{''.join(map(_html_change, page.clinical))}</ul>"
    if page.wording:
        items = "".join(map(_html_change, page.wording))
        count = plural(len(page.wording), "change")
        yield f"<details><summary>{count} of wording only</summary><ul>{items}</ul></details>"


_TAGS = {"−": "del", "+": "ins", "=": "p"}


def _html_change(change: Change) -> str:
    name = ' class="first"' if change.kind is KINDS["safety-removed"] else ""
    sides = "".join(
        f"<{tag}>{escape(text)}</{tag}>"
        for (mark, text) in _sides(change)
        for tag in (_TAGS[mark],)
    )
    return f'<li{name}><span class="kind">{_headline(change, escape)}</span>{sides}</li>'


def write_json(pages: Sequence[PageChanges], wording: bool = False) -> str:
    """The changes as JSON, wording included."""
    data = {
        "version": SCHEMA_VERSION,
        "summary": summary_line(pages),
        "pages": [
            {
                "path": page.path,
                **({"former_path": page.former_path} if page.former_path else {}),
                "title": page.title,
                "changes": [_json_change(change) for change in page.changes],
            }
            for page in pages
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _json_change(change: Change) -> dict[str, Any]:
    values = {
        "kind": change.kind.name,
        "also": list(change.also),
        "action": change.action,
        "subject": change.subject,
        "where": change.where,
        "before": change.before,
        "after": change.after,
        "details": [detail for detail in change.details if detail],
    }
    return {key: value for key, value in values.items() if value}


FORMATS: dict[str, Callable[[Sequence[PageChanges], bool], str]] = {
    "text": write_text,
    "markdown": write_markdown,
    "html": write_html,
    "json": write_json,
}
"""The writer of each format. The second argument says whether changes of wording are listed too,
where the format does not fold them."""


def _headline(change: Change, shown: Callable[[str], str]) -> str:
    """The kind of a change, where it is, and what exactly differs."""
    title = change.kind.title
    if title.endswith(" changed") and change.action != "changed":
        title = f"{title.removesuffix(' changed')} {change.action}"
    where = f"{change.subject}: {change.where}" if change.subject else change.where
    details = "; ".join(detail for detail in change.details if detail)
    return " · ".join(shown(collapse(part)) for part in (title, where, details) if part)


def _sides(change: Change) -> Iterator[tuple[str, str]]:
    """The statement before and after, where they say more than the headline. What only is
    elsewhere is named once."""
    before, after = (
        collapse("; ".join(text.split("\n"))) for text in (change.before, change.after)
    )
    if before == after and before:
        yield "=", before
        return
    for mark, text in (("−", before), ("+", after)):
        if text and not any(text in detail for detail in change.details):
            yield mark, text


def _escape(text: str) -> str:
    """Plain text in Markdown: nothing of it becomes markup, a mention or a link."""
    return _MARKDOWN.sub(r"\\\1", collapse(text)).replace("://", ":\u200b//")


def _code(text: str) -> str:
    mark = "``" if "`" in text else "`"
    return f"{mark}{collapse(text)}{mark}"
