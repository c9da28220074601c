"""The configuration of a content management system, so that people without git edit in forms:
Decap CMS, and Sveltia CMS, which reads the same file."""

from __future__ import annotations

from typing import Any

import yaml

from ..config import Config
from ..model.monograph import KINDS
from ..source.front_matter_help import KEYS_OF_KINDS
from ..source.front_matter_schema import field_schema
from .new_page import folder_of_kind

Field = dict[str, Any]
_LABELS = {"atc": "ATC codes", "generic_slug": "Medicine in it", "combination_slug": "Combination in it",
           "doi": "DOI", "pmid": "PubMed number", "url": "Address"}  # fmt: skip
_LONG_TEXTS = frozenset("description recommendation question disclaimer reason statement".split())
_DATES = frozenset("on next_due accessed".split())
_NOT_IN_FORMS = frozenset("country scheme code edition doi pmid".split())
"""Fields that few pages state: the form stays short, and what a file states in them is kept."""
_RELATIONS = {"generic_slug": "drug", "combination_slug": "combination"}
_HEADER = """\
# Edit pages in forms: publish this file as admin/config.yml beside a page that loads the CMS, and put the name of your
# repository below. https://decapcms.org/docs and https://sveltiacms.app/en/docs say how.
"""


def cms_config(config: Config, content: str) -> str:
    """The configuration in YAML, for a site with the content folder at a path of its repository."""
    collections = [_collection(config, content, kind) for kind in KINDS]
    data = {
        "backend": {"name": "github", "repo": "OWNER/REPOSITORY", "branch": "main"},
        "media_folder": f"{content}/media",
        "public_folder": "/media",
        "publish_mode": "editorial_workflow",
        "collections": collections,
    }
    return _HEADER + yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=100)


def _collection(config: Config, content: str, kind: str) -> Field:
    folder = folder_of_kind(config, kind)
    stated = config.collections.get(folder)
    label = (stated.title if stated else "") or f"{kind.capitalize()}s"
    fields = [_field(name, field_schema(name), kind) for name in KEYS_OF_KINDS[kind]]
    return {
        "name": f"{kind}s",
        "label": label,
        "label_singular": kind.capitalize(),
        "folder": f"{content}/{folder}",
        "create": True,
        "extension": "md",
        "format": "yaml-frontmatter",
        "slug": "{{slug}}",
        "fields": [*fields, {"name": "body", "label": "Text", "widget": "markdown"}],
    }


def _field(name: str, schema: Field, kind: str = "") -> Field:
    field: Field = {
        "name": name,
        "label": _LABELS.get(name, name.replace("_", " ").capitalize()),
        **_widget(name, schema),
        "required": name == "title" or (name in ("question", "name") and kind != "drug"),
    }
    if name in _RELATIONS:
        field |= {
            "widget": "relation",
            "collection": f"{_RELATIONS[name]}s",
            "search_fields": ["title"],
            "value_field": "{{slug}}",
            "display_fields": ["title"],
        }
    if text := schema.get("description"):
        field["hint"] = text
    return field


def _widget(name: str, schema: Field) -> Field:
    """The widget for a value, by the widest of the forms that it may have."""
    options = schema.get("anyOf", [schema])
    for option in options:
        if option.get("type") == "array":
            return _list(option["items"])
    for option in options:
        if "properties" in option:
            return {"widget": "object", "collapsed": True, "fields": _fields_of(option)}
        if "enum" in option:
            return {"widget": "select", "options": [word for word in option["enum"] if word]}
    if name in _DATES:
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "YYYY-MM-DD",
                "time_format": False}  # fmt: skip
    return {"widget": "text" if name in _LONG_TEXTS else "string"}


def _list(items: Field) -> Field:
    for option in items.get("anyOf", [items]):
        if "properties" in option:
            return {"widget": "list", "collapsed": True, "fields": _fields_of(option)}
    return {"widget": "list"}


def _fields_of(mapping: Field) -> list[Field]:
    return [
        _field(name, schema)
        for name, schema in mapping["properties"].items()
        if schema and not schema.get("deprecated") and name not in _NOT_IN_FORMS
    ]
