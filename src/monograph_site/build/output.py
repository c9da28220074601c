"""The output folder: whether it may be used, one build at a time, and which files are ours."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from ..model.errors import OutputError
from ..model.files import Signature, signature_of, write_bytes

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two builds from writing to one folder there
    fcntl = None  # type: ignore[assignment]

MANIFEST = ".monograph-site.json"
"""Name of the file that lists our files."""
TEMPORARY = ".monograph-site.tmp"
"""Name of the folder for files that are not yet in their place."""
_locks: set[int] = set()
"""The descriptors of the output folders that this process holds."""


def _give_up_locks() -> None:
    """In a forked process: leave the locks to the parent alone, so that they end with it."""
    while _locks:
        os.close(_locks.pop())


if fcntl:
    os.register_at_fork(after_in_child=_give_up_locks)


def check_output_folder(output: Path, inputs: Mapping[str, Path]) -> None:
    """Refuse an output folder that is a link, or that contains or lies in a folder we read or keep.

    `inputs` are those folders, by the word for them in the message. Only the content folder may
    contain the output (which is then no content), so that `--content .` works. Raises OutputError.
    """
    if output.is_symlink():
        raise OutputError(
            f"the output {str(output)!r} is a symbolic link; name its target folder instead"
        )
    if output.exists() and not output.is_dir():
        raise OutputError(f"the output {str(output)!r} is not a folder; choose another --output")
    resolved = output.resolve()
    for word, folder in inputs.items():
        other = folder.resolve()
        inside = other in resolved.parents and word != "content"
        if resolved == other or resolved in other.parents or inside:
            raise OutputError(
                f"the output folder {str(output)!r} and the {word} folder {str(folder)!r} may not "
                "contain one another; choose another --output"
            )


@contextmanager
def locked_output(output: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the output folder (made if need be) for one build; another build calls `on_wait` once
    and waits.

    The lock is on the folder itself, so that no lock file is left behind, and a killed build holds
    no lock.
    """
    is_new = not output.exists()
    handle = _lock(output, on_wait) if fcntl else None
    if handle is not None:
        _locks.add(handle)
    try:
        yield
    finally:
        if is_new:
            with suppress(OSError):
                output.rmdir()  # a build that published nothing leaves nothing
        if handle is not None:
            _locks.discard(handle)
            os.close(handle)


def _lock(output: Path, on_wait: Callable[[], None]) -> int:
    while True:
        output.mkdir(parents=True, exist_ok=True)
        handle = os.open(output, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        with suppress(FileNotFoundError):
            if os.path.samestat(os.fstat(handle), os.stat(output)):
                return handle
        # The other build has removed the folder: lock the one that has its name now.
        os.close(handle)


def read_manifest(output: Path, last_published: Mapping[str, str] | None = None) -> dict[str, str]:
    """Our files by path, with the digest of their content; empty where there is no manifest.

    Paths that would leave the folder are left out, since anybody may have written the manifest.
    Where it cannot be read, `last_published` are our files: those of the last build in the cache.
    Raises OutputError where there are none.
    """
    try:
        files = msgspec.json.decode((output / MANIFEST).read_bytes())["files"]
        are_inside = _are_inside(files)
        return {path: str(files[path]) for path in files if are_inside or is_inside(path)}
    except FileNotFoundError:
        return {}
    except (OSError, msgspec.MsgspecError, ValueError, TypeError, KeyError, AttributeError):
        if last_published:
            return {path: value for path, value in last_published.items() if is_inside(path)}
        raise OutputError(
            f"can't read {str(output / MANIFEST)!r}, which lists the files of the site, and the "
            f"cache does not know them; delete {str(output)!r} if the whole folder was made by "
            "this tool, else move it away, and build again"
        ) from None


def write_manifest(output: Path, files: Mapping[str, str]) -> None:
    """Replace the manifest atomically, unless it has these files already. The same files give the
    same bytes."""
    from json.encoder import encode_basestring  # a build that publishes nothing needs none

    # What `json.dumps` gives with an indent of 0, in a fifth of the time.
    lines = (
        f"{encode_basestring(path)}: {encode_basestring(files[path])}" for path in sorted(files)
    )
    text = ",\n".join(lines)
    content = f'{{\n"files": {{\n{text}\n}}\n}}\n'.encode()
    with suppress(OSError):
        if (output / MANIFEST).read_bytes() == content:
            return
    temporary = output / TEMPORARY
    temporary.mkdir(exist_ok=True)
    write_bytes(temporary / MANIFEST, content)
    os.replace(temporary / MANIFEST, output / MANIFEST)


_OUTSIDE = ("//", "/./", "/../", "\\", "\0")
"""What no path of ours has, between slashes."""


def is_inside(path: str) -> bool:
    """Whether a relative path names a file below the folder, other than the manifest and the folder
    for temporary files."""
    framed = f"/{path}/"
    is_plain = not any(text in framed for text in _OUTSIDE)
    return is_plain and not framed.startswith((f"/{MANIFEST}/", f"/{TEMPORARY}/"))


def _are_inside(paths: Iterable[str]) -> bool:
    """Whether all paths are certainly inside (see `is_inside`): one look at a text with all of them
    takes a tenth of the time."""
    framed = "/" + "/\n/".join(paths) + "/"
    odd = (*_OUTSIDE, f"/{MANIFEST}/", f"/{TEMPORARY}/")
    return not any(text in framed for text in odd)


def signatures_in(output: Path, paths: Iterable[str]) -> dict[str, Signature]:
    """The signatures of those of the paths that are regular files now."""
    root = f"{output}/"
    signatures = ((path, signature_of(root + path)) for path in paths)
    return {path: signature for path, signature in signatures if signature is not None}
