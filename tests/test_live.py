"""What is shown while one writes is, at every moment, what a clean build of the same files would publish."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from formularies import OWN
from helpers import Site, differences, tree
from monograph_site.build import build
from monograph_site.inputs import Options
from monograph_site.live import Live
from writing import Draft, formulary, invented


def options(root: Path) -> Options:
    return Options("2025-06-30", root / "content", root / "templates", root / "build", root / "cache")


def published(root: Path) -> dict[str, bytes]:
    """The site that a build from nothing publishes."""
    other = root / "clean"
    shutil.rmtree(other, ignore_errors=True)
    there = replace(options(root), output=other / "build", cache=other / "cache", keep_going=True)
    build(there)
    made = {path: content for path, content in tree(other / "build").items() if not path.startswith(".monograph-site")}
    shutil.rmtree(other)
    return made


def shown(live: Live, paths: dict[str, bytes]) -> dict[str, bytes]:
    answers = {path: live.answer(path) for path in paths}
    return {path: answer.content for path, answer in answers.items() if answer}


@pytest.mark.parametrize("name", ["bold", "headed", "loose"])
def test_every_page_is_the_published_one(tmp_path: Path, name: str) -> None:
    shutil.copytree(OWN / name, tmp_path / "content")
    live = Live(options(tmp_path))
    live.start()
    expected = published(tmp_path)
    assert len(expected) > 10
    assert differences(shown(live, expected), expected) == []
    assert live.answer("drugs/no-such-thing/index.html") is None
    live.close()
