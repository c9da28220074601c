"""Amounts in text from right to left keep their order; the theme has no left and no right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monograph_site.build.load import load_source
from monograph_site.config import Config
from monograph_site.loader.right_to_left import isolate_doses
from monograph_site.model.source import Source

ROOT = Path(__file__).resolve().parents[2]
TEXT = "---\ntitle: دواء\nlang: {}\n---\n## الجرعة\n\nتؤخذ 500 mg كل 4–6 ساعات.\n"


@pytest.mark.parametrize(
    ("html", "isolated"),
    [
        ("<p>تؤخذ 500 mg الآن</p>", ["500 mg"]),
        ("<p>500–1000 mg و 15 mg/kg/day و 5 %</p>", ["500–1000 mg", "15 mg/kg/day", "5 %"]),
        ("<p>كل 4–6 ساعات، 1,000.5 µg</p>", ["4–6", "1,000.5 µg"]),
        ('<p id="dose-5 mg">في 24 ساعة <a href="/500 mg">2</a></p>', []),
        ("<p>2025-01-20 B12</p>", ["2025-01-20"]),
    ],
)
def test_amounts_are_isolated(html: str, isolated: list[str]) -> None:
    result = isolate_doses(html)
    assert re.findall(r'<bdi dir="ltr">(.*?)</bdi>', result) == isolated
    assert re.sub(r"</?bdi[^>]*>", "", result) == html


@pytest.mark.parametrize(("lang", "count"), [("ar", 2), ("he", 2), ("es", 0)])
def test_only_text_from_right_to_left_has_isolated_amounts(lang: str, count: int) -> None:
    monograph = load_source(Source("drugs/x.md", TEXT.format(lang)), Config()).monograph
    assert monograph is not None
    (section,) = monograph.sections
    assert section.html.count("<bdi") == count
    assert "<bdi" not in section.text


def test_the_theme_is_laid_out_by_the_direction_of_the_text() -> None:
    css = (ROOT / "templates/assets/theme.css").read_text("utf-8")
    physical = r"(?:margin|padding|border)-(?:left|right)\b|text-align: left|[{;] ?(?:left|right):"
    assert re.findall(physical, css) == []
    for rule in re.findall(r"(?:margin|padding): ([^;}]+)", css):
        sides = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)", "x", rule).split()
        assert len(sides) < 4 or sides[1] == sides[3], rule
