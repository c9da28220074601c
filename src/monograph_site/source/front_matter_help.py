"""What each key of front matter means, for editors and forms."""

from __future__ import annotations

HELP = {
    "id": "The name of the page in its address; without it, the name of the file.",
    "slug": "The name of the page in its address; without it, the name of the file.",
    "permalink": "The address of the page, such as /drugs/examplin/.",
    "kind": "What the page is about: drug, combination, brand, article or page. Without it, the folder says so.",
    "title": "The name of the medicine, or the title of the page.",
    "description": "One sentence of at most 160 characters, shown under the title and by search engines.",
    "lang": "The language of the page, such as en or pt-BR; without it, that of the site.",
    "translation_of": "The page that this one translates: its slug or file.",
    "pronunciation": "How the title is spoken, such as par a SEE ta mol; shown under it.",
    "names": "Other names of the medicine.",
    "names.inn": "International nonproprietary names.",
    "names.usan": "Names adopted in the United States.",
    "names.ban": "British approved names.",
    "names.synonyms": "Other names.",
    "names.misspellings": "Misspelt names that readers may look for. They are not shown.",
    "generic_name": "The generic name.",
    "alternate_names": "Other names.",
    "brands": "Brands that contain the medicine.",
    "brands.name": "The name of the brand.",
    "brands.company": "The company that sells it.",
    "brands.country": "Where it is sold.",
    "classes": "Classes of medicines that it belongs to.",
    "classes.name": "The name of the class.",
    "classes.scheme": "The classification, such as atc.",
    "classes.code": "The code of the class in it.",
    "atc": "ATC codes, such as N02BE01.",
    "codes": "Codes of classifications.",
    "codes.atc": "ATC codes, such as N02BE01.",
    "conditions": "Conditions that it treats.",
    "ingredients": "The active ingredients.",
    "ingredients.name": "The name of the ingredient.",
    "ingredients.ref": "The file name of its page, without .md.",
    "ingredients.strength": "How much of it there is, such as 500 mg.",
    "generic_slug": "The medicine in this brand: the file name of its page, without .md.",
    "combination_slug": "The combination in this brand: the file name of its page, without .md.",
    "strength": "The strength of the product, such as 500 mg.",
    "strength.value": "The number.",
    "strength.unit": "The unit, such as mg.",
    "strength.per": "What it is for one of, such as ml.",
    "company": "The company that sells the product.",
    "form": "The dosage form, such as tablet.",
    "routes": "Ways in which it is given, such as oral.",
    "pack_size": "How much is in a pack, such as 20 tablets.",
    "price": "The price of a pack, such as INR 120.50.",
    "price.amount": "The amount, such as 120.50.",
    "price.currency": "The three letters of the currency, such as INR.",
    "currency": "The three letters of the currency of the price, such as INR.",
    "status": "Whether the medicine may be sold.",
    "status.state": "The legal state.",
    "status.reason": "Why, for a medicine that is banned or withdrawn.",
    "status.jurisdiction": "Where: a country code such as GB, or EU.",
    "status.reference": "The decision or notification, such as GSR 578(E).",
    "status.supply": "To whom it may be supplied: rx, otc, pharmacy, controlled, or words of your own.",
    "status.schedule": "The schedule of the law that it is in, such as CD2, C-IV or H1.",
    "legal_status": "To whom it may be supplied: rx, otc, pharmacy, controlled, or words of your own.",
    "schedule": "The schedule of the law that it is in, such as CD2, C-IV or H1.",
    "is_banned": "Whether the medicine is banned.",
    "ban_reason": "Why it is banned.",
    "alerts": "Warnings that come before everything else on the page.",
    "alerts.level": "The kind of warning.",
    "alerts.heading": "Its heading.",
    "alerts.text": "Its text, in Markdown.",
    "audience": (
        "Whom the page is for: patient, professional or both; or whom its sections are for, by section "
        "key: {dose: professional, how_to_take: patient}."
    ),
    "provenance": "Where the text comes from.",
    "provenance.origin": "Who wrote it.",
    "provenance.tool": "The tool that wrote it or helped.",
    "provenance.on": "When, such as 2025-01-31.",
    "provenance.statement": "What the source says about its origin.",
    "authors": "Who wrote the page.",
    "authors.name": "The name.",
    "authors.credentials": "Degrees and titles, such as MPharm.",
    "authors.role": "The role, such as lead pharmacist.",
    "review": "The state of the review.",
    "review.status": "How far the review has come. An approval needs `by` and `on`.",
    "review.by": "Who reviewed the page.",
    "review.on": "When it was reviewed, such as 2025-01-31.",
    "review.next_due": "When the next review is due, such as 2028-01-31.",
    "review.interval": "How long the review holds, such as 12 months.",
    "reviewed_by": "Who reviewed the page.",
    "reviewed_on": "When it was reviewed, such as 2025-01-31.",
    "next_review": "When the next review is due, such as 2028-01-31.",
    "review_in": "How long the review holds, such as 12 months.",
    "date": "When the page was first published, such as 2025-01-31.",
    "dates": "Dates of the content.",
    "dates.created": "When the page was first published.",
    "dates.content_changed": "When the content last changed.",
    "last_modified": "A time stamp that a machine wrote; shown as the date of import.",
    "publish_from": "The page is not published before this day.",
    "publish_until": "The page is not published from this day on.",
    "sources": "What the text rests on; cited as [^key].",
    "sources.key": "The name by which the text cites it, as in [^label].",
    "sources.title": "Its title.",
    "sources.organisation": "Who publishes it.",
    "sources.type": "What it is.",
    "sources.url": "Its address.",
    "sources.doi": "Its DOI.",
    "sources.pmid": "Its number in PubMed.",
    "sources.edition": "Its edition.",
    "sources.published": "When it was published.",
    "sources.accessed": "When it was read, such as 2025-01-31.",
    "sources.evidence": "Its level of evidence.",
    "sources.evidence.level": "The level, such as 2b.",
    "sources.evidence.scheme": "The scale, such as ocebm or grade.",
    "references": "What the text rests on; cited as [^key].",
    "faqs": "Questions and answers; better written in the text, under `## Frequently asked questions`.",
    "faqs.question": "The question.",
    "faqs.answer": "The answer, in Markdown.",
    "disclaimer": "The disclaimer of this page, in Markdown; without it, that of the site.",
    "question": "The clinical question that the article answers.",
    "recommendation": "The answer in one or two sentences.",
    "aliases": "Former addresses. They redirect to this page.",
    "redirect_from": "Former addresses. They redirect to this page.",
    "ignore": "Findings that are not reported for this file: codes or names.",
    "doses": "Doses as data: indication, population, route, dose, frequency, maximum, note.",
    "side_effects": "Side effects as data: effect, frequency, serious, note.",
    "interactions": "Interactions as data: substance, severity, effect, management, note.",
    "prices": "Prices as data: region, currency, amount, pack, date.",
    "draft": "Whether the page is kept from readers.",
}
"""By path of the field. Forms that are used in several places have it in the first."""
_SHARED = (
    ("ingredients.strength.", "strength."),
    ("references.", "sources."),
    ("review.by.", "authors."),
    ("reviewed_by.", "authors."),
)

KEYS_OF_KINDS = {
    "drug": (
        "title pronunciation description alternate_names brands classes atc conditions routes status"
        " legal_status schedule audience provenance authors review sources aliases disclaimer"
    ).split(),
    "combination": (
        "title pronunciation description alternate_names brands ingredients classes atc conditions"
        " routes status legal_status schedule audience provenance authors review sources aliases disclaimer"
    ).split(),
    "brand": (
        "title pronunciation description generic_slug combination_slug ingredients strength form routes"
        " company pack_size price status legal_status schedule audience provenance authors review"
        " sources aliases disclaimer"
    ).split(),
    "article": (
        "title description question recommendation audience provenance authors review references"
        " aliases disclaimer"
    ).split(),
    "page": "title description aliases".split(),
}
"""The fields of each kind of page, in the order of forms."""


def help_for(path: str) -> str:
    """What a field means, by its path (`sources.title`); '' where that is not written."""
    for prefix, first in _SHARED:
        if path.startswith(prefix):
            path = first + path.removeprefix(prefix)
            break
    return HELP.get(path, "")
