"""Pictures and other files beside the content: which may be published, which file an address means,
and whether a file is what its name says."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from posixpath import join, normpath

from ..model.attachment import Attachment
from ..model.strings import lasting_digest

PICTURE_FORMATS = {
    ".png": "PNG",
    ".jpg": "JPEG",
    ".jpeg": "JPEG",
    ".gif": "GIF",
    ".webp": "WEBP",
    ".avif": "AVIF",
}
"""Suffixes of pictures made of pixels, with the names that Pillow has for their formats."""
_ZIP = (b"PK\x03\x04",)
DOCUMENT_STARTS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".zip": _ZIP,
    ".docx": _ZIP,
    ".xlsx": _ZIP,
    ".pptx": _ZIP,
    ".odt": _ZIP,
    ".ods": _ZIP,
    ".odp": _ZIP,
    ".epub": _ZIP,
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    ".mp4": (b"ftyp",),
    ".m4a": (b"ftyp",),
    ".webm": (b"\x1aE\xdf\xa3",),
    ".rtf": (b"{\\rtf",),
    ".csv": (),
    ".tsv": (),
    ".txt": (),
    ".json": (),
    ".ics": (),
    ".bib": (),
    ".ris": (),
}
"""Suffixes of other files, with the bytes that each may start with; () for text in UTF-8."""
_START_OFFSETS = {".mp4": 4, ".m4a": 4}
"""Where these bytes are, if not at the start: the size of the first part comes before them."""
SUFFIXES = (*PICTURE_FORMATS, ".svg", *DOCUMENT_STARTS)
"""Suffixes of the files that are published."""
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)
"""Exif's tag of how a camera was held, and its values for pictures that browsers show turned by 90
degrees."""
STATIC_FOLDERS = ("static", "public", "assets", "images")
"""Folders, in the content folder or beside it, whose files other generators publish at the root of
a site."""
VENDORED = "_vendored/"
"""Folder of copies of pictures of other hosts, each named by the SHA-256 of its bytes."""
MAX_FILE_BYTES = 20_000_000
"""The largest file that is published. A photograph has 5 MB; readers on a telephone wait for more."""
MAX_PIXELS = 50_000_000
"""The largest picture that is published, in pixels: a camera's has 24 million. A small file may
hold a picture that fills a reader's memory."""


def is_copy(reference: str) -> bool:
    """Whether a reference (see `candidates`) leads to the copy of a picture of another host."""
    return reference.startswith(f"//{VENDORED}")


def is_publishable(name: str) -> bool:
    """Whether a file of this name may be published at all."""
    return name.lower().endswith(SUFFIXES)


def candidates(reference: str, static: Iterable[str] = ()) -> Iterator[str]:
    """The paths that a reference may mean, the likeliest first, relative to the content folder.

    A reference is the folder of a content file, `//`, and the address that the file has: relative
    to the file, or to the content folder. An address that starts with `/` is relative to the
    content folder or to a static folder: those that site.yaml names, and the usual ones. One that
    starts with an alias of a folder (`@assets/x.png`, `~/assets/x.png`) is looked for in the folders
    that site.yaml names.
    """
    folder, _, target = reference.partition("//")
    if target.startswith(("@", "~")):
        below = target.partition("/")[2]
        for path in (below, below.partition("/")[2]):
            yield from (normpath(join(name, path)) for name in ("", *static) if path)
        return
    if not target.startswith("/"):
        yield normpath(join(folder, target))
        yield normpath(target)
        return
    path = normpath(target).lstrip("/")
    yield path
    for folder in static:
        yield normpath(join(folder, path))
    for root in ("", "../"):
        for name in STATIC_FOLDERS:
            yield f"{root}{name}/{path}"


def inspect_file(path: str, content: bytes) -> Attachment:
    """The attachment that a file is, by its bytes: at most `MAX_FILE_BYTES` + 1 of them."""
    try:
        if (
            path.startswith(VENDORED)
            and _sha256(content) != path[len(VENDORED) :].partition(".")[0]
        ):
            raise ValueError("it is not the picture that was downloaded, by its digest")
        width, height, suffix = _checked_size(path, content)
    except ValueError as problem:
        return Attachment(path, lasting_digest(content), problem=str(problem))
    return Attachment(path, lasting_digest(content), width, height, suffix=suffix)


def _sha256(content: bytes) -> str:
    import hashlib  # only sites with copies need it

    return hashlib.sha256(content).hexdigest()


def _checked_size(path: str, content: bytes) -> tuple[int, int, str]:
    """Width and height of a picture, 0 for other files, and the suffix of its format where its name
    has that of another. ValueError, with the reason, for a file that is not to be published."""
    if len(content) > MAX_FILE_BYTES:
        raise ValueError(f"it is larger than {MAX_FILE_BYTES // 1_000_000} MB")
    suffix = path[path.rfind(".") :].lower()
    if suffix == ".svg":
        from .svg import svg_size  # few builds read a picture

        return *svg_size(content), ""
    if suffix in PICTURE_FORMATS:
        return _picture_size(content, PICTURE_FORMATS[suffix])
    starts, offset = DOCUMENT_STARTS[suffix], _START_OFFSETS.get(suffix, 0)
    if not (content.startswith(starts, offset) if starts else _is_text(content)):
        raise ValueError(f"its content is not that of a {suffix} file")
    return 0, 0, ""


def _picture_size(content: bytes, expected: str) -> tuple[int, int, str]:
    """Width and height of a picture, from its header alone, and the suffix of its format where that
    is not the expected one."""
    from PIL import Image  # slow to import, and few builds read a picture

    formats = tuple(dict.fromkeys(PICTURE_FORMATS.values()))
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, None  # ours is checked below
    try:
        with Image.open(io.BytesIO(content), formats=formats) as picture:
            (width, height), actual = picture.size, picture.format
            # Without this text in its header, a PNG picture would be decoded to look for it.
            if "exif" in picture.info and picture.getexif().get(_ORIENTATION) in _TURNED:
                width, height = height, width
    except Exception:  # a damaged header makes a parser raise anything
        raise ValueError(f"it is not a {expected} picture") from None
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    actual = "JPEG" if actual == "MPO" else actual
    suffix = next(name for name, of in PICTURE_FORMATS.items() if of == actual)
    if width * height > MAX_PIXELS:
        raise ValueError(
            f"it has {width} × {height} pixels, more than {MAX_PIXELS // 1_000_000} million"
        )
    return width, height, "" if actual == expected else suffix


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode()
    except UnicodeDecodeError:
        return False
