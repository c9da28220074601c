"""Known keys in the tables of Zola and Hugo mean what they mean at the top, at their own places."""

from __future__ import annotations

import pytest

from monograph_site.model.source import Source
from monograph_site.source.front_matter import read_front_matter
from monograph_site.source.nested_fields import lift_nested_fields

TEXTS = {
    "+++\ntitle = 'A'\n[extra]\nbrands = ['B']\nward = 3\n+++\n": {
        "title": "A", "brands": ["B"], "extra": {"ward": "3"},
    },
    "---\nparams:\n  brands: [B]\n  ward: 3\ntitle: A\n---\n": {
        "title": "A", "brands": ["B"], "params": {"ward": "3"},
    },
    "---\nparams: {brands: [B]}\n---\n": {"brands": ["B"]},
    "---\nbrands: [C]\nextra: {brands: [B]}\n---\n": {"brands": ["C"], "extra": {"brands": ["B"]}},
    "+++\n[extra]\ntoc = true\nkatex = false\ncard = 'img/a b.png'\nimg = 'img/a.png'\nper = '5 mg/kg'\n"
    "rate = '1.5'\n+++\n": {"extra": {"card": "img/a b.png", "per": "5 mg/kg", "rate": "1.5"}},
    "---\nextra: {toc: yes, mathjax: x}\n---\n": {},
    "---\nextra: text\nparams: [a]\n---\n": {"extra": "text", "params": ["a"]},
}  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_known_keys_are_lifted(text: str) -> None:
    front = lift_nested_fields(read_front_matter(Source("a.md", text)))
    assert front.data == TEXTS[text]
    if front.data.get("brands") == ["B"]:
        place = text.index("B")
        assert front.span_of("brands", 0) in (
            Source("a.md", text).span(place), Source("a.md", text).span(place - 1),
        )  # fmt: skip
