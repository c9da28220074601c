"""What only all files together show: links, collisions, names, shared dates, overdue reviews."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import frontmatter
import msgspec
import pytest

from helpers import processor_limit
from monograph_site.build.entries import make_entry
from monograph_site.config import Config, Disclaimer, ReviewPolicy
from monograph_site.model.dates import months_after
from monograph_site.model.finding import Finding, Severity
from monograph_site.model.monograph import (
    Alert,
    Dates,
    Faq,
    Ingredient,
    Loaded,
    Name,
    Product,
    Review,
    Section,
    Statement,
    Status,
)
from monograph_site.model.source import Span
from monograph_site.model.strings import digest, squash
from monograph_site.site import catalogue
from monograph_site.site.collisions import checked
from monograph_site.site.menu import letter_of
from monograph_site.site.relations import title_parts
from monograph_site.site.reviews import is_overdue, one_import
from monograph_site.site.site import Entry, FaqHead, Link, Site, TocItem
from records import codes, entry, planned, record, site


def ingredients(made: Site, path: str) -> list[tuple[str, str | None]]:
    return [(link.title, link.url) for link in made.related[path].ingredients]


def combinations(made: Site, path: str) -> list[str]:
    return [card.title for card in made.related[path].combinations]


# Entries


def test_entry_keeps_what_planning_needs_and_no_text() -> None:
    whole = record(
        "drugs/a.md",
        sections=(Section("uses", "Uses", "uses", None, "<p>long</p>", "long"),),
        faqs=(
            Faq("q1", "Why?", "Why?", "<p>So.</p>", "So.", None, "faqs"),
            Faq("q2", "When?", "When?", "", "", None, "faqs"),
        ),
        alerts=(Alert("recall", "One", ""), Alert("recall", "Two", "")),
        disclaimer=Statement("<p>d</p>", "d", "text"),
    )
    made, stored = make_entry(Loaded(whole), "abc", Config())
    assert msgspec.msgpack.decode(stored, type=type(whole)) == whole
    assert (made.source_digest, made.record_digest) == ("abc", digest(stored))
    assert (made.url, made.has_disclaimer, made.alerts) == ("/drugs/a/", True, ("recall",))
    assert made.toc == (TocItem("uses", "Uses"),)
    assert made.faqs == (FaqHead("q1", "Why?"),), (
        "a question without an answer is no use in an index"
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(made), type=Entry) == made


def test_entry_of_a_file_that_is_no_record() -> None:
    fault = Finding("drugs/a.md", Span(2, 1), "E001", "x", Severity.ERROR, "bad", blocks_page=True)
    made, stored = make_entry(Loaded(None, (fault,)), "abc", Config())
    assert (made.path, made.blocks_page, stored, made.findings) == (
        "drugs/a.md",
        True,
        b"",
        (fault,),
    )
    with pytest.raises(ValueError, match="nothing says why"):
        make_entry(Loaded(None), "abc", Config())


def test_an_error_makes_an_entry_faulty_and_keeps_it() -> None:
    fault = Finding("drugs/a.md", Span(), "E201", "x", Severity.ERROR, "bad")
    made, _ = make_entry(Loaded(record("drugs/a.md"), (fault,)), "abc", Config())
    assert (made.has_errors, made.blocks_page) == (True, False)


@pytest.mark.parametrize(
    "permalink", ["/../secret/", "/a/../../b/", "/a\x00b/", "/.git/", "/drugs/index.json/"]
)
def test_unsafe_addresses_are_withheld(permalink: str) -> None:
    made = entry(record("drugs/a.md", permalink=permalink))
    assert made.blocks_page
    assert [one.code for one in made.findings] == ["E412"]
    assert not site(record("drugs/a.md", permalink=permalink)).entries


@pytest.mark.parametrize(
    "url",
    ["drugs/a/", "/a//b/", "/a\\b/", "/a?b/", "/a b\u2028/", "/./", "/a/ b/", f"/{'x' * 251}/"],
)
def test_checked_refuses(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        checked(url)


# Ingredients, combinations, brands


def test_title_parts() -> None:
    assert title_parts("Aceclofenac + Paracetamol") == ["Aceclofenac", "Paracetamol"]
    assert title_parts("A  +  B+C") == ["A", "B+C"]
    assert title_parts("A+B") == ["A", "B"]
    assert title_parts("Paracetamol") == []


def test_a_combination_links_to_its_drugs_and_back() -> None:
    made = site(
        record("drugs/fusidicacid.md", "Fusidic Acid"),
        record("drugs/x.md", "Something", names=(Name("Beta-methasone", "generic"),)),
        record("combinations/c.md", "FusidicAcid + Betamethasone (Topical) + Unknown"),
    )
    assert ingredients(made, "combinations/c.md") == [
        ("FusidicAcid", "/drugs/fusidicacid/"),
        ("Betamethasone (Topical)", "/drugs/x/"),
        ("Unknown", None),
    ]
    assert combinations(made, "drugs/fusidicacid.md") == [
        "FusidicAcid + Betamethasone (Topical) + Unknown"
    ]


def test_salts_are_other_substances() -> None:
    made = site(
        record("drugs/zinc.md", "Zinc"), record("combinations/c.md", "Zinc Sulphate + Zinc")
    )
    assert ingredients(made, "combinations/c.md") == [
        ("Zinc Sulphate", None),
        ("Zinc", "/drugs/zinc/"),
    ]


def test_a_title_in_brackets_serves_where_it_is_the_only_one() -> None:
    one = (
        record("drugs/k.md", "Ketoconazole (Topical)"),
        record("combinations/c.md", "Ketoconazole + Zinc"),
    )
    assert ingredients(site(*one), "combinations/c.md")[0] == ("Ketoconazole", "/drugs/k/")
    two = (*one, record("drugs/l.md", "Ketoconazole (Oral)"))
    assert ingredients(site(*two), "combinations/c.md")[0] == ("Ketoconazole", None), (
        "which one, nobody said"
    )


def test_the_own_namespace_comes_first_then_any_other() -> None:
    config = Config(namespaces={"one": "/one/", "two": "/two/"})
    made = site(
        record("one/drugs/a.md", "Alpha"),
        record("two/drugs/a.md", "Alpha"),
        record("one/drugs/b.md", "Beta"),
        record("two/combinations/c.md", "Alpha + Beta"),
        config=config,
    )
    two, one = (link.url or "" for link in made.related["two/combinations/c.md"].ingredients)
    assert (two.split("/")[1], one.split("/")[1]) == ("two", "one")
    assert combinations(made, "two/drugs/a.md")
    assert not combinations(made, "one/drugs/a.md")
    assert not [one for one in made.findings if one.severity is Severity.ERROR]


def test_stated_ingredients_join_those_of_the_title() -> None:
    made = site(
        record("drugs/paracetamol.md"),
        record("drugs/caffeine.md"),
        record(
            "combinations/c.md",
            "Paracetamol + Caffeine + Codeine",
            ingredients=(Ingredient("", "paracetamol", "500 mg"), Ingredient("Koffein", "cafeine")),
        ),
    )
    assert [title for title, _ in ingredients(made, "combinations/c.md")] == [
        "paracetamol",
        "Koffein",
        "Caffeine",
        "Codeine",
    ]
    [unknown] = [one for one in made.findings if one.code == "W411"]
    assert "'cafeine'" in str(unknown)
    assert "Did you mean 'caffeine'?" in str(unknown)


def test_brands_lead_to_what_they_contain_and_back() -> None:
    made = site(
        record("drugs/a.md", "Alpha", names=(Name("Alphine", "brand"),)),
        record("drugs/b.md", "Beta"),
        record("combinations/ab.md", "Alpha + Beta"),
        record("brands/one.md", product=Product(generic_slug="a")),
        record("brands/two.md", product=Product(combination_slug="ab")),
        record("brands/three.md", ingredients=(Ingredient("Beta"), Ingredient("Alpha"))),
        record("brands/four.md", ingredients=(Ingredient("Beta", strength="5 mg"),)),
        record("brands/alphine.md"),
        record("brands/lost.md", product=Product(generic_slug="nowhere")),
    )
    generic = {
        path: related.generic.title for path, related in made.related.items() if related.generic
    }
    assert generic == {
        "brands/one.md": "Alpha",
        "brands/two.md": "Alpha + Beta",
        "brands/three.md": "Alpha + Beta",
        "brands/four.md": "Beta",
        "brands/alphine.md": "Alpha",
    }
    assert [card.title for card in made.related["drugs/a.md"].brands] == ["Alphine", "One"]
    assert [card.title for card in made.related["combinations/ab.md"].brands] == ["Three", "Two"]
    assert ("brands/lost.md", "W411") in codes(made)


def test_a_rejected_text_is_linked_only_where_there_is_no_better() -> None:
    refused = record("drugs/a-refused.md", "Alpha", not_a_monograph=True)
    combination = record("combinations/c.md", "Alpha + Beta")
    assert ingredients(site(refused, combination), "combinations/c.md")[0][1] == "/drugs/a-refused/"
    made = site(refused, record("drugs/b.md", "ALPHA"), combination)
    assert ingredients(made, "combinations/c.md")[0][1] == "/drugs/b/"
    refused = record("combinations/c.md", "Alpha + Beta", not_a_monograph=True)
    assert not combinations(site(record("drugs/alpha.md"), refused), "drugs/alpha.md")


@pytest.mark.shared
def test_every_mention_with_a_page_is_linked_in_the_corpus(shared: Path) -> None:
    root = shared / "corpus" / "sectioned"
    config = Config(collections={})
    made = site(
        *(
            record(
                path.relative_to(root).as_posix(),
                str(frontmatter.load(str(path))["title"]),
                kind=kind,
            )
            for folder, kind in (("compositions", "drug"), ("combinations", "combination"))
            for path in sorted((root / folder).glob("*.md"))
        ),
        config=config,
    )
    drugs = {squash(one.title): one.url for one in made.entries if one.kind == "drug"}
    mentions = [
        (part, one.path)
        for one in made.entries
        if one.kind == "combination"
        for part in one.title.split(" + ")
    ]
    links = {
        path: {link.title: link.url for link in related.ingredients}
        for path, related in made.related.items()
    }
    present = [(part, path) for part, path in mentions if squash(part) in drugs]
    assert len(present) > 250
    assert [
        (part, path) for part, path in present if links[path][part.strip()] != drugs[squash(part)]
    ] == []


# Collisions


def test_two_files_for_one_address_are_both_withheld() -> None:
    made = site(
        record("drugs/a.md", "One", permalink="/x/Stra\u00dfe/"),
        record("drugs/b.md", "Two", permalink="/X/STRASSE/"),
        record("drugs/c.md", "Three"),
    )
    assert [one.path for one in made.entries] == ["drugs/c.md"]
    first, second = (one for one in made.findings if one.code == "E401")
    assert (first.path, second.path) == ("drugs/a.md", "drugs/b.md")
    assert "'drugs/b.md'" in first.message
    assert "'drugs/a.md'" in second.message
    assert first.blocks_page
    assert not [url for url in planned(made) if url.lower().startswith("/x/")]


def test_an_alias_on_a_page_and_two_equal_aliases() -> None:
    made = site(
        record("drugs/a.md", aliases=("/drugs/b/", "/old/")),
        record("drugs/b.md"),
        record("drugs/c.md", aliases=("/drugs/c", "/former.html", "/former.html")),
        record("drugs/d.md", aliases=("/gone/",)),
        record("drugs/e.md", aliases=("gone",)),
    )
    assert [one.path for one in made.entries] == ["drugs/c.md"]
    assert made.aliases == (("/former.html", "drugs/c.md"),)
    assert {path for path, code in codes(made) if code == "E401"} == {
        f"drugs/{one}.md" for one in "abde"
    }


def test_an_alias_that_is_a_file_takes_no_folder_away() -> None:
    made = site(
        record("drugs/a.md", aliases=("/x.html",)), record("drugs/b.md", permalink="/x.html/b/")
    )
    assert made.entries == ()


def test_an_unsafe_alias_is_reported_and_left_out() -> None:
    made = site(record("drugs/a.md", aliases=("/../../etc/", "/fine/")))
    assert made.aliases == (("/fine/", "drugs/a.md"),)
    assert ("drugs/a.md", "E413") in codes(made)


@pytest.mark.parametrize(
    "permalink", ["/a-z/", "/A-Z/b/", "/faqs/c/page-2/", "/search/", "/drugs/", "/404.html/"]
)
def test_addresses_of_our_own_pages_are_taken(permalink: str) -> None:
    made = site(record("drugs/a.md", permalink=permalink))
    assert made.entries == ()
    assert ("drugs/a.md", "E401") in codes(made)


def test_a_title_twice_in_one_kind_is_an_error_that_withholds_nothing() -> None:
    made = site(
        record("drugs/a.md", "Fusidic Acid"),
        record("drugs/b.md", "fusidicacid"),
        record("brands/c.md", "Fusidic acid"),
    )
    assert [path for path, code in codes(made) if code == "E402"] == ["drugs/a.md", "drugs/b.md"]
    assert len(made.entries) == 3
    assert not any(one.blocks_page for one in made.findings)


# Names


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Élan", "e"),
        ("(R)-x", "r"),
        ("5-FU", "0-9"),
        ("β-Carotene", "other"),
        ("…", "other"),
        ("Ａ", "a"),
        ("ß", "s"),
    ],
)
def test_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_a_to_z_lists_titles_and_other_names() -> None:
    names = (
        Name("ALPHA", "generic"),
        Name("Zed", "brand"),
        Name("Zedd", "misspelling"),
        Name("zed", "alternate"),
    )
    made = site(
        record("drugs/a.md", "Alpha", names=names),
        record("drugs/b.md", "abacus"),
        record("drugs/c.md", "Never", not_a_monograph=True),
        record("articles/d.md", "Do you know?"),
        record("pages/about.md"),
    )
    lines = {
        letter: [(line.name, line.also, line.card.title) for line in some]
        for letter, some in made.names.items()
    }
    assert lines == {
        "a": [("abacus", False, "abacus"), ("Alpha", False, "Alpha")],
        "z": [("Zed", True, "Alpha")],
    }


# Dates, reviews, policy


def stamps(*minutes: int) -> list[str]:
    return [f"2025-09-22T{17 + one // 60:02}:{one % 60:02}:07.646Z" for one in minutes]


def test_one_import() -> None:
    assert one_import(stamps(*range(10)))
    assert not one_import(stamps(*range(9))), "nine files are too few to tell"
    assert one_import([*stamps(*range(9)), "2020-01-01"])
    assert not one_import([*stamps(*range(8)), "2020-01-01", "2021-01-01"])
    assert not one_import(["nonsense"] * 20)


def test_shared_time_stamps_are_an_import() -> None:
    made = site(
        *(
            record(f"drugs/d{n}.md", dates=Dates(imported=stamp))
            for n, stamp in enumerate(stamps(*range(12)))
        )
    )
    assert made.import_dates


def test_months_after() -> None:
    assert months_after("2024-01-31", 1) == "2024-02-29"
    assert months_after("2024-12-01", 36) == "2027-12-01"
    assert months_after("soon", 1) == months_after("", 1) == months_after("9999-12-01", 1) == ""


def test_overdue() -> None:
    assert is_overdue(Review("approved", on="2020-01-01"), 36, "2023-01-02")
    assert not is_overdue(Review("approved", on="2020-01-01"), 36, "2023-01-01")
    assert not is_overdue(
        Review("approved", on="2020-01-01", next_due="2030-01-01"), 36, "2025-01-01"
    )
    assert is_overdue(Review("draft", next_due="2024-12-31"), 36, "2025-01-01")
    assert not is_overdue(Review("not_stated"), 36, "2099-01-01"), "never reviewed is not overdue"
    assert not is_overdue(Review("retired", on="2000-01-01"), 36, "2099-01-01")


def test_overdue_reaches_pages_as_a_boolean_only() -> None:
    late = record("drugs/a.md", review=Review("approved", ("N",), "2020-01-01"))
    before, after = (
        planned(site(late, as_of=day))["/drugs/a/index.html"]
        for day in ("2022-01-01", "2025-01-01")
    )
    changed = {name for name in after.data if before.data[name] != after.data[name]}
    assert changed == {"overdue"}
    assert site(late, as_of="2025-01-01").overdue == {"drugs/a.md"}
    assert planned(site(late, as_of="2025-01-01")) == planned(site(late, as_of="2025-01-02"))


def test_policy_may_ask_for_approval() -> None:
    config = Config(review=ReviewPolicy(approved_only=True))
    approved = record("drugs/b.md", review=Review("approved"))
    made = site(
        record("drugs/a.md", aliases=("/old/",)), approved, record("pages/c.md"), config=config
    )
    assert [one.path for one in made.entries] == ["drugs/b.md", "pages/c.md"]
    assert made.unapproved == 1
    assert "/old/index.html" not in planned(made)


def test_disclaimers_of_the_site() -> None:
    config = Config(
        disclaimers=(
            Disclaimer("For **doctors**.", audience="professional"),
            Disclaimer("For all."),
        )
    )
    made = site(
        record("drugs/a.md"),
        record("drugs/b.md", audience="professional"),
        record("pages/c.md"),
        config=config,
    )
    assert {pair: one.html for pair, one in made.disclaimers.items()} == {
        ("drug", "both"): "<p>For all.</p>",
        ("drug", "professional"): "<p>For <strong>doctors</strong>.</p>",
    }


def test_cards() -> None:
    banned = record(
        "drugs/a.md",
        status=Status("banned"),
        alerts=(Alert("banned", "x", ""), Alert("recall", "y", "")),
    )
    made = site(banned, record("drugs/b.md", review=Review("approved")))
    assert made.cards["drugs/a.md"].badges == ("banned", "recall", "not reviewed")
    assert made.cards["drugs/a.md"].summary == "About A."
    assert (made.links["drugs/a.md"].badges, made.links["drugs/a.md"].summary) == (
        ("banned", "recall"),
        "",
    )
    assert made.cards["drugs/b.md"].badges == ()


# Order and speed


def many(count: int) -> list[Entry]:
    first = entry(
        record(
            "drugs/a.md",
            names=(Name("Alpha", "generic"), Name("Alphine", "brand")),
            sections=tuple(
                Section("uses", f"Heading {n}", f"h{n}", None, "", "") for n in range(12)
            ),
            faqs=tuple(
                Faq(f"q{n}", "How is it to be taken?", "", "<p>So.</p>", "", None, "")
                for n in range(10)
            ),
        )
    )
    copy = dataclasses.replace
    drugs = [
        copy(first, path=f"drugs/{n}.md", slug=f"s{n}", url=f"/d/{n}/", title=f"Drug{n}")
        for n in range(count // 2)
    ]
    both = [
        copy(
            first,
            path=f"c/{n}.md",
            kind="combination",
            slug=f"c{n}",
            url=f"/c/{n}/",
            title=f"Drug{n} + Drug{n + 1}",
        )
        for n in range(count - len(drugs))
    ]
    return drugs + both


def test_any_order_of_entries_gives_the_same_site() -> None:
    entries = many(60)
    shuffled = random.Random(1).sample(entries, len(entries))
    one, other = (catalogue.site(some, Config(), "2025-01-01") for some in (entries, shuffled))
    assert msgspec.json.encode(list(planned(one).values())) == msgspec.json.encode(
        list(planned(other).values())
    )
    assert one.findings == other.findings


def test_planning_is_quick() -> None:
    entries = many(2_054)
    planned(catalogue.site(entries, Config(), "2025-01-01"))
    with processor_limit(1):  # 0.1 s on a free machine; processors that share a core are slower
        planned(catalogue.site(entries, Config(), "2025-01-01"))


def test_link_is_what_pages_get() -> None:
    made = site(record("drugs/a.md", "A"), record("combinations/c.md", "A + B"))
    assert made.related["combinations/c.md"].ingredients == (
        Link("A", "/drugs/a/"),
        Link("B", None),
    )


def test_a_slug_that_no_page_has_is_shown_where_it_stands() -> None:
    unknown = record(
        "brands/lost.md",
        product=Product(generic_slug="nowhere"),
        ingredients=(Ingredient("", "no-one"),),
    )
    places = {"drug:nowhere": Span(3, 15), "ingredient:no-one": Span(5, 10)}
    made, _ = make_entry(Loaded(unknown, places=places), "", Config())
    found = [
        one for one in catalogue.site([made], Config(), "2025-06-30").findings if one.code == "W411"
    ]
    assert [(one.span, one.length) for one in found] == [(Span(3, 15), 7), (Span(5, 10), 6)]
