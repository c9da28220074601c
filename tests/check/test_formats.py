"""The formats of `check`: for readers, with the characters underlined, and for machines, valid by
their schemas."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
import xmlschema
from msgspec.structs import replace

from monograph_site.check import formats
from monograph_site.check.formats.text import excerpt
from monograph_site.check.formats.view import View
from monograph_site.check.kinds import findings
from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.finding import Finding, FindingKind, ordered
from monograph_site.model.source import Source, Span

SCHEMAS = Path(__file__).parent / "schemas"
KINDS = {kind.name: kind for kind in findings()}
BROKEN, ODD, BENIGN = KINDS["truncated-text"], KINDS["mis-encoded-text"], KINDS["unknown-heading"]
PATH = "drugs/50% é, a:b #1.md"


def finding_in(
    kind: FindingKind,
    line: str,
    part: str,
    text: str = "It is odd.\nFix it.",
    path: str = "a.md",
) -> Finding:
    """A finding about a part of a line, as the loader makes it."""
    finding = kind.at(path, Span(1, line.index(part) + 1), text, len(part))
    return with_excerpts([finding], Source(path, line))[0]


def output_of(form: str, *shown: Finding, **settings: object) -> str:
    """The output of a format."""
    values = {"folder": "content/", "root": "site/content/", "kinds": findings, **settings}
    view = View(ordered(shown), **values)  # type: ignore[arg-type]
    return "".join(formats.write(form, view))


def every_kind() -> list[Finding]:
    """Findings with everything that a format could break on."""
    sites = BENIGN.at("", Span(), "all of it, <everywhere> & 100%:\nNothing.")
    control = BROKEN.at("x.md", Span(2, 1), "a\x1b[31m and ]]> and \x07, \ufffe\nFix\r it.")
    return [
        finding_in(
            BROKEN, "Text, 5 % of it", "5 %", 'It is "5 %": <odd>, yes::no.\nFix & go.', PATH
        ),
        finding_in(ODD, "日本語 text here", "text"),
        finding_in(BENIGN, "## Heading", "Heading"),
        finding_in(BENIGN, "## Heading", "Heading"),
        sites,
        control,
    ]


# for readers


@pytest.mark.parametrize(
    ("line", "part", "width", "expected"),
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
def test_the_characters_of_a_finding_are_underlined(
    line: str, part: str, width: int, expected: tuple[str, str | None] | None
) -> None:
    result = excerpt(finding_in(ODD, line, part), width)
    assert result.before + result.underlined <= width
    if expected and expected[1] is not None:
        assert (result.text, " " * result.before + "^" * result.underlined) == expected
    # Whatever is cut: what is underlined is the part, or its beginning.
    stretch = "".join(sign * (2 if sign in "日本語" else 1) for sign in result.text)[
        result.before :
    ][: result.underlined]
    doubled = "".join(sign * (2 if sign in "日本語" else 1) for sign in part)
    assert doubled.startswith(stretch)


def test_of_a_long_line_the_part_around_the_finding_is_shown() -> None:
    line = "word " * 300 + "HERE " + "word " * 300
    result = excerpt(finding_in(ODD, line, "HERE"), 70)
    assert len(result.text) == 70
    assert result.text[0] == result.text[-1] == "…"
    assert result.text[result.before :][: result.underlined] == "HERE"


def test_text_lists_errors_and_warnings_and_counts_info_findings() -> None:
    output = output_of("text", *every_kind())
    assert output.startswith(
        "content/a.md:1:5 W004 mis-encoded-text: It is odd.\n"
        "  |\n1 | 日本語 text here\n  |        ^^^^\n  = help: Fix it.\n\n"
    )
    escaped = (
        "content/x.md:2:1 E201 truncated-text: a\\x1b[31m and ]]> and \\x07, \\ufffe\n"
        " = help: Fix\\r it.\n"
    )
    assert escaped in output
    assert "I104 unknown-heading:" not in output
    table = output[output.index("code ") :].splitlines()
    assert [re.split(r"  +", line)[:5] for line in table[1:4]] == [
        ["E201", "truncated-text", "error", "2", "2"],
        ["W004", "mis-encoded-text", "warning", "1", "1"],
        ["I104", "unknown-heading", "info", "2", "1"],
    ]
    assert "2 info findings hidden; --verbose lists them." in output
    assert "`monograph-site explain E201`" in output
    everything = output_of("text", *every_kind(), verbose=True)
    assert "content/a.md:1:4 I104 unknown-heading: It is odd.\n" in everything
    assert "site I104 unknown-heading: all of it" in everything
    assert "hidden" not in everything
    assert output_of("text") == output_of("summary") == ""


def test_a_changed_severity_is_shown() -> None:
    finding = replace(finding_in(ODD, "text", "text"), severity=BROKEN.severity)
    assert "W004 mis-encoded-text [error]: It is odd." in output_of("text", finding)


def test_colour_adds_only_escape_codes() -> None:
    plain, coloured = (output_of("text", *every_kind(), colour=colour) for colour in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[31;1mE201 truncated-text\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain


def test_the_line_format_has_one_line_for_each_finding() -> None:
    lines = output_of("line", *every_kind()).splitlines()
    assert lines[0] == "site I104 unknown-heading [info] all of it, <everywhere> & 100%: Nothing."
    assert "content/a.md:1:5 W004 mis-encoded-text [warning] It is odd. Fix it." in lines
    assert len(lines) == 5, "equal findings are one"


# for machines


def test_json_and_json_lines_hold_the_same_values() -> None:
    whole = json.loads(output_of("json", *every_kind(), about={"errors": 2}))
    lines = [json.loads(line) for line in output_of("jsonl", *every_kind()).splitlines()]
    assert whole == {"errors": 2, "diagnostics": lines}
    assert [(values["path"], values["file"]) for values in lines[:2]] == [
        ("", ""),
        ("a.md", "content/a.md"),
    ]


def test_sarif_is_valid() -> None:
    log = json.loads(output_of("sarif", *every_kind()))
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(log)
    jsonschema.Draft4Validator(schema).validate(json.loads(output_of("sarif")))
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [kind.code for kind in findings()]
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    odd = next(result for result in run["results"] if result["ruleId"] == "W004")
    assert odd["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 1, "startColumn": 5, "endColumn": 9, "snippet": {"text": "text"},
    }  # fmt: skip
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]
        for result in run["results"]
        if "locations" in result
    ]
    address = next(place["uri"] for place in places if "50" in place["uri"])
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", address)
    assert unquote(address) == f"site/content/{PATH}"
    assert {place["uriBaseId"] for place in places} == run["originalUriBaseIds"].keys()


def test_sarif_places_findings_about_the_site_in_its_settings() -> None:
    [result] = json.loads(output_of("sarif", BENIGN.at("", Span(), "all of it")))["runs"][0][
        "results"
    ]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "site/content/site.yaml"
    assert place["region"]["startLine"] == 1


def test_sarif_has_a_fix_where_the_message_says_what_to_write() -> None:
    zero = KINDS["trailing-zero"]
    known = finding_in(zero, "Take 5.0 mg.", "5.0 mg", "Trailing zero in '5.0 mg'.\nWrite '5 mg'.")
    unknown = finding_in(zero, "Take 5.0 mg.", "5.0 mg", "Trailing zero.\nWrite '5 mg'.", "b.md")
    log = json.loads(output_of("sarif", known, unknown))
    schema = json.loads((SCHEMAS / "sarif-schema-2.1.0.json").read_bytes())
    jsonschema.Draft4Validator(schema).validate(log)
    first, second = log["runs"][0]["results"]
    [change] = first["fixes"][0]["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "site/content/a.md"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 6, "endColumn": 12},
            "insertedContent": {"text": "5 mg"},
        }
    ]
    assert "fixes" not in second


def test_sarif_links_each_manual_where_the_page_of_findings_is_published() -> None:
    def addresses(**settings: str) -> set[str | None]:
        log = json.loads(output_of("sarif", **settings))
        return {rule.get("helpUri") for rule in log["runs"][0]["tool"]["driver"]["rules"]}

    assert addresses() == {None}
    assert "https://x.example/f/#e201-truncated-text" in addresses(
        manual_url="https://x.example/f/"
    )


def test_sarif_describes_each_rule_as_its_manual_does() -> None:
    log = json.loads(output_of("sarif"))
    rules = {rule["name"]: rule for rule in log["runs"][0]["tool"]["driver"]["rules"]}
    for kind in findings():
        rule = rules[kind.name]
        assert (
            rule["defaultConfiguration"]["level"]
            == {"E": "error", "W": "warning", "I": "note"}[kind.code[0]]
        )
        assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
        for label in ("Why it matters:", "Wrong:", "Right:", "How to fix:"):
            assert label in rule["help"]["text"]
            assert f"**{label}**" in rule["help"]["markdown"]


def test_fingerprints_distinguish_equal_findings_and_ignore_moved_lines() -> None:
    def prints(text: str) -> list[str]:
        source = Source("a.md", text)
        in_source = [
            ODD.at("a.md", source.span(match.start()), "It is odd.", 4)
            for match in re.finditer("here", text)
        ]
        log = json.loads(output_of("sarif", *with_excerpts(in_source, source)))
        return [
            result["partialFingerprints"]["monographSite/v1"]
            for result in log["runs"][0]["results"]
        ]

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
            "|".join([*unescape][5 - signs :]), lambda match: unescape[match.group()], text
        )

    return match["command"], {key: plain(value, 5) for key, value in pairs}, plain(match["data"], 3)


def test_github_commands_are_read_back() -> None:
    commands = [parsed(line) for line in output_of("github", *every_kind()).splitlines()]
    assert [command for command, _, _ in commands] == ["warning", "error", "error"]
    assert commands[1] == (
        "error",
        {"file": f"site/content/{PATH}", "line": "1", "endLine": "1", "col": "7", "endColumn": "10",
         "title": "E201 truncated-text"},
        'It is "5 %": <odd>, yes::no.\nFix & go.',
    )  # fmt: skip
    assert output_of("github", *every_kind()).count("\n") == 3
    assert [
        parsed(line)[0] for line in output_of("github", *every_kind(), verbose=True).splitlines()
    ].count("notice") == 2


def test_github_commands_hold_no_control_characters_of_a_file_name() -> None:
    path = "drugs/a\x1b[2J\r\u202eb.md"
    problem = next(iter(every_kind()))
    line = output_of("github", replace(problem, path=path))
    assert line.count("\n") == 1
    assert line.rstrip("\n").isprintable()
    assert parsed(line.rstrip("\n"))[1]["file"] == r"site/content/drugs/a\x1b[2J\r\u202eb.md"


def test_github_output_ends_at_what_github_shows_and_says_how_many_more_there_are() -> None:
    many = [
        kind.at(f"{at}.md", Span(), "odd") for kind in (BROKEN, ODD, BENIGN) for at in range(12)
    ]
    for verbose, counts in ((False, [10, 10, 1]), (True, [10, 10, 10])):
        commands = [
            parsed(line) for line in output_of("github", *many, verbose=verbose).splitlines()
        ]
        levels = [command for command, _, _ in commands]
        assert [levels.count(level) for level in ("error", "warning", "notice")] == counts
    assert commands[-1][2].startswith(
        "7 more findings are not shown here (all: 12 error, 12 warning"
    )
    assert len(output_of("github", *many[:10]).splitlines()) == 10


def test_junit_is_valid() -> None:
    schema = xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")
    output = output_of("junit", *every_kind())
    schema.validate(output)
    schema.validate(output_of("junit"))
    root = ET.fromstring(output)
    suites = {suite.get("name"): suite for suite in root}
    assert suites.keys() == {"site", "content/a.md", "content/x.md", f"content/{PATH}"}
    assert (suites["content/a.md"].get("tests"), suites["content/a.md"].get("failures")) == (
        "2",
        "1",
    )
    failure = suites[f"content/{PATH}"].find("testcase/failure")
    assert failure is not None
    assert failure.get("message") == 'It is "5 %": <odd>, yes::no.'
    assert failure.text == f"content/{PATH}:1:7\nText, 5 % of it\nFix & go."
    assert root.get("failures") == str(len(root.findall(".//failure"))) == "3"


def test_a_key_that_many_files_have_in_the_same_way_is_listed_once() -> None:
    def foreign(path: str, key: str) -> Finding:
        text = f"{key}: not used here.\nWrite a date."
        return finding_in(KINDS["foreign-value"], f"{key}: x", "x", text, path)

    output = output_of(
        "text", *(foreign(f"{name}.md", "date") for name in "abc"), foreign("a.md", "kind")
    )
    assert output.count("W029 foreign-value:") == 2
    assert "content/a.md:1:7 W029 foreign-value: date: not used here. The same in 2 more" in output
    assert "W029 foreign-value: kind: not used here.\n" in output
    assert re.search(r"W029  foreign-value  warning +4 +3 ", output)  # the table has them all
