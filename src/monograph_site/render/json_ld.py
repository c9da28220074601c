"""Pages → schema.org JSON-LD in them.

The data holds only what the source states, in properties that schema.org 30 has for the type
(https://schema.org/Drug). A Drug is also a schema.org Product, but no property of Product is used:
a monograph is not an offer. Clinical text is given only where a whole section is short. It is never
cut, because half a warning may say something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from ..config import Config
from ..loader.citations import without_citations
from ..model.monograph import Monograph, Reference, Section
from ..model.strings import collapse
from ..regex import regex
from ..site.addresses import absolute, origin
from ..site.site import Labelled, Link
from .persons import person
from .table_data import table_properties

MAX_TEXT = 700
"""Characters of a section in structured data; longer sections are left out."""

_TEXT_PROPERTIES = {
    "how_it_works": "mechanismOfAction",
    "pharmacology": "clinicalPharmacology",
    "warnings": "warning",
    "pregnancy": "pregnancyWarning",
    "breastfeeding": "breastfeedingWarning",
    "overdose": "overdosage",
    "food": "foodWarning",
    "alcohol": "alcoholWarning",
}
"""Properties of schema.org's Drug, by the key of the section that means the same."""
_DATE = regex(r"\d{4}-\d\d-\d\d")
_PUBLISHED = regex(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_STRENGTH = regex(r"(\d+(?:\.\d+)?)\s*((?![x×]\s*\d)(?:[^\W\d_]|%).{0,20})")
"""An amount and its unit. `1,000 mg`, `1/2 tablet` and `5 x 10^6 IU` do not match: to read 1 or 5
from them would change the dose."""
_ESCAPES = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")


def json_ld(monograph: Monograph, data: Mapping[str, Any], config: Config) -> str:
    """A page as schema.org JSON-LD, safe inside a script element; '' for plain pages and texts that
    are no monographs.

    `data` is the data of the page, of which `site`, `page`, `crumbs` and `ingredients` are used.
    """
    if monograph.not_a_monograph or monograph.kind == "page":
        return ""
    page, site = data["page"], data["site"]
    web_page = {
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
        "breadcrumb": _breadcrumb(data.get("crumbs", ()), page["url"], config),
        "citation": [_citation(reference) for reference in monograph.references],
    }
    if monograph.kind == "article":
        web_page["about"] = [{"@type": "Drug", "name": link.title} for link in data["ingredients"]]
    else:
        web_page["mainEntity"] = _stated(_drug(monograph, data["ingredients"]))
    return _as_script(web_page)


def website_json_ld(data: Mapping[str, Any]) -> str:
    """A home page as schema.org JSON-LD: the site and, where it has a search, how to search it.
    `data` is the data of the page; '' where no host is known, since addresses must be full ones."""
    page, site, search = data["page"], data["site"], data["search_url"]
    if not page["canonical"]:
        return ""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site["title"],
        "url": page["canonical"],
        "description": site["description"],
        "inLanguage": page["lang"],
        "publisher": _thing(
            "Organization", name=site["publisher"], url=_web(site["publisher_url"])
        ),
        "potentialAction": action if search else {},
    }
    return _as_script(website)


def _as_script(thing: dict[str, Any]) -> str:
    text = msgspec.json.encode(_stated(thing)).decode()
    for character, escaped in _ESCAPES:
        text = text.replace(character, escaped)  # faster than `translate`: few are there
    return text


def _breadcrumb(crumbs: Iterable[Labelled], page_url: str, config: Config) -> dict[str, Any]:
    """The way to a page from the home page; nothing where no host is known."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": crumb.label,
            "item": absolute(config, crumb.url or page_url),
        }
        for position, crumb in enumerate(crumbs, 1)
        if origin(config.base_url)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items} if items else {}


def _trust(monograph: Monograph) -> dict[str, Any]:
    """Who wrote and reviewed the text, and when. The date of an import is never given, and a review
    only if it approved the text."""
    review = monograph.review
    approved = review.status == "approved" and _DATE.match(review.on)
    # With any other origin it is not certain what a machine has done.
    by_machine = monograph.provenance.origin == "ai_generated"
    return {
        "medicalAudience": _audience(monograph.audience),
        "author": list(map(person, monograph.authors)),
        "dateCreated": monograph.dates.created,
        # Only a stated day of publication is one: a text may be published long after it was written.
        "datePublished": monograph.dates.publish_from,
        "dateModified": monograph.dates.changed,
        "lastReviewed": review.on if approved else "",
        "reviewedBy": list(map(person, review.by)) if approved else [],
        "digitalSourceType": "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
        if by_machine
        else "",
    }


def _audience(audience: str) -> dict[str, str]:
    """Nothing for `both`, which is the default of a text that states no audience."""
    kind = {"patient": "Patient", "professional": "Clinician"}.get(audience)
    return {"@type": "MedicalAudience", "audienceType": kind} if kind else {}


def _drug(monograph: Monograph, ingredients: Iterable[Link]) -> dict[str, Any]:
    brand = monograph.kind == "brand"
    generic = names_of(monograph, "generic")
    return {
        "@type": "Drug",
        "name": monograph.title,
        "alternateName": names_of(monograph, "alternate"),
        "nonProprietaryName": generic
        if brand
        else [name for name in generic if name != monograph.title],
        "proprietaryName": monograph.title if brand else names_of(monograph, "brand"),
        "isProprietary": True if brand else None,
        "activeIngredient": [link.title for link in ingredients],
        "availableStrength": _strengths(monograph),
        "dosageForm": monograph.product.form,
        "administrationRoute": list(monograph.product.routes),
        "legalStatus": _legal(monograph),
        **table_properties(monograph),
        **_short_texts(monograph),
    }


def _short_texts(monograph: Monograph) -> dict[str, str]:
    """The texts of short sections, by property. None where the page is about several drugs or its
    text has an error."""
    several_drugs = any(section.subject for section in monograph.sections)
    if several_drugs or any(alert.level == "fault" for alert in monograph.alerts):
        return {}
    found: dict[str, list[Section]] = {}
    for section in monograph.sections:
        if section.key in _TEXT_PROPERTIES and section.text.strip():
            found.setdefault(_TEXT_PROPERTIES[section.key], []).append(section)
    texts: dict[str, str] = {}
    for name, sections in found.items():
        if len(sections) == 1:
            text = sections[0].text
            if monograph.references:
                text = without_citations(text, sections[0].html)
            # The beginning of a long text is enough to know that it is one.
            whole = collapse(text[: MAX_TEXT + 100])
            if len(text) > MAX_TEXT + 100 and len(whole) <= MAX_TEXT:
                whole = collapse(text)
            if len(whole) <= MAX_TEXT:
                texts[name] = whole
    return texts


def _strengths(monograph: Monograph) -> list[dict[str, Any]]:
    ingredients, whole = monograph.ingredients, monograph.product.strength
    stated = [(each.name, each.strength) for each in ingredients if each.strength]
    if not stated and whole and len(ingredients) <= 1:
        stated = [(ingredients[0].name if ingredients else "", whole)]
    strengths = []
    for name, strength in stated:
        match = _STRENGTH.fullmatch(strength.strip())
        if match:
            value = float(match[1])
            strengths.append(
                _stated(
                    {
                        "@type": "DrugStrength",
                        "activeIngredient": name,
                        "strengthValue": int(value) if value.is_integer() else value,
                        "strengthUnit": match[2],
                    }
                )
            )
    return strengths


def _legal(monograph: Monograph) -> list[dict[str, Any]]:
    """The state, the kind of supply and the schedule, each as a status in the stated place."""
    status = monograph.status
    place = _thing("AdministrativeArea", name=status.jurisdiction)
    return [
        _stated({"@type": "DrugLegalStatus", "name": name, "applicableLocation": place})
        for name in (status.state, status.supply, status.schedule)
        if name
    ]


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


def names_of(monograph: Monograph, *roles: str) -> list[str]:
    """The names of a record that have one of these roles, each once."""
    return list(dict.fromkeys(name.text for name in monograph.names if name.role in roles))


def _thing(kind: str, **properties: str) -> dict[str, Any]:
    """A thing of a type with the properties that are not empty; {} where it has no name."""
    return _stated({"@type": kind, **properties}) if properties.get("name") else {}


def _web(url: str) -> str:
    return url if url.startswith(("https://", "http://")) else ""


def _stated(properties: dict[str, Any]) -> dict[str, Any]:
    """The properties that are not empty. A list of one value becomes that value, as in the examples
    of schema.org."""
    return {
        name: value[0] if type(value) is list and len(value) == 1 else value
        for name, value in properties.items()
        if value or isinstance(value, (int, float))
    }
