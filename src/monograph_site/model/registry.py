"""A table of values by name, and the import of the modules that fill it.

`rules/` and `pages/` have one table each. A module of such a package adds its own value when it is
imported; a plug-in outside the package does the same.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Generic, TypeVar

T = TypeVar("T")


class NameTaken(ValueError):
    """Two values have the same name in a table."""


class Registry(Generic[T]):
    """Values by name, always in the order of their names, whatever the order of imports."""

    def __init__(self, noun: str) -> None:
        """`noun` is the word for one value in messages, such as `rule`."""
        self.noun = noun
        self._values: dict[str, T] = {}

    def add(self, name: str, value: T) -> T:
        """Add a value and return it. Raises NameTaken where another value has the name."""
        present = self._values.get(name)
        if present is not None and present is not value:
            raise NameTaken(
                f"two values have the name of the {self.noun} {name!r}: "
                f"{_origin(present)} and {_origin(value)}"
            )
        self._values[name] = value
        return value

    def named(self, name: str) -> Callable[[T], T]:
        """A decorator that adds what it decorates, under this name."""
        return lambda value: self.add(name, value)

    def remove(self, name: str) -> T:
        """Remove a value and return it: for tests, and for plug-ins that replace a built-in."""
        return self._values.pop(name)

    def __getitem__(self, name: str) -> T:
        try:
            return self._values[name]
        except KeyError:
            names = ", ".join(self) or "none"
            raise KeyError(f"no {self.noun} is called {name!r}; there are: {names}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._values))

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> tuple[T, ...]:
        """The values in the order of their names."""
        return tuple(self._values[name] for name in self)

    def unordered(self) -> Iterable[T]:
        """The values in the order in which they were added, which takes no sorting."""
        return self._values.values()

    def items(self) -> tuple[tuple[str, T], ...]:
        """Names and values in the order of the names."""
        return tuple((name, self._values[name]) for name in self)


def discover(package: ModuleType | str) -> tuple[ModuleType, ...]:
    """Import every module of a package and of the packages in it, in the order of their names,
    except those whose names begin with `_`.

    Raises what the imports raise.
    """
    return tuple(discover_one_by_one(package))


def discover_one_by_one(package: ModuleType | str) -> Iterator[ModuleType]:
    """What `discover` gives, each module imported when it is asked for."""
    root = import_module(package) if isinstance(package, str) else package
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            module = import_module(f"{root.__name__}.{info.name}")
            if info.ispkg:
                yield from discover_one_by_one(module)
            else:
                yield module


def _origin(value: object) -> str:
    module = inspect.getmodule(value)
    name = getattr(value, "__qualname__", None) or repr(value)
    return f"{module.__name__}.{name}" if module else name
