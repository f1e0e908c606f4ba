"""By which code commands name the crates that people and phones name by what they read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import bindparam, func, literal_column, select, union_all
from sqlalchemy.orm import Session

from depot.base.names import name_key
from depot.models import Crate, CrateLabel
from labels.symbols import codes

_FIRST: Final = (
    select(CrateLabel.code)
    .where(CrateLabel.crate_id == Crate.location_id)
    .order_by(CrateLabel.replaced_at)
    .limit(1)
    .scalar_subquery()
)
_KEY: Final = func.coalesce(_FIRST, Crate.code).label("key")
_OURS: Final = select(Crate.code, Crate.box_number_key, _KEY).where(
    Crate.depot_id == bindparam("depot")
)
#: :depot, and among :codes or :boxes; asked with every act at a crate. Two statements in one, as
#: depot/kernel/sql.py says of its own.
_NOW: Final = union_all(
    _OURS.where(Crate.code.in_(bindparam("codes", expanding=True))),
    _OURS.where(
        Crate.box_number_key.in_(bindparam("boxes", expanding=True)),
        # not bound: it tells SQLite that the index, which leaves out the blank ones, will do
        Crate.box_number_key != literal_column("''"),
    ),
)
_label = CrateLabel.__table__.alias("asked")
#: :depot, and among :codes that no crate has now
_BEFORE: Final = (
    select(_label.c.code, _KEY)
    .select_from(_label)
    .join(Crate, Crate.location_id == _label.c.crate_id)
    .where(
        _label.c.depot_id == bindparam("depot"),
        _label.c.code.in_(bindparam("codes", expanding=True)),
    )
)


def crate_keys(session: Session, depot_id: int, texts: Iterable[str]) -> dict[str, str]:
    """Return the code that each text's crate was made with; texts that name none are left out.

    A text is a code or an old box number, however spelled; a painted number wins over a code. What
    is returned stays so, whatever label the crate gets. One statement; a second one where a code is
    left that may be on a label since replaced.
    """
    wanted = {text: (codes.normalise_code(text), name_key(text)) for text in texts}
    asked = {
        "depot": depot_id,
        "codes": list({code for code, _box in wanted.values() if code}),
        "boxes": list({box for _code, box in wanted.values()}),
    }
    connection = session.connection()
    painted: dict[str, str] = {}
    printed: dict[str, str] = {}
    for code, box, key in connection.execute(_NOW, asked):
        painted[box] = printed[code] = key
    painted.pop("", None)
    left = [
        code for code, box in wanted.values() if code and box not in painted and code not in printed
    ]
    if left:
        printed |= {
            code: key
            for code, key in connection.execute(_BEFORE, {"depot": depot_id, "codes": left})
        }
    found = {
        text: painted.get(box) or printed.get(code or "") for text, (code, box) in wanted.items()
    }
    return {text: key for text, key in found.items() if key}
