"""What the loader makes of every convention that it knows, as documents (see `cases.py` for their
form)."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from cases import Case, cases, listing, parameters
from monograph_site.loader.sections import vocabulary

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.md"))


@pytest.mark.parametrize("case", parameters(DOCUMENTS))
def test_document(case: Case) -> None:
    lines = listing(case.load(), case.expected)
    if lines != case.expected:
        diff = difflib.unified_diff(
            case.expected, lines, "the document", "the loader", lineterm="", n=99
        )
        pytest.fail(f"{case.document.name}, {case.name!r}\n" + "\n".join(diff), pytrace=False)


def test_every_section_of_the_vocabulary_has_a_case() -> None:
    lines = [line for document in DOCUMENTS for case in cases(document) for line in case.expected]
    keys = {line.split()[1] for line in lines if line.startswith("section ")}
    keys |= {"references" for line in lines if line.startswith("reference ")}
    keys |= {line.split()[0] for line in lines if line.startswith(("disclaimer ", "note "))}
    missing = sorted(vocabulary().headings.keys() - keys)
    assert not missing, f"no case for {missing}"
