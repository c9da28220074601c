"""Suppressions in comments, and what only looks like one."""

from __future__ import annotations

import pytest

from monograph_site.model.source import Source
from monograph_site.source.suppressions import read_suppressions

COMMENT = "<!-- monograph-site: ignore W601 -- as printed -->"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"a\n\nb {COMMENT}\nc\n", [(3, 4)]),
        (f"{COMMENT}\n\nb\nc\n", [(3, 4)]),
        (f"Write `{COMMENT}` in it.\n", []),
        (f"```\n{COMMENT}\n```\n\nb {COMMENT}\n", [(5, 5)]),
        (f"~~~~\n{COMMENT}\n```\n", []),
    ],
)
def test_where_a_suppression_holds(text: str, lines: list[tuple[int, int]]) -> None:
    ignores = read_suppressions(Source("drugs/x.md", text))
    assert [(ignore.first, ignore.last) for ignore in ignores] == lines
