"""What an editor sees at an address whose page was taken away, moved, or would stop a build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.preview.server.editor_links import EditorLinks
from monograph_site.preview.server.page_info import page_info
from monograph_site.preview.session import Session

PAGE = "drugs/examplin/index.html"
TEXT = "---\ntitle: {}\n{}---\n## Uses\n\nFor {}.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    (folder / "drugs").mkdir(parents=True)
    write(folder, "examplin", "Examplin")
    write(folder, "samplol", "Samplol")
    return folder


@pytest.fixture
def session(content: Path) -> Iterator[Session]:
    folders = (content.parent / name for name in ("content", "templates", "build", "cache"))
    session = Session(Options("2025-06-30", *folders))
    session.start()
    yield session
    session.close()


def write(content: Path, name: str, title: str, front: str = "", uses: str = "pain") -> Path:
    path = content / "drugs" / f"{name}.md"
    path.write_text(TEXT.format(title, front, uses), encoding="utf-8")
    return path


def test_a_copied_file_does_not_take_the_page_away(content: Path, session: Session) -> None:
    good = session.answer(PAGE)
    assert good
    copy = write(content, "copy", "Examplin", "slug: examplin\n")
    change = session.refresh([copy])
    assert {(finding.path, finding.code) for finding in change.new_findings} >= {
        ("drugs/copy.md", "E401"), ("drugs/examplin.md", "E401"),
    }  # fmt: skip
    assert session.answer(PAGE) is None, "as a build"
    held = session.held_answer(PAGE)
    assert held
    assert (held.content, held.source) == (good.content, "drugs/examplin.md")
    copy.unlink()
    session.refresh([copy])
    assert session.answer(PAGE)
    assert session.held_answer(PAGE) is None


@pytest.mark.parametrize("way", ["file name", "slug"])
def test_a_page_that_moved_says_where_it_is(content: Path, session: Session, way: str) -> None:
    path = content / "drugs" / "examplin.md"
    if way == "slug":
        write(content, "examplin", "Examplin", "slug: other\n")
    else:
        path.rename(content / "drugs" / "other.md")
    session.refresh([content / "drugs"])
    name = "drugs/examplin.md" if way == "slug" else "drugs/other.md"
    assert session.answer(PAGE) is None
    assert session.moved_to(PAGE) == ("/drugs/other/", name)
    assert session.moved_to("drugs/samplol/index.html") == ("", "")
    file = content / name
    file.write_text(
        file.read_text(encoding="utf-8").replace("---\n##", "aliases: [/drugs/examplin/]\n---\n##"),
        encoding="utf-8",
    )
    session.refresh([file])
    assert session.answer(PAGE), "the alias leads on"


def test_a_broken_link_is_shown_at_once(content: Path, session: Session) -> None:
    file = write(content, "examplin", "Examplin", uses="pain, see [samplol](samplool.md)")
    change = session.refresh([file])
    assert [finding.code for finding in change.new_findings] == ["E405"]
    links = EditorLinks(content, "vscode://file/{path}:{line}:{column}")
    info = page_info(session, links, PAGE)
    assert info["blocking"] == []
    assert [finding["code"] for finding in info["stopping"]] == ["E405"]
    file = write(content, "examplin", "Examplin", uses="pain, see [samplol](samplol.md)")
    change = session.refresh([file])
    assert [finding.code for finding in change.resolved_findings] == ["E405"]
    assert page_info(session, links, PAGE)["stopping"] == []


def test_one_fault_of_a_template_is_one_finding(content: Path, session: Session) -> None:
    templates = content.parent / "templates"
    templates.mkdir()
    (templates / "monograph.html").write_text("{{ nothing.at_all }}", encoding="utf-8")
    session.refresh()
    for path in (PAGE, "drugs/samplol/index.html"):
        answer = session.answer(path)
        assert answer
        assert answer.error
    assert [finding.code for finding in session.findings()].count("E041") == 1
