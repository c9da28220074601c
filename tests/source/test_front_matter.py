"""Reading the YAML block: what is one, the places of everything in it, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from helpers import processor_limit
from monograph_site.model.source import Source, Span
from monograph_site.source import yaml_reader
from monograph_site.source.front_matter import FrontMatter, read_front_matter


def front(text: str) -> FrontMatter:
    return read_front_matter(Source("x.md", text))


def refusal(text: str) -> tuple[str, Span]:
    """Code and place of the only finding, which blocks the page."""
    findings = front(text).findings
    assert len(findings) == 1, findings
    assert findings[0].blocks_page
    return findings[0].code, findings[0].span


def block(yaml_text: str) -> str:
    return f"---\n{yaml_text}\n---\n\nBody\n"


@pytest.mark.parametrize(
    ("text", "data", "body", "line"),
    [
        ("---\ntitle: X\n---\n# B\n", {"title": "X"}, "# B\n", 4),
        ("---\ntitle: X\n---   \n\n\n# B", {"title": "X"}, "# B", 6),
        ("---\ntitle: X\n---", {"title": "X"}, "", 3),
        ("\n\n---\n# why\ntitle: X\n-----\nB", {"title": "X"}, "B", 7),
        ("---\n---\nB", {}, "B", 3),
        ("---\na: |\n  x ---\n  --- y\n---\nB\n---\nC", {"a": "x ---\n--- y\n"}, "B\n---\nC", 6),
        ("no front matter", {}, "no front matter", 1),
        ("", {}, "", 1),
        ("a\n---\nb: c\n---\nd", {}, "a\n---\nb: c\n---\nd", 1),
    ],
)
def test_split(text: str, data: object, body: str, line: int) -> None:
    front_matter = front(text)
    assert (
        front_matter.data,
        front_matter.body,
        front_matter.body_line,
        front_matter.findings,
    ) == (data, body, line, ())
    lines = text.split("\n")
    assert not body or lines[line - 1] == body.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nA paragraph between two rules.\n\n---\n\nmore",
        "---\nA paragraph between two rules.\n---\nmore",
        "---\n# A heading between two rules\n---\nmore",
        "---\n\n- a list\n- between\n\n---\nmore",
        "---\n- *emphasis*, no alias\n---\nmore",
        "---\n[A link](https://example.org)\n\n---\nmore",
        "---\n\nOnly an opening rule",
        "--- not a fence\na: b\n---\n",
        "----\na: b\n----\n",
        "---",
    ],
)
def test_a_rule_is_not_a_fence(text: str) -> None:
    front_matter = front(text)
    assert (
        front_matter.data,
        front_matter.body,
        front_matter.body_line,
        front_matter.findings,
    ) == ({}, text, 1, ())


def test_scalars_stay_as_written() -> None:
    text = (
        "on: NO\nyes: off\nn: 0.50\nz: 010\nt: 12:30:45\nd: 2025-01-20\nb: true\nq: 'true'\nm:\nx: ~\ni: 9"
        + "9" * 9000
    )
    data = front(block(text)).data
    assert {key: data[key] for key in data if key != "i"} == {
        "on": "NO", "yes": "off", "n": "0.50", "z": "010", "t": "12:30:45", "d": "2025-01-20", "b": True, "q": "true",
        "m": None, "x": None,
    }  # fmt: skip
    assert len(data["i"]) == 9001


def test_spans_count_characters_of_the_file() -> None:
    front_matter = front(
        "\n---\ntitle: '𝒳 é'\nnames:\n  synonyms: [a, 𝒳𝒳, c]\nfaqs:\n  - {q: a, a: b}\n  - q: >-\n      c\n---\nB"
    )
    assert front_matter.span_of("title") == Span(3, 8)
    assert front_matter.key_span_of("title") == Span(3, 1)
    assert front_matter.span_of("names", "synonyms", 2) == Span(5, 21)
    assert front_matter.span_of("faqs", 1, "q") == Span(8, 8)
    assert front_matter.key_span_of("faqs", 0, "a") == Span(7, 12)
    assert front_matter.key_span_of("faqs", 1) == Span(8, 5)


def test_spans_of_what_is_not_there_are_those_of_what_holds_it() -> None:
    front_matter = front(block("status: {state: banned}\nprice: 5"))
    assert front_matter.span_of("status", "reason") == Span(2, 9)
    assert front_matter.span_of("status", 0, "state") == Span(
        2, 17
    )  # a single thing may stand for a list of it
    assert front_matter.span_of("nothing") == front_matter.span_of() == Span(2, 1)
    assert front("Body").span_of("title") == Span(1, 1)


def test_line_ends_that_only_yaml_knows_do_not_move_spans() -> None:
    assert front(block('a: "x\u2028y"\nb: [x]')).span_of("b", 0) == Span(3, 5)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("a: 1\nb: 2\na: 3", [("'a'", 2, 4)]),
        ("a:\n  b:\n    - c: 1\n      c: 2", [("'c'", 4, 5)]),
        (
            "a: {b: {c: 1, c: 2}, b: 3}\na: 1\na: 2",
            [("'c'", 2, 2), ("'b'", 2, 2), ("'a'", 2, 3), ("'a'", 2, 4)],
        ),
        ("a: 1\n'a': 2", [("'a'", 2, 3)]),
    ],
)
def test_duplicate_keys_name_both_lines(text: str, where: list[tuple[str, int, int]]) -> None:
    findings = front(block(text)).findings
    assert {(finding.code, finding.blocks_page) for finding in findings} == {("E011", True)}
    lines = [
        (
            finding.message.split()[2],
            *map(int, re.findall(r"lines (\d+) and (\d+)", finding.message)[0]),
        )
        for finding in findings
    ]
    assert sorted(lines) == sorted(where)
    assert all(
        finding.span.line == second for finding, (_, _, second) in zip(findings, lines, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("status: approved\nstatus: withdrawn", "Keep 'approved' or 'withdrawn'."),
        ("a: x\na: 'x'", "Remove one."),
        (f"a: [x]\na: {'y' * 50}", f"Keep the list or '{'y' * 39}…'."),
        ("a: {b: c}\na:", "Keep the mapping or ''."),
    ],
)
def test_duplicate_keys_name_both_values(text: str, hint: str) -> None:
    assert front(block(text)).findings[0].hint == hint


def test_duplicate_keys_do_not_flood() -> None:
    assert len(front(block("a: 1\n" * 5000)).findings) == yaml_reader.MAX_DUPLICATES


def billion_laughs() -> str:
    lines = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (
            block(billion_laughs()),
            "E012",
            5,
            5,
        ),  # a3 is 11,111 values; the second of them in a4 is too much
        (block(f'a: &a "{"x" * 400_000}"\nb: [{"*a, " * 1000}]'), "E012", 2, 4),
        (
            block("\n".join(f"k{n}: &k{n} [{f'*k{n - 1}' if n else 'x'}]" for n in range(100))),
            "E013",
            32,
            6,
        ),  # k30, in k31
        (block("a: &a [1, *a]"), "E014", 2, 4),
        (block("a: &a {b: {c: *a}}"), "E014", 2, 4),
        (block("a: " + "[" * 200_000), "E013", 2, 35),
        (block("a: " + "[" * 40 + "]" * 40), "E013", 2, 35),
        (block("- " * 200_000 + "a"), "E013", 2, 65),
        (block("? " * 200_000 + "a"), "E013", 2, 65),
        (block("a: " + "{b: " * 100_000), "E013", 2, 128),
        (block("a: '" + "x" * 1_000_000 + "'"), "E012", 2, 1),
        (block("a:\n" + "  - b\n" * 60_000), "E012", 20001, 5),
        (block("a: b: c"), "E010", 2, 5),
        (block("a: [b\nc: d"), "E010", 2, 4),
        (block("a: é\x07"), "E010", 2, 5),
        (block("a: é\ud800"), "E010", 2, 5),
        (block("a: *nobody"), "E010", 2, 4),
        (block("a: 1\n--- b: 2"), "E010", 3, 1),
        (block("a: !!python/object/apply:os.system [id]"), "E015", 2, 4),
        (block("a: !!binary aGk="), "E015", 2, 4),
        (block("a: 1\n<<: {b: 1}"), "E015", 3, 1),
        (block("? [a, b]\n: c"), "E015", 2, 3),
        (block("- a\n- b"), "E016", 2, 1),
        (block("[a, b]"), "E016", 2, 1),
        ("---\ntitle: X\n\n# Body\n", "E017", 3, 1),
        ("\n---\ntitle: X\n", "E017", 4, 1),
        (
            "---\ntitle: X\n\nText\n----\nmore\n",
            "E010",
            4,
            1,
        ),  # not closed, and a heading's underline taken for it
    ],
    ids=lambda value: repr(value)[:40],
)
def test_refused(text: str, code: str, line: int, column: int) -> None:
    with processor_limit(5):
        assert (code, Span(line, column)) == refusal(text)
        assert front(text).data == {}


@pytest.mark.parametrize("width", [4, 30])
def test_aliases_are_fine_in_bounds(width: int) -> None:
    assert (
        front(block(f"a: &a [x, y]\nb: [{', '.join(['*a'] * width)}]")).data["b"]
        == [["x", "y"]] * width
    )


def test_the_deepest_and_largest_that_is_read() -> None:
    depth = yaml_reader.MAX_DEPTH - 1  # the mapping itself is a level
    assert not front(block("a: " + "[" * depth + "]" * depth)).findings
    assert refusal(block("a: " + "[" * (depth + 1) + "]" * (depth + 1)))[0] == "E013"
    text = "a: |\n  " + "x" * (yaml_reader.MAX_LENGTH - 7)
    assert len(text) == yaml_reader.MAX_LENGTH
    assert yaml_reader.read_yaml(text, Source("x", text)).findings == ()
    assert yaml_reader.read_yaml(text + "x", Source("x", text)).findings[0].code == "E012"


@pytest.mark.parametrize(
    "text",
    ["---\n" + " " * 5_000_000, "---\n" + "a" * 5_000_000, "-" * 5_000_000, "\n" * 5_000_000],
)
def test_long_lines_are_read_quickly(text: str) -> None:
    with processor_limit(2):
        assert front(text).body == text


def test_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        block("a: 'é'\nb: [x, {c: d}]\nb: 1"),
        block("a: [b"),
        block("a: " + "[" * 5000),
        block("a: é\x07"),
    ]
    fast = [front(text) for text in texts]
    monkeypatch.setattr(yaml_reader, "_LOADER", yaml.BaseLoader)
    for read_fast, text in zip(fast, texts, strict=True):
        slow = front(text)
        assert (slow.data, [(finding.code, finding.span) for finding in slow.findings]) == (
            read_fast.data,
            [(finding.code, finding.span) for finding in read_fast.findings],
        )


def test_the_corpus_reads_without_a_finding(shared: Path) -> None:
    files = sorted((shared / "corpus").glob("*/**/*.md"))
    assert len(files) > 2000
    for file in files:
        text = file.read_text(encoding="utf-8")
        front_matter = read_front_matter(Source(file.name, text))
        assert front_matter.findings == (), file
        assert front_matter.data == yaml.load(text.split("\n---\n")[0], Loader=_AsWritten), file
        assert text.endswith(front_matter.body)
        assert front_matter.body, file


class _AsWritten(yaml.CSafeLoader):
    """A second opinion: PyYAML's own constructor, with types for true and false only."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (the form PyYAML asks for)
        first: [(tag, rule) for tag, rule in rules if tag.endswith(("bool", "null"))]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


@pytest.mark.parametrize(
    ("text", "data", "body", "line"),
    [
        ('+++\ntitle = "X"\n+++\n\nB\n', {"title": "X"}, "B\n", 5),
        ('\n+++\n# why\nn = 0.50\nd = 2020-01-02\n+++  \nB', {"n": "0.50", "d": "2020-01-02"}, "B", 7),
        ("+++\n+++\nB", {}, "B", 3),
        ("+++\na.b = true\n[c]\nd = [1, 'x',\n 3]\n[[e]]\nf = 'y'\n[[e]]\n+++\nB",
         {"a": {"b": True}, "c": {"d": ["1", "x", "3"]}, "e": [{"f": "y"}, {}]}, "B", 10),
        ('+++\nt = """\nA "long"\ntext"""\ni = {u = "v", w = []}\n+++\nB',
         {"t": 'A "long"\ntext', "i": {"u": "v", "w": []}}, "B", 7),
        ("+++\nno TOML", {}, "+++\nno TOML", 1),
        ('{"title": "X"}\nB', {"title": "X"}, "B", 2),
        ('{\n\t"title": "A\\/B",\n\t"n": 1.50, "l": [true, null]\n}\n\nB',
         {"title": "A/B", "n": "1.50", "l": [True, None]}, "B", 6),
        ("{{ page.title }}\nB", {}, "{{ page.title }}\nB", 1),
        ("{braces} in text", {}, "{braces} in text", 1),
        ("<!-- By us -->\n---\ntitle: X\n---\nB", {"title": "X"}, "B", 5),
        ("<!-- a\n---\n-->\n\n+++\ntitle = 'X'\n+++\nB", {"title": "X"}, "B", 8),
        ("<!-- a --> text\n---\nb: c\n---\n", {}, "<!-- a --> text\n---\nb: c\n---\n", 1),
    ],
)  # fmt: skip
def test_toml_json_and_comments_above(text: str, data: object, body: str, line: int) -> None:
    front_matter = front(text)
    assert (
        front_matter.data,
        front_matter.body,
        front_matter.body_line,
        front_matter.findings,
    ) == (data, body, line, ())


@pytest.mark.parametrize(
    ("text", "code", "line", "column", "words"),
    [
        ("+++\ntitle = Examplin\n+++\nB", "E019", 2, 9, "Put quotes around it."),
        ("+++\ntitle: X\n+++\nB", "E019", 2, 1, "A colon after a key, as in YAML."),
        ("+++\na = 1\na = 2\n+++\nB", "E019", 3, 6, "Cannot overwrite a value"),
        ('+++\ntitle = "x"\n\nBody', "E017", 1, 1, "three plus signs"),
        ("+++\na = " + "[" * 9000 + "]" * 9000 + "\n+++\nB", "E013", 2, 1, ""),
        ("+++\na = " + "[" * 40 + "]" * 40 + "\n+++\nB", "E013", 2, 36, ""),
        ('+++\na = "' + "x" * 600_000 + '"\n+++\nB', "E012", 2, 1, ""),
        ('+++\ntitle = "x\\u0000"\n+++\nB', "E018", 2, 9, ""),
        ('{"title": "x",}\nB', "E019", 1, 15, "The JSON can't be read"),
        ('{"a": 1, "a": 2}\nB', "E011", 1, 10, "Duplicate key"),
    ],
)
def test_toml_and_json_with_a_mistake(
    text: str, code: str, line: int, column: int, words: str
) -> None:
    (finding,) = front(text).findings
    assert (finding.code, finding.span) == (code, Span(line, column))
    assert words in str(finding)


def test_values_of_toml_have_places() -> None:
    front_matter = front(
        "+++\ntitle = 'é'\nnames.synonyms = ['a', 'é', 'c']\n[extra]\nx = {y = 1}\n"
        "[[faqs]]\nq = 'a'\n[[faqs]]\nq = '''\nb'''\n+++\nB"
    )
    assert (front_matter.span_of("title"), front_matter.length_of("title")) == (Span(2, 9), 3)
    assert front_matter.span_of("names", "synonyms", 2) == Span(3, 29)
    assert front_matter.key_span_of("extra", "x") == Span(5, 1)
    assert front_matter.span_of("extra", "x", "y") == Span(5, 10)
    assert front_matter.span_of("faqs", 1, "q") == Span(9, 5)


@pytest.mark.parametrize(
    "lines",
    ["title: X\ndate:2020-09-06", "date:2020-09-06\ntitle: X", "a: b\ndate:2020-09-06\nc: d"],
)
def test_a_colon_without_a_space_is_named(lines: str) -> None:
    (finding,) = front(block(lines)).findings
    assert (finding.message, finding.hint) == (
        "No space follows this colon.",
        "Write 'date: 2020-09-06'.",
    )
    assert finding.span.column == 5
