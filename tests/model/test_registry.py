"""A table refuses a second value of a name, and its order does not depend on that of imports."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from monograph_site.model.registry import NameTaken, Registry, discover


def test_values_come_in_the_order_of_their_names() -> None:
    table: Registry[int] = Registry("number")
    table.add("two", 2)
    table.add("one", 1)
    assert list(table) == ["one", "two"]
    assert table.items() == (("one", 1), ("two", 2))
    assert table.values() == (1, 2)
    assert len(table) == 2
    assert "one" in table


def test_a_name_is_refused_twice() -> None:
    table: Registry[object] = Registry("rule")

    @table.named("empty-section")
    def first() -> None: ...

    table.add(
        "empty-section", first
    )  # the same value may be added again: a module may be imported twice
    with pytest.raises(
        NameTaken, match=r"two values have the name of the rule 'empty-section': .*first and .*len"
    ):
        table.add("empty-section", len)


def test_an_unknown_name_says_what_there_is() -> None:
    table: Registry[int] = Registry("number")
    with pytest.raises(KeyError, match="no number is called 'x'; there are: none"):
        table["x"]
    table.add("one", 1)
    with pytest.raises(KeyError, match="there are: one"):
        table["x"]
    assert table.remove("one") == 1
    assert "one" not in table


def test_modules_of_a_package_are_found_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "guests_of_a_test"
    package.mkdir()
    for name in ("__init__", "zebra", "ant", "_helper"):
        (package / f"{name}.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert [module.__name__ for module in discover("guests_of_a_test")] == [
        "guests_of_a_test.ant",
        "guests_of_a_test.zebra",
    ]
    assert "guests_of_a_test._helper" not in sys.modules
