"""What a build keeps of itself to know the next time that nothing changed, and which files of the
site are sound."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..config import Config, Settings, load_config
from ..model import files
from ..model.files import Signature
from ..model.finding import Finding
from ..model.strings import digest
from .cache import read_decoded, write_whole
from .options import Options
from .output import signatures


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file of the site as it was published."""

    key: str
    """Key of the page it came from."""
    content: str
    """Digest of its bytes."""
    signature: Signature


@dataclass(frozen=True, slots=True)
class State:
    """The last build that published."""

    key: str = ""
    """Digest of everything that went into it: settings, theme, code, and each content file."""
    output: str = ""
    taken: int = 0
    """When the signatures were taken, `time.time_ns()`."""
    files: dict[str, PublishedFile] = field(default_factory=dict)
    monographs: int = 0
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """The last check."""

    key: str = ""
    """See `State.key`."""
    monographs: int = 0
    pages: int = 0
    findings: tuple[Finding, ...] = ()


def load_checked(path: Path) -> Checked:
    """What an earlier check kept; an empty one where there is none."""
    return read_decoded(path, Checked, Checked())


def load(path: Path, output: Path) -> State:
    """The state an earlier build kept for this output; an empty one where there is none."""
    state = read_decoded(path, State, State())
    return state if state.output == str(output.resolve()) else State()


def published(
    key: str,
    output: Path,
    files: Mapping[str, tuple[str, str]],
    monographs: int,
    found: tuple[Finding, ...],
) -> State:
    """The state after publishing: `files` are page key and content digest by path."""
    taken = time.time_ns()
    now = signatures(output, files)
    kept = {name: PublishedFile(*value, now[name]) for name, value in files.items() if name in now}
    return State(key, str(output.resolve()), taken, kept, monographs, found)


def save(path: Path, state: State | Checked) -> None:
    """Keep a state for the next build."""
    write_whole(path, msgspec.msgpack.encode(state))


def sound(state: State, output: Path) -> dict[str, PublishedFile]:
    """The files of the site that are still as they were published; the others have to be made
    again."""
    now = signatures(output, state.files)
    return {
        path: kept
        for path, kept in state.files.items()
        if now.get(path) == kept.signature
        and (not files.is_racy(kept.signature, state.taken) or _holds(output / path, kept.content))
    }


def _holds(path: Path, content: str) -> bool:
    try:
        return digest(path.read_bytes()) == content
    except OSError:
        return False


def kept_config(
    settings: Settings, options: Options, code: str
) -> tuple[Config, tuple[Finding, ...]]:
    """`load_config`, kept between runs where nothing is wrong: what reads settings takes long to
    import."""
    name = digest(
        code,
        settings.digest,
        settings.problem,
        options.base_url or "",
        str(options.search),
        *options.asked,
    )
    known, config = read_decoded(options.cache / "settings", tuple[str, Config], ("", Config()))
    if known == name:
        return config, ()
    search = None if options.search else False  # the option can only turn it off
    config, faults = load_config(
        settings, base_url=options.base_url, search=search, asked=options.asked
    )
    if not faults:
        write_whole(options.cache / "settings", msgspec.msgpack.encode((name, config)))
    return config, faults
