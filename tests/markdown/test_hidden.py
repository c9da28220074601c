"""Remarks that are hidden from readers are removed, and nothing else is."""

from __future__ import annotations

import pytest

from helpers import processor_limit
from monograph_site.markdown.hidden import blank_hidden, remove_hidden


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Take %%check this%% one.", "Take  one."),
        ("a\n\n%%\nAll of\n\nthis\n%%\n\nb", "a\n\n\n\n\n\n\n\nb"),
        ("{% comment %}to do{% endcomment %}x", "x"),
        ("{%- comment -%}\nto do\n{%- endcomment -%}\nx", "\n\n\nx"),
        ("{# to do #}x", "x"),
        ("{{/* to do */}}x {{</* no */>}}", "x "),
        ("{/* to do */}\nx", "\nx"),
        ("{::comment}\nto do\n{:/comment}\nx {::comment}no{:/}", "\n\n\nx "),
        ("a{>>check this<<} b", "a b"),
        # what is no remark
        ("5 %% of 10 and 20 %\n\nof 30 %%", None),
        ("`%%kept%%` and ``{# a #}``", None),
        ("```\n%%kept%%\n```", None),
        ("~~~\n{% comment %}x{% endcomment %}", None),
        ("## Heading {#id}", None),
        ("{{ page.title }} {% include x %}", None),
        ("%% never closed", None),
    ],
)
def test_hidden_remarks(text: str, rest: str | None) -> None:
    expected = text if rest is None else rest
    assert remove_hidden(text) == expected
    blanked = blank_hidden(text)
    assert (len(blanked), blanked.count("\n")) == (len(text), text.count("\n"))
    assert blanked.split() == expected.split()


@pytest.mark.parametrize(
    "part", ["%% a", "{# ", "{% comment %}", "`", "```\n", "{{/* ", "\n%%\n", "{{</* a */>}} `"]
)
def test_many_openings_cost_little(part: str) -> None:
    with processor_limit(5):
        remove_hidden(part * 20_000)
