"""Characters that no text may have do not come in through escapes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from helpers import Site, tree
from monograph_site.model.source import Source
from monograph_site.source.yaml_reader import read_yaml

REFUSED = ["\\0", "\\x07", "\\x1b", "\\x7f", "\\u2028", "\\u202e", "\\u2066", "\\ufeff", "\\e"]


@pytest.mark.parametrize("escape", REFUSED)
def test_a_refused_character_is_replaced_and_found(escape: str) -> None:
    text = f'title: "Exam{escape}plin"\nbrands:\n  - &a "B{escape}"\n  - *a\n"k{escape}": x\n'
    read = read_yaml(text, Source("x.md", text))
    assert read.value == {
        "title": "Exam\ufffdplin",
        "brands": ["B\ufffd", "B\ufffd"],
        "k\ufffd": "x",
    }
    places = [(finding.code, finding.span.line, finding.span.column) for finding in read.findings]
    assert sorted(places) == [("E018", 1, 8), ("E018", 3, 5), ("E018", 5, 1)]
    assert "U+" in read.findings[0].message


@pytest.mark.parametrize("text", ['a: "\\t\\n"', "a: |\n  b\n  c\n", 'a: "\\u00b5g \\u2265 5"'])
def test_what_text_may_have_is_left(text: str) -> None:
    assert read_yaml(text, Source("x.md", text)).findings == ()


def test_nothing_of_it_is_published(build_site: Callable[..., Site]) -> None:
    text = (
        '---\ntitle: "Exam\\0plin"\nbrands: ["B\\x1bx"]\naliases: ["/o\\u202eld/"]\n'
        'names: {synonyms: ["S\\x9f"]}\n---\n\n## Uses\n\nPain.\n'
    )
    site = build_site({"drugs/x.md": text}, "--keep-going", code=1)
    published = tree(site.output)
    for path, data in published.items():
        text = data.decode() if path.endswith((".html", ".json", ".xml")) else ""
        if path.endswith(".json"):
            text = json.dumps(json.loads(text), ensure_ascii=False)
        assert not any(ord(char) in (0, 0x1B, 0x9F, 0x202E) for char in path + text), path
