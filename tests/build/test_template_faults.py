"""`check` and the site's own templates: what is wrong is named with file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import Site, run_cli
from monograph_site.render.theme import default_folder

PAGE = "---\ntitle: Examplin\n---\n## Uses\n\nFor examples.\n"
EXTENDS = '{% extends "default/base.html" %}\n'

FAULTS = {
    "a tag that is not closed": ("base.html", "<p>\n{% if page.title %}\n", 2, "Unexpected end"),
    "a tag that does not exist": ("base.html", "{% fi %}", 1, "unknown tag 'fi'"),
    "a filter that does not exist": ("base.html", "{{ page.title|uper }}", 1, "'uper'"),
    "a variable that does not exist": ("base.html", "<p>\n{{ monografph.title }}", 2, "'monografph'"),
    "a field that does not exist": ("base.html", "{{ page.titel }}", 1, "Did you mean 'title'?"),
    "a field of the record that does not exist": (
        "monograph.html", EXTENDS + "{% block main %}{{ monograph.titel }}{% endblock %}", 2, "titel",
    ),
    "a block that does not exist": (
        "base.html", EXTENDS + "{% block foter %}{% endblock %}", 2, "Did you mean 'footer'?",
    ),
    "a template that does not exist": (
        "base.html", '{% extends "default/bas.html" %}', 1, "Did you mean 'default/base.html'?",
    ),
    "a file that replaces nothing": ("monografph.html", "<p>", 1, "Did you mean 'monograph.html'?"),
    "a division by zero": ("base.html", "{{ 1 / 0 }}", 1, "division by zero"),
}  # fmt: skip


def check(site: Site) -> list[dict[str, object]]:
    result = run_cli("check", "--format", "json", cwd=site.root)
    assert result.returncode in (0, 1), result.stderr
    findings = json.loads(result.stdout)["diagnostics"]
    return [finding for finding in findings if finding["code"] == "E041"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_once(tmp_path: Path, name: str) -> None:
    template, text, line, words = FAULTS[name]
    site = Site(tmp_path)
    site.write("drugs/examplin.md", PAGE)
    site.write(f"../templates/{template}", text)
    [finding] = check(site)
    assert finding["file"] == f"templates/{template}"
    assert (finding["line"], finding["severity"]) == (line, "error")
    assert words in f"{finding['message']} {finding['hint']}"


COPIES = {
    path.name: path.read_text(encoding="utf-8") + "{# changed #}"
    for path in sorted(default_folder().glob("*.html"))
}
SOUND = {
    "base.html": EXTENDS + "{% block footer_about %}{% include '_own.html' %}{% endblock %}",
    "_own.html": "{% if nothing is defined %}{{ nothing }}{% endif %}{{ page.title }} {{ '/'|url }}",
    "monograph.html": '{% extends "default/monograph.html" %}\n{% block facts %}'
    "{% block mine %}{{ monograph.title }}{% endblock %}{% endblock %}",
    "page.html": '{% include "none.html" ignore missing %}',
}


@pytest.mark.parametrize("templates", [{}, SOUND, COPIES], ids=["none", "own", "copies"])
def test_sound_templates_have_no_finding(tmp_path: Path, templates: dict[str, str]) -> None:
    site = Site(tmp_path)
    site.write("drugs/examplin.md", PAGE)
    site.write("about.md", "---\ntitle: About\nkind: page\n---\nText.\n")
    for name, text in templates.items():
        site.write(f"../templates/{name}", text)
    assert check(site) == []
    site.build()
