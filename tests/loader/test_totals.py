"""The sums of a whole formulary agree with a count made here, from the raw text, by regular
expressions alone.

The expressions know nothing of drugs, lists or nesting, so they are allowed to differ by half a
percent. Single files are checked by the gold files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from formularies import Formularies, Formulary

TOLERANCE = 0.005

LABELLED = {
    "names": r"generic names?",
    "uses": r"usages?",
    "side_effects": r"side effects",
    "how_it_works": r"how .{0,60}?works?",
    "faqs": r"(?:FAQs?|frequently asked questions)",
}
SECTIONED = {
    "uses": r"usage",
    "names": r"alternate names?",
    "how_it_works": r"how .{0,60}?works?",
    "dose": r"dosage",
    "side_effects": r"side effects",
    "contraindications": r"contraindications",
    "interactions": r"drug interactions",
    "pregnancy": r"pregnancy (?:and|&) breastfeeding",
    "summary": r"drug profile summary",
    "combinations": r"popular combinations",
    "warnings": r"precautions",
    "faqs": r"(?:FAQs?|frequently asked questions)",
}


def label(words: str) -> re.Pattern[str]:
    """A line that starts with these words and a colon, perhaps bold, bulleted or with a bracket
    behind."""
    return re.compile(
        rf"^[ \t]*(?:[*+-][ \t]+)?(?:\*\*)?{words}(?: \([^)\n]*\))?:? ?\**:", re.M | re.I
    )


def heading(words: str) -> re.Pattern[str]:
    """A heading of these words, perhaps bold, with a bracket or the text itself behind."""
    return re.compile(rf"^#{{1,3}} +\**{words}(?=[ \t]*(?:[*:(]|$))", re.M | re.I)


def after(pattern: str, body: str) -> str:
    """The text from the first line that matches on."""
    match = re.search(pattern, body, re.M | re.I)
    return body[match.start() :] if match else ""


def questions_in_labelled(body: str) -> int:
    """Questions from the label `FAQs` to the disclaimer: answered in brackets, bold, italic or
    bulleted."""
    questions = after(r"^\W*(?:\w[^\n]{0,60} )?(?:FAQs?\b|frequently asked)", body)
    questions = re.split(r"^\W*(?:Disclaimer|Note:)", questions, maxsplit=1, flags=re.M | re.I)[0]
    return sum(map(questions_in_line, questions.splitlines()))


def questions_in_line(line: str) -> int:
    """The questions of one line, which may be the rest of the line of the label."""
    line = re.sub(r"\*\*FAQs?[^*]*\*\*", "", line, flags=re.I)
    bracketed = re.findall(r"\? +\(", line)
    marked = re.findall(r"(?<!\*)\*{1,2}(?!\s)[^*\n]{4,250}?\?[^*\n]{0,40}\*{1,2}", line)
    bulleted = re.match(r"[ \t]*[*+-][ \t]+[^\n]{4,250}?\?", line)
    return len(bracketed) if len(bracketed) > 1 else max(len(marked), bulleted is not None)


def questions_in_sectioned(body: str) -> int:
    """Lines that start with `Q` and a number, whatever marks them, from the heading `FAQs` to the
    end."""
    questions = after(r"^#+ .*(?:FAQ|frequently asked)", body)
    return len(re.findall(r"^(?:#{2,6} |[ \t]*[-*] )?(?:\*\*)?Q\d*[:.]", questions, re.M))


def disagreements(
    built: Formulary, count_questions: Callable[[str], int], patterns: dict[str, re.Pattern[str]]
) -> Iterator[str]:
    """The sums that differ by more than is allowed: `what: ours, theirs`."""
    in_site: Counter[str] = Counter()
    in_text: Counter[str] = Counter()
    for path in built.files:
        body, record = built.body(path), built.records[path]
        in_site["questions"] += len(record["faqs"])
        in_text["questions"] += count_questions(body)
        in_site.update(
            section["key"] for section in record["sections"] if section["key"] in patterns
        )
        in_text.update({key: len(pattern.findall(body)) for key, pattern in patterns.items()})
    for what, count in in_text.items():
        assert count, what
        if abs(in_site[what] - count) > TOLERANCE * count:
            yield f"{what}: {in_site[what]} in the site, {count} in the text"


CASES = [
    ("bold", questions_in_labelled, {key: label(words) for key, words in LABELLED.items()}),
    ("labelled", questions_in_labelled, {key: label(words) for key, words in LABELLED.items()}),
    ("headed", questions_in_sectioned, {key: heading(words) for key, words in SECTIONED.items()}),
    (
        "sectioned",
        questions_in_sectioned,
        {key: heading(words) for key, words in SECTIONED.items()},
    ),
]


@pytest.mark.parametrize(
    ("name", "count_questions", "patterns"), CASES, ids=[case[0] for case in CASES]
)
def test_totals(
    formulary: Formularies,
    name: str,
    count_questions: Callable[[str], int],
    patterns: dict[str, re.Pattern[str]],
) -> None:
    assert [*disagreements(formulary(name), count_questions, patterns)] == []


# links between combinations and their ingredients


def titles(built: Formulary) -> dict[str, str]:
    """The title of each file as its front matter says it, found by a regular expression."""
    titles_by_path = {}
    for path in built.files:
        line = re.search(r"^title:[ \t]*(.*)$", built.text(path), re.M)
        assert line, path
        title = line.group(1).strip()
        titles_by_path[path] = (
            title[1:-1].replace("''", "'")
            if title[:1] in ("'", '"') and title[-1:] == title[:1]
            else title
        )
    return titles_by_path


def squash(name: str) -> str:
    return "".join(re.findall(r"[a-z0-9]+", name.casefold()))


@pytest.mark.parametrize("name", ["bold", "headed", "labelled", "sectioned"])
def test_every_mention_of_an_ingredient_with_a_page_leads_there(
    formulary: Formularies, name: str
) -> None:
    built = formulary(name)
    named = titles(built)
    pages: dict[str, list[str]] = {}
    for path, title in named.items():
        if " + " not in title:
            pages.setdefault(squash(title), []).append(built.records[path]["url"])
    mentions = missed = 0
    wrong = []
    for path, title in named.items():
        if " + " not in title:
            continue
        links = {squash(link["title"]): link["url"] for link in built.records[path]["ingredients"]}
        for ingredient in title.split(" + "):
            candidates = pages.get(squash(ingredient), [])
            if len(candidates) == 1:
                mentions += 1
                if links.get(squash(ingredient)) != candidates[0]:
                    wrong.append(
                        f"{path}: {ingredient} -> {links.get(squash(ingredient))}, not {candidates[0]}"
                    )
            elif not candidates:
                missed += 1
                assert squash(ingredient) in links, (path, ingredient)
    assert wrong == []
    assert mentions >= 2


@pytest.mark.parametrize("name", ["bold", "headed"])
def test_the_page_of_an_ingredient_leads_back(formulary: Formularies, name: str) -> None:
    built = formulary(name)
    for path, record in built.records.items():
        for link in record["ingredients"]:
            if link["url"]:
                target = next(
                    other
                    for other, other_record in built.records.items()
                    if other_record["url"] == link["url"]
                )
                assert f'href="{record["url"]}"' in built.html(target), (path, target)
