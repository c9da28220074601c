"""No file keeps the loader busy: a file that is made to be slow is read in a time that grows only
with its size."""

from __future__ import annotations

import pytest

from contract import limited
from helpers import processor_limit
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.build.load import load_bytes
from monograph_site.config import Config

SIZE = 150_000
# Each of these once took, or with a careless pattern would take, a time that grows with the square
# of the size.
INPUTS = {
    "brackets": "## Usage\n\n" + "[" * SIZE,
    "asterisks": "## Usage\n\n" + "**a" * (SIZE // 3),
    "one heading many times": "## A\n" * (SIZE // 5),
    "one sub-heading many times": "## Usage\n" + "#### A\n" * (SIZE // 7),
    "spaces": "## Usage\n\nA" + " " * SIZE + "b",
    "questions in one paragraph": "## FAQs\n\n" + "**Is it?** x " * (SIZE // 13),
    "open brackets behind questions": "## FAQs\n\n" + "Is it so? ((x)" * (SIZE // 14),
    "capitals before a question": "## FAQs\n\nIs it? (" + "A" * SIZE,
    "labels on neighbouring lines": "**Usage:** a\n" * (SIZE // 13),
    "closing remarks": "## Usage\n\n" + "*Disclaimer: a*\n\n" * (SIZE // 18),
    "bold lines": "**A**\n" * (SIZE // 6),
    "comments without end": "<!--" * (SIZE // 4),
    "tags without end": "<p>" + "<a " * (SIZE // 3),
    "words before a dose": "## Dosage\n\nDo not exceed" + " adult" * (SIZE // 6),
    "words of one heading": "## Side effects of " + "b" * 1000 + " c" * 9,
    "an answer of empty lines": "## FAQs\n\nIs it?\n\nA" + "\n" * SIZE + "b",
    "a heading of many words": "## " + "Usage and " * (SIZE // 10),
    "citations": "## Usage\n\n"
    + "[1] " * (SIZE // 8)
    + "\n\n## References\n\n"
    + "1. a\n" * (SIZE // 10),
    "footnotes": "[^a]: b\n  c\n" * (SIZE // 12),
    "mis-encoded characters": "â€™ " * (SIZE // 7),
}


@pytest.mark.parametrize("name", INPUTS)
def test_loading_ends(name: str) -> None:
    # Each takes some seconds at most on a slow machine; growing with the square, a minute or more.
    content = b"---\ntitle: X\n---\n" + INPUTS[name].encode()
    with limited(30):
        loaded = load_bytes("drugs/x.md", content, Config())
    assert loaded.monograph, loaded.findings


def test_an_answer_in_front_matter_of_empty_lines_ends() -> None:
    answer = "A" + "\\n" * 80_000 + "b"
    text = f'---\ntitle: X\nfaqs:\n  - question: Is it?\n    answer: "{answer}"\n---\n\n## Usage\n\nA.\n'
    with processor_limit(5):
        assert load_file(LoadJob("drugs/x.md", text.encode(), "", Config()))[1]
