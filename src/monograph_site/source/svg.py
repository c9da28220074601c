"""Whether an SVG picture is safe to publish.

Shown by a page, an SVG runs nothing. Opened by itself, as the link to its full size does, it is a
document like any other: its scripts run in the name of the site. So a file that holds anything
that acts, or anything from elsewhere, is refused as a whole; nothing in it is rewritten. Text in
HTML, in which programs for drawings keep their labels, does not act.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from ..regex import regex

MAX_SVG_BYTES = 2_000_000
"""A drawing has some kilobytes; browsers take seconds for millions of lines."""
MAX_SVG_ELEMENTS = 50_000
MAX_SVG_DEPTH = 200
SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_XHTML = "http://www.w3.org/1999/xhtml"
_ACTING_NAMESPACES = frozenset((_XHTML, "http://www.w3.org/1998/Math/MathML", ""))
"""Elements of other namespaces (an editor's notes) are never shown."""
_XHTML_TEXT = frozenset(
    "div span p br hr b i u s em strong small font sub sup code pre blockquote center ul ol li dl dt"
    " dd h1 h2 h3 h4 h5 h6 table thead tbody tfoot tr th td".split()
)
"""Elements of HTML that only hold text, below `<foreignObject>`."""
_REFUSED = frozenset("script iframe object embed audio video canvas handler listener".split())
_ANIMATING = frozenset("set animate animateTransform animateMotion".split())
_OUTSIDE = regex(r"url\(\s*+[\"']?+\s*+(?!#)|@import|\\|\b(?:image|image-set|src)\(", re.IGNORECASE)
"""What in a style may lead outside: an address that is not a fragment, or an escape that hides one.
"""
_EMBEDDED = regex(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_LENGTH = regex(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def svg_size(content: bytes) -> tuple[int, int]:
    """Width and height in pixels of an SVG picture, 0 where it states none. ValueError, with the
    reason, for a file that is not to be published."""
    if len(content) > MAX_SVG_BYTES:
        raise ValueError(f"it is an SVG picture larger than {MAX_SVG_BYTES // 1_000_000} MB")
    reader = _Reader()
    try:
        reader.parser.Parse(content, True)
    except (expat.ExpatError, LookupError) as problem:  # LookupError: an unknown encoding
        raise ValueError(f"it is not a well-formed SVG picture ({problem})") from None
    return reader.size


class _Reader:
    """Reads one file; its methods raise ValueError for what is refused."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self._open: list[str] = []
        self._count = 0
        self._style: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = _refuse_entity
        self.parser.ProcessingInstructionHandler = _refuse_instruction
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def _doctype(self, _: str, __: object, ___: object, has_subset: bool) -> None:
        if has_subset:
            raise ValueError("it is an SVG picture that declares entities")

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        self._count += 1
        if self._count > MAX_SVG_ELEMENTS or len(self._open) >= MAX_SVG_DEPTH:
            raise ValueError("it is an SVG picture with too many elements")
        if not self._open:
            if (namespace, name) != (SVG, "svg"):
                raise ValueError("it is not an SVG picture")
            self.size = _size(attributes)
        self._open.append(qualified)
        is_text = namespace == _XHTML and name in _XHTML_TEXT
        if not is_text and (
            namespace in _ACTING_NAMESPACES or (namespace == SVG and name in _REFUSED)
        ):
            raise ValueError(f"it is an SVG picture with a <{name}> element")
        for attribute, value in attributes.items():
            _check_attribute(name, attribute, value)

    def _end(self, _: str) -> None:
        if self._open.pop() == f"{SVG} style":
            _check_style("".join(self._style))
            self._style.clear()

    def _text(self, text: str) -> None:
        if self._open[-1] == f"{SVG} style":
            self._style.append(text)


def _check_attribute(element: str, qualified: str, value: str) -> None:
    namespace, _, name = qualified.rpartition(" ")
    if name.lower().startswith("on"):
        raise ValueError(f"it is an SVG picture with an event handler ({name})")
    if element in _ANIMATING and name == "attributeName" and _may_act(value):
        raise ValueError(f"it is an SVG picture that changes {value!r}")
    is_address = name in ("href", "src") and namespace in ("", _XLINK)
    if is_address and not value.strip().startswith("#") and not _EMBEDDED.fullmatch(value.strip()):
        raise ValueError("it is an SVG picture that refers to another file")
    if name == "style" or "(" in value:
        _check_style(value)


def _may_act(attribute: str) -> bool:
    name = attribute.strip().rpartition(":")[2].lower()
    return name == "href" or name.startswith("on")


def _check_style(style: str) -> None:
    if _OUTSIDE.search(style):
        raise ValueError("it is an SVG picture whose style refers to another file")


def _refuse_entity(*_: object) -> None:
    raise ValueError("it is an SVG picture that declares entities")


def _refuse_instruction(target: str, _: str) -> None:
    raise ValueError(f"it is an SVG picture with an instruction ({target})")


def _size(attributes: dict[str, str]) -> tuple[int, int]:
    """Width and height, from the attributes of these names or from the view box."""
    lengths = [_LENGTH.fullmatch(attributes.get(name, "")) for name in ("width", "height")]
    numbers = [match[1] for match in lengths if match]
    if len(numbers) < 2:
        numbers = re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:]
    try:
        width, height = (round(float(number)) for number in numbers)
    except (ValueError, OverflowError):
        return 0, 0
    return (width, height) if 0 < width < 100_000 and 0 < height < 100_000 else (0, 0)
