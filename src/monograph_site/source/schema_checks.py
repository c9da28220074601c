"""Front matter against its forms: the fields of what is right, and the findings on the values."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace
from pydantic import ValidationError

from ..model.finding import Finding
from ..model.source import Source
from ..model.suggest import did_you_mean, is_typing_error
from .findings_front_matter import CONTRADICTION, PRICE_IN_PART, SAME_KEY, UNKNOWN_KEY
from .front_matter import FrontMatter
from .publication import is_draft_status
from .schema import Fields
from .schema_conversion import fields_of, leftovers, price_of
from .schema_errors import key_path
from .schema_foreign import Foreign, ForeignValue
from .schema_forms import Form
from .schema_front import FrontForm
from .schema_texts import label_of_path, plain
from .section_audiences import is_by_section, wrong_section_audiences


def checked(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Finding, ...]]:
    """See `schema.read_fields`."""
    data, foreign = front.data, Foreign(front, source)
    if is_draft_status(data.get("status")):  # no status of a medicine; `Fields.draft` has it
        data = {key: value for key, value in data.items() if key != "status"}
    audience_findings: tuple[Finding, ...] = ()
    if is_by_section(data.get("audience")):
        wrong, audience_findings = wrong_section_audiences(data["audience"], front, source)
        foreign.values += [ForeignValue(("audience", key), wrong[key]) for key in wrong]
        data = {key: value for key, value in data.items() if key != "audience"}
    while True:
        try:
            form = FrontForm.model_validate(data)
            break
        except ValidationError as error:
            # Again without the wrong values. Without one spelling of a key another is read, and may
            # be wrong too.
            data = foreign.set_aside(error, data)
    findings = (
        *foreign.findings,
        *audience_findings,
        *_unknown_keys(form, front, source),
        *_contradictions(form, front, source),
        *_repeated_keys(form, front, source),
    )
    result = fields_of(form, front)
    if foreign.values:
        texts = ((label_of_path(path), plain(value)) for path, value in foreign.values)
        result = replace(result, extra=(*result.extra, *(pair for pair in texts if pair[1])))
    return result, findings


def _unknown_keys(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Finding]:
    """Keys that are nearly one this tool knows, and any others beside known keys within a mapping
    of which all keys are known. Others are the author's own, and shown."""
    for path, _, holder in leftovers(form):
        key, known_keys = str(path[-1]), holder.known_keys()
        if key in known_keys or (len(path) > 1 and _is_key_of_front_matter(key, holder)):
            continue
        suggestion = _suggest(path, known_keys)
        has_known_key = not holder.model_fields_set.isdisjoint(type(holder).model_fields)
        if not suggestion and len(path) > 1 and holder.is_closed and has_known_key:
            suggestion = f"Known here: {', '.join(sorted(known_keys))}."
        if suggestion:
            message = f"{key_path(path)}: unknown key.\n{suggestion}"
            yield UNKNOWN_KEY.at(source.path, front.key_span_of(*path), message, len(key))


def _is_key_of_front_matter(key: str, holder: Form) -> bool:
    """Whether a key is known at the top of front matter and not within its mapping
    (`names: {brand: X}`): then it is not misspelt."""
    known_keys = FrontForm.known_keys() - holder.known_keys()
    return key in known_keys or f"{key}s" in known_keys


def _suggest(path: tuple[str | int, ...], known_keys: frozenset[str]) -> str:
    """The known key that an unknown one was probably meant to be. Keys at the top may be those of
    another program (`editor`, `category`), so that only a typing error counts there."""
    key = str(path[-1])
    suggestion = did_you_mean(key, known_keys)
    return suggestion if len(path) > 1 or is_typing_error(key, known_keys) else ""


def _contradictions(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Finding]:
    """Values that are each right and do not go together."""
    if form.is_banned is False and any(status.state == "banned" for status in form.status):
        message = (
            "is_banned: false, but the status is 'banned', which is shown.\nRemove one of them."
        )
        yield CONTRADICTION.at(source.path, front.span_of("is_banned"), message)
    currency, in_price = form.currency, form.price.currency
    if currency and in_price and currency.upper() != in_price.upper():
        message = (
            f"currency: {currency!r}, but the price is in {in_price!r}, which is shown.\n"
            "State one currency."
        )
        yield CONTRADICTION.at(source.path, front.span_of("currency"), message)
    if form.price.amount and not price_of(form):
        message = (
            "price: no currency is given, so it can't be shown as a price.\n"
            "Add 'currency: INR' or another."
        )
        yield PRICE_IN_PART.at(source.path, front.span_of("price"), message)


def _repeated_keys(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Finding]:
    """Sources with the key of a source before them."""
    keys: set[str] = set()
    for name, sources in (("sources", form.sources), ("references", form.references)):
        for number, stated in enumerate(sources):
            if stated.key and stated.key in keys:
                message = f"{name}.key: {stated.key!r} is another source's key.\nChange one."
                span = front.span_of(name, number, "key")
                yield SAME_KEY.at(source.path, span, message)
            keys.add(stated.key)
