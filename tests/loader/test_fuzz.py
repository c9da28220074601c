"""Any bytes as a file give findings or a record, in bounded time: thousands of files nobody would
write, and a hundred thousand in a nightly run.

The seeds are fixed, so that a run is the same everywhere; `MONOGRAPH_FUZZ=7 pytest
tests/test_fuzz.py` looks elsewhere. What these find by chance, `fuzz/fuzz_load.py` looks for by
coverage.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from msgspec.structs import replace

import contract
from acting import acting_html
from contract import Hang, plant, read
from helpers import Site, usually
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.loader.draft import Draft
from monograph_site.model.finding import Problem
from monograph_site.model.source import Span
from monograph_site.rules import Check
from monograph_site.source.findings_file import CRASH
from monograph_site.source.findings_yaml import SYNTAX
from strategies import FRONT, KINDS

FILES_A_SHARE = usually(100, nightly=1_000)
SLICES = 4
"""Parts of each kind of file, so that processes can share the work."""
START = int(os.environ.get("MONOGRAPH_FUZZ", "0"))
BUILT = 30
"""Files of each slice that are also built into a site, with its pages, structured data and search.
"""


def test_there_are_enough() -> None:
    assert FILES_A_SHARE * sum(share for share, _ in KINDS.values()) >= usually(
        10_000, nightly=100_000
    )


@pytest.mark.parametrize("part", range(SLICES))
@pytest.mark.parametrize("kind", KINDS)
def test_any_file(kind: str, part: int, tmp_path: Path) -> None:
    share, strategy = KINDS[kind]
    count = share * FILES_A_SHARE
    contents: list[bytes] = []

    @seed(START + part)
    @settings(max_examples=count // SLICES, database=None, deadline=None, phases=[Phase.generate, Phase.shrink],
              suppress_health_check=list(HealthCheck))  # fmt: skip
    @given(strategy)
    def holds(content: bytes) -> None:
        contents.append(content)
        outcome = read(content)
        if outcome.slow:  # not to be made smaller, which would take for ever
            raise Hang(f"{outcome.wrong}: {content!r}")
        assert outcome.wrong == []

    holds()
    assert len(contents) >= count // SLICES
    builds(tmp_path, contents[-BUILT:])


def builds(folder: Path, contents: list[bytes]) -> None:
    """The files make a site: every page of it, its structured data and its search; and nothing in
    it acts."""
    site = Site(folder)
    (site.root / "content" / "drugs").mkdir()
    for number, content in enumerate(contents):
        (site.root / "content" / "drugs" / f"x{number}.md").write_bytes(content)
    options = Options("2025-06-30", site.root / "content", site.root / "templates", site.output, site.root / "cache",
                      keep_going=True)  # fmt: skip
    summary = build(options)
    assert summary.monographs + sum(finding.blocks_page for finding in summary.findings) >= len(
        contents
    )
    assert [finding for finding in summary.findings if finding.code == CRASH.code] == []
    assert acting_html(site) == []


# the measure itself


def raises(page: Draft) -> Iterator[Problem]:
    if "pain" in page.lower:
        raise KeyError("pain")
    return iter(())


def hangs(page: Draft) -> Iterator[Problem]:
    while "pain" in page.lower:
        pass
    return iter(())


def backtracks(page: Draft) -> Iterator[Problem]:
    return iter([page.match(match, "x") for match in re.finditer(r"(a|a)*b", page.prose)])


def is_elsewhere(page: Draft) -> Iterator[Problem]:
    yield Problem(Span(len(page.lines) + 1, 1), "Nothing.\n")


def is_beside(page: Draft) -> Iterator[Problem]:
    yield Problem(Span(1, len(page.lines[0]) + 2), "Nothing.\n")


@pytest.mark.parametrize(
    ("check", "wrong"),
    [
        (raises, "the program failed"),
        (hangs, "does not come to an end"),
        (backtracks, "does not come to an end"),
        (is_elsewhere, "line 7 of 6"),
        (is_beside, "column 5 of 3"),
    ],
)
def test_a_fault_is_noticed(check: Check, wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    content = f"{FRONT}## Usage\n\nFor pain, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.".encode()
    assert read(content).wrong == []
    plant(check, monkeypatch)
    assert wrong in "".join(read(content).wrong)


def test_a_false_finding_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert list(contract._misplaced(CRASH.at("x", Span(1, 2), "x", 2), ["ab"])) == []
    sound = SYNTAX.at("x", Span(), "Not YAML.")
    assert list(contract._problems(sound, b"", "x")) == []
    for text in ("a\nb", "a \x1b[31m red word", "a\u202eb", ""):
        assert list(contract._problems(replace(sound, message=text), b"", "x"))
    monkeypatch.setattr(contract, "findings", lambda: ())
    assert "unknown kind" in "".join(contract._problems(sound, b"", "x"))
    other = replace(CRASH.at("x", Span(1, 2), "x"), excerpt="ac")
    assert "not line 1" in "".join(contract._misplaced(other, ["ab"]))
