"""`line`: every finding in one line, for editors, `grep` and `sort`."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.strings import printable
from .view import View


def write(view: View) -> Iterator[str]:
    """`path:line:column CODE name [severity] message hint`, by place."""
    for one in view.found:
        words = (view.place(one), one.code, one.name, f"[{one.severity}]", one.message, one.hint)
        yield printable(" ".join(filter(None, words))) + "\n"
