"""Regular expressions that are compiled when they are first used: the package has hundreds, and a
run needs few of them."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_ATTRIBUTES = (
    "findall",
    "finditer",
    "flags",
    "fullmatch",
    "groupindex",
    "groups",
    "match",
    "search",
    "split",
    "sub",
    "subn",
)


class Regex:
    """A pattern that holds what it has of a compiled one, so that a call costs no more."""

    __slots__ = ("_stated_flags", "pattern", *_ATTRIBUTES)


class _Uncompiled(Regex):
    """A pattern before its first use, at which it becomes a compiled one."""

    __slots__ = ()

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._stated_flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _ATTRIBUTES:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._stated_flags)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        # Without `__getattr__`, attributes are found faster.
        self.__class__ = Regex  # type: ignore[assignment]
        return getattr(compiled, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but compiles the pattern, and raises `re.error`, at its first use."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(pattern, flags))
