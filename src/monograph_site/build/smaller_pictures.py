"""Pictures → smaller pictures for narrow screens. Each is made once, in a worker, and kept by
digest, so that a picture that has not changed is never decoded again."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..model.attachment import Attachment, SmallerPicture
from ..model.strings import lasting_digest
from .attachments import read_attachment
from .cache import Cache, read_decoded, write_atomically
from .workers import run_in_workers

WIDTHS = (480, 960)
"""In pixels: a telephone, and a telephone or tablet with a fine screen."""
QUALITY = 80
"""Of WebP from photographs, of 100. Drawings (PNG) are kept exactly: they have text in them."""
BATCH_SIZE = 4
"""Pictures sent to a worker at a time."""
_RECIPE = "1"
"""Another number makes all smaller pictures again."""


class ResizeJob(Struct, frozen=True):
    """A picture to make smaller ones of."""

    content: Path
    """The content folder."""
    path: str
    digest: str


class SmallerPictures:
    """The smaller pictures of a site, in the cache folder of earlier and later builds."""

    def __init__(self, content: Path, cache: Path) -> None:
        """`content` and `cache` are the folders of these names."""
        self._content, self._index = content, cache / "widths"
        self._cache = Cache(cache / "pictures")
        self._known: dict[str, tuple[SmallerPicture, ...]] | None = None

    def add_known(self, files: Mapping[str, Attachment]) -> dict[str, Attachment]:
        """The files with the smaller pictures that were made before."""
        return {
            name: replace(file, smaller=self._find(file.digest) or ())
            if _can_be_smaller(file)
            else file
            for name, file in files.items()
        }

    def add_all(self, files: Mapping[str, Attachment], jobs: int) -> dict[str, Attachment]:
        """The files with all their smaller pictures. Those that are missing are made, by `jobs`
        processes; what no file has any more is removed.

        Raises OSError for a file that changes meanwhile.
        """
        wanted = {file.digest: file.path for file in files.values() if _can_be_smaller(file)}
        missing = [key for key in wanted if self._find(key) is None]
        tasks = (ResizeJob(self._content, wanted[key], key) for key in missing)
        results = run_in_workers(make_smaller, tasks, jobs=jobs, batch_size=BATCH_SIZE)
        for key, made in zip(missing, results, strict=True):
            self._keep(key, made)
        if wanted or self._known:
            self._save(wanted)
        return self.add_known(files)

    def content_of(self, data: Mapping[str, Any]) -> bytes:
        """The bytes of a page of the kind `files`, by its data. Raises OSError where its file
        cannot be read or has changed."""
        smaller = data.get("smaller", "")
        content = self._cache.get(smaller) if smaller else None
        if content is not None:
            return content
        if not smaller:
            return read_attachment(self._content, data["path"], data["digest"])
        made = make_smaller(ResizeJob(self._content, data["path"], data["digest"]))
        for _, picture in made:
            if lasting_digest(picture) == smaller:
                return picture
        raise OSError(f"the smaller pictures of {data['path']!r} changed; build again")

    def close(self) -> None:
        """Close the cache."""
        self._cache.close()

    def _find(self, key: str) -> tuple[SmallerPicture, ...] | None:
        """The smaller pictures of the picture with a digest; None where they have to be made."""
        if self._known is None:
            recipe, known = read_decoded(
                self._index, tuple[str, dict[str, tuple[SmallerPicture, ...]]], ("", {})
            )
            self._known = known if recipe == _recipe() else {}
        pictures = self._known.get(key)
        if pictures is None or any(picture.digest not in self._cache for picture in pictures):
            return None
        return pictures

    def _keep(self, key: str, made: tuple[tuple[int, bytes], ...]) -> None:
        known = []
        for width, content in made:
            known.append(SmallerPicture(width, lasting_digest(content)))
            self._cache.put(known[-1].digest, content)
        assert self._known is not None  # `_find` was asked before
        self._known[key] = tuple(known)

    def _save(self, wanted: Mapping[str, str]) -> None:
        known = self._known or {}
        kept = {key: known[key] for key in wanted}
        write_atomically(self._index, msgspec.msgpack.encode((_recipe(), kept)))
        self._cache.sweep({item.digest for pictures in kept.values() for item in pictures})
        self._known = kept


def make_smaller(job: ResizeJob) -> tuple[tuple[int, bytes], ...]:
    """Width and bytes of each smaller picture, as WebP: only those with fewer bytes than the
    picture itself. Runs in a worker. Raises OSError where the file has changed."""
    content = read_attachment(job.content, job.path, job.digest)
    made = tuple(_resized(content))
    return tuple((width, picture) for width, picture in made if len(picture) < len(content))


def _resized(content: bytes) -> Iterator[tuple[int, bytes]]:
    from PIL import Image, ImageOps  # slow to import, and few builds resize a picture

    try:
        with Image.open(io.BytesIO(content)) as source:
            if getattr(source, "is_animated", False):
                return
            is_drawing, profile = source.format == "PNG", source.info.get("icc_profile")
            source.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is decoded smaller
            picture = ImageOps.exif_transpose(source)
            has_alpha = picture.has_transparency_data
            picture = picture.convert("RGBA" if has_alpha else "RGB")
    except Exception:  # a damaged picture makes a decoder raise anything: browsers show its part
        return
    for width in (width for width in WIDTHS if width < picture.width):
        height = max(1, round(picture.height * width / picture.width))
        smaller = picture.resize((width, height), Image.Resampling.LANCZOS)
        output = io.BytesIO()
        smaller.save(output, "WEBP", quality=QUALITY, lossless=is_drawing, icc_profile=profile)
        yield width, output.getvalue()


def _can_be_smaller(file: Attachment) -> bool:
    return not file.problem and file.width > WIDTHS[0] and not file.path.lower().endswith(".svg")


def _recipe() -> str:
    """What the bytes of a smaller picture depend on besides the picture."""
    from PIL import __version__  # only a site with pictures needs it

    return f"{_RECIPE} {__version__} {WIDTHS} {QUALITY}"
