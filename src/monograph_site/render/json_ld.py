"""Monograph → data for machines: schema.org JSON-LD in the page, and the index.json beside it.

Only what the source states, only properties schema.org 30 has for the type. A Drug is also a
schema.org Product: no Product property is ever used, since prices and makers here are quotations
and no offer. Clinical text is given only where a whole section is short; nothing is cut, because
half a warning is another statement.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..loader.citations import without_citations
from ..model.monograph import Monograph, Reference
from ..site.site import Link

MAX_TEXT = 700
"""Characters of a section that still stand in structured data; longer ones are left out."""

_TEXTS = {
    "how_it_works": "mechanismOfAction",
    "pharmacology": "clinicalPharmacology",
    "warnings": "warning",
    "pregnancy": "pregnancyWarning",
    "breastfeeding": "breastfeedingWarning",
    "overdose": "overdosage",
    "food": "foodWarning",
    "alcohol": "alcoholWarning",
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PUBLISHED = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_STRENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*((?![x×]\s*\d)(?:[^\W\d_]|%).{0,20})")
"""An amount and its unit. `1,000 mg`, `1/2 tablet` and `5 x 10^6 IU` are none: to read them as 1 or
5 would change the dose."""
_IN_HTML = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(monograph: Monograph, data: Mapping[str, Any]) -> str:
    """The page as schema.org JSON-LD, safe inside a script element; '' for plain pages and texts
    that are no monograph.

    `data` is what the page's template sees: `site`, `page` and `ingredients` are used.
    """
    if monograph.not_a_monograph or monograph.kind == "page":
        return ""
    page, site = data["page"], data["site"]
    made = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": page["canonical"],
        "name": monograph.title,
        "description": monograph.description,
        "inLanguage": monograph.lang or site["language"],
        "isPartOf": {"@type": "WebSite", "name": site["title"]},
        "publisher": _thing(
            "Organization", name=site["publisher"], url=_web(site["publisher_url"])
        ),
        **_trust(monograph),
        "citation": [_citation(reference) for reference in monograph.references],
    }
    if monograph.kind == "article":
        made["about"] = [{"@type": "Drug", "name": link.title} for link in data["ingredients"]]
    else:
        made["mainEntity"] = _stated(_drug(monograph, data["ingredients"]))
    return json.dumps(_stated(made), ensure_ascii=False, separators=(",", ":")).translate(_IN_HTML)


def monograph_json(monograph: Monograph, data: Mapping[str, Any]) -> dict[str, Any]:
    """The index.json of a monograph or article. `data` has `url`, `ingredients` (links) and
    `disclaimers`."""
    statement = monograph.disclaimer or next(iter(data["disclaimers"]), None)
    return {
        "id": monograph.id,
        "kind": monograph.kind,
        "title": monograph.title,
        "url": data["url"],
        "description": monograph.description,
        "lang": monograph.lang or None,
        "names": _names(monograph, "generic", "alternate", "brand"),
        "ingredients": [{"title": link.title, "url": link.url} for link in data["ingredients"]],
        "status": monograph.status.state or None,
        "review": monograph.review.status,
        "provenance": monograph.provenance.origin,
        "dates": {
            name: getattr(monograph.dates, name) or None
            for name in ("created", "changed", "imported")
        },
        "rejected": monograph.not_a_monograph,
        "sections": [
            {
                "key": part.key,
                "heading": part.heading,
                "subject": part.subject,
                "html": part.html,
                "text": part.text,
            }
            for part in monograph.sections
        ],
        "faqs": [
            {
                "id": faq.id,
                "question": faq.question,
                "answer_html": faq.answer_html,
                "answer_text": faq.answer_text,
                "subject": faq.subject,
            }
            for faq in monograph.faqs
        ],
        "disclaimer": statement.text if statement else None,
        "disclaimer_origin": statement.origin if statement else None,
        "note": monograph.note.text if monograph.note else None,
        "references": [_reference(reference) for reference in monograph.references],
        "source": monograph.path,
    }


def _trust(monograph: Monograph) -> dict[str, Any]:
    """Who wrote and reviewed it and when: never an import's date, and a review only where one was
    passed."""
    review = monograph.review
    passed = review.status == "approved" and _DATE.match(review.on)
    certain = (
        monograph.provenance.origin == "ai_generated"
    )  # every other origin leaves open what a machine did
    return {
        "medicalAudience": _audience(monograph.audience),
        "author": [{"@type": "Person", "name": name} for name in monograph.authors],
        "datePublished": monograph.dates.created,
        "dateModified": monograph.dates.changed,
        "lastReviewed": review.on if passed else "",
        "reviewedBy": [{"@type": "Person", "name": name} for name in review.by] if passed else [],
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
        if certain
        else "",
    }


def _audience(audience: str) -> dict[str, str]:
    """`both` is what a text that says nothing gets, so it is no statement to pass on."""
    kind = {"patient": "Patient", "professional": "Clinician"}.get(audience)
    return {"@type": "MedicalAudience", "audienceType": kind} if kind else {}


def _drug(monograph: Monograph, ingredients: Iterable[Link]) -> dict[str, Any]:
    brand = monograph.kind == "brand"
    generic = _names(monograph, "generic")
    return {
        "@type": "Drug",
        "name": monograph.title,
        "alternateName": _names(monograph, "alternate"),
        "nonProprietaryName": generic
        if brand
        else [name for name in generic if name != monograph.title],
        "proprietaryName": monograph.title if brand else _names(monograph, "brand"),
        "isProprietary": True if brand else None,
        "activeIngredient": [link.title for link in ingredients],
        "availableStrength": _strengths(monograph),
        "dosageForm": monograph.product.form,
        "legalStatus": _legal(monograph),
        **_texts(monograph),
    }


def _texts(monograph: Monograph) -> dict[str, str]:
    """Short sections under the property that means the same. Not on pages of several drugs, nor
    from faulty texts."""
    if any(section.subject for section in monograph.sections) or any(
        one.level == "fault" for one in monograph.alerts
    ):
        return {}
    found: dict[str, list[str]] = {}
    for section in monograph.sections:
        if section.key in _TEXTS and section.text.strip():
            found.setdefault(_TEXTS[section.key], []).append(
                " ".join(
                    (
                        without_citations(section.text, section.html)
                        if monograph.references
                        else section.text
                    ).split()
                )
            )
    return {
        name: texts[0]
        for name, texts in found.items()
        if len(texts) == 1 and len(texts[0]) <= MAX_TEXT
    }


def _strengths(monograph: Monograph) -> list[dict[str, Any]]:
    stated = [(one.name, one.strength) for one in monograph.ingredients if one.strength]
    if not stated and monograph.product.strength and len(monograph.ingredients) <= 1:
        stated = [(one.name, monograph.product.strength) for one in monograph.ingredients] or [
            ("", monograph.product.strength)
        ]
    found = []
    for name, strength in stated:
        match = _STRENGTH.fullmatch(strength.strip())
        if match:
            value = float(match[1])
            found.append(
                _stated(
                    {
                        "@type": "DrugStrength",
                        "activeIngredient": name,
                        "strengthValue": int(value) if value.is_integer() else value,
                        "strengthUnit": match[2],
                    }
                )
            )
    return found


def _legal(monograph: Monograph) -> dict[str, Any]:
    status = monograph.status
    if not status.state:
        return {}
    place = _thing("AdministrativeArea", name=status.jurisdiction)
    return _stated({"@type": "DrugLegalStatus", "name": status.state, "applicableLocation": place})


def _citation(reference: Reference) -> dict[str, Any]:
    return _stated(
        {
            "@type": "CreativeWork",
            "name": reference.title or reference.key,
            "url": _web(reference.url),
            "publisher": _thing("Organization", name=reference.organisation),
            "datePublished": reference.published
            if _PUBLISHED.fullmatch(reference.published)
            else "",
        }
    )


def _reference(reference: Reference) -> dict[str, Any]:
    names = ("key", "title", "organisation", "type", "url", "published", "accessed", "evidence")
    values = {name: getattr(reference, name) or None for name in names}
    return {"id": reference.id, "number": reference.number, **values}


def _names(monograph: Monograph, *roles: str) -> list[str]:
    return list(dict.fromkeys(name.text for name in monograph.names if name.role in roles))


def _thing(kind: str, **properties: str) -> dict[str, Any]:
    """A thing of a type with what is known of it; {} when it has no name."""
    return _stated({"@type": kind, **properties}) if properties.get("name") else {}


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _stated(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that say something. Lists of one become that one, as schema.org's own examples
    have it."""
    kept = {name: value for name, value in properties.items() if value not in ("", None, [], {})}
    return {
        name: value[0] if isinstance(value, list) and len(value) == 1 else value
        for name, value in kept.items()
    }
