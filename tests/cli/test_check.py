"""`check` as an editor and a CI job use it: what is shown, what fails, and what is frozen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from helpers import Site, run_cli
from monograph_site.check import baseline, selection
from monograph_site.check.selection import Selection
from monograph_site.model.errors import UsageProblem
from monograph_site.model.excerpt import with_excerpts
from monograph_site.model.finding import FindingKind
from monograph_site.model.source import Source

TEXT = "---\ntitle: {title}\n---\n\n## Uses\n\nFor examples.\n"
ODD = FindingKind("W299", "odd")
BOLD = "\nTake **one daily.\n"
RESIDUE = "\nAs the provided text says, daily.\n"


def write(site: Site, path: str, *parts: str) -> None:
    site.write(path, TEXT.format(title=Path(path).stem.title() + "in") + "".join(parts))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A sound file, one with a warning, one with two."""
    made = Site(tmp_path)
    write(made, "drugs/a.md")
    write(made, "drugs/b.md", BOLD)
    write(made, "old/c.md", BOLD, RESIDUE)
    return made


def check(site: Site, *arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
    done = run_cli("check", *arguments, cwd=site.root)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def found(site: Site, *arguments: object, code: int = 0) -> list[str]:
    """`path CODE` of the findings that a check shows; infos left out."""
    said = json.loads(check(site, *arguments, "--format", "json", code=code).stdout)["diagnostics"]
    return [f"{one['path']} {one['code']}" for one in said if one["severity"] != "info"]


# which findings


def test_select_and_ignore(site: Site) -> None:
    assert found(site) == ["drugs/b.md W208", "old/c.md W208", "old/c.md W204"]
    assert found(site, "--select", "prompt-residue") == ["old/c.md W204"]
    assert found(site, "--select", "w204,W208", "--ignore", "204") == [
        "drugs/b.md W208",
        "old/c.md W208",
    ]
    assert found(site, "--select", "W20", "--select", "E", "--ignore", "unbalanced-bold") == [
        "old/c.md W204"
    ]
    assert "site I5" in check(site, "--select", "I5").stdout, "what is selected is shown, infos too"
    done = check(site, "--ignore", "prompt-residu", code=2)
    assert (
        done.stderr
        == "Error: no finding is called 'prompt-residu'. Did you mean 'prompt-residue'?\n"
    )
    assert "`monograph-site rules` lists all" in check(site, "--select", "xyzzy", code=2).stderr


def test_files_and_folders(site: Site) -> None:
    assert found(site, "content/old") == ["old/c.md W208", "old/c.md W204"]
    assert found(site, "content/drugs/b.md", "content/drugs/a.md") == ["drugs/b.md W208"]
    assert found(site, site.root / "content") == found(site, ".") == found(site)
    (site.root / "other").mkdir()
    assert (
        "'other' does not lie in the content folder 'content'"
        in check(site, "other", code=2).stderr
    )
    assert "there is no file or folder 'content/z.md'" in check(site, "content/z.md", code=2).stderr


def test_what_is_about_the_whole_site_is_about_no_file(site: Site) -> None:
    assert "site I5" in check(site, "--format", "line").stdout
    assert "site I5" not in check(site, "content", "--format", "line").stdout


def test_what_two_files_show_together_is_shown_for_either(site: Site) -> None:
    site.write("drugs/d.md", TEXT.format(title="Ain"))
    assert found(site, "content/drugs/d.md", code=1) == ["drugs/d.md E402"]
    assert found(site, "content/drugs/a.md", code=1) == ["drugs/a.md E402"]


def test_optional_findings_are_asked_for_by_name_or_number() -> None:
    assert (
        selection.optional(["I801"]) == selection.optional(["long-sentence"]) == ("long-sentence",)
    )
    assert (
        selection.optional(["8"])
        == selection.optional(["long-sentence", "I8"])
        == ("long-sentence", "reading-age")
    )
    assert selection.optional(["I", "W2", "prompt-residue"]) == ()


def test_a_selection_is_all_that_is_asked_for_together() -> None:
    one = ODD.at("drugs/old/a.md", Source("", "x").span(0), "odd")
    assert Selection().shows(one)
    assert Selection(places=("drugs",)).shows(one)
    assert not Selection(places=("drug", "drugs/ol")).shows(one)
    assert not Selection(places=("drugs",), changed=frozenset()).shows(one)
    assert Selection(("W",), (), ("",), frozenset(("drugs/old/a.md",))).shows(one)


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
        done = check(site, "--format", form)
        assert done.stdout.startswith(start), form
        assert bool(done.stderr) is (form in ("text", "summary")), form


def test_places_lead_from_here_to_the_file(site: Site) -> None:
    (site.root / ".git").mkdir()
    below = site.root / "below"
    below.mkdir()
    done = run_cli("check", "--content", "../content", "--format", "line", cwd=below)
    assert "\n../content/drugs/b.md:9:6 W208" in done.stdout
    done = run_cli("check", "--content", "../content", "--format", "github", cwd=below)
    assert done.stdout.startswith("::warning file=content/drugs/b.md,line=9,")
    done = run_cli("check", "--content", ".", "--format", "line", cwd=site.root / "content")
    assert "\ndrugs/b.md:9:6 W208" in done.stdout


def test_a_reader_may_stop_reading(site: Site) -> None:
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


def test_a_baseline_freezes_what_there_is(site: Site) -> None:
    done = check(site, "--baseline", "frozen.json", code=2)
    assert "check --baseline frozen.json --update-baseline" in done.stderr
    check(site, "--baseline", "frozen.json", "--update-baseline")
    assert found(site, "--baseline", "frozen.json") == []
    write(site, "drugs/a.md", RESIDUE)
    assert found(site, "--baseline", "frozen.json", code=1) == ["drugs/a.md W204"]
    check(site, "--baseline", "frozen.json", "--fail-on", "error")
    assert (
        "frozen findings are not shown (frozen.json)"
        in check(site, "--baseline", "frozen.json", code=1).stderr
    )


def test_lines_may_move_and_files_be_renamed(site: Site) -> None:
    check(site, "--baseline", "frozen.json", "--update-baseline")
    content = site.root / "content"
    text = (
        (content / "drugs/b.md")
        .read_text(encoding="utf-8")
        .replace("For examples.", "For examples.\n\nAnd more.")
    )
    (content / "drugs/b.md").write_text(text, encoding="utf-8")
    (content / "old/c.md").rename(content / "drugs/new.md")
    assert found(site, "--baseline", "frozen.json") == []
    check(site, "--baseline", "frozen.json", "--update-baseline")
    assert '"drugs/new.md": {' in (site.root / "frozen.json").read_text(encoding="utf-8")
    write(site, "old/d.md", BOLD)
    assert found(site, "--baseline", "frozen.json", code=1) == ["old/d.md W208"], (
        "a second file is no renamed one"
    )


def test_a_baseline_never_grows(site: Site) -> None:
    check(site, "--baseline", "frozen.json", "--update-baseline")
    before = (site.root / "frozen.json").read_text(encoding="utf-8")
    write(site, "drugs/b.md", BOLD, RESIDUE)
    write(site, "drugs/a.md", RESIDUE)
    done = check(site, "--baseline", "frozen.json", "--update-baseline", code=1)
    assert "2 new findings are not added" in done.stderr
    assert (site.root / "frozen.json").read_text(encoding="utf-8") == before
    write(site, "drugs/b.md")
    write(site, "drugs/a.md")
    done = check(site, "--baseline", "frozen.json", "--format", "json")
    assert json.loads(done.stdout)["baseline"]["vanished"] == 1
    assert (
        "1 frozen findings are no longer found" in check(site, "--baseline", "frozen.json").stderr
    )
    check(site, "--baseline", "frozen.json", "--update-baseline")
    write(site, "drugs/b.md", BOLD)
    assert found(site, "--baseline", "frozen.json", code=1) == ["drugs/b.md W208"], (
        "what was mended stays mended"
    )


def test_filters_leave_the_baseline_alone(site: Site) -> None:
    for more in (("--select", "W"), ("content/old",), ("--changed",), ("--ignore", "I")):
        done = check(site, "--baseline", "frozen.json", "--update-baseline", *more, code=2)
        assert "--update-baseline" in done.stderr
    assert "--update-baseline" in check(site, "--update-baseline", code=2).stderr
    check(site, "--baseline", "frozen.json", "--update-baseline")
    said = json.loads(
        check(site, "--baseline", "frozen.json", "content/old", "--format", "json").stdout
    )
    assert (said["baseline"]["vanished"], said["diagnostics"]) == (0, [])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "is no baseline"),
        ("<<<<<<< HEAD\n{}", "is no baseline"),
        ('{"version": 2, "findings": {}}', "of version 2"),
        ('{"version": 1, "findings": {"a.md": ["W204"]}}', "is no baseline"),
        ("\xff", "is no baseline"),
    ],
)
def test_what_is_no_baseline_is_said(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "frozen.json").write_bytes(content.encode("latin-1"))
    with pytest.raises(UsageProblem, match=said):
        baseline.read(tmp_path / "frozen.json", update=False)


def test_a_baseline_is_sorted_and_small(tmp_path: Path) -> None:
    """40,000 findings on 10,000 files, as a formulary has them that was never checked."""
    text = "".join(f"Line {number} is odd.\n" for number in range(4))
    some = []
    for number in range(10_000):
        source = Source(f"drugs/a-medicine-with-a-name-{number}.md", text)
        faults = [ODD.at(source.path, source.find(f"{n} is odd"), "odd", 8) for n in range(4)]
        some += with_excerpts(faults, source)
    compared = baseline.compare(None, some, lambda path: True)
    assert (len(compared.new), compared.frozen, compared.vanished) == (0, 40_000, 0)
    file = tmp_path / "frozen.json"
    baseline.save(file, compared.left)
    assert file.stat().st_size < 1_500_000
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1:-1] == sorted(lines[1:-1], key=lambda line: line.split('"')[1])
    assert len(lines) == 10_002
    read = baseline.read(file, update=False)
    again = baseline.compare(read, [*reversed(some), some[0]], lambda path: True)
    assert (again.new, again.frozen, again.vanished) == ((some[0],), 40_000, 0)
    other: dict[str, Any] = {"drugs/gone.md": read[some[0].path]} if read else {}
    assert len(baseline.compare(other, some[:4], lambda path: path != "drugs/gone.md").new) == 0
    assert len(baseline.compare(other, some[:4], lambda path: True).new) == 4


# on a terminal


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
@pytest.mark.parametrize(
    ("more", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_a_terminal_is_written_to_in_colour(
    site: Site, more: dict[str, str], coloured: bool
) -> None:
    said = on_terminal(site, {"COLUMNS": "60", **more}, "check")
    assert ("\x1b[33;1mW208 unbalanced-bold\x1b[0m" in said) is coloured
    assert (
        "\x1b[33;1mW208 unbalanced-bold" in on_terminal(site, more, "explain", "W208")
    ) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals on Windows")
def test_lines_fit_the_terminal(site: Site) -> None:
    write(site, "drugs/b.md", "\nFor pain, " + "many words, " * 40 + "as the provided text says.\n")
    said = on_terminal(
        site, {"COLUMNS": "50", "NO_COLOR": "1"}, "check", "content/drugs", "--select", "W204"
    ).splitlines()
    (source,) = [line for line in said if line.startswith("9 | ")]
    caret = said[said.index(source) + 1]
    assert len(source) <= 50
    assert source[caret.index("^") :].startswith("provided text")


def on_terminal(site: Site, more: dict[str, str], *arguments: str) -> str:
    """What the program writes to a terminal."""
    import pty  # not on Windows

    master, slave = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "monograph_site", *arguments],
        cwd=site.root, env={**environment, "TERM": "xterm", **more}, stdout=slave, stderr=subprocess.DEVNULL,
    ):  # fmt: skip
        os.close(slave)
        said = b""
        while True:
            try:
                said += (chunk := os.read(master, 65_536))
            except OSError:  # Linux' way to say that nobody writes any more
                break
            if not chunk:
                break
    os.close(master)
    return said.decode().replace("\r\n", "\n")
