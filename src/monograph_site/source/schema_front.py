"""The form of the whole front matter, for pydantic: every top-level key that has a meaning."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import AliasChoices, BeforeValidator, Field

from .publication import FROM_KEYS, PUBLISHED_KEYS, UNTIL_KEYS
from .schema_forms import (
    AlertForm,
    BrandForm,
    ClassForm,
    CodesForm,
    DatesForm,
    FaqForm,
    Form,
    IngredientForm,
    NamesForm,
    PersonLike,
    PriceForm,
    ProvenanceForm,
    ReviewForm,
    SourceForm,
    StatusForm,
    StrengthForm,
    StrengthLike,
    as_price,
    taken_from,
)
from .schema_plain import IGNORED_KEYS
from .schema_values import (
    AtcCodes,
    Audience,
    Instant,
    Interval,
    Kind,
    Line,
    Many,
    Place,
    Text,
    short,
)


def _names(value: Any) -> Any:
    return {"synonyms": value} if isinstance(value, str | list) else value


class FrontForm(Form):
    """The whole front matter."""

    id: Annotated[Line, Place("address")] = ""
    slug: Annotated[Line, Place("address")] = ""
    permalink: Annotated[Line, Place("address")] = ""
    kind: Kind | None = None
    title: Annotated[Line, Place("title")] = Field(
        "", validation_alias=AliasChoices("title", "name")
    )
    description: Line = ""
    lang: Annotated[Line, Place("language")] = ""
    translation_of: Annotated[Line, Place("translation")] = taken_from(
        "translation_of translationOf translation-of", ""
    )
    pronunciation: Line = taken_from(
        "pronunciation pronounced phonetic phonetics phonetic_spelling phoneticSpelling"
        " pronunciation_guide pronunciationGuide",
        "",
    )
    names: Annotated[NamesForm, BeforeValidator(_names)] = NamesForm()
    generic_name: Many[Line] = taken_from(
        "generic_name genericName generic-name generic_names genericNames generic", ()
    )
    alternate_names: Many[Line] = taken_from(
        "alternate_names alternateNames alternative_names alternativeNames other_names otherNames"
        " synonyms also_known_as alsoKnownAs aka",
        (),
    )
    brands: Many[Annotated[BrandForm, BeforeValidator(short("name"))]] = taken_from(
        "brands brand_names brandNames brand_name brandName brand-name trade_names tradeNames"
        " trade_name tradeName",
        (),
    )
    classes: Many[Annotated[ClassForm, BeforeValidator(short("name"))]] = taken_from(
        "classes drug_class drugClass drug-class drug_classes drugClasses therapeutic_class"
        " therapeuticClass pharmacological_class pharmacologicalClass pharmacologic_class",
        (),
    )
    atc: AtcCodes = taken_from("atc atc_code atcCode atc_codes atcCodes ATC", ())
    codes: CodesForm = CodesForm()
    conditions: Many[Line] = taken_from("conditions condition treats", ())
    ingredients: Many[Annotated[IngredientForm, BeforeValidator(short("name"))]] = ()
    generic_slug: Annotated[Line, Place("drug", by_value=True)] = ""
    combination_slug: Annotated[Line, Place("combination", by_value=True)] = ""
    strength: StrengthLike = StrengthForm()
    company: Line = Field("", validation_alias=AliasChoices("company", "manufacturer"))
    form: Line = taken_from("form dosage_form dosageForm", "")
    routes: Many[Line] = taken_from(
        "routes route route_of_administration routeOfAdministration routes_of_administration"
        " routesOfAdministration administration_route administrationRoute administration_routes"
        " administrationRoutes",
        (),
    )
    pack_size: Line = taken_from("pack_size packSize", "")
    price: Annotated[PriceForm, BeforeValidator(as_price)] = PriceForm()
    currency: Line = ""
    status: Many[Annotated[StatusForm, BeforeValidator(short("state"))]] = ()
    legal_status: Line = taken_from(
        "legal_status legalStatus legal-status legal_category legalCategory legal_classification"
        " legalClassification prescription_status prescriptionStatus supply supply_status"
        " supplyStatus",
        "",
    )
    schedule: Line = taken_from(
        "schedule drug_schedule drugSchedule controlled_drug_schedule controlledDrugSchedule"
        " controlled_substance_schedule controlledSubstanceSchedule csa_schedule csaSchedule"
        " dea_schedule deaSchedule",
        "",
    )
    is_banned: bool | None = None
    ban_reason: Text = ""
    alerts: Many[Annotated[AlertForm, BeforeValidator(short("text"))]] = ()
    audience: Audience | None = None
    provenance: Annotated[ProvenanceForm, BeforeValidator(short("origin"))] | None = None
    authors: Many[PersonLike] = Field((), validation_alias=AliasChoices("authors", "author"))
    review: Annotated[ReviewForm, BeforeValidator(short("status"))] | None = None
    reviewed_by: Many[PersonLike] = taken_from(
        "reviewed_by reviewedBy reviewed-by reviewer reviewers medically_reviewed_by"
        " medicallyReviewedBy medical_reviewer medicalReviewer",
        (),
    )
    reviewed_on: Annotated[Instant, Place("review")] = taken_from(
        "last_reviewed lastReviewed last-reviewed last_reviewed_on lastReviewedOn reviewed_on"
        " reviewedOn reviewed-on review_date reviewDate review-date last_review lastReview"
        " date_reviewed dateReviewed reviewed",
        "",
    )
    next_review: Annotated[Instant, Place("next review")] = taken_from(
        "next_review nextReview next-review next_review_date nextReviewDate review_due reviewDue"
        " review_by",
        "",
    )
    review_in: Interval = taken_from("review_in reviewIn review_interval reviewInterval", "")
    date: Annotated[Instant, Place("created")] = ""
    dates: DatesForm = DatesForm()
    last_modified: Annotated[Instant, Place("imported")] = Field(
        "", validation_alias=AliasChoices("lastModified", "last_modified")
    )
    publish_from: Instant = taken_from(" ".join(FROM_KEYS), "")
    publish_until: Instant = taken_from(" ".join(UNTIL_KEYS), "")
    sources: Many[Annotated[SourceForm, BeforeValidator(short("title"))]] = ()
    references: Many[Annotated[SourceForm, BeforeValidator(short("title"))]] = ()
    faqs: Many[FaqForm] = ()
    disclaimer: Text = ""
    question: Text = ""
    recommendation: Text = ""
    aliases: Annotated[Many[Line], Place("alias", by_value=True)] = ()
    redirect_from: Annotated[Many[Line], Place("alias", by_value=True)] = ()
    ignore: Many[Line] = Field((), validation_alias=AliasChoices("ignore", "accept"))

    ignored: ClassVar[frozenset[str]] = IGNORED_KEYS
    """Keys for another site generator, without meaning for readers."""
    also_known: ClassVar[frozenset[str]] = (
        ignored
        | PUBLISHED_KEYS
        | frozenset(
            "forms monitoring_programme disclosures changes feedback"
            " translated_from_digest canonical tags categories side_effects"
            " interactions dose indications contraindications warnings precautions cautions dosage dosing"
            " uses usage mechanism mechanism_of_action pharmacology pregnancy breastfeeding lactation"
            " overdose storage monitoring administration key_points summary sideEffects"
            " mechanismOfAction keyPoints drugInteractions doses prices drug_interactions"
            " adverse_effects adverseEffects".split()
        )
    )
