"""`init` and `new`: a site that works at once, and pages whose placeholders are named until they are
filled in."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from monograph_site import __version__
from monograph_site.cli.main import cli
from monograph_site.model.monograph import KINDS
from monograph_site.starter.new_page import page_text
from monograph_site.starter.new_site import requirement, starter_files


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def findings(*arguments: str) -> list[dict[str, object]]:
    result = run("check", "--jobs", "1", "--format", "json", "--verbose", *arguments)
    assert result.exit_code in (0, 1), result.output
    every: list[dict[str, object]] = json.loads(result.stdout)["diagnostics"]
    return every


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "ward-book"
    assert run("init", str(folder)).exit_code == 0
    monkeypatch.chdir(folder)
    return folder


def test_a_new_site_has_no_errors_and_no_warnings_and_builds(site: Path) -> None:
    severities = {finding["severity"] for finding in findings()}
    assert severities <= {"info"}
    result = run("build", "--jobs", "1")
    assert result.exit_code == 0, result.output
    for page in ("", "drugs/examplin", "combinations/examplin-samplin", "brands/examplo",
                 "articles/examplin-and-driving", "editorial-policy", "terms"):  # fmt: skip
        assert (site / "build" / page / "index.html").exists(), page


def test_files_that_exist_are_kept(site: Path) -> None:
    settings = site / "content" / "site.yaml"
    settings.write_text("title: Mine\n")
    (site / "content" / "drugs" / "examplin.md").unlink()
    result = run("init", ".")
    assert settings.read_text() == "title: Mine\n"
    assert "kept   content/site.yaml" in result.output
    assert "wrote  content/drugs/examplin.md" in result.output


@pytest.mark.parametrize("kind", KINDS)
def test_placeholders_are_named_until_they_are_filled(site: Path, kind: str) -> None:
    result = run("new", kind, "Newdrug: 5%")
    assert result.exit_code == 0, result.output
    path = Path(re.findall(r"wrote (\S+)", result.output)[0])
    text = path.read_text("utf-8")
    placeholders = text.count("[add: ")
    assert placeholders
    named = [finding for finding in findings(str(path)) if finding["code"] == "E203"]
    assert len(named) == placeholders
    places = {(finding["line"], finding["column"]) for finding in named}
    expected = {
        (number, match.start() + 1)
        for number, line in enumerate(text.splitlines(), 1)
        for match in re.finditer(r"\[add: ", line)
    }
    assert places == expected
    path.write_text(filled(text), "utf-8")
    left = [finding for finding in findings(str(path)) if finding["severity"] != "info"]
    assert left == []


def filled(text: str) -> str:
    """A new page with every placeholder filled in."""
    values = {
        "synonyms": "Newname", "brands": "Newbrand", "active ingredient": "Examplin",
        "strength": "5 mg", "file name of": "examplin", "another name": "Newname",
        "a brand name": "Newbrand", "tablet, syrup": "Tablet", "question that": "Is it new?",
        "clinical question": "Is it new?",
    }  # fmt: skip
    names = iter(("Examplin", "Samplin"))

    def value(match: re.Match[str]) -> str:
        asked = match[0]
        if "active ingredient" in asked:
            return next(names)
        known = next((value for key, value in values.items() if key in asked), "")
        return known or f"Facts {match.start()} of this."

    return re.sub(r"\[add: [^\]\n]+\]", value, text)


def test_a_page_goes_where_the_site_keeps_its_kind(site: Path) -> None:
    settings = site / "content" / "site.yaml"
    settings.write_text("collections: {meds: {kind: drug}}\n")
    assert run("new", "drug", "Newdrug").exit_code == 0
    assert (site / "content" / "meds" / "newdrug.md").exists()
    again = run("new", "drug", "NEWDRUG")
    assert again.exit_code == 2
    assert "exists already" in again.stderr
    nameless = run("new", "drug", "药")
    assert nameless.exit_code == 2
    assert "file name" in nameless.stderr


@pytest.mark.parametrize(
    "title", ["Plain", "yes", "A: b", '"Quoted"', "#1", "5 % cream", "- x", "Café"]
)
def test_any_title_is_valid_yaml(title: str) -> None:
    front = page_text("drug", title).split("---\n")[1]
    assert yaml.safe_load(front)["title"] == title


def test_the_workflow_and_the_action_are_one_thing() -> None:
    """Both check, compare and comment; what one does the other does."""
    files = dict(starter_files("x"))
    workflow = yaml.safe_load(files[".github/workflows/site.yml"])
    action = yaml.safe_load((Path(__file__).parents[2] / "action.yml").read_text("utf-8"))
    comment = "Comment on the pull request"
    steps = {step.get("name"): step for step in workflow["jobs"]["check"]["steps"]}
    own = {step.get("name"): step for step in action["runs"]["steps"]}
    assert steps[comment]["run"] == own[comment]["run"]
    marker = re.findall(r"first_line='(.*)'", own[comment]["run"])
    assert marker == ["<!-- monograph-site diff -->"]


def test_the_problem_matcher_reads_the_lines_of_check(site: Path) -> None:
    tasks = json.loads((site / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    run("new", "drug", "Newdrug")
    lines = run("check", "--jobs", "1", "--format", "line").stdout.splitlines()
    errors = [line for line in lines if "E203" in line]
    assert errors
    for line in errors:
        match = re.fullmatch(pattern["regexp"], line)
        assert match, line
        assert Path(match[pattern["file"]]).exists()
        assert match[pattern["severity"]] == "error"


def test_the_requirement_names_this_version() -> None:
    assert requirement() == f"monograph-site=={__version__}" or requirement().startswith(
        "monograph-site @ git+"
    )


def test_the_hook_blocks_a_faulty_commit_and_lets_a_clean_one_through(site: Path) -> None:
    """The entry of the hook, as pre-commit runs it: with the staged files as arguments. A worktree,
    a submodule's folder and a folder below the top are tried too."""
    hook = yaml.safe_load((site / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"][0]
    entry = hook["entry"].split()
    assert entry[0] == "monograph-site"
    script = site / "hook.sh"
    script.write_text(
        "#!/bin/sh\n"
        "files=$(git diff --cached --name-only --diff-filter=d -- content)\n"
        f"exec '{sys.executable}' -m monograph_site {' '.join(entry[1:])} --jobs 1 $files\n"
    )
    script.chmod(0o755)

    def git(*arguments: str, folder: Path = site) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
                       "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org"}  # fmt: skip
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip

    git("init", "-q")
    (site / ".git" / "hooks" / "pre-commit").write_text(script.read_text())
    (site / ".git" / "hooks" / "pre-commit").chmod(0o755)
    git("add", "-A")
    first = git("commit", "-qm", "a new site")
    assert first.returncode == 0, first.stderr
    page = site / "content" / "drugs" / "examplin.md"
    page.write_text(page.read_text() + "\nThe dose is [specify dose].\n")
    git("add", "-A")
    blocked = git("commit", "-qm", "faulty")
    assert blocked.returncode != 0
    assert "E203" in blocked.stdout + blocked.stderr
    page.write_text(page.read_text().replace("[specify dose]", "5 mg a day"))
    git("add", "-A")
    assert git("commit", "-qm", "clean").returncode == 0
    assert git("worktree", "add", "-q", "../other").returncode == 0
    other = site.parent / "other"
    (other / "content" / "drugs" / "examplin.md").write_text("---\ntitle: [\n---\n")
    git("add", "-A", folder=other)
    assert git("commit", "-qm", "faulty", folder=other).returncode != 0


def test_check_watch_checks_again_after_a_change(site: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "monograph_site", "check", "--watch", "--format", "line", "--jobs", "1"],
        cwd=site, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None

        def block() -> list[str]:
            lines: list[str] = []
            for line in process.stdout or ():
                lines.append(line.rstrip())
                if line.startswith("Watching"):
                    return lines
            raise AssertionError("the command ended", lines, process.stderr.read())  # type: ignore[union-attr]

        assert not any("E203" in line for line in block())
        page = site / "content" / "drugs" / "examplin.md"
        page.write_text(page.read_text() + "\n[add: more]\n")
        lines = block()
        assert lines[0].startswith("Checking")
        assert any("E203" in line for line in lines)
        process.send_signal(2)
        assert process.wait(timeout=60) == 0
    finally:
        process.kill()
        process.communicate()
