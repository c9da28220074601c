"""`convert`: each convention becomes the canonical form, and the record stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from formularies import OWN
from monograph_site.build.load import load_bytes
from monograph_site.cli.main import cli
from monograph_site.config import Config
from monograph_site.edit.convert import ConvertedFile, convert_content

CANONICAL = """\
---
title: Examplin
---
## Uses

For pain [1].

### Not for

Fever.

## FAQs

### May I stop?

Ask first.
"""

CASES = {
    "bold labels": (
        "---\ntitle: Examplin\n---\n**Usage:** For pain.\n**Side Effects**: A rash.  \n"
        "**Dosage:**\n* 5 mg\n* 10 mg\n",
        "---\ntitle: Examplin\n---\n## Usage\n\nFor pain.\n\n## Side Effects\n\nA rash.\n\n"
        "## Dosage\n\n* 5 mg\n* 10 mg\n",
    ),
    "plain labels": (
        "# Examplin\n\nUsage: For pain.\n\nSIDE EFFECTS\n\nA rash.\n",
        "# Examplin\n\n## Usage\n\nFor pain.\n\n## SIDE EFFECTS\n\nA rash.\n",
    ),
    "headings": (
        "# Examplin\n\n### **Usage:**\nFor pain.\n\nSide Effects\n------------\nA rash.\n"
        "### Dosage ###\n5 mg\n",
        "# Examplin\n\n## Usage\n\nFor pain.\n\n## Side Effects\n\nA rash.\n\n## Dosage\n\n5 mg\n",
    ),
    "text on the line of a heading": (
        "## Usage\n\nPain.\n\n## **Dosage**\n\n#### **Adults:** One tablet.\n",
        "## Usage\n\nPain.\n\n## Dosage\n\n#### Adults\n\nOne tablet.\n",
    ),
    "a list of sections": (
        "- **Usage:** For pain.\n- **Side Effects:** A rash.\n  - Seldom.\n- **Dosage:** 5 mg.\n",
        "## Usage\n\nFor pain.\n\n## Side Effects\n\nA rash.\n- Seldom.\n\n## Dosage\n\n5 mg.\n",
    ),
    "questions in a list": (
        "## Usage\n\nPain.\n\n## FAQs\n\n* **Q1: Is it safe?** A: Yes.\n* **May I drive?**\n"
        "    * No.\n",
        "## Usage\n\nPain.\n\n## FAQs\n\n### Is it safe?\n\nYes.\n\n### May I drive?\n\n* No.\n",
    ),
    "questions with prefixes": (
        "## Usage\n\nPain.\n\n## FAQs\n\n**Q: Is it safe?**\n\n**A:** Yes.\n\n### Q2: May I drive?\n\n"
        "A: No.\n",
        "## Usage\n\nPain.\n\n## FAQs\n\n### Is it safe?\n\nYes.\n\n### May I drive?\n\nNo.\n",
    ),
    "sections in front matter": (
        "---\ntitle: Examplin  # its name\ndosage: 5 mg once a day.\nside_effects: [Sleep, Rash]\n"
        "kind: drug\n---\n## Usage\n\nPain.\n",
        "---\ntitle: Examplin  # its name\nkind: drug\n---\n## Dosage\n\n5 mg once a day.\n\n"
        "## Side effects\n\n- Sleep\n- Rash\n\n## Usage\n\nPain.\n",
    ),
    "mis-encoded text": (
        "**Usage:** Take â‰¥ 2 hours before food.\r\n\r\n**Dosage:** 5 mg.\r\n",
        "## Usage\r\n\r\nTake ≥ 2 hours before food.\r\n\r\n## Dosage\r\n\r\n5 mg.\r\n",
    ),
    "several drugs": (
        "---\ntitle: Anol + Benol\n---\n**Anol**\n\n* **Usage:** Pain.\n* **Dosage:** 5 mg.\n\n"
        "**Benol**\n\n* **Usage:** Fever.\n* **Dosage:** 6 mg.\n",
        "---\ntitle: Anol + Benol\n---\n## Anol\n\n### Usage\n\nPain.\n\n### Dosage\n\n5 mg.\n\n"
        "## Benol\n\n### Usage\n\nFever.\n\n### Dosage\n\n6 mg.\n",
    ),
    "canonical": (CANONICAL, CANONICAL),
}


def converted(text: str, path: str = "drugs/x.md") -> ConvertedFile:
    """The converted file, after checks that hold for every file."""
    content = text.encode()
    result = convert_content(path, content, Config())
    before, after = (load_bytes(path, text, Config()) for text in (content, result.content))
    assert after.monograph == before.monograph
    again = convert_content(path, result.content, Config())
    assert again.content == result.content
    return result


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_each_convention(before: str, after: str) -> None:
    assert converted(before).content.decode() == after


@pytest.mark.parametrize("folder", sorted(path.name for path in OWN.iterdir() if path.is_dir()))
def test_every_block_of_the_own_formularies_has_a_fate(folder: str) -> None:
    for path in sorted((OWN / folder).rglob("*.md")):
        try:
            text = path.read_bytes().decode()
        except UnicodeDecodeError:
            continue
        result = converted(text, path.relative_to(OWN / folder).as_posix())
        assert bool(result.problem) is not bool(result.fates.total())
        assert result.fates["unplaced"] == len(result.unplaced)


def test_fates() -> None:
    text = (
        "---\ntitle: Examplin\ndosage: 5 mg once a day.\nfaqs:\n  - {q: 'Safe?** **A:** Yes.', a: 'A:** Yes.'}\n---\n"
        "**Usage:** Pain.\n\n- **Warnings:** None.\n- **Interactions:** None.\n\nTake â‰¥ 2.\n"
    )
    result = converted(text)
    # title, usage and the list in it; dosage; faqs and the last paragraph
    assert dict(result.fates) == {"recognised": 3, "moved": 1, "repaired": 2, "unplaced": 0}
    result = converted("## Usage\n\nPain.\n\n```\n**Dosage:** 5 mg\n```\n")
    assert dict(result.fates) == {"recognised": 3, "unplaced": 0}


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content" / "drugs"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text("**Usage:** Pain.\n\n**Dosage:** 5 mg.\n")
    (folder / "b.md").write_text(CANONICAL)
    (folder / "bad.md").write_text("---\ntitle: [\n---\nText.\n")
    run = CliRunner().invoke
    result = run(cli, ["convert", "content/drugs/a.md", "--to", "canonical", "--output", "out"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/drugs/a.md").read_text().startswith("## Usage\n\nPain.\n")
    assert (folder / "a.md").read_text().startswith("**Usage:**")
    result = run(cli, ["convert", "--to", "canonical"])
    assert result.exit_code == 1
    assert "content/drugs/bad.md: not converted: no page can be made of it" in result.output
    assert "1 file of 2 changed; blocks: " in result.output
    assert (folder / "a.md").read_text().startswith("## Usage\n\nPain.\n")
    assert (folder / "b.md").read_text() == CANONICAL
