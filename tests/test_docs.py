"""The documents name what there is."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from helpers import ROOT

PROMISES = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^\d+\. `([\w/]+)\.(\w+(?:\.\w+)?)`", ARCHITECTURE, re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`(tests/[^`]+)`", PROMISES))))
def test_the_test_of_a_promise_is_there(path: str) -> None:
    assert "\ndef test_" in (ROOT / path).read_text(encoding="utf-8")


def test_every_promise_names_its_test() -> None:
    heads = ("| promise ", "| tried ")
    lines = [line for line in PROMISES.splitlines() if line.startswith("| ")]
    rows = [line for line in lines if not line.startswith(heads)]
    assert len(rows) > 10
    assert [row for row in rows if "`tests/" not in row] == []


@pytest.mark.parametrize(("module", "name"), STEPS, ids=[".".join(step) for step in STEPS])
def test_every_step_of_a_walk_is_there(module: str, name: str) -> None:
    value: object = import_module(f"monograph_site.{module.replace('/', '.')}")
    for part in name.split("."):
        value = getattr(value, part)
    assert callable(value)


def test_a_walk_has_at_most_ten_steps() -> None:
    walks = re.split(r"^## ", ARCHITECTURE, flags=re.MULTILINE)
    counts = [len(re.findall(r"^\d+\. ", walk, re.MULTILINE)) for walk in walks]
    assert len([count for count in counts if count]) == 4
    assert max(counts) <= 10
