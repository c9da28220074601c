"""Data files in every format: their entries, with the place of every value; and what is wrong."""

from __future__ import annotations

import pytest

from monograph_site.model.source import Span
from monograph_site.source.data_file import DataFile, DataFormat, read_data_file
from monograph_site.source.data_item import DataItem, front_matter_of

FORM = DataFormat("medications")
FILES = {
    "m.yaml": """\
# Medicines
- title: Examplin
  uses: For pain.
  doses:
    - {dose: 5 mg, route: oral}
- title: Samplol, forte
  uses: >-
    For
    fever.
""",
    "m.toml": """\
[[drug]]
title = "Examplin"
uses = "For pain."
[[drug.doses]]
dose = "5 mg"
route = "oral"

[[drug]]
title = "Samplol, forte"
uses = "For fever."
""",
    "m.json": """\
{"drugs": [{"title": "Examplin", "uses": "For pain.", "doses": [{"dose": "5 mg",
\t"route": "oral"}]}, {"title": "Samplol, forte", "uses": "For fever."}]}
""",
    "m.csv": """\
Name,uses,doses.dose,doses.route
Examplin,For pain.,5 mg,oral
"Samplol, forte",For fever.,,
""",
}
COLUMNS = {"Name": "title"}


def read(name: str, text: str, form: DataFormat = FORM) -> DataFile:
    return read_data_file(name, text.encode(), form)


def place(item: DataItem, *path: str | int) -> Span:
    """Where a value of an item is in the data file."""
    front, _ = front_matter_of(item.content, item.path)
    span = front.span_of(*path)
    shift = item.column - 1 if span.line == 1 else 0
    return Span(span.line + item.line - 1, span.column + shift)


@pytest.mark.parametrize("name", FILES)
def test_every_format_has_the_same_entries_with_their_places(name: str) -> None:
    form = FORM._replace(columns=COLUMNS) if name.endswith("csv") else FORM
    file = read(name, FILES[name], form)
    assert file.findings == ()
    suffix = name[1:]
    assert [item.path for item in file.items] == [
        f"medications/examplin{suffix}",
        f"medications/samplol-forte{suffix}",
    ]
    first, second = (front_matter_of(item.content, item.path)[0] for item in file.items)
    doses = first.data["doses"]
    assert (doses[0] if isinstance(doses, list) else doses) == {"dose": "5 mg", "route": "oral"}
    assert second.data == {"title": "Samplol, forte", "uses": "For fever."}
    lines = FILES[name].split("\n")
    for item, path, text in (
        (file.items[0], ("title",), "Examplin"),
        (file.items[0], ("uses",), "For pain."),
        (file.items[0], ("doses", 0, "route"), "oral"),
        (file.items[1], ("title",), "Samplol, forte"),
    ):
        span = place(item, *path)
        assert lines[span.line - 1][span.column - 1 :].lstrip("\"'").startswith(text), (path, span)


def test_an_entry_is_the_same_wherever_it_is_in_its_file() -> None:
    before, after = (
        read("m.yaml", text).items for text in (FILES["m.yaml"], "\n\n" + FILES["m.yaml"])
    )
    assert [item.digest for item in before] == [item.digest for item in after]
    assert [item.line + 2 for item in before] == [item.line for item in after]


def test_a_mapping_gives_each_entry_its_key() -> None:
    items = read("m.yaml", "examplin:\n  uses: Pain\nsamplol: {title: Samplol forte}\n").items
    assert [item.path for item in items] == [
        "medications/examplin.yaml",
        "medications/samplol.yaml",
    ]
    fronts = [front_matter_of(item.content, item.path)[0].data for item in items]
    assert fronts == [{"title": "examplin", "uses": "Pain"}, {"title": "Samplol forte"}]


def test_entries_of_one_name_stay_apart() -> None:
    items = read("m.yaml", "- title: A\n- title: a\n").items
    assert [item.path for item in items] == ["medications/a.yaml", "medications/a.yaml#2"]


def test_a_row_belongs_to_the_monograph_that_it_names() -> None:
    form = DataFormat("prices", "prices", {"Drug": "title"})
    file = read("p.csv", 'Drug;region;amount\nExamplin;"India";12,50\n', form)
    front, _ = front_matter_of(file.items[0].content, "p")
    assert front.data == {"title": "Examplin", "prices": [{"region": "India", "amount": "12,50"}]}
    assert place(file.items[0], "prices", 0, "amount") == Span(2, 18)
    assert place(file.items[0], "prices", 0, "currency") == Span(2, 1)


def test_cells_of_csv() -> None:
    text = 'title,uses\r\n"A ""b""","two\nlines"\r\n\r\nC,\r\n'
    items = read("m.csv", text).items
    fronts = [front_matter_of(item.content, item.path)[0].data for item in items]
    assert fronts == [{"title": 'A "b"', "uses": "two\nlines"}, {"title": "C"}]
    assert [(item.line, item.last_line) for item in items] == [(2, 3), (5, 5)]


@pytest.mark.parametrize(
    ("name", "text", "findings"),
    [
        ("m.yaml", "- title: [A\n", ["E010"]),
        ("m.yaml", "- title: A\n  title: B\n", ["E011"]),
        ("m.toml", "title = A\n", ["E019"]),
        ("m.json", '[{"title": "A",}]', ["E019"]),
        ("m.json", "[" * 5000, ["E013"]),
        ("m.yaml", "Examplin\n", ["E062"]),
        ("m.json", "[1, 2]", ["E062"]),
        ("m.yaml", "- uses: Pain\n- title: B\n", ["E061"]),
        ("m.csv", "title,uses\nA,Pain,More\nB\n", ["W063", "W063"]),
        ("m.csv", 'title\n"A\nB\n', ["E067"]),
        ("m.csv", "", []),
        ("m.yaml", "", []),
    ],
)
def test_what_is_wrong_with_a_file(name: str, text: str, findings: list[str]) -> None:
    file = read(name, text)
    assert [finding.code for finding in file.findings] == findings
    assert all(finding.path == name for finding in file.findings)


def test_a_column_that_is_not_there() -> None:
    file = read("m.csv", "title\nA\n", FORM._replace(columns={"Naem": "title"}))
    assert [finding.code for finding in file.findings] == ["W064"]


def test_a_cell_without_a_column_is_kept() -> None:
    (item,) = read("m.csv", "title,uses\nA,Pain,More\n").items
    assert front_matter_of(item.content, item.path)[0].data["Column 3"] == "More"
