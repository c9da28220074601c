"""Pages in another language than the site's, and headings in other scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from helpers import Site

FRENCH = """---
title: Exempline
lang: fr
---

## Uses

Pour la douleur.
"""
ARABIC = """---
title: دواء
lang: ar
slug: dawa
---

## Uses

للألم. [الجرعة](#الجرعة) [الجرعة](#%D8%A7%D9%84%D8%AC%D8%B1%D8%B9%D8%A9)

## الجرعة

خمسة.

## تحذيرات

لا شيء.
"""
ENGLISH = """---
title: Examplin
---

## Uses

Pain.
"""


def test_a_page_says_its_language_everywhere(build_site: Callable[..., Site]) -> None:
    site = build_site(
        {"drugs/exempline.md": FRENCH, "drugs/examplin.md": ENGLISH, "drugs/dawa.md": ARABIC}
    )
    french = site.text("drugs/exempline/index.html")
    assert '<html lang="fr">' in french
    assert '<header class="band" lang="en">' in french
    assert '"inLanguage":"fr"' in french
    assert json.loads(site.text("drugs/exempline/index.json"))["lang"] == "fr"
    assert '<html lang="ar" dir="rtl">' in site.text("drugs/dawa/index.html")
    assert '<html lang="en">' in site.text("drugs/examplin/index.html")
    assert '<header class="band">' in site.text("drugs/examplin/index.html")
    assert '<a href="/drugs/exempline/" lang="fr">Exempline</a>' in site.text("drugs/index.html")
    assert '<a href="/drugs/examplin/">Examplin</a>' in site.text("drugs/index.html")


def test_the_frame_of_a_page_has_the_direction_of_the_site(build_site: Callable[..., Site]) -> None:
    content = {"drugs/dawa.md": ARABIC, "drugs/exempline.md": FRENCH}
    arabic = build_site(content).html("/drugs/dawa/")
    assert '<header class="band" lang="en" dir="ltr">' in arabic
    assert '<footer class="foot" lang="en" dir="ltr">' in arabic
    site = build_site({"site.yaml": "language: ar\n"})
    french = site.html("/drugs/exempline/")
    assert '<html lang="fr">' in french
    assert '<header class="band" lang="ar" dir="rtl">' in french
    assert '<html lang="ar" dir="rtl">' in site.html("/")
    assert '<header class="band">' in site.html("/drugs/dawa/")


def test_titles_elsewhere_say_their_language(build_site: Callable[..., Site]) -> None:
    french = FRENCH.replace("lang: fr", "lang: fr\naliases: [/vieux/]")
    brand = ENGLISH.replace("Examplin", "Brandix").replace(
        "---\n\n", "generic_slug: exempline\n---\n\n", 1
    )
    site = build_site(
        {"drugs/exempline.md": french, "drugs/examplin.md": ENGLISH, "brands/brandix.md": brand}
    )
    link = '<a href="/drugs/exempline/" lang="fr">Exempline</a>'
    assert link in site.html("/vieux/")
    assert link in site.html("/brands/brandix/")
    assert site.json("/search/names-e.json")["drug"] == [
        {"base": "/drugs/", "rows": ["Examplin", ["Exempline", "", "", "fr"]]}
    ]


def test_what_is_no_language_tag_is_shown_as_it_is(build_site: Callable[..., Site]) -> None:
    text = FRENCH.replace("lang: fr", "lang: french")
    page = build_site({"drugs/x.md": text}).text("drugs/x/index.html")
    assert '<html lang="en">' in page
    assert "french" in page


def test_ids_keep_the_letters_of_other_scripts(build_site: Callable[..., Site]) -> None:
    before = build_site({"drugs/dawa.md": ARABIC})
    page = before.text("drugs/dawa/index.html")
    assert 'id="الجرعة"' in page
    assert 'href="#%D8%A7%D9%84%D8%AC%D8%B1%D8%B9%D8%A9"' in page
    assert "broken-anchor" not in {finding["name"] for finding in before.summary["diagnostics"]}
    added = ARABIC.replace("## الجرعة", "## مقدمة\n\nنص.\n\n## الجرعة")
    after = build_site({"drugs/dawa.md": added}).text("drugs/dawa/index.html")
    assert 'id="تحذيرات"' in page
    assert 'id="تحذيرات"' in after


def test_ids_of_questions_keep_other_scripts(build_site: Callable[..., Site]) -> None:
    text = f"{ENGLISH}\n## FAQs\n\n**Q: 中?**\n\nYes.\n\n**Q: 好?**\n\nNo.\n"
    site = build_site({"drugs/examplin.md": text})
    assert [faq["id"] for faq in site.json("/drugs/examplin/")["faqs"]] == ["q-中", "q-好"]
    page = site.html("/faqs/e/")
    assert "/drugs/examplin/#q-%E4%B8%AD" in page
    assert "/drugs/examplin/#q-%E5%A5%BD" in page


def test_the_id_of_a_heading_without_letters_does_not_move(build_site: Callable[..., Site]) -> None:
    text = f"{ENGLISH}\n## 💊\n\nOne.\n"
    ids = []
    for other in ("", "\n## ⚠\n\nTwo.\n"):
        page = build_site({"drugs/examplin.md": text.replace("\n## 💊", f"{other}\n## 💊")})
        [found] = re.findall(r'<h2 id="([^"]+)">💊</h2>', page.html("/drugs/examplin/"))
        ids.append(found)
    assert ids[0] == ids[1]
