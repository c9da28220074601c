"""Threads that read texts at once: an editor's file is read while its site is."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from markdown_it.ruler import Ruler

from monograph_site.markdown import reference
from monograph_site.markdown.parser import parse

TEXT = "A ![picture](a%20b.png), <https://example.org/\u00e9> and H~[2](x)~O.\n"


def test_an_engine_is_complete_before_another_thread_can_use_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = parse(TEXT, by_reference=True)
    half_done, goes_on = Event(), Event()
    complete = Ruler.__compile__

    def in_two_steps(ruler: Ruler) -> None:
        """As the parser's own, with the pause between its steps in which other threads may run."""
        if not half_done.is_set():
            ruler.__cache__ = {}
            half_done.set()
            assert goes_on.wait(60)
        complete(ruler)

    monkeypatch.setattr(Ruler, "__compile__", in_two_steps)
    reference._engine.cache_clear()
    with ThreadPoolExecutor(1) as other:
        first = other.submit(parse, TEXT, by_reference=True)
        assert half_done.wait(60)
        second = parse(TEXT, by_reference=True)
        goes_on.set()
        assert (first.result(), second) == (expected, expected)


def test_no_text_is_the_first_to_fill_a_table_of_all_engines() -> None:
    program = f"""
from mdurl import _decode, _encode
from monograph_site.markdown import reference
from monograph_site.markdown.parser import parse

filled = [*_encode.encode_cache], [*_decode.decode_cache]
parse({TEXT!r}, by_reference=True)
assert all(filled), filled
assert filled == ([*_encode.encode_cache], [*_decode.decode_cache])
"""
    subprocess.run([sys.executable, "-c", program], check=True)
