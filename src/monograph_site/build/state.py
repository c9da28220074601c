"""What a build or check keeps for the next one: whether anything changed, which files of the site
are intact, and the settings in a form that is quick to read."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field

from ..check.report import NO_FINDINGS, FindingReport
from ..model.files import Signature, is_racy, signature_of
from ..model.finding import Finding
from ..model.strings import digest
from .cache import read_decoded, write_atomically
from .output import signatures_in
from .workers import start_beside

if TYPE_CHECKING:
    from ..config import Config, Settings
    from ..render.theme import Theme
    from .options import Options
    from .site_plan import PlanMemory


TEXT_KEY = "text "
"""What the keys of the files of the full-text index begin with; those of pages do not."""


MIN_FILES_BESIDE = 1000
"""With fewer files of the site, it takes longer to start a process than to look at them."""


class PublishedFile(Struct, frozen=True):
    """A file of the site as it was published."""

    key: str
    """Key of the page it was rendered from."""
    content: str
    """Digest of its bytes."""
    signature: Signature
    blocks: bytes = b""
    """See `Artifact.blocks`."""

    @property
    def is_text_index(self) -> bool:
        """Whether it is a file of the full-text index, not one of a page."""
        return self.key.startswith(TEXT_KEY)


class TemplateBlocks(Struct, frozen=True):
    """What the blocks of a template depend on."""

    key: str
    """Digest of all that their digests follow from."""
    digests: dict[str, str]
    """By name (see `definitions.Blocks.digest`)."""


class BuildState(Struct, frozen=True):
    """The last build that published."""

    key: str = ""
    """Digest of everything it depended on: settings, theme, code, and each content file."""
    content_key: str = ""
    """See `Inputs.content_key`."""
    output: str = ""
    """The output folder, as an absolute path."""
    taken: int = 0
    """When the signatures were taken, `time.time_ns()`."""
    files: dict[str, PublishedFile] = field(default_factory=dict)
    """Every file of the site, by path."""
    monographs: int = 0
    """See `Summary`, as for the field below."""
    report: FindingReport = NO_FINDINGS
    compressed: bool = False
    """Whether files have compressed forms beside them."""
    blocks: dict[str, TemplateBlocks] = field(default_factory=dict)
    """What the blocks of its pages depended on, by template."""


class CheckState(Struct, frozen=True):
    """The last check."""

    key: str = ""
    """See `BuildState.key`."""
    monographs: int = 0
    pages: int = 0
    report: FindingReport = NO_FINDINGS
    manual_url: str = ""
    """See `Summary.manual_url`."""


def load_check_state(path: Path) -> CheckState:
    """The state that the last check saved; an empty one where there is none."""
    return read_decoded(path, CheckState, CheckState())


def load_build_state(path: Path, output: Path) -> BuildState:
    """The state that the last build of this output saved; an empty one where there is none."""
    state = read_decoded(path, BuildState, BuildState())
    return state if state.output == str(output.resolve()) else BuildState()


def build_state(
    keys: tuple[str, str],
    output: Path,
    files: Mapping[str, tuple[str, str, bytes]],
    monographs: int,
    report: FindingReport,
    intact: Mapping[str, PublishedFile],
    checked: int,
) -> BuildState:
    """The state after publishing. `keys` are those of the build and of its content (see
    `BuildState`). `files` are page key, content digest and blocks by path (see `PublishedFile`). Of
    those that were `intact` and have not been written since, the signature is known, unless it was racy when
    they were checked, at or after `checked` (`time.time_ns()`)."""
    taken = time.time_ns()
    signatures = {
        path: intact[path].signature
        for path, (_, content, _) in files.items()
        if path in intact
        and intact[path].content == content
        and not is_racy(intact[path].signature, checked)
    }
    signatures |= signatures_in(output, (path for path in files if path not in signatures))
    published = {
        path: PublishedFile(page_key, content, signatures[path], blocks)
        for path, (page_key, content, blocks) in files.items()
        if path in signatures
    }
    return BuildState(*keys, str(output.resolve()), taken, published, monographs, report)


def save_state(path: Path, state: BuildState | CheckState | PlanMemory) -> None:
    """Keep a state for the next run."""
    write_atomically(path, msgspec.msgpack.encode(state))


def find_intact_files(
    state: BuildState, output: Path, jobs: int
) -> Callable[[], dict[str, PublishedFile]]:
    """Start to look for the files of the site that are still as they were published; the others have
    to be published again. What is returned waits for the answer."""
    encode, decode = msgspec.msgpack.encode, msgspec.msgpack.Decoder(list[str]).decode
    changed = start_beside(
        lambda: encode(changed_files(state, output)),
        jobs=jobs if len(state.files) >= MIN_FILES_BESIDE else 1,
    )

    def intact() -> dict[str, PublishedFile]:
        others = dict.fromkeys(decode(changed()))
        return {path: file for path, file in state.files.items() if path not in others}

    return intact


def changed_files(state: BuildState, output: Path) -> list[str]:
    """The files of the site that are no longer as they were published."""
    root = f"{output}/"
    return [
        path
        for path, file in state.files.items()
        if signature_of(root + path) != file.signature
        or (is_racy(file.signature, state.taken) and not _has_digest(output / path, file.content))
    ]


def _has_digest(path: Path, content_digest: str) -> bool:
    try:
        return digest(path.read_bytes()) == content_digest
    except OSError:
        return False


def cached_config(
    settings: Settings, options: Options, code: str
) -> tuple[Config, tuple[Finding, ...]]:
    """What `load_config` gives, kept between runs where it has no findings: the modules that read
    settings take long to import."""
    from ..config import Config, load_config  # slow to import; not needed where nothing changed

    overrides = options.overrides
    key = digest(code, settings.digest, settings.problem, repr(overrides))
    kept_key, config = read_decoded(options.cache / "settings", tuple[str, Config], ("", Config()))
    if kept_key == key:
        return config, ()
    config, findings = load_config(settings, **overrides)
    if not findings:
        write_atomically(options.cache / "settings", msgspec.msgpack.encode((key, config)))
    return config, findings


def cached_template_digests(theme: Theme, code: str, path: Path) -> dict[str, str]:
    """What `template_digests` gives, kept in a file between builds: to find what a template
    includes, it has to be parsed."""
    key = digest(theme.digest, code)
    kept_key, digests = read_decoded(path, tuple[str, dict[str, str]], ("", {}))
    if kept_key != key:
        from ..render.renderer import template_digests  # slow to import

        digests = template_digests(theme)
        write_atomically(path, msgspec.msgpack.encode((key, digests)))
    return digests
