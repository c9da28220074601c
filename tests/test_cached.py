"""Values that are made at their first access and kept."""

from __future__ import annotations

from msgspec import Struct

from monograph_site.cached import cached_property


class _Text(Struct, frozen=True, dict=True):
    text: str

    @cached_property
    def words(self) -> list[str]:
        """The words of the text."""
        return self.text.split()


def test_a_value_is_made_once() -> None:
    text = _Text("one two")
    assert text.words == ["one", "two"]
    assert text.words is text.words


def test_each_object_has_its_own_value() -> None:
    first, second = _Text("one"), _Text("two")
    assert (first.words, second.words) == (["one"], ["two"])


def test_the_property_itself_has_its_documentation() -> None:
    assert _Text.words.__doc__ == "The words of the text."
