"""Sentences about one medicine that contradict each other: contradictory-approval (W701),
-pregnancy (W702), -category (W703), -route (W704), -dose (W705) and -status (W706)."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.claims import Claim
from ...model.finding import Problem
from .. import SiteContext, site_rule
from .._disputes import conflicting_pairs, contradicting_pairs, contradiction_at


@site_rule("W701", "contradictory-approval")
def contradictory_approval(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """One text calls a use off-label; another one about the same medicine calls it approved or
    indicated.

    Why it matters: readers of the first page think that no study has tested what the second page
    recommends. Often both were right once, in different years or countries.

    Wrong: `Examplin is used off-label for migraine.` and, on another page, `Examplin is indicated
    for migraine.`

    Right: `Examplin is approved for migraine in adults since 2021.` on both pages.

    How to fix: check the current label, and correct the page that is out of date; name the country
    where they differ.
    """
    for first, last in contradicting_pairs(context.disputes.get("approval", ()), _same_value):
        yield contradiction_at(
            first, last, "Check whether the use is approved today and where; correct the other."
        )


@site_rule("W702", "contradictory-pregnancy")
def contradictory_pregnancy(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """One text calls a medicine safe in pregnancy or while breastfeeding; another one about the
    same medicine says that it must not or should not be used then.

    Sentences with a condition (a trimester, a dose, a route) are not compared.

    Why it matters: it is the question most readers of such a page have, and one of the two answers
    does harm.

    Wrong: `Examplin is considered safe during pregnancy.` and, on another page,
    `Examplin is contraindicated in pregnancy.`

    Right: `Examplin is contraindicated in pregnancy.` on both pages.

    How to fix: check the current label, and correct the wrong page; name the condition where both
    are right.
    """
    for topic in ("pregnancy", "breastfeeding"):
        for first, last in contradicting_pairs(context.disputes.get(topic, ()), _other_side):
            yield contradiction_at(
                first, last, "Check which is right and for whom; correct the other."
            )


@site_rule("W703", "contradictory-category")
def contradictory_category(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Two pages about one medicine give different pregnancy category letters. For letters within
    one page see `pregnancy-categories`.

    Why it matters: the letter is all that many readers remember of the page.

    Wrong: `Examplin is pregnancy category B.` and, on another page, `Examplin is pregnancy category
    D.`

    Right: the same letter on both pages, or `Category D in the last trimester`.

    How to fix: check the current label, and correct the wrong page.
    """
    for first, last in conflicting_pairs(
        context.disputes.get("category", ()), lambda sourced: sourced.path
    ):
        yield contradiction_at(
            first, last, "Check which letter applies, for whom and where; correct the other."
        )


@site_rule("W704", "contradictory-route")
def contradictory_route(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """A text gives a route of administration that another one about the same medicine rules out.

    Why it matters: what is meant for the skin or for a muscle can kill in a vein.

    Wrong: `Examplin is for external use only.` and, on another page, `Examplin is given
    intravenously.`

    Right: `Examplin cream is for external use only.` and `Examplin injection is given
    intravenously.`

    How to fix: check the current label, and correct the wrong sentence; name the product where both
    are right.
    """
    for first, last in contradicting_pairs(context.disputes.get("route", ()), _excludes_route):
        yield contradiction_at(
            first, last, "Check the routes; where products differ, name the product."
        )


@site_rule("W705", "contradictory-dose")
def contradictory_dose(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """Different maximum daily doses of one medicine: in the dosage section and in the questions or
    summary of a page, or on two pages.

    Only sentences without a condition (age, kidney function, use, route) are compared, and only
    where each text gives one maximum.

    Why it matters: readers who find the higher one first take too much.

    Wrong: `The maximum daily dose is 40 mg.` under Dosage, and `The maximum daily dose is 60 mg.`
    in an answer.

    Right: the same dose in both places.

    How to fix: check the current label, and correct the wrong sentence; name the condition where
    both are right.
    """
    for first, last in conflicting_pairs(
        context.disputes.get("dose", ()), lambda sourced: sourced.place
    ):
        yield contradiction_at(
            first, last, "Check which dose is right, or say for whom each of them is meant."
        )


@site_rule("W706", "contradictory-status")
def contradictory_status(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """One text says that a medicine is banned or withdrawn in a country, another one that it is
    approved or sold there.

    Why it matters: readers of the second page look for a medicine that may have been withdrawn
    because it harmed people.

    Wrong: `Examplin is banned in India.` and, on another page, `Examplin is approved in India.`

    Right: `Examplin has been banned in India since 2018.` on both pages.

    How to fix: check with the authority of that country, and correct the page that is out of date.
    """
    for first, last in contradicting_pairs(context.disputes.get("status", ()), _same_value):
        yield contradiction_at(
            first, last, "Check the status today, correct the other, and state it in `status`."
        )


def _same_value(claim: Claim, other: Claim) -> bool:
    return claim.value == other.value


def _other_side(claim: Claim, other: Claim) -> bool:
    return claim.side != other.side


def _excludes_route(claim: Claim, other: Claim) -> bool:
    """Whether the routes of one claim are ruled out by the other one."""
    routes = {claim.side: set(claim.value.split()), other.side: set(other.value.split())}
    used, only, excluded = (routes.get(side, set()) for side in ("by", "only", "not"))
    if used:
        return bool(used & excluded) or (bool(only) and not used & only)
    return bool(only) and only <= excluded
