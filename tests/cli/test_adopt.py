"""`monograph-site adopt`: what it prints and writes, and when it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from helpers import tree
from monograph_site.adopt.conventions import CONVENTIONS, recognise
from monograph_site.adopt.js_literal import read_object_after
from monograph_site.adopt.site_yaml import quoted
from monograph_site.adopt.spelling import translate
from monograph_site.cli.adopt import adopt_command
from monograph_site.config import load_config, read_settings
from monograph_site.model.errors import UsageProblem

PAGE = "---\ntitle: Pain\n---\nText {{< dose >}} {{< note >}}x{{< /note >}}.\n"


@pytest.fixture
def hugo(tmp_path: Path) -> Path:
    (tmp_path / "content/guides").mkdir(parents=True)
    (tmp_path / "content/guides/pain.md").write_text(PAGE)
    menu = "[[menu.main]]\nname = 'Guides'\nurl = '/guides/'\n"
    languages = "[languages.en]\ntitle = 'Ward'\n[languages.de]\ntitle = 'Station'\n"
    (tmp_path / "hugo.toml").write_text(f"title = 'Ward: book'\n{menu}{languages}")
    return tmp_path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(adopt_command, list(map(str, arguments)))


def test_it_writes_site_yaml_and_says_what_it_understood(hugo: Path) -> None:
    before = tree(hugo)
    result = run(hugo)
    assert result.exit_code == 0
    written = (hugo / "content/site.yaml").read_text()
    assert {
        path: data for path, data in tree(hugo).items() if path != "content/site.yaml"
    } == before
    assert 'title: "Ward: book"' in written
    assert "# hugo.toml: title" in written
    config, findings = load_config(read_settings(hugo / "content"))
    assert (config.title, list(config.shortcodes), findings) == ("Ward: book", ["note"], ())
    understood, _, rest = result.stdout.partition("Not understood:")
    not_understood, _, following = rest.partition("Next:")
    assert "title: Ward: book" in understood
    assert "languages" in not_understood
    assert "menu: Guides (/guides/) has no page" in not_understood
    assert "shortcode dose (1)" in not_understood
    assert f"monograph-site build --content {hugo}/content" in following


def test_a_dry_run_writes_nothing(hugo: Path) -> None:
    before = tree(hugo)
    result = run(hugo, "--dry-run")
    assert (result.exit_code, tree(hugo)) == (0, before)
    assert 'title: "Ward: book"' in result.stdout
    assert "Not understood:" in result.stderr


def test_an_existing_site_yaml_is_overwritten_only_by_force(hugo: Path) -> None:
    target = hugo / "content/site.yaml"
    target.write_text("title: Mine\n")
    result = run(hugo)
    assert (result.exit_code, target.read_text()) == (2, "title: Mine\n")
    assert "--force" in result.stderr
    assert run(hugo, "--force").exit_code == 0
    assert "Ward: book" in target.read_text()


def test_what_is_not_recognised(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("A\n")
    result = run(tmp_path)
    assert result.exit_code == 2
    assert all(convention.marks in result.stderr for convention in CONVENTIONS)
    assert run(tmp_path / "nowhere").exit_code == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [("mkdocs.yml", "a: [\n"), ("_config.yml", "a: {\n"), ("hugo.toml", "a = \n")],
)
def test_a_configuration_that_cannot_be_read(tmp_path: Path, name: str, text: str) -> None:
    for folder in ("content", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / name).write_text(text)
    with pytest.raises(UsageProblem, match=r"can't be read"):
        recognise(tmp_path)


JAVASCRIPT = {
    "config({a: 'x', b: [1, true, \"y\"], ...more, c: {d: `z`}})": {
        "a": "x", "b": [None, True, "y"], "c": {"d": "z"},
    },
    "config({a: f({b: 'no'}), c: x ?? 'no', d: 'it\\'s' })": {"a": None, "c": None, "d": "it's"},
    "config({ // a comment: {\n 'a-b': 'c', /* d: 'e' */ f() { return '}' }, g: 'h' })": {
        "a-b": "c", "g": "h",
    },
    "config(name)": {},
    "config({a: '": {"a": None},
    "config({a: [": {"a": []},
}  # fmt: skip


@pytest.mark.parametrize("text", JAVASCRIPT)
def test_javascript(text: str) -> None:
    assert read_object_after(text, "config") == JAVASCRIPT[text]


@pytest.mark.parametrize(
    "unit", ["{", "[", "a: [[", "a: {a: {", "config({", "a:", "'", "...x(", "//\n", "/*"]
)
def test_long_javascript_ends(unit: str) -> None:
    assert isinstance(read_object_after("config({" + unit * 5000, "config"), dict)


def test_permalinks_are_translated() -> None:
    tokens = {"year": "{year}", "slug": "{slug}", "sections": "a/{folders}"}
    assert translate("/:year/:sections[1:]/:slug/", tokens) == "/{year}/a/{folders}/{slug}/"
    with pytest.raises(ValueError, match=":weekday"):
        translate("/:weekday/:slug/", tokens)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ward book", "Ward book"),
        ("yes", '"yes"'),
        ("a: b", '"a: b"'),
        ("é", '"é"'),
        ("_x", '"_x"'),
    ],
)
def test_yaml_scalars(text: str, written: str) -> None:
    assert quoted(text) == written
