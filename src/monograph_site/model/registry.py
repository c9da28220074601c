"""A named table that refuses a name twice, and the discovery of the modules that fill it.

`rules/` and `pages/` each hold one table. A module of such a package adds its own value when it is
imported; a guest outside the package adds its value in the same way, so built-ins have no door of
their own.
"""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from types import ModuleType
from typing import Generic, TypeVar

T = TypeVar("T")


class NameTaken(ValueError):
    """Two values want one name in a table."""


class Registry(Generic[T]):
    """Values by name, always in the order of their names: neither import order nor a folder's order
    shows."""

    def __init__(self, what: str) -> None:
        """`what` is the word for one value in messages, such as `rule`."""
        self.what = what
        self._values: dict[str, T] = {}

    def add(self, name: str, value: T) -> T:
        """Put a value under a name and give it back; `NameTaken` when another value has that name."""
        taken = self._values.get(name)
        if taken is not None and taken is not value:
            raise NameTaken(
                f"two values want to be the {self.what} {name!r}: {_origin(taken)} and {_origin(value)}"
            )
        self._values[name] = value
        return value

    def named(self, name: str) -> Callable[[T], T]:
        """A decorator that adds what it decorates under this name."""
        return lambda value: self.add(name, value)

    def remove(self, name: str) -> T:
        """Take a value out again (tests, and guests that replace a built-in on purpose)."""
        return self._values.pop(name)

    def __getitem__(self, name: str) -> T:
        try:
            return self._values[name]
        except KeyError:
            known = ", ".join(self) or "none"
            raise KeyError(f"no {self.what} is called {name!r}; there are: {known}") from None

    def __contains__(self, name: object) -> bool:
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._values))

    def __len__(self) -> int:
        return len(self._values)

    def values(self) -> tuple[T, ...]:
        """The values in the order of their names."""
        return tuple(self._values[name] for name in self)

    def items(self) -> tuple[tuple[str, T], ...]:
        """Names and values in the order of the names."""
        return tuple((name, self._values[name]) for name in self)


def discover(package: ModuleType | str) -> tuple[ModuleType, ...]:
    """Import every module of a package and of the packages in it, in the order of their names,
    except those whose names begin with `_`.

    Raises what an import raises: a built-in that can't be imported is a fault of the installation,
    not of content.
    """
    root = import_module(package) if isinstance(package, str) else package
    modules: list[ModuleType] = []
    for info in sorted(pkgutil.iter_modules(root.__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            module = import_module(f"{root.__name__}.{info.name}")
            modules += discover(module) if info.ispkg else (module,)
    return tuple(modules)


def _origin(value: object) -> str:
    module = inspect.getmodule(value)
    name = getattr(value, "__qualname__", None) or repr(value)
    return f"{module.__name__}.{name}" if module else name
