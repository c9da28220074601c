"""The names of a JavaScript configuration: constants of the file itself, and what it imports from
files beside it. Only values that are written out are read; nothing is run."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from .js_literal import read_object_after, read_value_at

_SUFFIXES = ("", ".json", ".mjs", ".js", ".ts", ".mts", ".cjs", "/index.ts", "/index.js")
MAX_FILES_DEEP = 4
"""Files that import one another; what is deeper is not known."""


class JavaScriptFile:
    """A file of JavaScript or JSON, read for its values."""

    def __init__(self, path: Path, depth: int = 0) -> None:
        self._path, self._depth = path, depth
        self._text = path.read_text(encoding="utf-8", errors="replace")
        self._reading: set[str] = set()

    def object_after(self, function: str) -> dict[str, Any]:
        """The object that is the first argument of the call of a function; empty for none."""
        return read_object_after(self._text, function, self.value_of)

    def value_of(self, name: str) -> Any:
        """The value of a name: a constant, or imported. None where it is not known."""
        if name in self._reading or not name.isidentifier():
            return None
        self._reading.add(name)
        constant = re.search(rf"\b(?:const|let|var)\s+{name}\b[^=\n]*=\s*(?=[^=])", self._text)
        value = (
            read_value_at(self._text, constant.end(), self.value_of)
            if constant
            else self._imported(name)
        )
        self._reading.discard(name)
        return value

    def _imported(self, name: str) -> Any:
        """What a name is in the file that it is imported from: by default, or by its name there."""
        named = rf"[^;'\"]*?\{{[^}}]*?(?:(\w+)\s+as\s+)?\b{name}\b[^}}]*\}}"
        pattern = rf"import\s+(?:{name}\b|{named})[^;'\"]*['\"](\.[^'\"]+)['\"]"
        found = re.search(pattern, self._text)
        file = self._beside(found[2]) if found else None
        if found is None or file is None or self._depth >= MAX_FILES_DEEP:
            return None
        if file.suffix == ".json":
            try:
                return json.loads(file.read_text(encoding="utf-8-sig"))
            except ValueError:
                return None
        other = JavaScriptFile(file, self._depth + 1)
        is_default = "{" not in found[0].partition("from")[0]
        return other.default() if is_default else other.value_of(found[1] or name)

    def default(self) -> Any:
        """What the file exports by default; None where that is not known."""
        exported = re.search(r"\bexport\s+default\s+", self._text)
        return read_value_at(self._text, exported.end(), self.value_of) if exported else None

    def _beside(self, path: str) -> Path | None:
        places = (self._path.parent / f"{path}{suffix}" for suffix in _SUFFIXES)
        return next((place for place in places if place.is_file()), None)
