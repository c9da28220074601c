"""What a build does while the files that changed are loaded."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import Site
from monograph_site.build import ahead
from monograph_site.build.entries import load_saved_entries
from monograph_site.build.options import Options, read_inputs
from monograph_site.build.pipeline import build
from monograph_site.build.state import cached_config
from writing import Draft


@pytest.mark.parametrize("steps", [0, 1, 4, 5, 1_000])
def test_what_was_prepared_is_used_however_much_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr(ahead, "ENTRIES_AT_ONCE", 2)
    site, root = Site(tmp_path), tmp_path
    options = Options(
        "2025-06-30", root / "content", root / "templates", root / "build", root / "cache"
    )
    for number in range(7):
        site.write(f"drugs/examplin-{number}.md", Draft(f"Examplin {number}").text)
    build(replace(options, keep_going=True))
    inputs = read_inputs(options)
    preparation = ahead.Preparation(options, inputs)
    for _ in islice(preparation.steps, steps):
        pass
    config, _ = cached_config(inputs.settings, options, inputs.code)
    assert len(preparation.entries()) == 7
    assert preparation.entries() == load_saved_entries(options.cache, inputs.code, config)
