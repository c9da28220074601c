"""repeated-paragraph (W223)."""

from __future__ import annotations

from collections.abc import Iterator

from ...loader.draft import Draft
from ...model.finding import Problem
from ...regex import regex
from .. import rule
from .._qualifiers import qualifier

MIN_PARAGRAPH = 100
"""Characters of a paragraph that is compared: shorter ones are warnings that a page may repeat."""

_ADVICE = regex(
    r"\b(?:[Cc]onsult|[Aa]sk|[Tt]alk to|[Tt]ell|[Ss]peak (?:to|with)|[Cc]ontact|[Ss]eek|[Ii]nform|advice"
    r"|guidance|supervision)\b[^.]{0,80}\b(?:doctors?|physicians?|pharmacists?|professionals?"
    r"|providers?|medical|prescribers?|nurse|midwife)\b"
)
"""Standing advice, which a page may repeat in each section."""
_WARNING = regex(r"[*_\s]*(?:(?:Warning|Caution|Important)\b|Do not |Don['’]t |Never )")
"""A warning, which a page may repeat where it matters."""


@rule("W223", "repeated-paragraph")
def repeated_paragraph(page: Draft) -> Iterator[Problem]:
    """A paragraph appears twice on a page, outside its lists, its questions and its closing notes.

    Advice to ask a doctor or pharmacist, warnings (`Do not …`), and the same text under the headings
    of two forms (`Tablets`, `Capsules`), are not reported.

    Why it matters: a tool pasted it twice, perhaps instead of another text; and only one of two
    copies will be corrected.

    Wrong: the paragraph on adults again under the heading for children.

    Right: each paragraph once.

    How to fix: find out which text belongs in the second place; if none does, remove the copy.
    """
    if page.kind == "page":
        return
    lines = page.lines[page.front.body_line - 1 :]
    long_lines = [line for line in lines if len(line) > MIN_PARAGRAPH // 2]
    if len(long_lines) == len(set(long_lines)):
        return
    seen: dict[tuple[str | None, str, str], int] = {}
    for part in page.content:
        form = _form(part.heading)
        for block in part.blocks if part.key != "faqs" else ():
            if block.kind == "heading":
                form = _form(block.text)
            text = block.text.strip() if block.kind == "paragraph" else ""
            if len(text) < MIN_PARAGRAPH or _ADVICE.search(text) or _WARNING.match(text):
                continue
            first = seen.setdefault((part.subject, text, form), block.line)
            if first != block.line:
                message = f"This paragraph repeats the one on line {first}: {text[:40]!r}."
                yield page.at(block.line, f"{message}\nRemove the copy, or replace it.")


def _form(heading: str) -> str:
    """A heading that names a form of the medicine, and what else it says; '' for any other."""
    return heading.casefold() if qualifier(heading) == "form" else ""
