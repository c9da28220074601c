"""Findings in short, for what `build` says: the worst first, and of many of a kind only the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...model.finding import Finding, ordered
from ...model.strings import printable
from .style import paint

_MANY = 5
_SHOWN = 3


def write_brief(found: Iterable[Finding], *, colour: bool = False) -> str:
    """Findings by severity and code, one a line: `path:line:column CODE name [severity] message`.

    Of a code with more than five findings only the first three, with a count of the rest: of ten
    thousand, nobody reads the line that matters.
    """
    return "".join(f"{line}\n" for line in _gathered(ordered(found), colour))


def _gathered(found: Sequence[Finding], colour: bool) -> Iterator[str]:
    kinds: dict[tuple[int, str], list[Finding]] = {}
    for one in found:
        kinds.setdefault((one.severity.rank, one.code), []).append(one)
    for _, some in sorted(kinds.items()):
        shown = some if len(some) <= _MANY else some[:_SHOWN]
        for one in shown:
            mark = f"[{one.severity.value}]"
            yield printable(str(one)).replace(mark, paint(mark, one.severity, colour), 1)
        if len(shown) < len(some):
            files = len({one.path for one in some})
            where = f"in {files:,} files" if files > 1 else "in this file"
            first = some[0]
            yield f"    … {len(some):,} {first.code} {first.name} {where}; `monograph-site check` shows all of them"
