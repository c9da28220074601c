"""The JSON Schemas of front matter and of site.yaml, and the configuration of a CMS made of them."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from monograph_site.build.load import load_bytes
from monograph_site.cli.main import cli
from monograph_site.config import Config
from monograph_site.config.settings_schema import settings_schema
from monograph_site.source.decode import decode
from monograph_site.source.front_matter import read_front_matter
from monograph_site.source.front_matter_help import KEYS_OF_KINDS, help_for
from monograph_site.source.front_matter_schema import front_matter_schema, paths_of_fields
from monograph_site.starter.cms import cms_config

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FRONT = Draft202012Validator(front_matter_schema())
SITE = Draft202012Validator(settings_schema())


def plain(value: Any) -> Any:
    """YAML's values as those of JSON."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def violations(paths: Iterable[Path]) -> dict[str, str]:
    found = {}
    for path in paths:
        source = decode(path.name, path.read_bytes()).source
        data = plain(read_front_matter(source).data) if source else {}
        for error in FRONT.iter_errors(data):
            found[str(path)] = f"{error.json_path}: {error.message}"
    return found


@pytest.mark.parametrize("kind", ["", *KEYS_OF_KINDS])
def test_the_schemas_are_schemas(kind: str) -> None:
    Draft202012Validator.check_schema(front_matter_schema(kind))
    Draft202012Validator.check_schema(settings_schema())


def test_every_own_page_is_valid() -> None:
    paths = [*(ROOT / "content").rglob("*.md"), *(ROOT / "src").rglob("site/content/**/*.md")]
    assert len(paths) > 10
    assert violations(paths) == {}


@pytest.mark.skipif(not CORPUS.exists(), reason="the formularies are not here")
def test_every_page_of_the_formularies_is_valid() -> None:
    paths = sorted(CORPUS.rglob("*.md"))[::8]  # all were tried once; each file is of the same kind
    assert violations(paths) == {}


WRONG = [
    "kind: potato",
    "audience: everyone",
    "review: {status: maybe}",
    "provenance: {origin: moon}",
    "provenance: {tool: X}",
    "status: {state: unheard-of}",
    "status: {reason: X}",
    "alerts: [{level: loud, text: X}]",
    "brands: [{company: X}]",
    "authors: [{role: X}]",
    "title: [a, b]",
    "title: {a: b}",
    "names: {synonyms: {a: b}}",
    "ingredients: [[a]]",
    "is_banned: sometimes",
    "sources: [{title: X, type: rumour}]",
    "sources: [{title: {a: b}}]",
    "dates: {created: {a: b}}",
]


@pytest.mark.parametrize("line", WRONG)
def test_what_the_schema_refuses_check_reports(line: str) -> None:
    data = plain(yaml.safe_load(line))
    assert list(FRONT.iter_errors(data)), "the schema allows it"
    text = f"---\n{line}\n---\n## Uses\n\nPain.\n"
    codes = {finding.code for finding in load_bytes("drugs/x.md", text.encode(), Config()).findings}
    assert codes & {"E020", "W021", "W028", "W029"}, codes


@pytest.mark.parametrize(
    "line",
    ["kind: Drug", "audience: Patient", "review: {status: In Review}", "provenance: AI-generated",
     "brands: X", "brands: [X, {name: Y}]", "names: [A, B]", "atc: N02BE01", "title: 5",
     "status: banned", "review: approved", "price: INR 5", "reviewed_by: A. Pharmacist",
     "drugClass: Painkiller", "weight: 3", "tags: [a]", "description:", "date: 2025-01-31"],
)  # fmt: skip
def test_what_is_read_the_schema_allows(line: str) -> None:
    assert list(FRONT.iter_errors(plain(yaml.safe_load(line)))) == []
    text = f"---\n{line}\n---\n## Uses\n\nPain.\n"
    findings = load_bytes("drugs/x.md", text.encode(), Config()).findings
    assert "E020" not in {finding.code for finding in findings}


@pytest.mark.parametrize(
    "line",
    ["titel: X", "search: perhaps", "review: {every: 1}", "notation: usp", "collections: [a]",
     "collections: {drugs: {kind: potato}}", "disclaimers: [{kind: drug}]", "menu: [a]"],
)  # fmt: skip
def test_wrong_settings_are_refused(line: str) -> None:
    assert list(SITE.iter_errors(yaml.safe_load(line)))


@pytest.mark.parametrize(
    "line",
    ["title:", "publisher: X", "collections: {drugs: drug}", "languages: es", "languages: [es, fr]",
     "ignore: [W1]", "ignore: {drugs: W1}", "disclaimers: X", "review: 3 years", "exclude: old",
     "shortcodes: {dose: {as: text}}"],
)  # fmt: skip
def test_short_forms_of_settings_are_allowed(line: str) -> None:
    assert list(SITE.iter_errors(yaml.safe_load(line))) == []


def test_own_settings_are_valid() -> None:
    for path in (ROOT / "content" / "site.yaml", *(ROOT / "src").rglob("site/content/site.yaml")):
        assert list(SITE.iter_errors(yaml.safe_load(path.read_text("utf-8")))) == []


def test_every_field_and_setting_has_its_help() -> None:
    assert [path for path in sorted(paths_of_fields()) if not help_for(path)] == []
    without = [
        name
        for name, schema in settings_schema()["properties"].items()
        if not schema.get("description")
    ]
    assert without == []


def test_a_kind_has_only_its_own_keys() -> None:
    drug, article = (front_matter_schema(kind)["properties"] for kind in ("drug", "article"))
    assert "question" in article
    assert "question" not in drug
    assert "generic_slug" in front_matter_schema("brand")["properties"]
    assert "generic_slug" not in drug


def test_the_forms_of_a_cms_hold_every_key_of_a_kind() -> None:
    config = yaml.safe_load(cms_config(Config(), "content"))
    forms = {part["name"]: part for part in config["collections"]}
    assert [*forms] == ["drugs", "combinations", "brands", "articles", "pages"]
    for kind, keys in KEYS_OF_KINDS.items():
        fields = forms[f"{kind}s"]["fields"]
        assert [field["name"] for field in fields] == [*keys, "body"]
        for field in fields:
            assert field["widget"] in {
                "string", "text", "list", "object", "select", "datetime", "relation", "markdown"
            }  # fmt: skip
    status = next(field for field in forms["drugs"]["fields"] if field["name"] == "status")
    state = next(field for field in status["fields"] if field["name"] == "state")
    assert "withdrawn" in state["options"]


@pytest.mark.parametrize("arguments", [(), ("drug",), ("site",)])
def test_the_command_prints_json(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, ["schema", *arguments])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["$schema"].endswith("2020-12/schema")
