"""Front matter, typed: everything wrong with it at once, each at its place, and one form for everything right."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import ValidationError

from ..model.finding import Diagnostic
from ..model.source import Source
from ..model.suggest import did_you_mean
from .findings_front_matter import CONTRADICTION, PRICE_IN_PART, SAME_KEY, UNKNOWN_KEY, WRONG_VALUE
from .front_matter import FrontMatter
from .schema_errors import faults, key_path
from .schema_fields import AlertText, FaqText, Fields, fields_of, leftovers, price_of
from .schema_front import FrontForm

__all__ = ["AlertText", "FaqText", "Fields", "typed"]


def typed(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Diagnostic, ...]]:
    """The fields of a file's front matter, and everything wrong with them.

    Where values are wrong the file is withheld; the fields then hold what is right, so that the rest can be checked in
    the same run. What reading the YAML itself found is in `front.diagnostics` and not repeated here.
    """

    return checked(front, source)


def checked(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Diagnostic, ...]]:
    """See `schema.typed`."""
    data, wrong = front.data, list[Diagnostic]()
    form = None
    while form is None:  # once more without the wrong keys; leaving out one spelling of a key can bring up another
        try:
            form = FrontForm.model_validate(data)
        except ValidationError as error:
            wrong += faults(error, WRONG_VALUE, source.path, front)
            bad = {detail["loc"][0] for detail in error.errors(include_url=False)}
            data = {key: value for key, value in data.items() if key not in bad}
    return fields_of(form, front), (*wrong, *_unknown(form, front, source), *_odd(form, front, source))


def _unknown(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Diagnostic]:
    """Keys that are nearly one this tool knows. Others are the author's own, and shown."""
    for path, _, holder in leftovers(form):
        key, known = str(path[-1]), holder.known_keys()
        meant = "" if key in known else did_you_mean(key, known)
        if meant:
            yield UNKNOWN_KEY.at(
                source.path, front.key_span_of(*path), f"{key_path(path)}: unknown key.\n{meant}", len(key)
            )


def _odd(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Diagnostic]:
    """Fields that are each right and do not go together."""
    if form.is_banned is False and any(status.state == "banned" for status in form.status):
        message = "is_banned: false, but the status is 'banned', which is shown.\nRemove one of them."
        yield CONTRADICTION.at(source.path, front.span_of("is_banned"), message)
    if form.price.currency and form.currency and form.price.currency.upper() != form.currency.upper():
        message = (
            f"currency: {form.currency!r}, but the price is in {form.price.currency!r}, which is shown.\n"
            "State one currency."
        )
        yield CONTRADICTION.at(source.path, front.span_of("currency"), message)
    if form.price.amount and not price_of(form):
        message = "price: no currency is given, so it can't be shown as a price.\nAdd 'currency: INR' or another."
        yield PRICE_IN_PART.at(source.path, front.span_of("price"), message)
    seen: set[str] = set()
    for name, sources in (("sources", form.sources), ("references", form.references)):
        for number, one in enumerate(sources):
            if one.key and one.key in seen:
                at = front.span_of(name, number, "key")
                yield SAME_KEY.at(source.path, at, f"{name}.key: {one.key!r} is another source's key.\nChange one.")
            seen.add(one.key)
