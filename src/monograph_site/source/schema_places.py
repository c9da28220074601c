"""Where front matter states what can only be judged with other files: title, addresses, review,
dates, and the slugs of other pages. The fields of `FrontForm` say which keys these are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, get_args

from ..model.source import Span
from .front_matter import FrontMatter
from .schema_forms import Form
from .schema_front import FrontForm
from .schema_values import Place

Path = tuple[str | int, ...]
EACH = 0
"""Step of a path: each element of a list, or the only one without a list."""


class PlacedKey(NamedTuple):
    """A key whose value has a place."""

    path: Path
    """Keys, and EACH for the elements of a list."""
    place: Place


def places_in(front: FrontMatter) -> dict[str, Span]:
    """The place of each stated value that has one, by the name of the place: `title`, `address`,
    `alias:/old/`, … . Of several with one name the last counts, in the order of the form's fields
    and, within one, of the spellings that a value is taken from."""
    places: dict[str, Span] = {}
    stated_keys = front.data.keys()
    for path, place in _placed_keys(FrontForm):
        if path[0] not in stated_keys:
            continue
        for actual, value in _stated(front.data, path):
            if not place.by_value:
                places[place.name] = front.span_of(*actual)
            elif value:
                places[f"{place.name}:{value}"] = front.span_of(*actual)
    return places


@cache
def _placed_keys(form: type[Form]) -> tuple[PlacedKey, ...]:
    """The keys with a place in a form and in the forms within it."""
    keys: list[PlacedKey] = []
    for name, info in form.model_fields.items():
        is_list = Ellipsis in get_args(info.annotation)
        inner = _form_in(info.annotation)
        for spelling in reversed(form.spellings(name)):  # a value is taken from the first
            path: Path = (spelling, EACH) if is_list else (spelling,)
            keys += [PlacedKey(path, mark) for mark in info.metadata if isinstance(mark, Place)]
            if inner:
                keys += [PlacedKey((*path, *key.path), key.place) for key in _placed_keys(inner)]
    return tuple(keys)


def _form_in(annotation: Any) -> type[Form] | None:
    """The form that a type is or is made of: a list of forms, an optional form."""
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    return next(filter(None, map(_form_in, get_args(annotation))), None)


def _stated(value: Any, path: Path, actual: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What a value holds at a path, with the actual path of each: indices in place of EACH."""
    if not path:
        yield actual, value
    elif path[0] == EACH:
        if isinstance(value, list):
            for index, part in enumerate(value):
                yield from _stated(part, path[1:], (*actual, index))
        else:
            yield from _stated(value, path[1:], actual)
    elif isinstance(value, dict) and path[0] in value:
        yield from _stated(value[path[0]], path[1:], (*actual, path[0]))
