"""Every field of the front matter shows in what is built: none is read, kept and lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import tree
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.source.schema_front import FrontForm

SAMPLES = {
    "id": "id: other-id",
    "slug": "slug: other-slug",
    "permalink": "permalink: /elsewhere/",
    "kind": "kind: brand",
    "title": "title: Samplin",
    "description": "description: A sentence of its own.",
    "lang": "lang: fr",
    "names": "names: [Synonymin]",
    "generic_name": "generic_name: Genericin",
    "alternate_names": "alternate_names: [Alternatin]",
    "brands": "brands: [Brandix]",
    "ingredients": "ingredients: [Containin]",
    "generic_slug": "generic_slug: other",
    "combination_slug": "combination_slug: other",
    "strength": "strength: 5 mg",
    "company": "company: Acme Pharma",
    "form": "form: tablet",
    "pack_size": "pack_size: 10 tablets",
    "price": "price: {amount: 5, currency: INR}",
    "currency": "price: 5\ncurrency: EUR",
    "status": "status: withdrawn",
    "is_banned": "is_banned: true",
    "ban_reason": "is_banned: true\nban_reason: It was unsafe.",
    "alerts": "alerts: [Watch out for this.]",
    "audience": "audience: professional",
    "provenance": "provenance: human",
    "authors": "authors: [Ann Author]",
    "review": "review: submitted",
    "dates": "dates: {created: 2024-01-02}",
    "date": "date: 2024-01-02",
    "last_modified": "last_modified: 2024-01-02T03:04:05Z",
    "sources": "sources: [A source]",
    "references": "references: [A reference]",
    "faqs": "faqs: [{question: Is it safe?, answer: Yes.}]",
    "disclaimer": "disclaimer: A disclaimer of its own.",
    "question": "kind: article\nquestion: What is it?",
    "recommendation": "kind: article\nrecommendation: Do this.",
    "aliases": "aliases: [/old/]",
    "redirect_from": "redirect_from: [/older/]",
}
"""A value for each field, with what the field needs beside it."""
REASONS = {"ignore": "it suppresses findings, and findings are not published"}
"""Fields that show nowhere in the site, and why."""


def published(folder: Path, front: str) -> dict[str, bytes]:
    """The site of one drug with some front matter."""
    title = "" if "title:" in front else "title: Examplin\n"
    text = f"---\n{title}{front}\n---\n\n## Uses\n\nFor pain and fever.\n"
    (folder / "content/drugs").mkdir(parents=True)
    (folder / "content/drugs/examplin.md").write_text(text, encoding="utf-8")
    names = ("content", "templates", "build", "cache")
    options = Options("2025-06-30", *(folder / name for name in names), keep_going=True)
    assert build(options).published
    return {path: data for path, data in tree(options.output).items() if not path.startswith(".")}


def test_every_field_has_a_sample_or_a_reason() -> None:
    assert {*SAMPLES, *REASONS} == {*FrontForm.model_fields}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_field_shows(name: str, tmp_path: Path) -> None:
    sample = SAMPLES[name]
    without = "\n".join(line for line in sample.split("\n") if not line.startswith(f"{name}:"))
    assert published(tmp_path / "with", sample) != published(tmp_path / "without", without)
