"""The files of a Pagefind index as scripts, for pages that are opened as files: browsers let such a
page run scripts beside it, but read nothing."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from ..regex import regex
from .pagefind import PROGRAM_FILES, PagefindError

PROGRAM, WORKER = PROGRAM_FILES
_EXPORTS = regex(r"\bexport ?\{([\w, ]+)\};?\s*$")
_FETCH, _OWN_ADDRESS = "await fetch(queued.input)", "import.meta.url"


def as_scripts(files: Mapping[str, bytes], prefix: str) -> dict[str, bytes]:
    """A script for each file, which gives its bytes in base64 to `monographData` under the path that
    begins with `prefix`; and Pagefind itself as a script that is no module and fetches with
    `monographFetch`. Raises PagefindError for another version of Pagefind."""
    scripts = {
        f"{name}.js": _call(prefix + name, json.dumps(base64.b64encode(content).decode()))
        for name, content in files.items()
        if name not in PROGRAM_FILES
    }
    if PROGRAM in files:
        text = files[PROGRAM].decode()
        exports = _EXPORTS.search(text)
        if exports is None or _FETCH not in text:
            raise PagefindError("this version of Pagefind cannot be used with --offline")
        body = text[: exports.start()].replace(_FETCH, "await monographFetch(queued.input)")
        body = body.replace(_OWN_ADDRESS, '""')
        call = _call("pagefind", f"{{{exports[1]}}}").decode()
        scripts[PROGRAM] = f"(() => {{\n{body}\n{call}}})();\n".encode()
    return scripts


def _call(name: str, value: str) -> bytes:
    return f"monographData({json.dumps(name)}, {value});\n".encode()
