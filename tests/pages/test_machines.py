"""Feeds, the manifest, the description of the search, llms.txt, and the files of a host."""

from __future__ import annotations

import dataclasses
from typing import Any
from xml.etree import ElementTree

import pytest

from monograph_site.config import Config, Publisher, ReviewPolicy
from monograph_site.model.monograph import Alert, Dates, Monograph, Review
from monograph_site.site.feeds import MAX_FEED_ENTRIES
from records import planned, record, site

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = Config(title="Ward & book", base_url="https://example.org/med/", publisher=Publisher("We"))
ASSETS = {"icon-192.png": "/assets/icon-192.0a.png", "icon-512.png": "/assets/icon-512.0b.png"}


def dated(name: str, **dates: str) -> Monograph:
    return record(f"drugs/{name}.md", dates=Dates(**dates))


TEXTS = (
    dated("alpha", created="2024-01-01", changed="2025-03-02"),
    dated("beta", created="2025-03-01T10:00:00Z"),
    dated("gamma", imported="2025-09-22T17:22:07Z"),
    dated("delta", created="2020-01-01", publish_from="2025-03-02"),
)


def texts(*monographs: Monograph, config: Config = HOST, **more: Any) -> dict[str, str]:
    """The files of a site that are planned as text."""
    pages = planned(site(*monographs, config=config, **more))
    return {url: page.data["text"] for url, page in pages.items() if page.template == "text"}


def entries_of(feed: str) -> list[tuple[str, str]]:
    """Title and day of each entry of a valid feed."""
    root = ElementTree.fromstring(feed)
    for element in (root, *root.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            [required] = element.findall(ATOM + name)
            assert required.text
        assert element.findall(f"{ATOM}link[@rel='alternate']")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    assert root.findall(f"{ATOM}link[@rel='self']")
    ids = [element.text for element in root.iter(f"{ATOM}id")]
    assert len(ids) == len({*ids})
    return [
        (entry.findtext(f"{ATOM}title", ""), entry.findtext(f"{ATOM}updated", "")[:10])
        for entry in root.iter(f"{ATOM}entry")
    ]


def test_feeds_have_only_dates_that_the_texts_state() -> None:
    files = texts(*TEXTS)
    assert entries_of(files["/feed.xml"]) == [
        ("Alpha", "2025-03-02"),
        ("Delta", "2025-03-02"),
        ("Beta", "2025-03-01"),
    ]
    assert entries_of(files["/feeds/new.xml"]) == [
        ("Delta", "2025-03-02"),
        ("Beta", "2025-03-01"),
        ("Alpha", "2024-01-01"),
    ]
    assert ElementTree.fromstring(files["/feed.xml"]).findtext(f"{ATOM}title") == (
        "Changes · Ward & book"
    )


def test_each_class_has_a_feed() -> None:
    dates = Dates(changed="2025-03-02")
    monographs = (
        record("drugs/alpha.md", classes=("Beta-blockers", "Sedatives"), dates=dates),
        record("drugs/beta.md", classes=("beta blocker",), dates=Dates(changed="2025-03-03")),
        record("drugs/gamma.md", classes=("Beta-blockers", "Statins")),
        record("drugs/delta.md", classes=("Statins",)),
    )
    files = texts(*monographs)
    feeds = {url: entries_of(text) for url, text in files.items() if url.startswith("/feeds/class")}
    assert feeds == {
        "/feeds/class/beta-blocker.xml": [("Beta", "2025-03-03"), ("Alpha", "2025-03-02")]
    }
    named = [
        page.data["feed"]
        for page in planned(site(*monographs, config=HOST)).values()
        if "feed" in page.data
    ]
    assert named == [*feeds]


def test_a_feed_has_the_latest_entries() -> None:
    many = [dated(f"a{n}", changed=f"2024-01-{n % 28 + 1:02}") for n in range(MAX_FEED_ENTRIES + 9)]
    entries = entries_of(texts(*many, dated("new", changed="2025-01-01"))["/feed.xml"])
    assert (len(entries), entries[0][0]) == (MAX_FEED_ENTRIES, "New")
    assert entries == sorted(entries, key=lambda entry: entry[1], reverse=True)


@pytest.mark.parametrize(
    ("monographs", "config"), [(TEXTS, Config()), (TEXTS[2:3], HOST)], ids=["no host", "no date"]
)
def test_there_may_be_no_feed(monographs: tuple[Monograph, ...], config: Config) -> None:
    result = site(*monographs, config=config)
    assert not [url for url in planned(result) if "feed" in url]
    assert result.info["feeds"] == ()


def test_every_page_names_the_feeds() -> None:
    info = site(*TEXTS, config=HOST).info
    assert [(feed.label, feed.url) for feed in info["feeds"]] == [
        ("Changes", "/feed.xml"),
        ("New pages", "/feeds/new.xml"),
    ]


def test_the_manifest() -> None:
    pages = planned(site(*TEXTS, config=dataclasses.replace(HOST, language="ar"), assets=ASSETS))
    manifest = pages["/manifest.webmanifest"].data
    assert (manifest["name"], manifest["dir"]) == ("Ward & book", "rtl")
    assert manifest["id"] == manifest["start_url"] == manifest["scope"] == "/med/"
    assert [(icon["src"], icon["sizes"], icon["type"]) for icon in manifest["icons"]] == [
        ("/med/assets/icon-192.0a.png", "192x192", "image/png"),
        ("/med/assets/icon-512.0b.png", "512x512", "image/png"),
    ]


def test_the_description_of_the_search() -> None:
    root = ElementTree.fromstring(texts(*TEXTS)["/opensearch.xml"])
    namespace = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert root.findtext(f"{namespace}ShortName") == "Ward & book"
    [url] = root.iter(f"{namespace}Url")
    assert url.get("template") == "https://example.org/med/search/?q={searchTerms}"
    assert "/opensearch.xml" not in texts(*TEXTS, config=dataclasses.replace(HOST, search=False))
    assert "/opensearch.xml" not in texts(*TEXTS, config=Config())


def test_llms_txt_on_request() -> None:
    approved = record("drugs/beta.md", review=Review("approved", ("A",), "2025-01-01"))
    monographs = (record("drugs/alpha.md"), approved, record("pages/about.md"))
    assert "/llms.txt" not in texts(*monographs)
    text = texts(*monographs, config=dataclasses.replace(HOST, llms_txt=True))["/llms.txt"]
    assert text.startswith("# Ward & book\n")
    assert (
        "## Medicines\n\n- [Alpha](https://example.org/med/drugs/alpha/): About Alpha. (not reviewed)\n"
        in text
    )
    assert "- [Beta](https://example.org/med/drugs/beta/): About Beta.\n" in text
    assert "- [About](https://example.org/med/about/): About About.\n" in text


POLICY = ReviewPolicy(noindex_unapproved=True)


@pytest.mark.parametrize(
    ("monograph", "policy", "is_indexed"),
    [
        (record("drugs/a.md"), ReviewPolicy(), True),
        (record("drugs/a.md"), POLICY, False),
        (record("drugs/a.md", review=Review("approved", ("A",), "2025-01-01")), POLICY, True),
        (record("articles/a.md"), POLICY, False),
        (record("pages/a.md"), POLICY, True),
        (
            record("drugs/a.md", alerts=(Alert("fault", "It breaks off", ""),)),
            ReviewPolicy(),
            False,
        ),
    ],
)
def test_what_search_engines_leave_out(
    monograph: Monograph, policy: ReviewPolicy, is_indexed: bool
) -> None:
    pages = planned(site(monograph, config=dataclasses.replace(HOST, review=policy)))
    [page] = [page for page in pages.values() if page.record and "page" in page.data]
    assert page.data["page"]["noindex"] is not is_indexed
    assert (page.data["page"]["url"] in pages["/sitemap.xml"].data["text"]) is is_indexed


MOVED = (record("drugs/alpha.md", aliases=("/old/", "/drop$/")),)
REDIRECTS = {"shop": "https://shop.example/"}


@pytest.mark.parametrize(
    ("host", "url", "lines"),
    [
        ("netlify", "/_redirects", ["/med/old/ /med/drugs/alpha/ 301!", "/med/shop/ https://shop.example/ 301!"]),
        ("cloudflare", "/_redirects", ["/med/old/ /med/drugs/alpha/ 301"]),
        ("netlify", "/_headers", ["/med/assets/*", "  Cache-Control: public, max-age=31536000, immutable"]),
        ("nginx", "/nginx-redirects.map", ['"/med/old/" "/med/drugs/alpha/";']),
        ("nginx", "/nginx-headers.conf", ["location /med/assets/ {"]),
    ],
)  # fmt: skip
def test_the_files_of_a_host(host: Any, url: str, lines: list[str]) -> None:
    files = texts(*MOVED, config=dataclasses.replace(HOST, host=host, redirects=REDIRECTS))
    assert {*lines} <= {*files[url].splitlines()}
    others = {"/_redirects", "/nginx-redirects.map"} - {url, url.replace("_headers", "_redirects")}
    assert host == "nginx" or not others & files.keys()


def test_no_host_has_no_files() -> None:
    assert not {"/_redirects", "/_headers", "/nginx-redirects.map"} & texts(*MOVED).keys()
