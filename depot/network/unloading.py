"""Crates that come off the van: each is a crate of this depot by the code it had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update

from depot.base.names import name_key
from depot.kernel.crates import add_crates
from depot.kernel.draft import Draft
from depot.kernel.lookups import CrateRow, find_crates
from depot.kernel.once import Work
from depot.ledger.entries import Place
from depot.ledger.sql import NO_CRATE
from depot.models import Crate, Location, TransferCrate
from depot.network.envelopes import End, other_end_id
from depot.network.errors import NotInTransfer
from labels.symbols import codes


class Unloaded:
    """Crates that were scanned off the van, with those that stand on them."""

    def __init__(self, work: Work, end: End, texts: Sequence[str]) -> None:
        self._work, self._end = work, end
        self.places: dict[str, Place] = {}
        self.codes: dict[str, str] = {}
        self._boxes: dict[str, str] = {}
        if not texts:
            return
        rows = work.session.execute(
            select(
                TransferCrate.code,
                TransferCrate.stands_on,
                TransferCrate.box_number,
                TransferCrate.is_here,
            ).where(TransferCrate.depot_id == work.depot_id, TransferCrate.transfer_id == end.id)
        ).all()
        on = {row.code: row.stands_on for row in rows}
        self._boxes = {row.code: row.box_number for row in rows if row.box_number}
        for text in texts:
            code = codes.normalise_code(text) or text
            if code not in on:
                raise NotInTransfer(field="crate_codes", name=text)
            self.codes[code] = on[code]
        for row in rows:
            if row.is_here:  # it was scanned off before, and stands where it was put since
                self.codes.pop(row.code, None)
        while more := {code for code, below in on.items() if below in self.codes} - set(self.codes):
            self.codes |= {code: on[code] for code in more}

    def unload(self, draft: Draft, target: Place) -> None:
        """Put each down, one that stood on another on that; make those that are not known."""
        known = find_crates(self._work, self.codes)
        new = [code for code in self.codes if code not in known]
        places = add_crates(self._work, new) if new else []
        for code, place in zip(new, places, strict=True):
            known[code] = CrateRow(place, code, "", "blank", None)
        self.places = {code: known[code].place for code in self.codes}
        for code, below in self.codes.items():
            draft.place_crate(known[code], self.places.get(below, target).id)
        self._paint(known)
        ids = [place.id for place in self.places.values()]
        if ids:
            self._work.session.execute(
                update(Crate)
                .where(Crate.depot_id == self._work.depot_id, Crate.location_id.in_(ids))
                .values(state="in_use", retired_at=None)
            )

    def _paint(self, known: Mapping[str, CrateRow]) -> None:
        """Let crates without a number have the one painted on them, unless it is used here."""
        bare = {
            code: box
            for code, box in self._boxes.items()
            if code in self.codes and not known[code].box_number
        }
        if not bare:
            return
        work = self._work
        keys = {name_key(box) for box in bare.values()}
        used = set(
            work.session.scalars(
                select(Crate.box_number_key).where(
                    Crate.depot_id == work.depot_id, Crate.box_number_key.in_(keys)
                )
            )
        )
        used |= set(
            work.session.scalars(
                select(Location.name_key).where(
                    Location.depot_id == work.depot_id, NO_CRATE, Location.name_key.in_(keys)
                )
            )
        )
        for code, box in bare.items():
            key = name_key(box)
            if key and key not in used:
                used.add(key)
                work.session.execute(
                    update(Crate)
                    .where(
                        Crate.depot_id == work.depot_id,
                        Crate.location_id == self.places[code].id,
                    )
                    .values(box_number=box, box_number_key=key)
                )

    def keep(self, entry_id: int | None) -> None:
        """Write down at both ends that they are here, and with which entry they came."""
        if not self.codes:
            return
        theirs = other_end_id(self._work, self._end)
        ends = [(self._end.depot_id, self._end.id, entry_id)]
        if self._end.other_id is not None:
            ends.append((self._end.other_id, theirs or 0, None))
        for depot_id, transfer_id, own_entry in ends:
            values = {"is_here": True} | ({"entry_id": own_entry} if own_entry else {})
            self._work.session.execute(
                update(TransferCrate)
                .where(
                    TransferCrate.depot_id == depot_id,
                    TransferCrate.transfer_id == transfer_id,
                    TransferCrate.code.in_(self.codes),
                    ~TransferCrate.is_here,
                )
                .values(values)
            )
