"""Every field of the front matter, at every depth, shows on its page or in its index.json: none is
read, kept and lost."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest

from monograph_site.build.load import load_source
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.config import Config
from monograph_site.model.monograph import Monograph
from monograph_site.model.source import Source
from monograph_site.source.schema_forms import Form
from monograph_site.source.schema_front import FrontForm

KINDS = ("drug", "combination", "brand", "article", "page", "no monograph")
"""Kinds of content, and a drug whose text has no section, so that its page is a notice."""
REFERENCE = "sources: [{{title: A source, {}}}]"
STATUS = "status: [{{state: withdrawn, {}}}]"
REVIEW = "review: {{status: in_review, {}}}"
SAMPLES = {
    "id": ("id: other-id", '"id":"other-id"'),
    "title": ("title: Samplin", "Samplin"),
    "description": ("description: A sentence of its own.", "A sentence of its own."),
    "lang": ("lang: fr", '<html lang="fr">'),
    "pronunciation": ("pronunciation: sam PLIN", "sam PLIN"),
    "names.inn": ("names: {inn: [Innine]}", "Innine"),
    "names.usan": ("names: {usan: [Usanine]}", "Usanine"),
    "names.ban": ("names: {ban: [Banine]}", "Banine"),
    "names.synonyms": ("names: {synonyms: [Synonymin]}", "Synonymin"),
    "names.misspellings": ("names: {misspellings: [Mispeld]}", "Mispeld"),
    "generic_name": ("generic_name: Genericin", "Genericin"),
    "alternate_names": ("alternate_names: [Alternatin]", "Alternatin"),
    "brands.name": ("brands: [Brandix]", "Brandix"),
    "brands.company": ("brands: [{name: Brandix, company: Brand Pharma}]", "Brand Pharma"),
    "brands.country": ("brands: [{name: Brandix, country: Brandland}]", "Brandland"),
    "ingredients.name": ("ingredients: [Containin]", "Containin"),
    "ingredients.ref": ("ingredients: [{name: Containin, ref: contain-ref}]", "contain-ref"),
    "ingredients.strength.value": ("ingredients: [{name: Containin, strength: 77}]", "77"),
    "ingredients.strength.unit": (
        "ingredients: [{name: Containin, strength: {value: 77, unit: units}}]",
        "77 units",
    ),
    "ingredients.strength.per": (
        "ingredients: [{name: Containin, strength: {value: 77, unit: units, per: spoon}}]",
        "77 units/spoon",
    ),
    "generic_slug": (
        "ingredients: [Containin]\ngeneric_slug: other-generic\ncombination_slug: other",
        "other-generic",
    ),
    "combination_slug": (
        "ingredients: [Containin]\ncombination_slug: other-combination",
        "other-combination",
    ),
    "strength.value": ("strength: 78", "78"),
    "strength.unit": ("strength: {value: 78, unit: units}", "78 units"),
    "strength.per": ("strength: {value: 78, unit: units, per: spoon}", "78 units/spoon"),
    "company": ("company: Acme Pharma", "Acme Pharma"),
    "form": ("form: lozenge", "lozenge"),
    "routes": ("route: [nasal, rectal]", "rectal"),
    "pack_size": ("pack_size: 79 lozenges", "79 lozenges"),
    "price.amount": ("price: {amount: 80.5, currency: INR}", "80.50"),
    "price.currency": ("price: {amount: 80.5, currency: INR}", "INR 80.50"),
    "currency": ("price: 81\ncurrency: EUR", "EUR 81"),
    "status.state": ("status: withdrawn", "has been withdrawn"),
    "status.reason": (STATUS.format("reason: It was unsafe."), "It was unsafe."),
    "status.jurisdiction": (STATUS.format("jurisdiction: Nowhereland"), "Nowhereland"),
    "status.reference": (STATUS.format("reference: Gazette 82"), "Gazette 82"),
    "status.supply": (STATUS.format("supply: From wholesalers"), "From wholesalers"),
    "status.schedule": (STATUS.format("schedule: CD84"), "CD84"),
    "legal_status": ("legalStatus: From wholesalers", "From wholesalers"),
    "schedule": ("csa_schedule: C-85", "C-85"),
    "is_banned": ("is_banned: true", "is banned"),
    "ban_reason": (
        "status: [{state: banned, reason: It was unsafe.}]\nban_reason: It was unlawful.",
        "It was unlawful.",
    ),
    "alerts.level": ("alerts: [{level: shortage, text: Few are left.}]", "Shortage"),
    "alerts.heading": ("alerts: [{heading: Be careful, text: Few are left.}]", "Be careful"),
    "alerts.text": ("alerts: [Few are left.]", "Few are left."),
    "audience": ("audience: patient", "For patients"),
    "provenance.origin": ("provenance: human", "Written by a person"),
    "provenance.tool": ("provenance: {origin: imported, tool: A tool}", "A tool"),
    "provenance.on": ("provenance: {origin: imported, on: 2024-01-02}", "2024-01-02"),
    "provenance.statement": ("provenance: {origin: imported, statement: By us.}", "By us."),
    "authors.name": ("authors: [Ann Author]", "Ann Author"),
    "authors.credentials": ("authors: [{name: Ann Author, credentials: MPharm}]", "MPharm"),
    "authors.role": ("authors: [{name: Ann Author, role: main author}]", "main author"),
    "review.status": ("review: in_review", "Being reviewed"),
    "review.by.name": (REVIEW.format("by: [Rae Viewer]"), "Rae Viewer"),
    "review.by.credentials": (
        REVIEW.format("by: [{name: Rae Viewer, credentials: MPharm}]"),
        "MPharm",
    ),
    "review.by.role": (REVIEW.format("by: [{name: Rae Viewer, role: main reviewer}]"), "main re"),
    "review.on": (REVIEW.format("on: 2024-01-03"), "2024-01-03"),
    "review.next_due": (REVIEW.format("next_due: 2031-01-04"), "2031-01-04"),
    "review.interval": (REVIEW.format("next_due: 2031-01-04, interval: 3 years"), "3 years"),
    "reviewed_by.name": ("reviewed_by: [Rae Viewer]", "Rae Viewer"),
    "reviewed_by.credentials": ("reviewer: {name: Rae, credentials: MPharm}", "MPharm"),
    "reviewed_by.role": ("reviewer: {name: Rae, role: main reviewer}", "main reviewer"),
    "reviewed_on": ("last_reviewed: 2024-01-03", "2024-01-03"),
    "next_review": ("reviewed_by: Rae\nnext_review: 2031-01-04", "2031-01-04"),
    "review_in": ("review_in: 3 years", "3 years"),
    "dates.created": ("dates: {created: 2024-01-05}", "2024-01-05"),
    "dates.content_changed": ("dates: {content_changed: 2024-01-06}", "2024-01-06"),
    "date": ("date: 2024-01-07\ndates: {created: 2024-01-05}", "2024-01-07"),
    "last_modified": ("last_modified: 2024-01-08T03:04:05Z", "2024-01-08"),
    "sources.key": (REFERENCE.format("key: my-key"), "my-key"),
    "sources.title": ("sources: [A source]", "A source"),
    "sources.organisation": (REFERENCE.format("organisation: A body"), "A body"),
    "sources.type": (REFERENCE.format("type: guideline"), "Guideline"),
    "sources.url": (REFERENCE.format('url: "https://x.example/u"'), "https://x.example/u"),
    "sources.doi": (REFERENCE.format("doi: 10.1000/182"), "10.1000/182"),
    "sources.pmid": (REFERENCE.format('pmid: "123456"'), "123456"),
    "sources.edition": (REFERENCE.format("edition: 3rd edition"), "3rd edition"),
    "sources.published": (REFERENCE.format("published: 2017"), "Published 2017"),
    "sources.accessed": (REFERENCE.format("accessed: 2016-06-06"), "2016-06-06"),
    "sources.evidence.level": (REFERENCE.format("evidence: 2b"), "Evidence level 2b"),
    "sources.evidence.scheme": (
        REFERENCE.format("evidence: {level: 2b, scheme: Our scale}"),
        "Our scale",
    ),
    "faqs.question": ("faqs: [{question: Is it safe?, answer: It is.}]", "Is it safe?"),
    "faqs.answer": ("faqs: [{question: Is it safe?, answer: It is.}]", "It is."),
    "classes.name": ("classes: [{name: Examplary agents}]", "Examplary agents"),
    "classes.scheme": (
        "classes: [{name: Examplary agents, scheme: our scheme}]",
        "Examplary agents",
    ),
    "classes.code": ("classes: [{scheme: atc, code: N02BE01}]", "N02BE01"),
    "atc": ("atc: N02BE02", "N02BE02"),
    "codes.atc": ("codes: {atc: N02BE03}", "N02BE03"),
    "conditions": ("conditions: [Examplary pain]", "Examplary pain"),
    "disclaimer": ("disclaimer: A disclaimer of its own.", "A disclaimer of its own."),
    "question": ("question: What is it?", "What is it?"),
    "recommendation": ("recommendation: Do this.", "Do this."),
}
"""A value for each field, with what the field needs beside it, and the text that shows it."""
SAMPLES |= {
    name.replace("sources.", "references."): (front.replace("sources:", "references:"), text)
    for name, (front, text) in SAMPLES.items()
    if name.startswith("sources.")
}
DIGEST = re.compile(r'integrity="[^"]*"|\b[0-9a-f]{8,}\b')
"""What is different for each state of the theme, and may have any figures in it."""
REASONS = {
    "kind": "it chooses the page's template and address",
    "slug": "it is the address of the page",
    "permalink": "it is the address of the page",
    "aliases": "each is the address of a page that leads to this one",
    "redirect_from": "each is the address of a page that leads to this one",
    "publish_from": "the page is not published before this day",
    "publish_until": "the page is not published from this day on",
    "translation_of": "it links the page to that of another language",
    "ignore": "it suppresses findings, and findings are not published",
}
"""Fields that do not show on their page, and why."""
OF_THE_BODY = {"path", "note", "not_a_monograph"}
"""Fields of a record that no front matter states."""


def leaves(form: type[Form], prefix: str = "") -> Iterator[str]:
    """The dotted names of the fields of a form, and of the forms in it."""
    for name, info in form.model_fields.items():
        inner = next(_forms(info.annotation), None)
        yield from leaves(inner, f"{prefix}{name}.") if inner else (prefix + name,)


def _forms(annotation: Any) -> Iterator[type[Form]]:
    if isinstance(annotation, type) and issubclass(annotation, Form):
        yield annotation
    for part in get_args(annotation):
        yield from _forms(part)


def content_file(front: str, kind: str, number: int = 0) -> str:
    title = "" if front.startswith("title:") else f"title: Examplin{number}\n"
    heading = "" if kind == "no monograph" else "## Uses\n\n"
    kind = "drug" if kind == "no monograph" else kind
    return f"---\n{title}kind: {kind}\n{front}\n---\n\n{heading}For pain and fever.\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Mapping[str, str]]:
    """`published("drug")`: what is published of a file of this kind with each sample, by the name
    of its field; under '' without any."""

    @cache
    def of_kind(kind: str) -> Mapping[str, str]:
        folder = tmp_path_factory.mktemp(kind)
        (folder / "content").mkdir()
        names = ["", *SAMPLES]
        for number, name in enumerate(names):
            front = SAMPLES[name][0] if name else ""
            front += f"\npermalink: /of/{number}/"
            text = content_file(front, kind, number)
            (folder / f"content/f{number}.md").write_text(text, encoding="utf-8")
        parts = ("content", "templates", "build", "cache")
        options = Options("2025-06-30", *(folder / part for part in parts), keep_going=True)
        assert build(options).published
        return {name: _text(options.output / f"of/{at}") for at, name in enumerate(names)}

    return of_kind


def _text(folder: Path) -> str:
    page, data = (folder / name for name in ("index.html", "index.json"))
    visible = re.sub(r"<script.*?</script>", "", page.read_text("utf-8"), flags=re.DOTALL)
    text = html.unescape(visible) + data.read_text("utf-8")
    return DIGEST.sub("", text)


def test_every_field_has_a_sample_or_a_reason() -> None:
    assert {*SAMPLES, *REASONS} == {*leaves(FrontForm)}
    assert not {*SAMPLES} & {*REASONS}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_field_shows(name: str, kind: str, published: Callable[[str], Mapping[str, str]]) -> None:
    text = SAMPLES[name][1]
    assert text not in published(kind)[""]
    assert text in published(kind)[name]


def test_every_field_of_the_record_is_stated_by_a_sample() -> None:
    def record(front: str, kind: str = "drug") -> Monograph:
        text = content_file(front, kind)
        monograph = load_source(Source("drugs/x.md", text), Config()).monograph
        assert monograph is not None
        return monograph

    others = ["draft: true", "slug: y", "permalink: /y/", "aliases: [/z/]", "own_key: An own key"]
    others.append("translation_of: y")
    others.append("doses: [{dose: 5 mg}]")
    records = [record(front) for front in (*others, *(front for front, _ in SAMPLES.values()))]
    records.append(record("", "brand"))
    unstated = {
        name
        for name in Monograph.__struct_fields__
        if all(getattr(one, name) == getattr(record(""), name) for one in records)
    }
    assert unstated == OF_THE_BODY


def test_the_strength_of_an_ingredient_shows_where_the_title_names_more(tmp_path: Path) -> None:
    text = "---\ntitle: A + B\ningredients: [{name: A, strength: 83 mg}]\n---\n\n## Uses\n\nPain.\n"
    (tmp_path / "content/combinations").mkdir(parents=True)
    (tmp_path / "content/combinations/ab.md").write_text(text, encoding="utf-8")
    parts = ("content", "templates", "build", "cache")
    options = Options("2025-06-30", *(tmp_path / part for part in parts), keep_going=True)
    build(options)
    assert "83 mg" in _text(options.output / "combinations/ab")
