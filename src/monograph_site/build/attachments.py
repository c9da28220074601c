"""References to pictures and files → attachments. Only files that pages refer to are read, and only
when they have changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from ..model.attachment import Attachment
from ..model.files import Signature, open_without_links
from ..model.strings import lasting_digest
from ..site.entry import Entry
from ..source.attachments import MAX_FILE_BYTES, candidates, inspect_file


class AttachmentReader:
    """Finds the attachments of a site. Serves a build and a preview."""

    def __init__(self, content: Path, known: Mapping[str, tuple[Signature, Attachment]]) -> None:
        """`known` are the attachments that an earlier run has read, by path."""
        self.content = content
        self.known = dict(known)

    def resolve(
        self,
        entries: Iterable[Entry],
        signatures: Mapping[str, Signature],
        static: Sequence[str] = (),
    ) -> dict[str, Attachment]:
        """The attachment of each reference that leads to a file, in order. `signatures` are those
        of all files that may be published, by path; `static` are the static folders that site.yaml
        names."""
        references = sorted({file.reference for entry in entries for file in entry.facts.files})
        by_name: dict[str, list[str]] = {}
        for path in signatures if references else ():
            by_name.setdefault(path.rpartition("/")[2], []).append(path)
        attachments: dict[str, Attachment] = {}
        for reference in references:
            path = next((path for path in candidates(reference, static) if path in signatures), "")
            path = path or _by_name(reference, by_name)
            if path:
                attachments[reference] = self._attachment(path, signatures[path])
        return attachments

    def index(self, attachments: Iterable[Attachment]) -> dict[str, tuple[Signature, Attachment]]:
        """What to keep of these attachments for the next run, by path."""
        paths = {attachment.path for attachment in attachments}
        return {
            path: (signature, attachment)
            for path, (signature, attachment) in self.known.items()
            if path in paths and attachment.digest
        }

    def _attachment(self, path: str, signature: Signature) -> Attachment:
        known_signature, attachment = self.known.get(path, (None, None))
        if attachment is None or known_signature != signature:
            attachment = _read(self.content, path)
            self.known[path] = signature, attachment
        return attachment


def read_attachment(content: Path, path: str, expected: str) -> bytes:
    """The bytes of an attachment. Raises OSError where it cannot be read, or does not have the
    digest `expected` any more."""
    data = _content_of(content, path)
    if lasting_digest(data) != expected:
        raise OSError(f"{path!r} changed while the site was built; build again")
    return data


def _by_name(reference: str, by_name: Mapping[str, list[str]]) -> str:
    """The only file with the name that a reference has in place of a path; '' for none, or where
    there are several."""
    target = reference.partition("//")[2]
    paths = by_name.get(target, ()) if "/" not in target else ()
    return paths[0] if len(paths) == 1 else ""


def _read(content: Path, path: str) -> Attachment:
    try:
        return inspect_file(path, _content_of(content, path))
    except OSError as problem:
        return Attachment(path, problem=f"it can't be read: {problem.strerror}")


def _content_of(content: Path, path: str) -> bytes:
    with open(open_without_links(content, path), "rb") as file:
        return file.read(MAX_FILE_BYTES + 1)
