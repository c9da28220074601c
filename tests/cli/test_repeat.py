"""A build in which nothing changed is answered from what the last one looked at, and only then."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from helpers import HANG_SECONDS, Site, run_cli
from monograph_site.build import watched
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.cli.main import cli
from monograph_site.cli.repeat import recall, remember

TEXT = "---\ntitle: Examplin\n---\n\n## Uses\n\nFor {}.\n"
ARGUMENTS = ["build", "--as-of", "2025-06-30", "--keep-going"]
PAUSE = 0.05
"""Seconds after which a file that was written has an age, on file systems that tell milliseconds."""

Change = Callable[[Path], None]


@pytest.fixture(params=["made", "unchanged"])
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Path:
    """A site that was built by `ARGUMENTS` and is remembered since, or since it was looked at."""
    files = {
        "content/drugs/a.md": TEXT.format("pain"),
        "content/drugs/notes.txt": "Only for editors.\n",
        "content/site.yaml": "title: Formulary\nexclude: [drafts]\n",
        "content/drafts/b.md": TEXT.format("nothing"),
        "content/_includes/part.md": "A part.\n",
        "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>\n",
        "templates/words/en.po": 'msgid "Uses"\nmsgstr "Used for"\n',
    }
    for name, text in files.items():
        write(tmp_path / name, text)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    built(is_made=request.param == "made")
    assert answers()
    return tmp_path


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def built(*, is_made: bool = False) -> None:
    """Build, and remember a build that made the site, or one in which nothing changed."""
    options = Options("2025-06-30", keep_going=True)
    time.sleep(PAUSE)
    start = time.time_ns()
    build(options)
    time.sleep(PAUSE)
    if not is_made:
        start = time.time_ns()
        assert build(options).rendered == ()
    remember(ARGUMENTS, options, start, 1, "messages\n", "line")


def answers(arguments: list[str] = ARGUMENTS) -> bool:
    """Whether the same command is answered at once."""
    return recall(arguments) is not None


def rewrite_in_place(site: Path) -> None:
    """The same size and time of the last change, as a program that copies files leaves them."""
    path = site / "content/drugs/a.md"
    before = path.stat()
    path.write_text(TEXT.format("gain"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def link_the_output(site: Path) -> None:
    (site / "build").rename(site / "elsewhere")
    (site / "build").symlink_to("elsewhere")


CHANGES: dict[str, Change] = {
    "a page": lambda site: write(site / "content/drugs/a.md", TEXT.format("fever")),
    "a page, with its time": rewrite_in_place,
    "a new page": lambda site: write(site / "content/drugs/new.md", TEXT.format("fever")),
    "a new folder": lambda site: write(site / "content/new/new.md", TEXT.format("fever")),
    "a page removed": lambda site: (site / "content/drugs/a.md").unlink(),
    "a text that becomes a page": lambda site: write(
        site / "content/drugs/notes.txt", TEXT.format("fever")
    ),
    "a link to a page": lambda site: (site / "content/drugs/link.md").symlink_to("a.md"),
    "settings": lambda site: write(site / "content/site.yaml", "title: Other\n"),
    "a part of pages": lambda site: write(site / "content/_includes/part.md", "Another part.\n"),
    "a picture beside the content": lambda site: write(site / "static/logo.svg", "<svg/>\n"),
    "a new folder of pictures": lambda site: write(site / "images/logo.svg", "<svg/>\n"),
    "the repository": lambda site: (site / ".git").rename(site / "content/.git"),
    "words": lambda site: write(site / "templates/words/en.po", 'msgid "Uses"\nmsgstr "For"\n'),
    "a new template": lambda site: write(site / "templates/monograph.html", "new\n"),
    "no templates": lambda site: shutil.rmtree(site / "templates"),
    "a published file": lambda site: write(site / "build/drugs/a/index.html", "changed\n"),
    "a published file removed": lambda site: (site / "build/drugs/a/index.html").unlink(),
    "no site": lambda site: shutil.rmtree(site / "build"),
    "a link to the site": link_the_output,
    "no cache": lambda site: shutil.rmtree(site / ".monograph-site"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_is_seen(site: Path, change: Change) -> None:
    change(site)
    assert not answers()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: None,
        lambda site: write(site / "content/drugs/.a.md.swp", "of an editor"),
        lambda site: write(site / "content/drafts/b.md", TEXT.format("something")),
        lambda site: write(site / "notes.txt", "beside the content"),
        lambda site: write(site / ".git/HEAD", "ref"),
    ],
    ids=["nothing", "a hidden file", "an excluded file", "a file beside", "a commit"],
)
def test_what_does_not_count_changes_nothing(site: Path, change: Change) -> None:
    change(site)
    assert answers()


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--as-of", "2025-06-30"],
        ["build", "--as-of", "2025-07-01", "--keep-going"],
        ["check", "--as-of", "2025-06-30", "--keep-going"],
        [*ARGUMENTS, "--json"],
        [*ARGUMENTS, "--cache=other"],
        [],
    ],
    ids=" ".join,
)
def test_another_command_is_run(site: Path, arguments: list[str]) -> None:
    assert not answers(arguments)


def test_another_folder_or_day_is_looked_at(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(time, "strftime", lambda form: "2026-01-01")
        assert not answers()
    shutil.copytree(site, site / "copy", symlinks=True)
    monkeypatch.chdir(site / "copy")
    assert not answers()


def test_what_was_printed_is_printed_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert recall(ARGUMENTS) == 1
    output, errors = capsys.readouterr()
    assert errors == "messages\n"
    assert output.startswith("line (0.")


def test_damage_is_no_answer(site: Path) -> None:
    path = site / ".monograph-site/unchanged"
    whole = path.read_bytes()
    for place in range(0, len(whole), max(1, len(whole) // 200)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert not answers()
        path.write_bytes(whole[:place])
        assert not answers()
    path.write_bytes(whole)
    assert answers()


@pytest.mark.parametrize(
    "name",
    [
        "content/drugs/a.md",
        "static/logo.svg",
        "templates/new.html",
        "build/drugs/a/index.html",
    ],
)
def test_a_file_that_has_just_changed_is_not_relied_on(site: Path, name: str) -> None:
    (site / ".monograph-site/unchanged").unlink()
    options = Options("2025-06-30", keep_going=True)
    start = time.time_ns()
    write(site / name, "changed while the site was built")
    remember(ARGUMENTS, options, start, 0, "", "line")
    assert not (site / ".monograph-site/unchanged").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda site: (site / "content/drugs/link.md").symlink_to("a.md"),
        lambda site: write(site / "content/site.yaml", "includes: ../parts\n"),
    ],
    ids=["a link", "includes"],
)
def test_what_may_be_anywhere_is_not_watched(site: Path, change: Change) -> None:
    (site / ".monograph-site/unchanged").unlink()
    change(site)
    built()
    assert not answers()


def test_a_command_answers_as_it_did(tmp_path: Path) -> None:
    """Status, messages and line, until something changes, and again after that."""
    site = Site(tmp_path)
    site.write("drugs/a.md", TEXT.format("pain")).write("drugs/b.md", "---\ntitle: a: b\n---\n")
    arguments = ("build", "--keep-going")
    time.sleep(PAUSE)
    run_cli(*arguments, cwd=tmp_path)
    kept = tmp_path / ".monograph-site/unchanged"
    for text in ("fever", "gout"):
        said = set()
        for _ in range(3):
            time.sleep(PAUSE)
            result = run_cli(*arguments, cwd=tmp_path)
            line = result.stdout.rpartition(" (")[0]
            said.add((result.returncode, result.stderr, line))
        assert len(said) == 1
        assert result.returncode == 1
        assert " 0 rendered" in result.stdout
        assert kept.is_file()
        site.write("drugs/a.md", TEXT.format(text))
        assert ": 0 rendered" not in run_cli(*arguments, cwd=tmp_path).stdout
        assert not kept.exists()
        assert f"For {text}." in (tmp_path / "build/drugs/a/index.html").read_text("utf-8")


def test_a_build_of_the_whole_site_is_remembered_and_one_of_a_part_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    is_racy = watched.is_racy
    # The last file of a small site was written a moment ago, which is too short to rely on it.
    monkeypatch.setattr(watched, "is_racy", lambda file, at: is_racy(file, at + 60_000_000_000))
    monkeypatch.chdir(tmp_path)
    site = Site(tmp_path).write("drugs/a.md", TEXT.format("pain"))
    time.sleep(PAUSE)
    first = CliRunner().invoke(cli, ARGUMENTS, obj=ARGUMENTS)
    assert ": 0 rendered" not in first.stdout
    assert recall(ARGUMENTS) == first.exit_code
    output, errors = capsys.readouterr()
    assert (": 0 rendered" in output, errors) == (True, first.stderr)
    site.write("drugs/a.md", TEXT.format("gout"))
    assert ": 0 rendered" not in CliRunner().invoke(cli, ARGUMENTS, obj=ARGUMENTS).stdout
    assert not answers()


def test_an_answer_imports_next_to_nothing(site: Path) -> None:
    script = (
        "import sys\n"
        "from monograph_site.cli.repeat import recall\n"
        f"recall({ARGUMENTS!r})\n"
        "print(*(name for name in ('click', 'msgspec', 'typing', 'pathlib') if name in sys.modules))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=HANG_SECONDS
    )
    line, names = result.stdout.splitlines()
    assert line.startswith("line (")
    assert names == ""
