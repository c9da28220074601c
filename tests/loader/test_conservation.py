"""Nothing is lost: every word of every content file is in the visible text of its page.

Not counted: a heading that only repeats the title, the marks of questions and answers (`Q1:`,
`A:`), and the words of a label that a page expresses by its layout (see `conservation.py`).
"""

from __future__ import annotations

import random
import re
from html import escape
from pathlib import Path

import pytest

from conservation import is_label, leaves, losses, words
from formularies import Formularies, Formulary, build_once
from helpers import visible_text
from monograph_site.build.load import load_bytes
from monograph_site.config import Config
from monograph_site.model.monograph import map_html
from writing import anything

SLICES = 6


def lost(built: Formulary, paths: tuple[str, ...]) -> list[str]:
    missing = []
    for path in paths:
        title = built.records[path]["title"] if path in built.records else ""
        missing += [str(loss) for loss in losses(path, built.body(path), title, built.html(path))]
    return missing


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_own(formulary: Formularies, name: str) -> None:
    built = formulary(name)
    assert built.summary["monographs"] == len(built.files) > 0
    assert lost(built, built.files) == []


@pytest.mark.shared
@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("name", ["labelled", "sectioned"])
def test_shared(formulary: Formularies, name: str, part: int) -> None:
    built = formulary(name)
    assert built.summary["monographs"] == len(built.records) == len(built.files) > 900
    assert lost(built, built.files[part::SLICES]) == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_the_markup(tmp_path: Path, seed: int) -> None:
    """Labels, headings, lists and questions in any order, as no author would combine them."""
    chance = random.Random(seed)
    content = tmp_path / "content" / "drugs"
    content.mkdir(parents=True)
    for number in range(60):
        text = f"---\ntitle: Xenon {number}\n---\n\n{anything(chance)}"
        (content / f"{number}.md").write_text(text, encoding="utf-8")
    built = build_once("anything", tmp_path / "content", tmp_path)
    assert built.summary["monographs"] == 60
    assert lost(built, built.files) == []


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_a_lost_sentence_is_noticed(formulary: Formularies, name: str) -> None:
    """The measure itself: any text that is taken out of a page is reported."""
    built = formulary(name)
    chance = random.Random(1)
    for path in built.files:
        title = built.records[path]["title"] if path in built.records else ""
        html = built.html(path)
        start = html.index("<main")
        texts = [
            passage
            for passage in re.finditer(r"(?<=>)[^<>]{12,}(?=<)", html[start:])
            if words(passage.group()) and not is_label(passage.group())
        ]
        source = " ".join(" ".join(leaf.words) for leaf in leaves(built.body(path)))
        texts = [
            passage for passage in texts if source.count(" ".join(words(passage.group()))) == 1
        ]
        assert texts, path
        for passage in chance.sample(texts, min(5, len(texts))):
            without = html[: start + passage.start()] + html[start + passage.end() :]
            if " ".join(words(passage.group())) in " ".join(words(visible_text(without))):
                continue  # a heading, which is in the list of contents too
            reported = losses(path, built.body(path), title, without)
            assert reported, f"{path}: no loss is reported for {passage.group()!r}"
            missed = {word for loss in reported for word in words(loss.text)}
            assert missed & {*words(passage.group())}, (path, passage.group(), reported)


@pytest.mark.parametrize(
    ("body", "html", "missing"),
    [
        ("* Nausea\n* Rash\n", "<p>Nausea, Rash</p>", []),
        ("* Nausea\n* Nausea\n", "<li>Nausea</li>", ["nausea"]),
        ("Take one tablet.\n", "<p>Take tablet one.</p>", ["one"]),
        ("Take **one** tablet.\n", "<p>Take</p><h3>one</h3><p>tablet.</p>", []),
        ("Not more than 10&nbsp;mg.\n", "<p>Not more than 10 mg.</p>", []),
        ("8CO<sub>2</sub> and <dose>\n", "<p>8CO<sub>2</sub> and &lt;dose&gt;</p>", []),
        ("8CO<sub>2</sub> and <dose>\n", "<p>8CO<sub>2</sub> and</p>", ["dose"]),
        ("### **Q1: Is it safe?**\n\n**A:** Yes.\n", "<h3>Is it safe?</h3><p>Yes.</p>", []),
        ("# Aprivane\n\nText.\n", "<p>Text.</p>", []),
        ("Shown <script>never</script>\n", "<head>Shown</head><p>x</p>", ["shown"]),
        ("Unseen words\n", "<script>Unseen words</script>", ["unseen"]),
        ("HLA-B*5701 and HLA-B*58:01\n", "<p>HLA-B*5701 and HLA-B*58:01</p>", []),
        ("**Dose:** 5 – 10 mg (20%)\n", "<h2>Dose</h2><p>5 – 10 mg (20%)</p>", []),
        ("**B12** - 5 mg\n", "<h2>B12</h2><p>5 mg</p>", []),
    ],
)
def test_what_counts_as_lost(body: str, html: str, missing: list[str]) -> None:
    assert [loss.first_missing for loss in losses("x.md", body, "Aprivane", html)] == missing


NUMBERS = (
    "10**6", "10**-6", "2*3", "5·10^3", "<5", "< 5", "≤5", ">5", "≥ 5", "±5", "5 ± 1", "1/2",
    "0.5–1", "0.5-1", "1 - 2", "-20", "−20", "+5", "12+", "5%", "5 %", "5×10", "5 × 10", "~5",
    "= 5", "0.5", "1,000", "40:1", "5°", "#5", "5-HT",
)  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("Take {} mg.\n", "<p>Take {} mg.</p>"),
        ("* {} mg\n", "<li>{} mg</li>"),
        ("**Dose:** {}\n", "<h2>Dose</h2><p>{}</p>"),
        ("```\n{} mg\n```\n", "<pre>{} mg</pre>"),
    ],
)
def test_a_lost_character_of_a_number_is_noticed(number: str, source: str, page: str) -> None:
    """Each character but letters and digits is missed when it is taken out of a number."""
    body = source.format(number)
    assert losses("x.md", body, "Aprivane", page.format(escape(number))) == []
    without = "".join(character for character in number if character.isalnum() or character == " ")
    assert losses("x.md", body, "Aprivane", page.format(without)), f"the page says {without!r}"


CONSTRUCTS = (
    '!!! danger "w1"\n    w2 **w3**\n\n    - w4\n',
    '??? note "w1"\n    w2\n',
    "> [!WARNING] w1\n> w2\n> - w3\n",
    ":::tip[w1]\nw2\n:::\n",
    "::: {.panel}\n#### w1\n\nw2\n:::\n",
    "::: {.callout-note collapse=true title='w1'}\nw2\n:::\n",
    "::::{tab-set}\n:::{tab-item} w1\nw2\n:::\n::::\n",
    '=== "w1"\n\n    w2\n',
    "<details>\n<summary>w1</summary>\n\nw2 **w3**\n\n</details>\n",
    "w1\n: w2\n\n    w3\n",
    "- [ ] w1\n- [x] w2\n",
    "w1~2~w3, w4^5^, ==w6==, $w_7$, `w8`, [w9]{.small}\n",
    "The w1 is.\n\n*[w1]: w2\n",
    "| w1 | w2 |\n|---|---|\n| w3 | **w4** |\n",
    "+-----+-----+\n| w1  | w2  |\n+=====+=====+\n| w3  | w4  |\n|     | w5  |\n+-----+-----+\n",
    "![w1](a.png)\n*w2*\n",
    '![w1](a.png "w2")\n',
    "![w1](https://a.example/a.png)\n",
    "<img src='a.png' alt='w1'> w2\n",
    "w1[^a].\n\n[^a]: w2\n\n    w3\n",
    "{{< unknown >}}\nw1\n{{< /unknown >}}\n",
    "w1 {{< include known.md >}} w4\n",
    "**w1:**w2. [w3](two words.md)\n",
    "[[w1|w2]] [w3](w4.md)\n",
    "<iframe src='https://a.example' title='w1'></iframe>\n\nw2\n",
    "w1:: w2\n",
)
IN_MDX = (
    "<Aside title='w1'>\nw2\n</Aside>\n",
    "<Tabs>\n<TabItem label='w1'>w2</TabItem>\n</Tabs>\n",
    "<Card title='w1'>w2</Card>\n",
    "<Unknown><Other>w1</Other> w2</Unknown>\n",
    "<LinkCard title='w1' href='x.mdx' description='w2' />\n",
    "w1 {'w2'} <Badge text='w3' /> <Image src='a.png' alt='w4' />\n",
)
NOT_SHOWN = {"[[w1|w2]] [w3](w4.md)\n": {"w1", "w4"}, "The w1 is.\n\n*[w1]: w2\n": {"w2"}}
"""Names of pages in links, and the meaning of an abbreviation, which browsers show on hovering."""


@pytest.mark.parametrize("text", [*CONSTRUCTS, *IN_MDX])
def test_every_construct(text: str) -> None:
    """The words of callouts, tabs, tables, alternative texts, captions and includes are shown."""
    config = Config(fragments={"_includes/known.md": "w2\n\n- w3\n"})
    path = "drugs/x.mdx" if text in IN_MDX else "drugs/x.md"
    source = f"---\ntitle: Xenon\n---\n## Uses\n\n{text}\n## Storage\n\nw0\n"
    monograph = load_bytes(path, source.encode(), config).monograph
    assert monograph is not None
    pieces: list[str] = []
    map_html(monograph, lambda html: (pieces.append(html), html)[1])
    shown = visible_text(" ".join(pieces))
    expected = set(re.findall(r"w\d", source)) - NOT_SHOWN.get(text, set())
    # A formula parts its letters from its digits.
    assert {word for word in expected if not re.search(" ?".join(word), shown)} == set()
