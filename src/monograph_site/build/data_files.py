"""The data files that site.yaml names: their entries, each as a content file of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from ..config import Config
from ..config.settings import Collection
from ..model.finding import Finding, Ignore
from ..model.source import Source, Span
from ..model.strings import digest
from ..site.entry import Entry, encode_part
from ..source.findings_data import MISSING_DATA_FILE
from .cache import read_decoded, write_atomically
from .scan import Scan, read_content

if TYPE_CHECKING:
    from ..source.data_file import DataFile
    from ..source.data_item import DataItem

_Known = dict[str, tuple[str, "DataFile"]]
"""What an earlier run has read: by folder of the collection, the key and the entries without their
contents."""


class DataFiles(Struct):
    """The entries of all data files of a site."""

    content: Path
    config: Config
    cache: Path | None = None
    """A file to keep the entries in between runs; None keeps none."""
    code: str = ""
    """Digest of this program."""
    items: dict[str, DataItem] = field(default_factory=dict)
    """By content path."""
    digests: dict[str, str] = field(default_factory=dict)
    """The digests of the data files, by path."""
    findings: tuple[Finding, ...] = ()
    """Findings about data files as a whole."""

    def read(
        self, scan: Scan, settings: Source, last_good: Mapping[str, DataItem] | None = None
    ) -> Scan:
        """A scan with the entries of the data files among its content files. `settings` is the text
        of site.yaml. The `last_good` entries, by content path, take the place of those of a file
        that cannot be read now."""
        collections = self.config.data_collections
        if not collections:
            return scan
        # The readers of all formats, which a site without data files need not import.
        from ..source.data_file import DataFile

        known_type = dict[str, tuple[str, DataFile]]
        known: _Known = read_decoded(self.cache, known_type, {}) if self.cache else {}
        read: _Known = {}
        findings: list[Finding] = []
        self.items, self.digests = {}, {}
        for folder, collection in collections.items():
            try:
                read[folder] = self._read(folder, collection, scan, known.get(folder))
            except OSError:
                span = settings.find(collection.data)
                message = f"There is no data file {collection.data!r}.\nCorrect its path."
                length = len(collection.data)
                findings.append(MISSING_DATA_FILE.at(settings.path, span, message, length))
                continue
            file = read[folder][1]
            findings += file.findings
            if not file.items and any(finding.blocks_page for finding in file.findings):
                self.items |= _in_folder(last_good or {}, folder)
        if self.cache and _without_contents(read) != known:
            write_atomically(self.cache, msgspec.msgpack.encode(_without_contents(read)))
        self.findings = tuple(findings)
        return self.added_to(scan)

    def added_to(self, scan: Scan) -> Scan:
        """A scan with the entries that were read among its content files."""
        signatures = {path: scan.data[self.config.file_of(path)] for path in self.items}
        digests = {path: item.digest for path, item in self.items.items()}
        return replace(
            scan,
            signatures={**scan.signatures, **signatures},
            digests={**scan.digests, **digests},
        )

    def item(self, path: str) -> DataItem | None:
        """The entry with a content path, with its content; None where there is none. Raises OSError
        where the data file cannot be read."""
        item = self.items.get(path)
        if item is None or not item.content:
            collection = self.config.data_collection(path)
            if collection is None:
                return None
            folder = path.rpartition("/")[0]
            file = parse_data(folder, collection, read_content(self.content, collection.data)[0])
            self.items |= {item.path: item for item in file.items}
            item = self.items.get(path)
        return item

    def placed(self, entry: Entry) -> Entry:
        """The entry of an item with its places in the data file; another entry as it is."""
        item = self.items.get(entry.path)
        return _placed(entry, item, self.config.file_of(entry.path)) if item else entry

    def _read(
        self, folder: str, collection: Collection, scan: Scan, known: tuple[str, DataFile] | None
    ) -> tuple[str, DataFile]:
        """The key of a data file and its entries, which are read only where the key is not the known
        one. Raises OSError."""
        path = collection.data
        if path not in scan.data:
            raise FileNotFoundError(path)
        file_digest, content = scan.digests.get(path, ""), b""
        if not file_digest:
            content, file_digest = read_content(self.content, path)
        key = digest(self.code, file_digest, repr(collection))
        if known is not None and known[0] == key:
            file = known[1]
        else:
            if not content:
                content, file_digest = read_content(self.content, path)
                key = digest(self.code, file_digest, repr(collection))
            file = parse_data(folder, collection, content)
        self.digests[path] = file_digest
        self.items |= {item.path: item for item in file.items}
        return key, file


def _in_folder(items: Mapping[str, DataItem], folder: str) -> dict[str, DataItem]:
    """The entries of the data file of a collection."""
    return {path: item for path, item in items.items() if path.rpartition("/")[0] == folder}


def parse_data(folder: str, collection: Collection, content: bytes) -> DataFile:
    """The entries of the data file of a collection, from its bytes."""
    from ..source.data_file import DataFormat, read_data_file  # see `DataFiles.read`

    form = DataFormat(folder, collection.rows, collection.columns)
    return read_data_file(collection.data, content, form)


def _without_contents(read: _Known) -> _Known:
    """What is kept for the next run."""
    return {
        folder: (
            key,
            replace(file, items=tuple(item._replace(content=b"") for item in file.items)),
        )
        for folder, (key, file) in read.items()
    }


def _placed(entry: Entry, item: DataItem, file: str) -> Entry:
    def at(span: Span) -> Span:
        shift = item.column - 1 if span.line == 1 else 0
        return Span(span.line + item.line - 1, span.column + shift)

    def found(finding: Finding) -> Finding:
        span = at(finding.span)
        start = finding.excerpt_from + span.column - finding.span.column
        return replace(finding, path=file, span=span, excerpt_from=start)

    facts = entry.facts
    return replace(
        entry,
        encoded_findings=encode_part([*map(found, entry.findings)]),
        places={"": at(Span()), **{name: at(span) for name, span in entry.places.items()}},
        ignores=tuple(
            Ignore(ignore.word, at(ignore.span), item.line, item.last_line)
            for ignore in entry.ignores
        ),
        facts=replace(
            facts,
            links=tuple(
                link._replace(line=span.line, column=span.column)
                for link in facts.links
                for span in (at(Span(link.line, link.column)),)
            ),
            claims=tuple(
                claim._replace(line=span.line, column=span.column)
                for claim in facts.claims
                for span in (at(Span(claim.line, claim.column)),)
            ),
            files=tuple(
                part._replace(line=span.line, column=span.column)
                for part in facts.files
                for span in (at(Span(part.line, part.column)),)
            ),
        ),
    )
