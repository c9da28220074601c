"""Marks at the start of a line or list item that note-taking tools give a meaning: tasks and
fields."""

from __future__ import annotations

from collections.abc import Sequence

from ..regex import regex
from .blocks import Block, Run, text_run

_TASK = regex(r"\[([ xX])\][ \t]+")
_FIELD = regex(r"([A-Za-z][\w-]*(?: [\w-]+){0,4})::[ \t]+(?=\S)")


def with_task(children: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a list item. `[ ]` or `[x]` at its start becomes a box, empty or ticked."""
    lead = children[0] if children and children[0].kind == "paragraph" else None
    match = _TASK.match(lead.runs[0].text) if lead and lead.runs else None
    if lead is None or match is None or lead.runs[0].kind != "text":
        return children
    box, words = ("☐", "to do") if match[1] == " " else ("☑", "done")
    task = Run("task", f"{box} ", f'<span role="img" aria-label="{words}">{box}</span> ')
    rest = text_run(lead.runs[0].text[match.end() :])
    return (lead._replace(runs=(task, rest, *lead.runs[1:])), *children[1:])


def with_fields(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs in which `key:: value` at the start of a line (Dataview's fields) is a bold label."""
    found: list[Run] = []
    for run in runs:
        starts_line = not found or found[-1].kind == "break"
        match = _FIELD.match(run.text) if starts_line and run.kind == "text" else None
        if match:
            label = text_run(f"{match[1]}:")
            found += (Run("strong", label.text, f"<strong>{label.html}</strong>"), text_run(" "))
            run = text_run(run.text[match.end() :])
        found.append(run)
    return tuple(found)
