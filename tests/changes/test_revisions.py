"""`diff` between revisions of a real git repository."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monograph_site.cli.main import cli

Git = Callable[..., None]
PAGE = "---\ntitle: {}\nkind: drug\n---\n## Uses\n\nPain.\n\n## Dose\n\n- Adults: {}.\n\n## Warnings\n\n{}\n"


def page(title: str, dose: str = "500 mg", warning: str = "Avoid alcohol.") -> str:
    return PAGE.format(title, dose, warning)


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Runs git in a repository with one commit of three pages, which is the current folder."""

    def run(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments],
            cwd=tmp_path,
            check=True,
            capture_output=True,
        )

    drugs = tmp_path / "content" / "drugs"
    drugs.mkdir(parents=True)
    for name in ("alpha", "beta", "gamma"):
        (drugs / f"{name}.md").write_text(page(name.title()))
    run("init", "-q")
    run("add", "-A")
    run("commit", "-qm", "first")
    monkeypatch.chdir(tmp_path)
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(name, raising=False)
    return run


def diff(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["diff", "--jobs", "1", *arguments])


def changes(*arguments: str) -> list[tuple[str, list[str]]]:
    """The path and the kinds of changes of each page that `diff` reports."""
    result = diff(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    pages = json.loads(result.stdout)["pages"]
    return [(item["path"], [change["kind"] for change in item["changes"]]) for item in pages]


def test_nothing_changed(git: Git) -> None:
    assert diff().stdout == "\nNo page changed.\n" or "No page changed." in diff().stdout
    assert changes() == []


def test_safety_statements_come_before_everything_else(git: Git) -> None:
    Path("content/drugs/alpha.md").write_text(page("Alpha", "1 g"))
    Path("content/drugs/beta.md").write_text(page("Beta", warning="See a doctor."))
    Path("content/drugs/gamma.md").write_text(page("Gamma", "0.5 g"))
    assert changes() == [
        ("drugs/beta.md", ["safety-removed", "warning"]),
        ("drugs/alpha.md", ["dose"]),
        ("drugs/gamma.md", ["wording"]),
    ]


def test_files_added_removed_renamed_and_untracked(git: Git) -> None:
    drugs = Path("content/drugs")
    git("mv", "content/drugs/alpha.md", "content/drugs/first.md")
    (drugs / "beta.md").unlink()
    (drugs / "delta.md").write_text(page("Delta", "7 mg", "Never for children."))
    found = dict(changes())
    assert found["drugs/beta.md"] == ["page-removed"]
    assert found["drugs/delta.md"] == ["page-added"]
    assert found["drugs/first.md"] == ["detail"]  # its address
    assert "renamed from drugs/alpha.md" in diff().stdout


def test_two_revisions_and_the_commit_where_they_part(git: Git) -> None:
    git("branch", "other")
    Path("content/drugs/alpha.md").write_text(page("Alpha", "1 g"))
    git("commit", "-qam", "second")
    git("checkout", "-q", "other")
    Path("content/drugs/beta.md").write_text(page("Beta", "2 g"))
    git("commit", "-qam", "third")
    git("checkout", "-q", "-")
    assert changes("HEAD~1..HEAD") == [("drugs/alpha.md", ["dose"])]
    assert changes("HEAD~1") == [("drugs/alpha.md", ["dose"])]
    both = [("drugs/alpha.md", ["dose"]), ("drugs/beta.md", ["dose"])]
    assert changes("HEAD..other") == both
    assert changes("HEAD...other") == both[1:]
    assert changes("HEAD..other", "content/drugs/beta.md") == both[1:]
    assert changes("content/drugs/beta.md") == []


def test_a_fragment_changes_the_pages_that_include_it(git: Git) -> None:
    folder = Path("content/_includes")
    folder.mkdir()
    (folder / "maximum.md").write_text("At most 4 g a day.\n")
    Path("content/drugs/alpha.md").write_text(page("Alpha") + "\n{% include maximum.md %}\n")
    git("add", "-A")
    git("commit", "-qm", "a fragment")
    (folder / "maximum.md").write_text("At most 3 g a day.\n")
    assert changes() == [("drugs/alpha.md", ["dose"])]


def test_entries_of_a_data_file_are_pages(git: Git) -> None:
    Path("content/site.yaml").write_text("collections: {kit: {data: kit.yaml, kind: drug}}\n")
    data = Path("content/kit.yaml")
    data.write_text("- {title: Epsilon, uses: Pain., warnings: Avoid alcohol.}\n")
    git("add", "-A")
    git("commit", "-qm", "data")
    data.write_text("- {title: Epsilon, uses: Pain., warnings: Never drink alcohol.}\n")
    ((path, kinds),) = changes()
    assert path.startswith("kit/")
    assert kinds == ["advice"]


def test_a_page_that_cannot_be_read_any_more_is_gone(git: Git) -> None:
    Path("content/drugs/alpha.md").write_text("---\ntitle: [\n---\nText\n")
    assert changes() == [("drugs/alpha.md", ["page-removed"])]
    assert "`check` names them" in diff().stdout


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_text_of_pages_is_never_markup(git: Git, form: str) -> None:
    hostile = "Avoid <script>alert(1)</script> **@everyone** [x](https://example.org) `a`."
    Path("content/drugs/alpha.md").write_text(page("<b>Alpha</b>", warning=hostile))
    report = diff("--format", form).stdout
    assert "everyone" in report
    if form != "json" and form != "text":
        assert "<script>" not in report
        assert "<b>" not in report
    if form == "markdown":
        assert "\\@everyone" in report
        assert "](https" not in report


def test_a_long_comment_says_that_it_is_shortened(git: Git) -> None:
    for number in range(600):
        text = page(f"Drug {number}", warning="Avoid it. " * 3)
        Path(f"content/drugs/drug-{number}.md").write_text(text)
    git("add", "-A")
    git("commit", "-qm", "many")
    for number in range(600):
        Path(f"content/drugs/drug-{number}.md").write_text(page(f"Drug {number}", "1 g", "x"))
    report = diff("--format", "markdown").stdout
    assert len(report) < 65_536
    assert "more pages changed" in report
    assert report.startswith("<!-- monograph-site diff -->")


def test_usage_errors(git: Git, tmp_path: Path) -> None:
    assert diff("nowhere").exit_code == 2
    assert "no revision 'nowhere'" in diff("nowhere").stderr
    outside = tmp_path.parent
    result = CliRunner().invoke(cli, ["diff", "--content", str(outside)])
    assert result.exit_code == 2
    assert "git repository" in result.stderr
    git("update-ref", "-d", "HEAD")
    assert "there is no commit yet" in diff().stderr


def test_in_a_hook_of_another_repository(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """git tells its hooks where its own repository is; the content may be in another."""
    monkeypatch.setenv("GIT_DIR", "nowhere")
    Path("content/drugs/alpha.md").write_text(page("Alpha", "1 g"))
    assert changes() == [("drugs/alpha.md", ["dose"])]
