"""`convert`: the content files of a site in the canonical form, in place or in another folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct, field

from ..build.options import Options, read_inputs
from ..build.state import cached_config
from ..check.selection import Selection
from ..model.errors import describe_os_error
from ..model.files import SOURCE_SUFFIXES, write_bytes
from .convert import ConvertedFile, convert_content
from .files import CHANGED_MEANWHILE, replace_file


class ConvertReport(Struct):
    """What `convert` did, by content path."""

    files: dict[str, ConvertedFile] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    """The files whose canonical form differs from what they are."""
    left_alone: dict[str, str] = field(default_factory=dict)
    """The files that could not be read, converted or written, with the reason."""

    @property
    def fates(self) -> Counter[str]:
        """The fates of all blocks (see `ConvertedFile`)."""
        fates: Counter[str] = Counter()
        for file in self.files.values():
            fates.update(file.fates)
        return fates


def convert_site(options: Options, selection: Selection, output: Path | None) -> ConvertReport:
    """Convert the selected content files, in place where `output` is None, else to the same paths
    below that folder, where the files that need no change are written too.

    Raises a `MonographError`, or OSError for a folder that cannot be read; files that cannot be
    converted are in the report.
    """
    report = ConvertReport()
    inputs = read_inputs(options)
    config, _ = cached_config(inputs.settings, options, inputs.code)
    for path in _selected(inputs.content.signatures, selection):
        source = options.content / path
        try:
            before = source.read_bytes()
            result = convert_content(path, before, config)
            if result.problem:
                report.left_alone[path] = result.problem
                continue
            if output is not None:
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                write_bytes(output / path, result.content)
            elif result.content != before and not replace_file(source, before, result.content):
                report.left_alone[path] = CHANGED_MEANWHILE
                continue
        except UnicodeDecodeError:
            report.left_alone[path] = "it is not UTF-8"
            continue
        except OSError as error:
            report.left_alone[path] = describe_os_error(error)
            continue
        report.files[path] = result
        if result.content != before:
            report.changed.append(path)
    return report


def _selected(paths: Iterable[str], selection: Selection) -> Iterator[str]:
    return (path for path in paths if path.endswith(SOURCE_SUFFIXES) and selection.has_path(path))
