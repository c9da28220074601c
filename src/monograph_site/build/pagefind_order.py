"""The files of a Pagefind index in one order. Pagefind lists filters, and the values of each, in an
order that changes from run to run; everything else depends on the documents alone.

The files are CBOR (RFC 8949), with a mark in front, in gzip. Of CBOR they have numbers, texts and
arrays.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..model.strings import digest

ENTRY = "pagefind-entry.json"
"""The file of an index that names its list of pages (`.pf_meta`), which names the others."""
HASH_DIGITS = 10
_MARK = b"pagefind_dcd"
_META_FILTERS, _FILTER_VALUES = 3, 1
"""Which elements of the list of pages, and of a filter, are in no order."""


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of an index, by path, with filters and their values in order, and their files named
    by what they now contain."""
    result = dict(files)
    renamed: dict[str, str] = {}
    for path in sorted(files):
        if path.endswith(".pf_filter"):
            name, *rest = _decode(result.pop(path))
            rest[_FILTER_VALUES - 1].sort()
            content = _encode([name, *rest])
            old = PurePosixPath(path).stem
            renamed[old] = _named(old, content)
            result[f"filter/{renamed[old]}.pf_filter"] = content
    entry = json.loads(result[ENTRY])
    for language in entry["languages"].values():
        meta = _decode(result.pop(f"pagefind.{language['hash']}.pf_meta"))
        meta[_META_FILTERS] = sorted([name, renamed[old]] for name, old in meta[_META_FILTERS])
        content = _encode(meta)
        language["hash"] = _named(language["hash"], content)
        result[f"pagefind.{language['hash']}.pf_meta"] = content
    result[ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()
    return result


def _named(old: str, content: bytes) -> str:
    """The name of a file (`en_98a1fd7`) with this content."""
    return f"{old.rpartition('_')[0]}_{digest(content)[:HASH_DIGITS]}"


def _decode(content: bytes) -> list[Any]:
    value, _ = _read(gzip.decompress(content).removeprefix(_MARK), 0)
    assert isinstance(value, list)
    return value


def _encode(value: list[Any]) -> bytes:
    return gzip.compress(_MARK + _written(value), mtime=0)


def _read(data: bytes, at: int) -> tuple[Any, int]:
    """The value at an index, and the index behind it."""
    kind, number, at = data[at] >> 5, data[at] & 31, at + 1
    if 24 <= number < 28:
        length = 1 << (number - 24)
        number, at = int.from_bytes(data[at : at + length], "big"), at + length
    if kind == 0:
        return number, at
    if kind == 3:
        return data[at : at + number].decode(), at + number
    if kind != 4:
        raise ValueError("this version of Pagefind has another file format")
    values = []
    for _ in range(number):
        value, at = _read(data, at)
        values.append(value)
    return values, at


def _written(value: Any) -> bytes:
    if isinstance(value, int):
        return _head(0, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(3, len(text)) + text
    return _head(4, len(value)) + b"".join(map(_written, value))


def _head(kind: int, number: int) -> bytes:
    """The first bytes of a value, as short as they can be."""
    if number < 24:
        return bytes([kind << 5 | number])
    size = next(size for size in range(4) if number < 1 << (8 << size))
    return bytes([kind << 5 | 24 + size]) + number.to_bytes(1 << size, "big")
