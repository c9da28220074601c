"""`fix`: only certain spans change, in one step, and a second run changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from monograph_site.cli.main import cli
from monograph_site.config import Config
from monograph_site.edit import fix_site as fix_site_module
from monograph_site.edit.files import replace_file
from monograph_site.edit.fix import fix_content
from monograph_site.model.finding import Finding

COMMENTED = """\
---
# who wrote it, and when
title:   'Examplin'   # two spaces
description: >-  # as imported
  Examplin is used for pain and inf...

kind: drug
"names": {inn: examplin,   synonyms: [ "EX-1" , 'EX-2' ]}  # a flow
faqs:
  # the first
  - q: "Is it safe?**\\n\\n**A:** Yes: always."   # damaged
    a: 'A:** Yes: always.'
  - a: >-
      A:**  Not at all, since
      it makes you tired.  Ask first.
    q: >-
      Can I drive?**


      **A:**  Not at all, since
      it makes you tired.  Ask first.
  - {q: Whole?, a: "Yes."}
ignore: [trailing-zero, unit-spacing]   # W601 is gone
zz_last: |
  kept
   as it is
---
## Usage

Examplin is used for pain and inflammation.

## Dosage

Take 5mg.
"""
FIXED = """\
---
# who wrote it, and when
title:   'Examplin'   # two spaces
description: >-  # as imported
  Examplin is used for pain and inflammation.

kind: drug
"names": {inn: examplin,   synonyms: [ "EX-1" , 'EX-2' ]}  # a flow
faqs:
  # the first
  - q: "Is it safe?"   # damaged
    a: 'Yes: always.'
  - a: >-
      Not at all, since it makes you tired.  Ask first.
    q: >-
      Can I drive?
  - {q: Whole?, a: "Yes."}
ignore: [unit-spacing]   # W601 is gone
zz_last: |
  kept
   as it is
---
## Usage

Examplin is used for pain and inflammation.

## Dosage

Take 5mg.
"""


def fixed(text: str, **settings: str) -> str:
    result = fix_content("drugs/x.md", text.encode(), Config(**settings), _is_fixable)
    again = fix_content("drugs/x.md", result.content, Config(**settings), _is_fixable)
    assert again.content == result.content
    return result.content.decode()


def _is_fixable(finding: Finding) -> bool:
    return finding.fixable


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, [*arguments, "--jobs", "1"])


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content" / "drugs"
    folder.mkdir(parents=True)
    return folder


def test_comments_order_and_quoting_of_yaml_stay(content: Path) -> None:
    (content / "x.md").write_text(COMMENTED)
    result = run("fix")
    assert result.exit_code == 0, result.output
    assert (content / "x.md").read_text() == FIXED


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("Take â‰¥ 2 hours â€“ or 5Â\u00a0mg.", "Take ≥ 2 hours – or 5\u00a0mg."),
        ("A line\u2028break, a\x0bslide, a \x07bell.", "A line break, a slide, a bell."),
        ("Take 1\x965 mg, not 1\x075 mg.", "Take 1\x965 mg, not 1\x075 mg."),
        ("A mark\ufeff inside.", "A mark inside."),
        ("A re\ufffdplaced one.", "A re\ufffdplaced one."),
    ],
    ids=["mis-encoded", "control", "uncertain", "byte order mark", "lost"],
)
def test_characters(written: str, right: str) -> None:
    assert fixed(f"## Usage\n\n{written}\n") == f"## Usage\n\n{right}\n"


def test_bytes_outside_of_a_span_stay() -> None:
    head = "\ufeff---\r\ntitle: Â Examplin\r\n---\r\n## Usage  \r\n\r\n\r\nPain.\t\r\n* a\r* b\n"
    assert fixed(head + "\r\n### **Adults:** Take 5.0 mg.\r\n   end") == (
        head + "\r\n### Adults\r\n\r\nTake 5 mg.\r\n\r\n   end"
    )


def test_a_faq_whose_question_holds_another_answer_is_left() -> None:
    text = (
        '---\nfaqs:\n  - q: "Safe?**\\n\\n**A:** Yes."\n    a: "A:** No."\n---\n## Usage\n\nPain.\n'
    )
    assert fixed(text) == text


def test_questions_of_the_front_matter_are_written_like_the_text() -> None:
    text = "---\nfaqs:\n  - {q: How much?, a: 50 µg}\n---\n## Usage\n\nPain.\n\n## Dosage\n\nTake 50 µg.\n"
    assert fixed(text) == text.replace("50 µg", "50 mcg")


def test_a_description_that_says_more_than_the_text_is_left() -> None:
    text = "---\ndescription: Examplin was made in 1950 and...\n---\n## Usage\n\nPain.\n"
    assert fixed(text) == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("---\nignore: [W601]\nkind: drug\n---\n## Usage\n\nPain.\n",
         "---\nkind: drug\n---\n## Usage\n\nPain.\n"),
        ("---\nkind: drug\nignore:\n  - W602 # a\n  - I609 # b\n---\n## Usage\n\n5mg.\n",
         "---\nkind: drug\nignore:\n  - I609 # b\n---\n## Usage\n\n5mg.\n"),
        ("## Usage\n\n<!-- monograph-site: ignore W601 -- x -->\n\nPain.\n",
         "## Usage\n\nPain.\n"),
        ("## Usage\n\nPain. <!-- monograph-site: ignore W601 -->\n", "## Usage\n\nPain.\n"),
        ("## Usage\n\n<!-- monograph-site: ignore I609, W601 -->\n5mg of it.\n",
         "## Usage\n\n<!-- monograph-site: ignore I609 -->\n5mg of it.\n"),
    ],
)  # fmt: skip
def test_unused_suppressions(content: Path, before: str, after: str) -> None:
    (content / "x.md").write_text(before)
    assert run("fix").exit_code == 0
    assert (content / "x.md").read_text() == after


def test_the_command_says_what_it_did_and_what_is_left(content: Path) -> None:
    (content / "x.md").write_text("## Usage\n\nTake 5.0 mg QD, then 5.0 mg. 10 mg s.c.\n")
    before = (content / "x.md").read_bytes()
    for option in ("--check", "--diff"):
        result = run("fix", option)
        assert result.exit_code == 1
        assert "2 corrections would be made in 1 file; nothing was written" in result.output
        assert ("+Take 5 mg QD" in result.output) is (option == "--diff")
        assert (content / "x.md").read_bytes() == before
    assert run("fix", "--select", "W602").exit_code == 0
    assert run("fix", "--ignore", "W6").exit_code == 0
    assert (content / "x.md").read_bytes() == before
    result = run("fix", "content/drugs")
    assert "content/drugs/x.md: trailing-zero ×2\n2 corrections made in 1 file\n" in result.output
    assert "W606 daily-abbreviation" in result.output
    assert (content / "x.md").read_text().startswith("## Usage\n\nTake 5 mg QD, then 5 mg.")
    assert run("fix", "--unsafe").exit_code == 0
    assert "Take 5 mg once a day" in (content / "x.md").read_text()
    assert run("fix", "--check").exit_code == 0


def test_a_file_that_is_saved_meanwhile_is_left_alone(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (content / "x.md").write_text("## Usage\n\nTake 5.0 mg.\n")

    def save_first(path: Path, before: bytes, after: bytes) -> bool:
        path.write_text("## Usage\n\nAnother program's words, 5.0 mg.\n")
        return replace_file(path, before, after)

    monkeypatch.setattr(fix_site_module, "replace_file", save_first)
    result = run("fix")
    assert result.exit_code == 1
    assert "left alone: it was saved by another program meanwhile" in result.output
    assert (content / "x.md").read_text() == "## Usage\n\nAnother program's words, 5.0 mg.\n"
    assert os.listdir(content) == ["x.md"]


def test_mode_and_symbolic_link_stay(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"a")
    (tmp_path / "real").chmod(0o640)
    (tmp_path / "link").symlink_to("real")
    assert replace_file(tmp_path / "link", b"a", b"b")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"b"
    assert (tmp_path / "real").stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["link", "real"]
