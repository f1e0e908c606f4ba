"""The README of a whole export: what each file is, for somebody who has never seen Depot."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Table

from depot.base.actors import DepotView
from depot.exporting.choice import LEFT_OUT, exported_columns

_TEXT = """\
Everything that {name} has written down
{line}

Exported on {moment} (UTC) from Depot, a tracker of goods for food banks. This is a copy: nothing
here needs the program, and nothing here gets anybody into it. Passwords, tokens and links are
left out.

To check it
-----------

    python3 verify.py

needs Python 3.9 or newer and nothing else, no network, no installation. It reads this folder, or
the zip as it is (python3 verify.py the-export.zip), and computes again:

  * that each file is as it was written (manifest.json holds its SHA-256),
  * the chain of seals over every entry of the ledger, from the first to the last,
  * that every line moves a whole quantity above zero from one place to another,
  * what lies at each place, and that it is what tables/stock_balance.csv says,
  * the chain of seals over the filed reports.

It then prints the last seal. Compare it with the seal that is printed on your reports: if a report
of last month says that line 730 of the book has the seal 9f3a 61c2 0b7e d418,

    python3 verify.py --line 730 --seal "9f3a 61c2 0b7e d418"

proves that nobody has rewritten anything up to that line since it was printed.

The files
---------

ledger.jsonl         One entry a line, in order. "text" is what was sealed; "seal" is the SHA-256 of
                     the seal before it (64 zeros before the first), a line feed, and "text".
                     In "text", moves are [item, lot, from, to, quantity, weighed grams], by id,
                     and "correction" at the end of a line that puts right what came later;
                     instants are milliseconds since 1970 in UTC; quantities are pieces, grams or
                     millilitres, as tables/item.csv says in base_unit.
filed_reports.jsonl  One filed report a line, sealed in the same way.
manifest.json        What was exported, when, and the SHA-256 of each file.
verify.py            The program that checks all this.
tables/              One CSV file a table (UTF-8, commas, RFC 4180). Instants and days are ISO 8601,
                     yes and no are true and false, an empty cell is nothing. Text that a
                     spreadsheet could take for a formula has an apostrophe before it.
photos/              The photos of items, each a JPEG named by the item's id in tables/item.csv.

Tables and columns
------------------

{tables}

Left out
--------

{left_out}
"""


def readme(depot: DepotView, moment: datetime, tables: Iterable[Table]) -> str:
    """Return the text for a depot's export of that moment (UTC)."""
    title = f"Everything that {depot.name} has written down"
    described = "\n".join(
        f"{table.name}.csv\n    {', '.join(column.name for column in exported_columns(table))}"
        for table in tables
    )
    return _TEXT.format(
        name=depot.name,
        line="=" * len(title),
        moment=f"{moment:%Y-%m-%d %H:%M}",
        tables=described,
        left_out="\n".join(f"{name}: {why}" for name, why in sorted(LEFT_OUT.items())),
    )
