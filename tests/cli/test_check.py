"""`check` as editors and CI jobs use it: which findings are shown, and which make it fail."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import Site, run_cli
from monograph_site import __version__
from monograph_site.check import baseline, kinds
from monograph_site.check.selection import Selection
from monograph_site.model.errors import UsageProblem
from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Source

TEXT = "---\ntitle: {title}\nkind: drug\n---\n## Uses\n\nFor examples.\n"
ODD = FindingKind("W299", "odd")
BOLD = "\nTake **one daily.\n"
RESIDUE = "\nAs the provided text says, daily.\n"


def write(site: Site, path: str, *parts: str) -> None:
    site.write(path, TEXT.format(title=Path(path).stem.title() + "in") + "".join(parts))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site of a file without findings, one with a warning, and one with two warnings."""
    example = Site(tmp_path)
    write(example, "drugs/a.md")
    write(example, "drugs/b.md", BOLD)
    write(example, "old/c.md", BOLD, RESIDUE)
    return example


def check(site: Site, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    result = run_cli("check", *arguments, cwd=site.root)
    assert result.returncode == code, result.stdout + result.stderr
    return result


def shown_by(site: Site, *arguments: object, code: int = 0) -> list[str]:
    """`path CODE` of the findings that a check shows, without info findings."""
    output = json.loads(check(site, *arguments, "--format", "json", code=code).stdout)[
        "diagnostics"
    ]
    return [
        f"{finding['path']} {finding['code']}"
        for finding in output
        if finding["severity"] != "info"
    ]


# which findings


def test_select_and_ignore(site: Site) -> None:
    assert shown_by(site) == ["drugs/b.md W208", "old/c.md W208", "old/c.md W204"]
    assert shown_by(site, "--select", "prompt-residue") == ["old/c.md W204"]
    assert shown_by(site, "--select", "w204,W208", "--ignore", "204") == [
        "drugs/b.md W208",
        "old/c.md W208",
    ]
    assert shown_by(site, "--select", "W20", "--select", "E", "--ignore", "unbalanced-bold") == [
        "old/c.md W204"
    ]
    assert "site I5" in check(site, "--select", "I5").stdout, "what is selected is shown, infos too"
    result = check(site, "--ignore", "prompt-residu", code=2)
    assert (
        result.stderr
        == "Error: no finding is called 'prompt-residu'. Did you mean 'prompt-residue'?\n"
    )
    assert (
        "`monograph-site rules` lists all of them"
        in check(site, "--select", "xyzzy", code=2).stderr
    )


def test_files_and_folders(site: Site) -> None:
    assert shown_by(site, "content/old") == ["old/c.md W208", "old/c.md W204"]
    assert shown_by(site, "content/drugs/b.md", "content/drugs/a.md") == ["drugs/b.md W208"]
    assert shown_by(site, site.root / "content") == shown_by(site, ".") == shown_by(site)
    assert "there is no file or folder 'content/z.md'" in check(site, "content/z.md", code=2).stderr
    assert "did you mean 'content/drugs'?" in check(site, "drugs", code=2).stderr


def test_paths_outside_the_content_folder_are_skipped_with_a_note(site: Site) -> None:
    (site.root / "README.md").write_text("# Read me", encoding="utf-8")
    assert shown_by(site, "README.md") == []
    assert shown_by(site, "README.md", "content/drugs/b.md") == ["drugs/b.md W208"]
    note = check(site, "README.md").stderr
    assert "skipped, since not in the content folder 'content': README.md" in note


def standard_input(site: Site, text: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    return run_cli("check", *arguments, cwd=site.root, input=text)


def test_the_standard_input_is_checked_as_a_file(site: Site) -> None:
    site.write("site.yaml", "severity: {placeholder: warning}\nignore: {old: [prompt-residue]}\n")
    text = TEXT.format(title="New") + BOLD + "\nIt is [TBD].\n"
    options = ("--stdin-path", "content/drugs/new.md", "--format", "line", "-")
    result = standard_input(site, text, *options)
    assert result.returncode == 0, result.stderr
    shown = [line for line in result.stdout.splitlines() if "[warning]" in line]
    assert [line.split()[:2] for line in shown] == [
        ["content/drugs/new.md:9:6", "W208"],
        ["content/drugs/new.md:11:7", "E203"],
    ]
    broken = standard_input(site, "---\ntitle: [x\n---\n", *options)
    assert broken.returncode == 1
    assert "content/drugs/new.md:2:8 E010" in broken.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-",), "--stdin-path FILE -"),
        (("--stdin-path", "content/x.md", "content"), "--stdin-path FILE -"),
        (("--stdin-path", "README.md", "-"), "'README.md' is not in the content folder"),
    ],
)
def test_wrong_use_of_the_standard_input_is_status_2(
    site: Site, arguments: tuple[str, ...], message: str
) -> None:
    result = standard_input(site, "", *arguments)
    assert result.returncode == 2
    assert message in result.stderr


def test_the_cache_folder_is_ignored_by_git(site: Site) -> None:
    check(site)
    assert (site.root / ".monograph-site" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    own = site.root / "own"
    own.mkdir()
    check(site, "--cache", own)
    assert not (own / ".gitignore").exists(), "a folder that was there belongs to somebody"


def test_findings_about_the_site_are_not_shown_for_paths(site: Site) -> None:
    assert "site I5" in check(site, "--format", "line").stdout
    assert "site I5" not in check(site, "content", "--format", "line").stdout


def test_a_second_file_with_the_title_of_another_is_shown_once(site: Site) -> None:
    site.write("drugs/d.md", TEXT.format(title="Ain"))
    assert shown_by(site, "content/drugs/d.md", code=1) == ["drugs/d.md E402"]
    assert shown_by(site, "content/drugs/a.md") == []


def test_optional_findings_are_selected_by_name_or_number() -> None:
    assert (
        kinds.optional_selected(["I801"])
        == kinds.optional_selected(["long-sentence"])
        == ("long-sentence",)
    )
    assert (
        kinds.optional_selected(["8"])
        == kinds.optional_selected(["long-sentence", "I8"])
        == ("long-sentence", "reading-age")
    )
    assert kinds.optional_selected(["I", "W2", "prompt-residue"]) == ()


def test_all_conditions_of_a_selection_apply() -> None:
    finding = ODD.at("drugs/old/a.md", Source("", "x").span(0), "odd")
    assert Selection().shows(finding)
    assert Selection(places=("drugs",)).shows(finding)
    assert not Selection(places=("drug", "drugs/ol")).shows(finding)
    assert not Selection(places=("drugs",), changed=frozenset()).shows(finding)
    assert Selection(("W",), (), ("",), frozenset(("drugs/old/a.md",))).shows(finding)


# what fails


def test_fail_on(site: Site) -> None:
    for level, code in (("error", 0), ("warning", 1), ("info", 1), ("never", 0)):
        check(site, "--fail-on", level, "--format", "summary", code=code)
    check(site, "--fail-on", "warning", "content/drugs/a.md", code=0)
    check(site, "--fail-on", "info", "--select", "E", code=0)
    site.write("drugs/e.md", "---\ntitle: E\ntitle: F\n---\n")
    check(site, code=1)
    check(site, "--fail-on", "never")


def test_every_format_is_printed(site: Site) -> None:
    starts = {
        "text": "content/drugs/b.md:9:6 W208 unbalanced-bold: ",
        "line": "site I",
        "json": '{"monographs": 3, ',
        "jsonl": '{"path": "", "file": "", ',
        "sarif": '{"$schema": ',
        "github": "::warning file=content/drugs/b.md",
        "junit": "<?xml",
        "summary": "code  name ",
    }
    for form, start in starts.items():
        result = check(site, "--format", form)
        assert result.stdout.startswith(start), form
        assert bool(result.stderr) is (form in ("text", "summary")), form


def test_sarif_names_the_version_of_the_program(site: Site) -> None:
    log = json.loads(check(site, "--format", "sarif").stdout)
    assert log["runs"][0]["tool"]["driver"]["semanticVersion"] == __version__


def test_paths_are_relative_to_the_current_directory(site: Site) -> None:
    (site.root / ".git").mkdir()
    below = site.root / "below"
    below.mkdir()
    result = run_cli("check", "--content", "../content", "--format", "line", cwd=below)
    assert "\n../content/drugs/b.md:9:6 W208" in result.stdout
    result = run_cli("check", "--content", "../content", "--format", "github", cwd=below)
    assert result.stdout.startswith("::warning file=content/drugs/b.md,line=9,")
    result = run_cli("check", "--content", ".", "--format", "line", cwd=site.root / "content")
    assert "\ndrugs/b.md:9:6 W208" in result.stdout


def test_the_reader_of_a_pipe_may_stop_reading(site: Site) -> None:
    for number in range(400):
        write(site, f"many/{number}.md", BOLD, RESIDUE)
    command = [sys.executable, "-m", "monograph_site", "check"]
    with subprocess.Popen(
        command, cwd=site.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert "Error" not in process.stderr.read()
    assert process.returncode == 0, "what was found is no error"


# the baseline


def test_a_baseline_hides_the_findings_in_it(site: Site) -> None:
    result = check(site, "--baseline", "frozen.json", code=2)
    assert "check --baseline frozen.json --update-baseline" in result.stderr
    check(site, "--baseline", "frozen.json", "--update-baseline")
    assert shown_by(site, "--baseline", "frozen.json") == []
    write(site, "drugs/a.md", RESIDUE)
    assert shown_by(site, "--baseline", "frozen.json", code=1) == ["drugs/a.md W204"]
    check(site, "--baseline", "frozen.json", "--fail-on", "error")
    assert (
        "findings hidden by the baseline (frozen.json)"
        in check(site, "--baseline", "frozen.json", code=1).stderr
    )


def test_a_baseline_survives_moved_lines_and_renamed_files(site: Site) -> None:
    check(site, "--baseline", "frozen.json", "--update-baseline")
    content = site.root / "content"
    text = (
        (content / "drugs/b.md")
        .read_text(encoding="utf-8")
        .replace("For examples.", "For examples.\n\nAnd more.")
    )
    (content / "drugs/b.md").write_text(text, encoding="utf-8")
    (content / "old/c.md").rename(content / "drugs/new.md")
    assert shown_by(site, "--baseline", "frozen.json") == []
    check(site, "--baseline", "frozen.json", "--update-baseline")
    assert '"drugs/new.md": {' in (site.root / "frozen.json").read_text(encoding="utf-8")
    write(site, "old/d.md", BOLD)
    assert shown_by(site, "--baseline", "frozen.json", code=1) == ["old/d.md W208"], (
        "a second file is not a renamed one"
    )


def test_a_baseline_never_grows(site: Site) -> None:
    check(site, "--baseline", "frozen.json", "--update-baseline")
    before = (site.root / "frozen.json").read_text(encoding="utf-8")
    write(site, "drugs/b.md", BOLD, RESIDUE)
    write(site, "drugs/a.md", RESIDUE)
    result = check(site, "--baseline", "frozen.json", "--update-baseline", code=1)
    assert "2 new findings not added to the baseline" in result.stderr
    assert (site.root / "frozen.json").read_text(encoding="utf-8") == before
    write(site, "drugs/b.md")
    write(site, "drugs/a.md")
    result = check(site, "--baseline", "frozen.json", "--format", "json")
    assert json.loads(result.stdout)["baseline"]["vanished"] == 1
    assert (
        "1 fixed finding still in the baseline" in check(site, "--baseline", "frozen.json").stderr
    )
    check(site, "--baseline", "frozen.json", "--update-baseline")
    write(site, "drugs/b.md", BOLD)
    assert shown_by(site, "--baseline", "frozen.json", code=1) == ["drugs/b.md W208"], (
        "a finding that was fixed is reported when it comes back"
    )


def test_a_selection_cannot_update_the_baseline(site: Site) -> None:
    for more in (("--select", "W"), ("content/old",), ("--changed",), ("--ignore", "I")):
        result = check(site, "--baseline", "frozen.json", "--update-baseline", *more, code=2)
        assert "--update-baseline" in result.stderr
    assert "--update-baseline" in check(site, "--update-baseline", code=2).stderr
    check(site, "--baseline", "frozen.json", "--update-baseline")
    output = json.loads(
        check(site, "--baseline", "frozen.json", "content/old", "--format", "json").stdout
    )
    assert (output["baseline"]["vanished"], output["diagnostics"]) == (0, [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is not a baseline"),
        ("<<<<<<< HEAD\n{}", "is not a baseline"),
        ('{"version": 2, "findings": {}}', "of version 2"),
        ('{"version": 1, "findings": {"a.md": ["W204"]}}', "is not a baseline"),
        ("\xff", "is not a baseline"),
    ],
)
def test_a_file_that_is_not_a_baseline_is_an_error(
    tmp_path: Path, content: str, message: str
) -> None:
    (tmp_path / "frozen.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageProblem, match=message):
        baseline.read_baseline(tmp_path / "frozen.json", update=False)


def test_a_baseline_is_sorted_and_small(tmp_path: Path) -> None:
    """40,000 findings on 10,000 files, as a formulary has them that was never checked."""
    text = "".join(f"Line {number} is odd.\n" for number in range(4))
    findings = []
    for number in range(10_000):
        source = Source(f"drugs/a-medicine-with-a-name-{number}.md", text)
        in_file = [ODD.at(source.path, source.find(f"{n} is odd"), "odd", 8) for n in range(4)]
        findings += with_excerpts(in_file, source)
    created = baseline.compare(None, findings, lambda path: True)
    assert (len(created.new), created.hidden, created.fixed) == (0, 40_000, 0)
    file = tmp_path / "frozen.json"
    baseline.save_baseline(file, created.remaining)
    assert file.stat().st_size < 1_500_000
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1:-1] == sorted(lines[1:-1], key=lambda line: line.split('"')[1])
    assert len(lines) == 10_002
    read = baseline.read_baseline(file, update=False)
    again = baseline.compare(read, [*reversed(findings), findings[0]], lambda path: True)
    assert (again.new, again.hidden, again.fixed) == ((findings[0],), 40_000, 0)
    of_missing_file: dict[str, Any] = {"drugs/gone.md": read[findings[0].path]} if read else {}
    assert (
        len(
            baseline.compare(
                of_missing_file, findings[:4], lambda path: path != "drugs/gone.md"
            ).new
        )
        == 0
    )
    assert len(baseline.compare(of_missing_file, findings[:4], lambda path: True).new) == 4


# on a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
@pytest.mark.parametrize(
    ("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_output_on_a_terminal_is_coloured(site: Site, more: dict[str, str], coloured: bool) -> None:
    output = on_terminal(site, {"COLUMNS": "60", **more}, "check")
    assert ("\x1b[33;1mW208 unbalanced-bold\x1b[0m" in output) is coloured
    assert (
        "\x1b[33;1mW208 unbalanced-bold" in on_terminal(site, more, "explain", "W208")
    ) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_lines_fit_the_terminal(site: Site) -> None:
    write(site, "drugs/b.md", "\nFor pain, " + "many words, " * 40 + "as the provided text says.\n")
    output = on_terminal(
        site, {"COLUMNS": "50", "NO_COLOR": "1"}, "check", "content/drugs", "--select", "W204"
    ).splitlines()
    (source,) = [line for line in output if line.startswith("9 | ")]
    caret = output[output.index(source) + 1]
    assert len(source) <= 50
    assert source[caret.index("^") :].startswith("provided text")


def on_terminal(site: Site, more: dict[str, str], *arguments: str) -> str:
    """What the program writes to a terminal."""
    import pty  # not on Windows

    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "monograph_site", *arguments],
        cwd=site.root,
        env={**environment, "TERM": "xterm", **more},
        stdout=slave,
        stderr=subprocess.DEVNULL,
    ):
        os.close(slave)
        output = b""
        while True:
            try:
                output += (chunk := os.read(master, 65_536))
            except OSError:  # Linux' way to say that nobody writes any more
                break
            if not chunk:
                break
    os.close(master)
    return output.decode().replace("\r\n", "\n")
