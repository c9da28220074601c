"""What all files together show: links, collisions, names, shared dates, overdue reviews."""

from __future__ import annotations

import random
from pathlib import Path

import frontmatter
import msgspec
import pytest
from msgspec.structs import replace

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
from monograph_site.pages import reserved_addresses
from monograph_site.site import catalogue
from monograph_site.site.collisions import safe_path
from monograph_site.site.entry import Entry, FaqHead, TocItem, encode_part
from monograph_site.site.menu import letter_of
from monograph_site.site.relations import title_parts
from monograph_site.site.reviews import is_one_import, is_overdue
from monograph_site.site.site import Link, Site
from records import codes, entry, planned, record, site


def ingredients(result: Site, path: str) -> list[tuple[str, str | None]]:
    return [(link.title, link.url) for link in result.related[path].ingredients]


def combinations(result: Site, path: str) -> list[str]:
    return [card.title for card in result.related[path].combinations]


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
    result, stored = make_entry(Loaded(whole), "abc", Config())
    assert msgspec.msgpack.decode(stored, type=type(whole)) == whole
    assert (result.source_digest, result.record_digest) == ("abc", digest(stored))
    assert (result.url, result.has_disclaimer, result.alerts) == ("/drugs/a/", True, ("recall",))
    assert result.toc == (TocItem("uses", "Uses"),)
    assert result.faqs == (FaqHead("q1", "Why?"),), (
        "a question without an answer is no use in an index"
    )
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=Entry) == result


def test_entry_of_a_file_that_is_no_record() -> None:
    fault = Finding("drugs/a.md", Span(2, 1), "E001", "x", Severity.ERROR, "bad", blocks_page=True)
    result, stored = make_entry(Loaded(None, (fault,)), "abc", Config())
    assert (result.path, result.blocks_page, stored, result.findings) == (
        "drugs/a.md",
        True,
        b"",
        (fault,),
    )
    with pytest.raises(ValueError, match="neither a record nor a finding"):
        make_entry(Loaded(None), "abc", Config())


def test_an_error_marks_an_entry_and_keeps_it() -> None:
    fault = Finding("drugs/a.md", Span(), "E201", "x", Severity.ERROR, "bad")
    result, _ = make_entry(Loaded(record("drugs/a.md"), (fault,)), "abc", Config())
    assert (result.has_errors, result.blocks_page) == (True, False)


@pytest.mark.parametrize(
    "permalink", ["/../secret/", "/a/../../b/", "/a\x00b/", "/.git/", "/drugs/index.json/"]
)
def test_an_unsafe_address_blocks_the_page(permalink: str) -> None:
    result = entry(record("drugs/a.md", permalink=permalink))
    assert result.blocks_page
    assert [finding.code for finding in result.findings] == ["E412"]
    assert not site(record("drugs/a.md", permalink=permalink)).entries


@pytest.mark.parametrize(
    "url",
    ["drugs/a/", "/a//b/", "/a\\b/", "/a?b/", "/a b\u2028/", "/./", "/a/ b/", f"/{'x' * 251}/"],
)
def test_an_unsafe_path_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        safe_path(url)


# Ingredients, combinations, brands


def test_title_parts() -> None:
    assert title_parts("Aceclofenac + Paracetamol") == ["Aceclofenac", "Paracetamol"]
    assert title_parts("A  +  B+C") == ["A", "B+C"]
    assert title_parts("A+B") == ["A", "B"]
    assert title_parts("Paracetamol") == []


def test_a_combination_links_to_its_drugs_and_back() -> None:
    result = site(
        record("drugs/fusidicacid.md", "Fusidic Acid"),
        record("drugs/x.md", "Something", names=(Name("Beta-methasone", "generic"),)),
        record("combinations/c.md", "FusidicAcid + Betamethasone (Topical) + Unknown"),
    )
    assert ingredients(result, "combinations/c.md") == [
        ("FusidicAcid", "/drugs/fusidicacid/"),
        ("Betamethasone (Topical)", "/drugs/x/"),
        ("Unknown", None),
    ]
    assert combinations(result, "drugs/fusidicacid.md") == [
        "FusidicAcid + Betamethasone (Topical) + Unknown"
    ]


def test_salts_are_other_substances() -> None:
    result = site(
        record("drugs/zinc.md", "Zinc"), record("combinations/c.md", "Zinc Sulphate + Zinc")
    )
    assert ingredients(result, "combinations/c.md") == [
        ("Zinc Sulphate", None),
        ("Zinc", "/drugs/zinc/"),
    ]


def test_a_title_without_its_brackets_is_matched_if_no_other_drug_has_it() -> None:
    single = (
        record("drugs/k.md", "Ketoconazole (Topical)"),
        record("combinations/c.md", "Ketoconazole + Zinc"),
    )
    assert ingredients(site(*single), "combinations/c.md")[0] == ("Ketoconazole", "/drugs/k/")
    several = (*single, record("drugs/l.md", "Ketoconazole (Oral)"))
    assert ingredients(site(*several), "combinations/c.md")[0] == ("Ketoconazole", None), (
        "it is not stated which of the two is meant"
    )


def test_an_ingredient_is_looked_up_in_its_own_namespace_first() -> None:
    config = Config(namespaces={"one": "/one/", "two": "/two/"})
    result = site(
        record("one/drugs/a.md", "Alpha"),
        record("two/drugs/a.md", "Alpha"),
        record("one/drugs/b.md", "Beta"),
        record("two/combinations/c.md", "Alpha + Beta"),
        config=config,
    )
    first, second = (link.url or "" for link in result.related["two/combinations/c.md"].ingredients)
    assert (first.split("/")[1], second.split("/")[1]) == ("two", "one")
    assert combinations(result, "two/drugs/a.md")
    assert not combinations(result, "one/drugs/a.md")
    assert not [finding for finding in result.findings if finding.severity is Severity.ERROR]


def test_stated_ingredients_join_those_of_the_title() -> None:
    result = site(
        record("drugs/paracetamol.md"),
        record("drugs/caffeine.md"),
        record(
            "combinations/c.md",
            "Paracetamol + Caffeine + Codeine",
            ingredients=(Ingredient("", "paracetamol", "500 mg"), Ingredient("Koffein", "cafeine")),
        ),
    )
    assert [title for title, _ in ingredients(result, "combinations/c.md")] == [
        "paracetamol",
        "Koffein",
        "Caffeine",
        "Codeine",
    ]
    [unknown] = [finding for finding in result.findings if finding.code == "W411"]
    assert "'cafeine'" in str(unknown)
    assert "Did you mean 'caffeine'?" in str(unknown)


def test_brands_link_to_what_they_contain_and_back() -> None:
    result = site(
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
        path: related.generic.title for path, related in result.related.items() if related.generic
    }
    assert generic == {
        "brands/one.md": "Alpha",
        "brands/two.md": "Alpha + Beta",
        "brands/three.md": "Alpha + Beta",
        "brands/four.md": "Beta",
        "brands/alphine.md": "Alpha",
    }
    assert [card.title for card in result.related["drugs/a.md"].brands] == ["Alphine", "One"]
    assert [card.title for card in result.related["combinations/ab.md"].brands] == ["Three", "Two"]
    assert ("brands/lost.md", "W411") in codes(result)


def test_a_reference_to_a_page_that_another_error_keeps_away_is_not_unknown() -> None:
    result = site(
        record("drugs/a.md", permalink="/x/"),
        record("drugs/b.md", permalink="/x/"),
        record("brands/one.md", product=Product(generic_slug="a")),
        record("brands/two.md", product=Product(generic_slug="b")),
    )
    assert sorted(codes(result)) == [("drugs/a.md", "E401"), ("drugs/b.md", "E401")]


def test_a_file_that_is_no_monograph_is_linked_only_where_no_other_matches() -> None:
    refused = record("drugs/a-refused.md", "Alpha", not_a_monograph=True)
    combination = record("combinations/c.md", "Alpha + Beta")
    assert ingredients(site(refused, combination), "combinations/c.md")[0][1] == "/drugs/a-refused/"
    result = site(refused, record("drugs/b.md", "ALPHA"), combination)
    assert ingredients(result, "combinations/c.md")[0][1] == "/drugs/b/"
    refused = record("combinations/c.md", "Alpha + Beta", not_a_monograph=True)
    assert not combinations(site(record("drugs/alpha.md"), refused), "drugs/alpha.md")


@pytest.mark.shared
def test_every_mention_with_a_page_is_linked_in_the_corpus(shared: Path) -> None:
    root = shared / "corpus" / "sectioned"
    config = Config(collections={})
    result = site(
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
    drugs = {
        squash(published.title): published.url
        for published in result.entries
        if published.kind == "drug"
    }
    mentions = [
        (part, published.path)
        for published in result.entries
        if published.kind == "combination"
        for part in published.title.split(" + ")
    ]
    links = {
        path: {link.title: link.url for link in related.ingredients}
        for path, related in result.related.items()
    }
    present = [(part, path) for part, path in mentions if squash(part) in drugs]
    assert len(present) > 250
    assert [
        (part, path) for part, path in present if links[path][part.strip()] != drugs[squash(part)]
    ] == []


# Collisions


def test_two_files_with_one_address_are_both_blocked() -> None:
    result = site(
        record("drugs/a.md", "One", permalink="/x/Stra\u00dfe/"),
        record("drugs/b.md", "Two", permalink="/X/STRASSE/"),
        record("drugs/c.md", "Three"),
    )
    assert [published.path for published in result.entries] == ["drugs/c.md"]
    first, second = (finding for finding in result.findings if finding.code == "E401")
    assert (first.path, second.path) == ("drugs/a.md", "drugs/b.md")
    assert "'drugs/b.md'" in first.message
    assert "'drugs/a.md'" in second.message
    assert first.blocks_page
    assert not [url for url in planned(result) if url.lower().startswith("/x/")]


def test_aliases_that_equal_a_page_or_another_alias() -> None:
    result = site(
        record("drugs/a.md", aliases=("/drugs/b/", "/old/")),
        record("drugs/b.md"),
        record("drugs/c.md", aliases=("/drugs/c", "/former.html", "/former.html")),
        record("drugs/d.md", aliases=("/gone/",)),
        record("drugs/e.md", aliases=("gone",)),
    )
    assert [published.path for published in result.entries] == [
        f"drugs/{name}.md" for name in "abcde"
    ]
    assert result.aliases == (("/old/", "drugs/a.md"), ("/former.html", "drugs/c.md"))
    assert [path for path, code in codes(result) if code == "W423"] == [
        f"drugs/{name}.md" for name in "ade"
    ]


def test_an_alias_that_is_a_file_cannot_be_a_folder_too() -> None:
    result = site(
        record("drugs/a.md", aliases=("/x.html",)), record("drugs/b.md", permalink="/x.html/b/")
    )
    assert [entry.path for entry in result.entries] == ["drugs/a.md", "drugs/b.md"]
    assert result.aliases == ()
    assert ("drugs/a.md", "W423") in codes(result)


def test_an_alias_beside_the_page() -> None:
    result = site(record("drugs/a.md", aliases=("../old",)))
    assert result.aliases == (("/old/", "drugs/a.md"),)
    assert ("drugs/b.md", "E413") in codes(site(record("drugs/b.md", aliases=("../../../old",))))


def test_an_alias_may_name_the_file_of_a_page() -> None:
    result = site(record("drugs/a.md", aliases=("/old/index.html", "/drugs/a/index.html")))
    assert result.aliases == (("/old/", "drugs/a.md"),)
    assert result.findings == ()


def test_an_unsafe_alias_is_reported_and_left_out() -> None:
    result = site(record("drugs/a.md", aliases=("/../../etc/", "/fine/")))
    assert result.aliases == (("/fine/", "drugs/a.md"),)
    assert ("drugs/a.md", "E413") in codes(result)


@pytest.mark.parametrize(
    "permalink",
    [
        "/a-z/",
        "/A-Z/b/",
        "/faqs/c/page-2/",
        "/search/",
        "/drugs/",
        "/404.html/",
        "/404.html/x/",
        "/sitemap.xml/y/z/",
    ],
)
def test_addresses_of_generated_pages_are_reserved(permalink: str) -> None:
    result = site(record("drugs/a.md", permalink=permalink))
    (moved,) = result.entries
    assert result.reserved.page_kind_at(moved.url) == ""
    assert "-page/" in moved.url
    assert ("drugs/a.md", "W431") in codes(result)


def test_a_page_that_asks_for_the_front_page_introduces_it() -> None:
    result = site(record("home.md", permalink="/", kind="page"), record("drugs/a.md"))
    assert result.intros["/"].path == "home.md"
    assert result.findings == ()


def test_a_duplicate_title_is_an_error_that_blocks_no_page() -> None:
    result = site(
        record("drugs/a.md", "Fusidic Acid"),
        record("drugs/b.md", "fusidicacid"),
        record("brands/c.md", "Fusidic acid"),
    )
    assert [path for path, code in codes(result) if code == "E402"] == ["drugs/b.md"]
    assert len(result.entries) == 3
    assert not any(finding.blocks_page for finding in result.findings)


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
    result = site(
        record("drugs/a.md", "Alpha", names=names),
        record("drugs/b.md", "abacus"),
        record("drugs/c.md", "Never", not_a_monograph=True),
        record("articles/d.md", "Do you know?"),
        record("pages/about.md"),
    )
    lines = {
        letter: [(line.name, line.also, line.card.title) for line in listed]
        for letter, listed in result.names.items()
    }
    assert lines == {
        "a": [("abacus", False, "abacus"), ("Alpha", False, "Alpha")],
        "z": [("Zed", True, "Alpha")],
    }


# Dates, reviews, policy


def stamps(*minutes: int) -> list[str]:
    return [f"2025-09-22T{17 + minute // 60:02}:{minute % 60:02}:07.646Z" for minute in minutes]


def test_time_stamps_of_one_import() -> None:
    assert is_one_import(stamps(*range(10)))
    assert not is_one_import(stamps(*range(9))), "nine files are too few to tell"
    assert is_one_import([*stamps(*range(9)), "2020-01-01"])
    assert not is_one_import([*stamps(*range(8)), "2020-01-01", "2021-01-01"])
    assert not is_one_import(["nonsense"] * 20)


def test_shared_time_stamps_are_an_import() -> None:
    result = site(
        *(
            record(f"drugs/d{n}.md", dates=Dates(imported=stamp))
            for n, stamp in enumerate(stamps(*range(12)))
        )
    )
    assert result.import_dates


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


def test_pages_see_overdue_as_a_boolean_only() -> None:
    late = record("drugs/a.md", review=Review("approved", ("N",), "2020-01-01"))
    before, after = (
        planned(site(late, as_of=day))["/drugs/a/index.html"]
        for day in ("2022-01-01", "2025-01-01")
    )
    changed = {name for name in after.data if before.data[name] != after.data[name]}
    assert changed == {"overdue"}
    assert site(late, as_of="2025-01-01").overdue == {"drugs/a.md"}
    assert planned(site(late, as_of="2025-01-01")) == planned(site(late, as_of="2025-01-02"))


def test_only_approved_texts_are_published_if_the_site_says_so() -> None:
    config = Config(review=ReviewPolicy(approved_only=True))
    approved = record("drugs/b.md", review=Review("approved"))
    result = site(
        record("drugs/a.md", aliases=("/old/",)), approved, record("pages/c.md"), config=config
    )
    assert [published.path for published in result.entries] == ["drugs/b.md", "pages/c.md"]
    assert result.unapproved == 1
    assert "/old/index.html" not in planned(result)


def test_disclaimers_of_the_site() -> None:
    config = Config(
        disclaimers=(
            Disclaimer("For **doctors**.", audience="professional"),
            Disclaimer("For all."),
        )
    )
    result = site(
        record("drugs/a.md"),
        record("drugs/b.md", audience="professional"),
        record("pages/c.md"),
        config=config,
    )
    assert {pair: statement.html for pair, statement in result.disclaimers.items()} == {
        ("drug", "both"): "<p>For all.</p>",
        ("drug", "professional"): "<p>For <strong>doctors</strong>.</p>",
    }


def test_cards() -> None:
    banned = record(
        "drugs/a.md",
        status=Status("banned"),
        alerts=(Alert("banned", "x", ""), Alert("recall", "y", "")),
    )
    result = site(banned, record("drugs/b.md", review=Review("approved")))
    assert result.cards["drugs/a.md"].badges == ("banned", "recall", "not reviewed")
    assert result.cards["drugs/a.md"].summary == "About A."
    assert (result.links["drugs/a.md"].badges, result.links["drugs/a.md"].summary) == (
        ("banned", "recall"),
        "",
    )
    assert result.cards["drugs/b.md"].badges == ()


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
    drugs = [
        replace(first, path=f"drugs/{n}.md", slug=f"s{n}", url=f"/d/{n}/", title=f"Drug{n}")
        for n in range(count // 2)
    ]
    combined = [
        replace(
            first,
            path=f"c/{n}.md",
            kind="combination",
            slug=f"c{n}",
            url=f"/c/{n}/",
            title=f"Drug{n} + Drug{n + 1}",
        )
        for n in range(count - len(drugs))
    ]
    return drugs + combined


def test_any_order_of_entries_gives_the_same_site() -> None:
    entries = many(60)
    shuffled = random.Random(1).sample(entries, len(entries))
    site_of_sorted, site_of_shuffled = (
        catalogue.site(order, Config(), "2025-01-01", reserved=reserved_addresses())
        for order in (entries, shuffled)
    )
    assert msgspec.json.encode(list(planned(site_of_sorted).values())) == msgspec.json.encode(
        list(planned(site_of_shuffled).values())
    )
    assert site_of_sorted.findings == site_of_shuffled.findings


def test_planning_is_quick() -> None:
    entries, reserved = many(2_054), reserved_addresses()
    planned(catalogue.site(entries, Config(), "2025-01-01", reserved=reserved))
    with processor_limit(1):  # 0.1 s on a free machine; processors that share a core are slower
        planned(catalogue.site(entries, Config(), "2025-01-01", reserved=reserved))


def test_an_ingredient_without_a_page_is_a_link_without_address() -> None:
    result = site(record("drugs/a.md", "A"), record("combinations/c.md", "A + B"))
    assert result.related["combinations/c.md"].ingredients == (
        Link("A", "/drugs/a/"),
        Link("B", None),
    )


def test_an_unknown_slug_is_reported_at_its_place() -> None:
    unknown = record(
        "brands/lost.md",
        product=Product(generic_slug="nowhere"),
        ingredients=(Ingredient("", "no-one"),),
    )
    places = {"drug:nowhere": Span(3, 15), "ingredient:no-one": Span(5, 10)}
    result, _ = make_entry(Loaded(unknown, places=places), "", Config())
    findings = [
        finding
        for finding in catalogue.site([result], Config(), "2025-06-30").findings
        if finding.code == "W411"
    ]
    assert [(finding.span, finding.length) for finding in findings] == [
        (Span(3, 15), 7),
        (Span(5, 10), 6),
    ]


@pytest.mark.parametrize("count", [0, 1, 15, 16, 300, 65_535, 65_536])
def test_questions_are_counted_without_being_decoded(count: int) -> None:
    entry = Entry("drugs/examplin.md", "", encoded_faqs=encode_part([FaqHead("q", "Q?")] * count))
    assert entry.faq_count == len(entry.faqs) == count
    assert entry.has_faqs == bool(count)
