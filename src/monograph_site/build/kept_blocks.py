"""The blocks of published pages that an edit of templates leaves as they are: they are taken from
the published files, and only what is around them is rendered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field

from ..model.strings import digest
from ..pages.page import Page
from ..render.page_key import PLAIN, template_digest
from ..render.renderer import block_digests
from .options import Inputs
from .site_plan import SitePlan
from .state import BuildState, PublishedFile, TemplateBlocks

_decode_places = msgspec.msgpack.Decoder(dict[str, tuple[int, int]]).decode


class KeptBlocks(Struct, frozen=True):
    """Where the texts of blocks are that have not changed since the last build."""

    output: Path
    names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The names of these blocks, by template."""
    files: Mapping[str, PublishedFile] = field(default_factory=dict)
    """The published files by path."""

    def of(self, page: Page) -> dict[str, str]:
        """The texts of the blocks of a page, by name; none where its file has changed meanwhile."""
        names, file = self.names.get(page.template), self.files.get(page.path)
        if not names or file is None or not file.blocks:
            return {}
        try:
            with open(f"{self.output}/{page.path}", "rb") as published:  # as `Path` is slow
                content = published.read()
        except OSError:
            return {}
        if digest(content) != file.content:
            return {}
        places = _decode_places(file.blocks).items()
        return {name: content[start:end].decode() for name, (start, end) in places if name in names}


def kept_blocks(
    output: Path,
    before: Mapping[str, TemplateBlocks],
    now: Mapping[str, TemplateBlocks],
    files: Mapping[str, PublishedFile],
) -> KeptBlocks:
    """The blocks with the same digest `before` and `now`, on pages whose data has not changed."""
    names = {
        template: frozenset(dict(blocks.digests.items() & before[template].digests.items()))
        for template, blocks in now.items()
        if template in before
    }
    return KeptBlocks(output, names, files)


def template_blocks(plan: SitePlan, inputs: Inputs, last: BuildState) -> dict[str, TemplateBlocks]:
    """The digests of the blocks of the templates that a plan uses, and of those of the last build."""
    config, used = plan.config, {planned.page.template for planned in plan.pages}
    result: dict[str, TemplateBlocks] = {}
    for name in sorted({*used, *last.blocks} - PLAIN):
        key = digest(inputs.code, template_digest(name, plan.templates), config.language)
        known = last.blocks.get(name)
        if known is None or known.key != key:
            known = TemplateBlocks(key, block_digests(name, inputs.theme, config))
        result[name] = known
    return result
