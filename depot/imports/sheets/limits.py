"""How large a table may be. Beyond these it is not a pantry's spreadsheet but an accident."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 10_000_000
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 200
#: Excel itself allows 32,767 characters a cell.
MAX_CELL: Final = 32_767
#: A row so far down is formatting without end, or an attack: no need to go on looking.
MAX_ROW_NUMBER: Final = 100_000

#: What a workbook may unpack to, and of how many XML elements it may be made: a full 20,000 rows
#: of 20 columns, with every text its own, is 2 million.
MAX_UNPACKED_BYTES: Final = 100_000_000
MAX_PARTS: Final = 2_000
MAX_ELEMENTS: Final = 4_000_000
#: Parts that are held in memory as a whole (styles, names) are far smaller.
MAX_SMALL_PART_ELEMENTS: Final = 100_000
MAX_CELLS_IN_ROW: Final = 20_000
