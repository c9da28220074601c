"""SVG pictures: refused where they hold anything that acts or comes from elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import processor_limit
from monograph_site.source.attachments import inspect_file
from monograph_site.source.svg import MAX_SVG_BYTES, svg_size

XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str = "", attributes: str = 'viewBox="0 0 40 30"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {XLINK} {attributes}>{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9" fill="url(#a)"/>',
        '<style>rect { fill: url("#a"); font: 9px serif }</style>',
        '<use xlink:href="#a"/><use href="#a"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
        '<g transform="translate(1 2) rotate(3)"><text>5 &lt; 6 &#169;</text></g>',
        '<animate attributeName="x" from="0" to="9" dur="1s"/>',
        '<i:note xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:label="x"/>',
        "<!-- <script>x</script> -->",
        '<switch><foreignObject width="9" height="9"><div xmlns="http://www.w3.org/1999/xhtml"'
        ' style="color: red">Dose<br/></div></foreignObject><text>Dose</text></switch>',
    ],
)
def test_a_drawing_is_published(inside: str) -> None:
    assert svg_size(svg(inside)) == (40, 30)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>x()</script>", "<script>"),
        ('<s:script xmlns:s="http://www.w3.org/2000/svg">x()</s:script>', "<script>"),
        ('<script xmlns="http://www.w3.org/1999/xhtml">x()</script>', "<script>"),
        (
            '<foreignObject><a xmlns="http://www.w3.org/1999/xhtml" href="#"/></foreignObject>',
            "<a>",
        ),
        (
            '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml" onclick="x()"/></foreignObject>',
            "onclick",
        ),
        ('<foreignObject><form xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>', "<form>"),
        ('<iframe xmlns="http://www.w3.org/1999/xhtml" src="#"/>', "<iframe>"),
        ('<g xmlns=""><script/></g>', "<g>"),
        ('<rect onclick="x()"/>', "onclick"),
        ('<rect ONLOAD="x()"/>', "ONLOAD"),
        ('<a href="javascript:x()"><text>x</text></a>', "another file"),
        ('<a xlink:href="https://x.example/"><text>x</text></a>', "another file"),
        (
            '<a y:href="java&#10;script:x()" xmlns:y="http://www.w3.org/1999/xlink"/>',
            "another file",
        ),
        ('<use href="other.svg#a"/>', "another file"),
        ('<image href="//x.example/x.png"/>', "another file"),
        ('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>', "another file"),
        ('<set attributeName="href" to="javascript:x()"/>', "href"),
        ('<animate attributeName="xlink:href" values="javascript:x()"/>', "xlink:href"),
        ('<set attributeName="onclick" to="x()"/>', "onclick"),
        ('<rect style="fill: url(https://x.example/x)"/>', "style"),
        ("<rect fill=\"url( '//x.example/x')\"/>", "style"),
        ("<style>@import '//x.example/x.css';</style>", "style"),
        ("<style><![CDATA[rect { fill: u\\72l(//x.example/x) }]]></style>", "style"),
        ("<style>rect { fill: image-set('x.png' 1x) }</style>", "style"),
        ("<g>" * 201 + "</g>" * 201, "too many"),
        ("<g/>" * 50_001, "too many"),
        ("<g>", "not a well-formed"),
        ("&nbsp;", "not a well-formed"),
        ('<?xml-stylesheet href="x.css"?>', "xml-stylesheet"),
    ],
)
def test_what_acts_or_comes_from_elsewhere_is_refused(inside: str, reason: str) -> None:
    with pytest.raises(ValueError, match="SVG picture") as error:
        svg_size(svg(inside))
    assert reason in str(error.value)


def test_entities_are_refused_before_they_grow() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = b'<!DOCTYPE svg [<!ENTITY e0 "x">' + levels.encode() + b"]>" + svg("&e11;")
    outside = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + svg("&x;")
    with processor_limit(1):
        for content in (bomb, outside):
            with pytest.raises(ValueError, match="declares entities"):
                svg_size(content)


def test_the_usual_head_of_a_file_is_accepted() -> None:
    head = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
        b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    )
    assert svg_size(head + svg()) == (40, 30)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30px"', (40, 30)),
        ('width="100%" height="100%" viewBox="0 0 40.4 30"', (40, 30)),
        ('viewBox="0,0,40,30"', (40, 30)),
        ('width="4cm" height="3cm"', (0, 0)),
        ('viewBox="0 0 x 1e999"', (0, 0)),
        ('width="1e9" height="0"', (0, 0)),
        ("", (0, 0)),
    ],
)
def test_size(attributes: str, size: tuple[int, int]) -> None:
    assert svg_size(svg(attributes=attributes)) == size


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<html/>", b"<svg/>", b"\xff\xfe<", svg().ljust(MAX_SVG_BYTES + 1)],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="SVG picture"):
        svg_size(content)


@given(st.binary(max_size=200) | st.text(alphabet='<>/svg ="#&;!-[]', max_size=200).map(str.encode))
def test_any_bytes_give_a_size_or_a_reason(content: bytes) -> None:
    for whole in (content, svg().replace(b"></svg>", b">" + content + b"</svg>")):
        inspected = inspect_file("x.svg", whole)
        assert not inspected.problem or "SVG picture" in inspected.problem
