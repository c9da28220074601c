"""Regular expressions that are compiled when they are first used: the package has hundreds, and a
run needs few of them.

What they are compiled to is kept between runs, beside the compiled modules of this package: Python
does not keep it, and compiling what it takes to read one file takes a tenth of the time of a build
after an edit. It is what `re` hands to its engine, which checks it. Where `re` is not as it is known
here, patterns are compiled each time.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
import zlib
from array import array
from contextlib import suppress
from importlib import import_module
from typing import Any, AnyStr, TypeAlias, cast

try:  # what `re.compile` itself uses
    engine: Any = import_module("_sre")
    parser: Any = import_module("re._parser")
    compiler: Any = import_module("re._compiler")
except ImportError:
    engine = None

Key: TypeAlias = "tuple[str | bytes, int]"
"""A pattern and its flags."""

MAX_KEPT = 2_000
"""With more patterns than this, those that a run does not need are given up."""
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
_FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "__pycache__", "patterns")


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
        compiled = _compiled.pattern(self.pattern, self._stated_flags)
        for attribute in _ATTRIBUTES:
            setattr(self, attribute, getattr(compiled, attribute))
        # Without `__getattr__`, attributes are found faster.
        self.__class__ = Regex  # type: ignore[assignment]
        return getattr(compiled, name)


def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """As `re.compile`, but compiles the pattern, and raises `re.error`, at its first use."""
    return cast("re.Pattern[AnyStr]", _Uncompiled(pattern, flags))


class Compiled:
    """What patterns are compiled to, kept in a file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._kept: dict[Key, Any] | None = None
        self._used: dict[Key, Any] = {}
        self._is_new = False

    def pattern(self, pattern: Any, flags: int) -> re.Pattern[Any]:
        """The compiled pattern. Raises `re.error`."""
        if engine is None or array("I").itemsize != engine.CODESIZE:
            return re.compile(pattern, flags)
        if self._kept is None:
            self._kept = self._read()
        key = pattern, int(flags)
        parts = self._kept.get(key)
        if parts is None:
            parts = _parts(*key)
            self._is_new = True
        self._used[key] = parts
        all_flags, code, *groups = parts
        return cast(
            "re.Pattern[Any]",
            engine.compile(pattern, all_flags, array("I", code).tolist(), *groups),
        )

    def save(self) -> None:
        """Keep what has been compiled since the file was read, if anything was."""
        if not self._is_new:
            return
        self._is_new = False
        known = {**self._read(), **self._used}
        data = marshal.dumps((_VERSION, self._used if len(known) > MAX_KEPT else known))
        temporary = f"{self._path}-{os.getpid()}.tmp"
        with suppress(OSError):  # somebody else's installation: compiled each time
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            with open(temporary, "wb") as file:
                file.write(zlib.crc32(data).to_bytes(4, "little") + data)
            os.replace(temporary, self._path)

    def _read(self) -> dict[Key, Any]:
        """What earlier runs have kept; nothing where the file is damaged or of another Python."""
        with suppress(OSError, EOFError, ValueError, TypeError), open(self._path, "rb") as file:
            checksum, data = file.read(4), file.read()
            if checksum == zlib.crc32(data).to_bytes(4, "little"):
                version, kept = marshal.loads(data)
                return kept if version == _VERSION else {}
        return {}


def _parts(pattern: Any, flags: int) -> tuple[int, bytes, int, dict[str, int], tuple[Any, ...]]:
    """What `re.compile` hands to its engine, with the code as bytes. Raises `re.error`."""
    parsed = parser.parse(pattern, flags)
    state = parsed.state
    code = array("I", compiler._code(parsed, flags)).tobytes()
    names = {number: name for name, number in state.groupdict.items()}
    of_groups = tuple(names.get(number) for number in range(state.groups))
    return flags | state.flags, code, state.groups - 1, state.groupdict, of_groups


_VERSION = f"{sys.version} {getattr(engine, 'MAGIC', '')}"
_compiled = Compiled(_FILE)
save_compiled = _compiled.save
