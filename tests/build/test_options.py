"""The key of a build depends on every option that shows in the site."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from msgspec.structs import replace

from monograph_site.build.options import Options, read_inputs
from monograph_site.build.state import cached_config
from monograph_site.config import load_config, read_settings

OTHER_VALUES = {
    "as_of": "2026-01-01",
    "base_url": "https://own.example/",
    "search": False,
    "compress": True,
    "offline": True,
    "keep_going": True,
    "optional_rules": ("long-sentence",),
}
"""Another value for each option that shows in the site."""
NOT_SHOWN = {"content", "templates", "output", "cache", "jobs", "executor"}
"""Options that say where files are, or how fast to work."""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content").mkdir()
    return Options("2025-06-30", tmp_path / "content", tmp_path / "templates", cache=tmp_path)


def key(options: Options) -> str:
    inputs = read_inputs(options)
    return inputs.key(inputs.content_key({}))


def test_every_option_shows_or_has_a_reason() -> None:
    assert {*Options.__struct_fields__} == {*OTHER_VALUES, *NOT_SHOWN}


@pytest.mark.parametrize("name", OTHER_VALUES)
def test_an_option_that_shows_changes_the_key(options: Options, name: str) -> None:
    changed = replace(options, **{name: OTHER_VALUES[name]})  # type: ignore[arg-type]
    assert key(changed) != key(options)


def test_where_files_are_does_not_change_the_key(options: Options, tmp_path: Path) -> None:
    moved = replace(options, output=tmp_path / "elsewhere", jobs=7)
    assert key(moved) == key(options)


def test_overrides_are_the_arguments_of_load_config(options: Options) -> None:
    accepted = inspect.signature(load_config).parameters.keys() - {"settings"}
    assert options.overrides.keys() == accepted


@pytest.mark.parametrize("name", ["base_url", "search", "offline", "optional_rules"])
def test_kept_settings_depend_on_every_override(options: Options, name: str) -> None:
    settings = read_settings(options.content)
    default, _ = cached_config(settings, options, "code")
    changed = replace(options, **{name: OTHER_VALUES[name]})  # type: ignore[arg-type]
    overridden, _ = cached_config(settings, changed, "code")
    assert overridden != default
    assert cached_config(settings, options, "code")[0] == default
