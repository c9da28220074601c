"""Tasks and fields, as note-taking tools write them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from ..regex import regex
from .blocks import Block, Run, text_run

_TASK = regex(r"\[([ xX/-])\][ \t]+")
_STATES = {
    " ": ("☐", "to do"),
    "x": ("☑", "done"),
    "/": ("◪", "begun"),
    "-": ("☒", "cancelled"),
}
_FIELD = regex(r"([A-Za-z][\w-]*(?: [\w-]+){0,4})::[ \t]+(?=\S)")
_FIELD_IN_LINE = regex(r"(?<=[\[(])([A-Za-z][\w-]*(?: [\w-]+){0,4})::(?=[ \t]+\S)")


def with_task(children: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a list item. `[ ]` or `[x]` at its start becomes a box, empty or ticked; `[/]`
    and `[-]` are tasks begun and cancelled."""
    lead = children[0] if children and children[0].kind == "paragraph" else None
    match = _TASK.match(lead.runs[0].text) if lead and lead.runs else None
    if lead is None or match is None or lead.runs[0].kind != "text":
        return children
    box, words = _STATES[match[1].lower()]
    task = Run("task", f"{box} ", f'<span role="img" aria-label="{words}">{box}</span> ')
    rest = text_run(lead.runs[0].text[match.end() :])
    return (replace(lead, runs=(task, rest, *lead.runs[1:])), *children[1:])


def with_fields(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Runs in which the label of a field of Dataview ends in one colon: `key:: value` at the start
    of a line, where it is bold, and `[key:: value]` or `(key:: value)` in it."""
    found: list[Run] = []
    for run in runs:
        before = found[-1].kind if found else "break"
        if run.kind == "text" and "::" in run.text:
            match = _FIELD.match(run.text) if before == "break" else None
            if match:
                label = text_run(f"{match[1]}:")
                found += (
                    Run("strong", label.text, f"<strong>{label.html}</strong>"),
                    text_run(" "),
                )
                run = text_run(run.text[match.end() :])
            text = run.text[1:] if before == "strong" and run.text[:3] == ":: " else run.text
            run = text_run(_FIELD_IN_LINE.sub(r"\1:", text))
        found.append(run)
    return tuple(found)
