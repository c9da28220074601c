"""The time to read a file grows as the file does, whatever is in it: no pattern is tried from every
place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contract import limited, plant
from helpers import usually
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.config import Config
from strategies import FRONT, PIECES, VALUES, encoded

UNITS = [
    *PIECES, *(value for value in VALUES if value and "\n" not in value),
    "a ", "A", "1", "1.0 mg ", "a.b.", "a-", "a/b ", "a@b.", "((", "(a ", "[a](b ", "<a ", "<b> ", "<!--", "&a", "é",
    "\n\n\n", "? ", "?\n", "...", "a: ", "**a ", "*a _b ", "- - ", "> > ", "1. a\n", "- a\n  ", "| a ", "|\n|",
    "a\n===\n", "# a\n", "[^a]", "[^a]: b\n", "`a", "``", "\\", "https://", "Q: a?", "**Q: a?** b\n", "word. Word ",
    "word, word ", "Take 5 mg or 10 mg. ", "see above ", "(Yes.) ", "**Usage:** a\n", "## Usage\n\na\n\n",
    "### Is it?\n\nYes.\n\n",
]  # fmt: skip
"""Texts that may be slow when they are repeated."""
LENGTH = usually(2_500, nightly=10_000)
"""Characters of the shortest of the texts that are compared; the longest has eight times as many.
"""


TRIES = 8
"""How often a text that seems slow is measured: a machine with other work to do is slow by chance, and a
slow pattern is slow every time."""


EVERY = usually(4, nightly=1)
"""Of so many documents of rules one is tried: `test_patterns.py` tries every expression by itself."""


def documents() -> Iterator[str]:
    """The wrong and right examples of rules: what a rule looks at must not be slow however often it
    is repeated."""
    for file in sorted((Path(__file__).parents[1] / "rules").rglob("*.md"))[::EVERY]:
        for example in re.findall(
            r"^(`{3,})markdown source[^\n]*\n(.*?)^\1", file.read_text("utf-8"), re.M | re.S
        ):
            yield re.sub(r"\A---\n.*?\n---\n", "", example[1], flags=re.S)


def body(unit: str, times: int) -> bytes:
    return encoded(f"{FRONT}## Usage\n\n{unit * (times * LENGTH // len(unit) + 1)}\n")


def seconds(content: bytes) -> float:
    """Processor time to read a file; by the clock of the thread, as in `test_patterns.seconds`."""
    start = time.thread_time()
    with limited(10):
        load_file(LoadJob("drugs/x.md", content, "", Config()))
    return time.thread_time() - start


def grows(make: Callable[[int], bytes], tries: int = TRIES) -> str:
    """How the time of reading grows, where it grows faster than the text; '' where it does not.

    Eight times the text may take sixteen times as long (a quadratic step takes 64 times as long),
    and a tenth of a second more; what seems slow is measured again, since the machine has other
    things to do.
    """
    for _ in range(tries):
        long = seconds(make(8))
        if long <= 0.1 or long <= 16 * seconds(make(1)) + 0.1:
            return ""
    steps = (f"{times} times {seconds(make(times)):.3f} s" for times in (1, 2, 4, 8))
    return ", ".join(steps)


def growing(texts: dict[str, Callable[[int], bytes]]) -> dict[str, str]:
    return {name: how for name, make in texts.items() if (how := grows(make))}


GROUPS = 8
"""Parts of the lists of texts, so that processes can share the work."""


@pytest.mark.parametrize("part", range(GROUPS))
def test_time_grows_as_the_text_does(part: int) -> None:
    units = [unit for unit in dict.fromkeys([*UNITS, *documents()]) if unit][part::GROUPS]
    assert growing({unit[:80]: lambda times, unit=unit: body(unit, times) for unit in units}) == {}


@pytest.mark.parametrize("part", range(GROUPS // 4))
def test_time_grows_as_the_front_matter_does(part: int) -> None:
    values = ["description: '{}'", "brands: [{}]", "faqs:\n{}", "own: |\n{}", "{}"]
    lines = [
        "a, ",
        "  - q: Is it?\n    a: Yes.\n",
        "  word. Word\n",
        "a b ",
        "key{n}: a\n",
        "'' ",
        "{n}: [a, b]\n",
        "# a\n",
        "\n",
    ]
    pairs = [(value, line) for value in values for line in lines][part :: GROUPS // 4]
    assert growing({f"{v} {u}": lambda times, v=v, u=u: front(v, u, times) for v, u in pairs}) == {}


def front(value: str, line: str, times: int) -> bytes:
    text = "".join(line.replace("{n}", str(n)) for n in range(times * LENGTH // len(line)))
    return f"---\ntitle: Examplin\n{value.replace('{}', text)}\n---\n\n## Usage\n\nFor pain.\n".encode()


def test_a_slow_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that looks for its end from every place."""
    assert grows(lambda times: body("a ", times)) == ""
    plant(
        lambda page: iter(
            [page.match(match, "x") for match in re.finditer(r"a[a ]*b", page.prose)]
        ),
        monkeypatch,
    )
    # The short text alone may be slow by chance, and then the growth looks small.
    assert any(grows(lambda times: body("a ", times), tries=1) for _ in range(TRIES))
