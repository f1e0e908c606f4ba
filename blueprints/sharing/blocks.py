"""The blocks of a paper as a page shows them: tables and figures as they are, charts drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from blueprints.words.charts import BarChart, drawn
from depot.papers.paper import Block, Chart, PageBreak
from depot.words.reader import Reader


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A block under the name of its sort; `chart` is drawn if it is one, `id` is its own."""

    sort: str
    block: Any
    id: str
    chart: BarChart | None = None


def paper_blocks(blocks: Iterable[Block], reader: Reader) -> list[PaperBlock]:
    """Return the blocks for a template; where a page of paper would end is nothing on a screen."""
    return [
        PaperBlock(
            block.sort,
            block,
            f"block-{number}",
            drawn(block, reader) if isinstance(block, Chart) else None,
        )
        for number, block in enumerate(blocks)
        if not isinstance(block, PageBreak)
    ]
