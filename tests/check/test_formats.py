"""What `check` writes: for readers with the very characters underlined, for machines as their own
schemas want it."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import xmlschema

from monograph_site.check import formats
from monograph_site.check.formats import View
from monograph_site.check.formats.text import excerpt
from monograph_site.check.selection import findings
from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.finding import Finding, FindingKind, ordered
from monograph_site.model.source import Source, Span

SCHEMAS = Path(__file__).parent / "schemas"
KINDS = {one.name: one for one in findings()}
BROKEN, ODD, BENIGN = KINDS["truncated-text"], KINDS["mis-encoded-text"], KINDS["unknown-heading"]
PATH = "drugs/50% é, a:b #1.md"


def found(
    finding: FindingKind,
    line: str,
    part: str,
    text: str = "It is odd.\nMend it.",
    path: str = "a.md",
) -> Finding:
    """A finding about a part of a line, as the loader makes it."""
    one = finding.at(path, Span(1, line.index(part) + 1), text, len(part))
    return with_excerpts([one], Source(path, line))[0]


def written(form: str, *some: Finding, **given: object) -> str:
    """What a format writes."""
    settings = {"folder": "content/", "root": "site/content/", "kinds": findings, **given}
    return "".join(formats.write(form, View(ordered(some), **settings)))  # type: ignore[arg-type]


def every_kind() -> list[Finding]:
    """Findings with everything that a format could break on."""
    sites = BENIGN.at("", Span(), "all of it, <everywhere> & 100%:\nNothing.")
    control = BROKEN.at("x.md", Span(2, 1), "a\x1b[31m and ]]> and \x07, \ufffe\nMend\r it.")
    return [
        found(BROKEN, "Text, 5 % of it", "5 %", 'It is "5 %": <odd>, yes::no.\nMend & go.', PATH),
        found(ODD, "日本語 text here", "text"),
        found(BENIGN, "## Heading", "Heading"),
        found(BENIGN, "## Heading", "Heading"),
        sites,
        control,
    ]


# for readers


@pytest.mark.parametrize(
    ("line", "part", "room", "shown"),
    [
        ("Take 5.0 mg of it.", "5.0 mg", 60, ("Take 5.0 mg of it.", "     ^^^^^^")),
        ("日本語 text", "text", 60, ("日本語 text", "       ^^^^")),
        ("日本語", "本", 60, ("日本語", "  ^^")),
        ("naïve text", "text", 60, ("naïve text", "      ^^^^")),
        ("\tgone", "gone", 60, ("    gone", "    ^^^^")),
        ("a\u202eb\x07 gone", "gone", 60, ("a\\u202eb\\x07 gone", "             ^^^^")),
        (
            "0123456789 here 0123456789 0123456789",
            "here",
            22,
            ("…56789 here 012345678…", "       ^^^^"),
        ),
        ("0123456789 0123456789 0123456789 here", "here", 22, ("…3456789 0123456789 here", None)),
        ("here 0123456789 0123456789 0123456789", "here", 22, ("here 0123456789 0123…", "^^^^")),
        ("x here 0123456789 0123456789 0123", "here 0123456789 0123456789 0123", 22, None),
    ],
)
def test_the_characters_are_underlined(
    line: str, part: str, room: int, shown: tuple[str, str | None] | None
) -> None:
    made = excerpt(found(ODD, line, part), room)
    assert made.before + made.marked <= room
    if shown and shown[1] is not None:
        assert (made.text, " " * made.before + "^" * made.marked) == shown
    # Whatever is cut: what is underlined is the part, or its beginning.
    stretch = "".join(sign * (2 if sign in "日本語" else 1) for sign in made.text)[made.before :][
        : made.marked
    ]
    doubled = "".join(sign * (2 if sign in "日本語" else 1) for sign in part)
    assert doubled.startswith(stretch)


def test_a_stretch_of_a_paragraph_is_shown_with_what_is_cut_marked() -> None:
    line = "word " * 300 + "HERE " + "word " * 300
    made = excerpt(found(ODD, line, "HERE"), 70)
    assert len(made.text) == 70
    assert made.text[0] == made.text[-1] == "…"
    assert made.text[made.before :][: made.marked] == "HERE"


def test_text_shows_errors_and_warnings_and_counts_infos() -> None:
    said = written("text", *every_kind())
    assert said.startswith(
        "content/a.md:1:5 W004 mis-encoded-text: It is odd. [fixable]\n"
        "  |\n1 | 日本語 text here\n  |        ^^^^\n  = help: Mend it.\n\n"
    )
    assert (
        "content/x.md:2:1 E201 truncated-text: a\\x1b[31m and ]]> and \\x07, \\ufffe\n = help: Mend\\r it.\n"
        in said
    )
    assert "I104 unknown-heading:" not in said
    table = said[said.index("code ") :].splitlines()
    assert [re.split(r"  +", line)[:5] for line in table[1:4]] == [
        ["E201", "truncated-text", "error", "2", "2"],
        ["W004", "mis-encoded-text", "warning", "1", "1"],
        ["I104", "unknown-heading", "info", "2", "1"],
    ]
    assert "2 info findings are only counted" in said
    assert "`monograph-site explain E201`" in said
    everything = written("text", *every_kind(), verbose=True)
    assert "content/a.md:1:4 I104 unknown-heading: It is odd.\n" in everything
    assert "site I104 unknown-heading: all of it" in everything
    assert "only counted" not in everything
    assert written("text") == written("summary") == ""


def test_a_severity_that_is_not_the_usual_one_is_said() -> None:
    one = found(ODD, "text", "text")
    object.__setattr__(one, "severity", BROKEN.severity)
    assert "W004 mis-encoded-text [error]: It is odd." in written("text", one)


def test_colours_change_nothing_else() -> None:
    plain, coloured = (written("text", *every_kind(), colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[31;1mE201 truncated-text\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_one_line_is_all_of_a_finding() -> None:
    lines = written("line", *every_kind()).splitlines()
    assert lines[0] == "site I104 unknown-heading [info] all of it, <everywhere> & 100%: Nothing."
    assert "content/a.md:1:5 W004 mis-encoded-text [warning] It is odd. Mend it." in lines
    assert len(lines) == 5, "equal findings are one"


# for machines


def test_json_and_json_lines_say_the_same() -> None:
    whole = json.loads(written("json", *every_kind(), about={"errors": 2}))
    lines = [json.loads(line) for line in written("jsonl", *every_kind()).splitlines()]
    assert whole == {"errors": 2, "diagnostics": lines}
    assert [(one["path"], one["file"]) for one in lines[:2]] == [("", ""), ("a.md", "content/a.md")]


def test_sarif_is_what_its_schema_says() -> None:
    log = json.loads(written("sarif", *every_kind()))
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(log)
    jsonschema.Draft4Validator(schema).validate(json.loads(written("sarif")))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [one.code for one in findings()]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    odd = next(one for one in run["results"] if one["ruleId"] == "W004")
    assert odd["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1, "startColumn": 5, "endColumn": 9, "snippet": {"text": "text"},
    }  # fmt: skip
    places = [
        one["locations"][0]["physicalLocation"]["artifactLocation"]
        for one in run["results"]
        if "locations" in one
    ]
    address = next(place["uri"] for place in places if "50" in place["uri"])
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", address)
    assert unquote(address) == f"site/content/{PATH}"
    assert {place["uriBaseId"] for place in places} == run["originalUriBaseIds"].keys()


def test_sarif_says_of_each_rule_what_its_manual_says() -> None:
    log = json.loads(written("sarif"))
    rules = {rule["name"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    for one in findings():
        rule = rules[one.name]
        assert (
            rule["defaultConfiguration"]["level"]
            == {"E": "error", "W": "warning", "I": "note"}[one.code[0]]
        )
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        for label in ("Why it matters:", "Wrong:", "Right:", "How to fix:"):
            assert label in rule["help"]["text"]
            assert f"**{label}**" in rule["help"]["markdown"]


def test_fingerprints_tell_equal_findings_apart_and_survive_moved_lines() -> None:
    def prints(text: str) -> list[str]:
        source = Source("a.md", text)
        some = [
            ODD.at("a.md", source.span(match.start()), "It is odd.", 4)
            for match in re.finditer("here", text)
        ]
        log = json.loads(written("sarif", *with_excerpts(some, source)))
        return [one["partialFingerprints"]["monographSite/v1"] for one in log["runs"][0]["results"]]

    before = prints("It is here.\nIt is here.\nWhat stands here is another thing.\n")
    assert len(set(before)) == 3
    assert (
        prints("\n\nA new line.\nIt is here.\n\nIt is here.\nWhat stands here is another thing.\n")
        == before
    )


ACTIONS = re.compile(r"::(?P<command>[a-z-]+)(?: (?P<properties>.*?))?::(?P<data>.*)", re.DOTALL)


def parsed(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as the runner of Actions reads it: split first, then unescaped."""
    match = ACTIONS.fullmatch(line)
    assert match
    pairs = [pair.split("=", 1) for pair in match["properties"].split(",")]
    unescape = {"%3A": ":", "%2C": ",", "%0D": "\r", "%0A": "\n", "%25": "%"}

    def plain(text: str, signs: int) -> str:
        return re.sub(
            "|".join([*unescape][5 - signs :]), lambda found: unescape[found.group()], text
        )

    return match["command"], {key: plain(value, 5) for key, value in pairs}, plain(match["data"], 3)


def test_github_is_what_actions_reads() -> None:
    commands = [parsed(line) for line in written("github", *every_kind()).splitlines()]
    assert [command for command, _, _ in commands] == ["warning", "error", "error"]
    assert commands[1] == (
        "error",
        {"file": f"site/content/{PATH}", "line": "1", "endLine": "1", "col": "7", "endColumn": "10",
         "title": "E201 truncated-text"},
        'It is "5 %": <odd>, yes::no.\nMend & go.',
    )  # fmt: skip
    assert written("github", *every_kind()).count("\n") == 3
    assert [
        parsed(line)[0] for line in written("github", *every_kind(), verbose=True).splitlines()
    ].count("notice") == 2


def test_junit_is_what_its_schema_says() -> None:
    schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
    said = written("junit", *every_kind())
    schema.validate(said)
    schema.validate(written("junit"))
    root = ET.fromstring(said)
    suites = {suite.get("name"): suite for suite in root}
    assert suites.keys() == {"site", "content/a.md", "content/x.md", f"content/{PATH}"}
    assert (suites["content/a.md"].get("tests"), suites["content/a.md"].get("failures")) == (
        "2",
        "1",
    )
    failure = suites[f"content/{PATH}"].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == 'It is "5 %": <odd>, yes::no.'
    assert failure.text == f"content/{PATH}:1:7\nText, 5 % of it\nMend & go."
    assert root.get("failures") == str(len(root.findall(".//failure"))) == "3"
