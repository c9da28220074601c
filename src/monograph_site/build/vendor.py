"""Pictures of other hosts → copies in the content folder, on request only.

A page asks nothing of another host, so a remote picture is a link until it has been vendored: each
is downloaded once and kept under the SHA-256 of its bytes in `_vendored`, with its address in
`_vendored/digests.json`. A build reads these files and never the network.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from ..config import Config
from ..config.settings_file import VENDORED_FILE, VENDORED_FOLDER
from ..model.files import open_without_links
from ..source.attachments import MAX_FILE_BYTES, PICTURE_FORMATS, inspect_file
from ..source.decode import decode
from .load import load_source
from .options import Inputs, Options, read_inputs
from .remote import USER_AGENT, connect, is_public
from .scan import read_content
from .state import cached_config

MAX_SECONDS = 60
"""Seconds for one picture, however slowly it arrives."""
MAX_REDIRECTS = 5
_CHUNK_BYTES = 65_536
_SUFFIX_OF_TYPE = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/svg+xml": ".svg",
}
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


class VendorResult(NamedTuple):
    """What vendoring did."""

    downloaded: tuple[str, ...]
    """Addresses."""
    kept: int
    """Number of pictures that were there already."""
    removed: int
    """Number of copies that no page shows any more."""
    problems: tuple[tuple[str, str], ...]
    """Address and reason of each picture that could not be had."""


class _Download(NamedTuple):
    content: bytes
    suffix: str
    changed: str
    """When the host says that it was last changed; '' where it does not."""


def vendor(options: Options, may_ask: Callable[[str], bool] = is_public) -> VendorResult:
    """Download every picture of another host that a content file shows, unless its copy is there.

    `may_ask` says whether an IP address may be asked. Raises OSError where the content folder cannot
    be read or written, and UsageProblem.
    """
    inputs = read_inputs(options)
    config, _ = cached_config(inputs.settings, options, inputs.code)
    folder = options.content / VENDORED_FOLDER
    known = _read_digests(options.content / VENDORED_FILE)
    entries: dict[str, dict[str, object]] = {}
    downloaded, problems, kept = [], [], 0
    for url in sorted(_remote_pictures(options, inputs, config)):
        if url in known and _is_intact(options.content, config.vendored.get(url, "")):
            entries[url], kept = known[url], kept + 1
            continue
        try:
            picture = _download(url, may_ask)
        except (OSError, ValueError, http.client.HTTPException) as problem:
            problems.append((url, str(problem) or type(problem).__name__))
            if url in known:
                entries[url] = known[url]
            continue
        sha256 = hashlib.sha256(picture.content).hexdigest()
        name = f"{sha256}{picture.suffix}"
        folder.mkdir(exist_ok=True)
        _write(folder / name, picture.content)
        entries[url] = {
            "file": name,
            "sha256": sha256,
            "bytes": len(picture.content),
            "changed": picture.changed,
        }
        downloaded.append(url)
    removed = _remove_unused(folder, {str(entry["file"]) for entry in entries.values()})
    if entries or known:
        _write_digests(options.content / VENDORED_FILE, entries)
    return VendorResult(tuple(downloaded), kept, removed, tuple(problems))


class _Recorder(dict[str, str]):
    """Stands for the table of vendored pictures, and keeps what is looked up in it."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: set[str] = set()

    def get(self, url: str, default: object = None) -> str:
        self.urls.add(url)
        return ""


def _remote_pictures(options: Options, inputs: Inputs, config: Config) -> set[str]:
    """The addresses of the pictures of other hosts that content files show."""
    recorder = _Recorder()
    config = replace(config, vendored=recorder)
    for path in inputs.content.signatures:
        source = decode(path, read_content(options.content, path)[0]).source
        if source is not None:
            load_source(source, config)
    return recorder.urls


def _download(url: str, may_ask: Callable[[str], bool]) -> _Download:
    """A picture of another host. OSError or ValueError, with the reason, where it can't be had or is
    not to be published."""
    end = time.monotonic() + MAX_SECONDS
    for _ in range(MAX_REDIRECTS + 1):
        connection, path = connect(url, may_ask)
        try:
            connection.request("GET", path, headers={"User-Agent": USER_AGENT, "Accept": "image/*"})
            response = connection.getresponse()
            if response.status in _REDIRECTS and response.headers.get("Location"):
                url = urljoin(url, str(response.headers["Location"]))
                continue
            if response.status != http.client.OK:
                raise ValueError(f"the host answers {response.status} {response.reason}".rstrip())
            content = _read(response, end)
            suffix = _suffix(response, url)
            problem = inspect_file(f"picture{suffix}", content).problem
            if problem:
                raise ValueError(problem)
            return _Download(content, suffix, response.headers.get("Last-Modified", ""))
        finally:
            connection.close()
    raise ValueError(f"it has more than {MAX_REDIRECTS} redirects")


def _read(response: http.client.HTTPResponse, end: float) -> bytes:
    content = bytearray()
    while chunk := response.read1(_CHUNK_BYTES):
        content += chunk
        if len(content) > MAX_FILE_BYTES:
            raise ValueError(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
        if time.monotonic() > end:
            raise ValueError(f"it takes longer than {MAX_SECONDS} seconds")
    return bytes(content)


def _suffix(response: http.client.HTTPResponse, url: str) -> str:
    """The suffix of a picture by what the host calls it, else by its address."""
    kind = response.headers.get_content_type() if "Content-Type" in response.headers else ""
    suffix = _SUFFIX_OF_TYPE.get(kind, "")
    path = urlsplit(url).path.lower()
    if not suffix and kind in ("", "application/octet-stream", "binary/octet-stream"):
        suffix = next((end for end in (*PICTURE_FORMATS, ".svg") if path.endswith(end)), "")
    if not suffix:
        raise ValueError(f"it is not a picture but {kind or 'of no stated type'}")
    return suffix


def _is_intact(content: Path, name: str) -> bool:
    """Whether the copy of a name is in the content folder, with the digest of its name."""
    if not name:
        return False
    try:
        with open(open_without_links(content, f"{VENDORED_FOLDER}/{name}"), "rb") as file:
            return hashlib.sha256(file.read()).hexdigest() == name.partition(".")[0]
    except OSError:
        return False


def _remove_unused(folder: Path, used: set[str]) -> int:
    unused = list(_copies(folder, used))
    for path in unused:
        path.unlink()
    return len(unused)


def _copies(folder: Path, used: set[str]) -> Iterator[Path]:
    """The copies in the folder that are not used: files named by a digest, and no others."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        stem, _, _ = path.name.partition(".")
        is_copy = len(stem) == 64 and set(stem) <= set("0123456789abcdef")
        if is_copy and path.name not in used and not path.is_symlink():
            yield path


def _write(path: Path, content: bytes) -> None:
    """Write a file as a whole or not at all."""
    temporary = path.with_name(f".{path.name}.tmp")
    temporary.write_bytes(content)
    os.replace(temporary, path)


def _read_digests(path: Path) -> dict[str, dict[str, object]]:
    try:
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return entries if isinstance(entries, dict) else {}


def _write_digests(path: Path, entries: dict[str, dict[str, object]]) -> None:
    text = json.dumps(entries, indent=2, sort_keys=True, ensure_ascii=False)
    _write(path, f"{text}\n".encode())
