"""Gathering one entry: moves, placements, discrepancies; then posting it with its answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Final, TypeVar

from sqlalchemy import ColumnElement, insert, select, update

from depot.base.actors import Actor
from depot.base.kinds import DiscrepancyKind, EntryKind, ReasonOfEntry, SourceOfEntry
from depot.kernel.answers import Booked, BookedGoods, Opened
from depot.kernel.lookups import (
    CrateRow,
    ItemRow,
)
from depot.kernel.once import Work
from depot.kernel.promises.keeping import look_over_entry
from depot.kernel.promises.waiting import look_over_picks
from depot.kernel.second.write_offs import ABOVE_LIMIT, look_at_write_off
from depot.ledger.correcting import Shift
from depot.ledger.doubts.history import find_doubts
from depot.ledger.doubts.questions import question_of
from depot.ledger.doubts.rules import Doubt
from depot.ledger.entries import Entry, Move, People, Place, Placement
from depot.ledger.facts import Counted
from depot.ledger.late import set_beside
from depot.ledger.past.recalled import gone_before_recall
from depot.ledger.posting import post_entry
from depot.ledger.reading import Lacking
from depot.models import CountedStock, Crate, Discrepancy, StockEntry

B = TypeVar("B", bound=Booked)
#: How a thing to look at is settled by what came later and explains it.
EXPLAINED: Final = "explained"


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """A fact that is accepted although the ledger disagrees, by the columns of a discrepancy."""

    kind: DiscrepancyKind
    item_id: int | None
    location_id: int | None
    expected_quantity: int | None
    actual_quantity: int | None
    detail: str


@dataclass(slots=True)
class Draft:
    """An entry in the making. `post` writes it once and returns the command's answer."""

    work: Work
    kind: EntryKind
    source_kind: SourceOfEntry = ""
    partner_id: int | None = None
    event_id: int | None = None
    reason: ReasonOfEntry = ""
    note: str = ""
    reverses_id: int | None = None
    #: The calendar day, where it is not that of the work: a reversal has the day it undoes.
    occurred_on: date | None = None
    people: People | None = None
    moves: list[Move] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)
    discrepancies: list[Noted] = field(default_factory=list)
    #: Whether a write-off has happened on the floor whatever anybody says to it.
    is_done: bool = False
    #: What was counted, by item: facts beside the lines.
    counted: dict[int, list[Counted]] = field(default_factory=dict)

    def move(
        self,
        item_id: int,
        lot_id: int,
        source: Place,
        target: Place,
        quantity: int,
        weighed_grams: int | None = None,
    ) -> None:
        """Add a move; a line to a place it is already at is no move."""
        if source.id != target.id:
            self.moves.append(Move(item_id, lot_id, source, target, quantity, weighed_grams))

    def place_crate(self, crate: CrateRow, to_id: int | None) -> None:
        """Put a crate somewhere, unless it stands there already."""
        if crate.parent_id != to_id:
            self.placements.append(Placement(crate.place.id, crate.parent_id, to_id))

    def discrepancy(
        self,
        kind: DiscrepancyKind,
        *,
        item_id: int | None = None,
        location_id: int | None = None,
        expected: int | None = None,
        actual: int | None = None,
        detail: str = "",
    ) -> None:
        """Note a fact that is accepted although the ledger disagrees."""
        self.discrepancies.append(
            Noted(
                kind=kind,
                item_id=item_id,
                location_id=location_id,
                expected_quantity=expected,
                actual_quantity=actual,
                detail=detail,
            )
        )

    def take_doubts(self, doubts: Iterable[Doubt]) -> None:
        """Note what is accepted although it is far from anything before; who is there is asked.

        With it what was doubted on the way and could not be asked.
        """
        asked = list(doubts)
        if self.work.is_attended:
            for doubt in asked:
                self.work.doubt(question_of(doubt))
        for doubt in (*self.work.doubts, *asked):
            self.discrepancy(
                "unlikely_number",
                item_id=doubt.item_id,
                expected=doubt.usual,
                actual=doubt.found,
                detail=doubt.detail,
            )

    def bind(self, crates: Sequence[CrateRow]) -> None:
        """Blank crates that are filled are in use from now on."""
        blank = [crate.place.id for crate in crates if crate.state == "blank"]
        if blank:
            self.work.session.execute(
                update(Crate).where(Crate.location_id.in_(blank)).values(state="in_use")
            )

    def post(self, answer: Callable[..., B]) -> B:
        """Post the entry (if it says anything) and its discrepancies; return the answer.

        `answer` makes it from entry_id and seq (None if there was nothing to post) and the
        discrepancies opened: the class itself, or `partial` of it with what else it says.
        """
        entry_id = seq = None
        entry = self._entry()
        if self.work.is_late and self.kind != "reversal":
            entry = self._brought_in_line(entry)
        if entry.moves or entry.placements or entry.people or self.kind == "reversal":
            self.take_doubts(find_doubts(self.work.session, entry))
            posted = post_entry(self.work.session, entry, self.work.head)
            entry_id, seq = posted.entry_id, posted.seq
        if self.work.is_fact:
            for name, item_id, quantity in gone_before_recall(self.work.session, entry):
                self.discrepancy("recalled_gone", item_id=item_id, actual=quantity, detail=name)
        self._keep_counts(entry_id)
        if self.kind == "write_off":
            self._look_at_weight(entry_id)
        opened = _open_discrepancies(self.work, self.discrepancies, entry_id)
        opened += look_over_picks(self.work, entry, entry_id)
        opened += look_over_entry(self.work, entry, entry_id)
        kept = entry_id is not None or not self.note
        return answer(entry_id=entry_id, seq=seq, discrepancies=opened, note_kept=kept)

    def _look_at_weight(self, entry_id: int | None) -> None:
        """Have two people see to a write-off that is heavy: before it is done, or after."""
        found = look_at_write_off(self.work, entry_id, is_done=self.is_done)
        if found is not None:
            self.discrepancy(ABOVE_LIMIT, expected=found[0], actual=found[1])

    def _brought_in_line(self, entry: Entry) -> Entry:
        """Return the entry with the lines that set it beside what happened after it."""
        lacking: defaultdict[int, list[Lacking]] = defaultdict(list)
        for found in self.discrepancies:
            if found.kind == "short_stock":
                lack = (found.actual_quantity or 0) - (found.expected_quantity or 0)
                lacking[found.item_id or 0].append(Lacking(found.location_id, lack))
        seq = self.work.head.seq + 1
        late = set_beside(self.work.session, entry, seq, lacking, self.counted)
        for item_id, shift in late.shifts.items():
            self.note_shift(item_id, shift)
            self._settle_explained(item_id, shift)
        return replace(entry, moves=late.moves)

    def note_shift(self, item_id: int, shift: Shift) -> None:
        """Ask to look at what a late fact changes: counts that stand, goods that are short now."""
        for count in shift.counts:
            self.discrepancy(
                "counted_since",
                item_id=item_id,
                location_id=count.location_id,
                expected=count.before,
                actual=count.after,
            )
        for lack in shift.short:
            self.discrepancy(
                "short_stock",
                item_id=item_id,
                location_id=lack.location_id,
                expected=lack.found,
                actual=lack.wanted,
            )

    def _settle_explained(self, item_id: int, shift: Shift) -> None:
        if not shift.explained:
            return
        entries = select(StockEntry.id).where(
            StockEntry.depot_id == self.work.depot_id, StockEntry.seq.in_(shift.explained)
        )
        about = (Discrepancy.kind == "short_stock") & (Discrepancy.item_id == item_id)
        settle_discrepancies(self.work, EXPLAINED, about & Discrepancy.entry_id.in_(entries))

    def _keep_counts(self, entry_id: int | None) -> None:
        """Keep what was counted; it stands in the book behind the last entry if it posted none."""
        work = self.work
        rows = [
            {
                "depot_id": work.depot_id,
                "entry_id": entry_id,
                "command_id": work.command_id,
                "seq": work.head.seq + (entry_id is not None),
                "occurred_at": work.occurred_at,
                "location_id": counted.location_id,
                "item_id": item_id,
                "lot_id": line.lot_id,
                "counted_quantity": line.quantity,
                "spare_lot_id": line.spare_lot_id,
            }
            for item_id, found in self.counted.items()
            for counted in found
            for line in counted.lines
        ]
        if rows:
            work.session.execute(insert(CountedStock), rows)

    def _entry(self) -> Entry:
        work = self.work
        return Entry(
            depot_id=work.depot_id,
            kind=self.kind,
            occurred_at=work.occurred_at,
            occurred_on=self.occurred_on or work.occurred_on,
            recorded_at=work.recorded_at,
            command_id=work.command_id,
            person_id=work.actor.person_id,
            token_id=work.actor.token_id,
            source_kind=self.source_kind,
            partner_id=self.partner_id,
            event_id=self.event_id,
            reason=self.reason,
            note=entry_note(self.note, work.actor),
            reverses_id=self.reverses_id,
            moves=merge_moves(self.moves),
            placements=tuple(self.placements),
            people=self.people,
        )


def _open_discrepancies(
    work: Work, found: Sequence[Noted], entry_id: int | None
) -> tuple[Opened, ...]:
    if not found:
        return ()
    common = {
        "depot_id": work.depot_id,
        "entry_id": entry_id,
        "opened_at": work.recorded_at,
        "person_id": work.actor.person_id,
    }
    ids = work.session.scalars(
        insert(Discrepancy).returning(Discrepancy.id, sort_by_parameter_order=True),
        [common | asdict(one) for one in found],
    ).all()
    return tuple(Opened(id=number, kind=one.kind) for number, one in zip(ids, found, strict=True))


def doubt_without_entry(work: Work, *doubts: Doubt) -> None:
    """Ask about and list doubts of a command that posts no entry, with those met on the way."""
    draft = Draft(work, "transfer")
    draft.take_doubts(doubts)
    _open_discrepancies(work, draft.discrepancies, None)


def entry_note(note: str, actor: Actor) -> str:
    """Return an entry's note; how it came here, if not at once, stands behind what was typed."""
    how = actor.carriage.note if actor.carriage else ""
    return " · ".join(part for part in (note, how) if part)


def merge_moves(moves: Sequence[Move]) -> tuple[Move, ...]:
    """Return the moves with those alike in everything but quantity added up, order kept."""
    together: dict[tuple[object, ...], Move] = {}
    for move in moves:
        key = (move.item_id, move.lot_id, move.source, move.target, move.weighed_grams is None)
        known = together.get(key)
        together[key] = move if known is None else _sum(known, move)
    return tuple(together.values())


def _sum(one: Move, other: Move) -> Move:
    weighed = (one.weighed_grams or 0) + (other.weighed_grams or 0)
    return replace(one, quantity=one.quantity + other.quantity, weighed_grams=weighed or None)


#: Name and base unit of items, by id.
ItemNames = dict[int, tuple[str, str]]


def names_of(items: Iterable[ItemRow]) -> ItemNames:
    """Return name and base unit of the items, by id."""
    return {item.id: (item.name, item.base_unit) for item in items}


def moved_goods(draft: Draft, names: ItemNames) -> tuple[BookedGoods, ...]:
    """Return what the draft moves, added up by item, for the command's answer."""
    totals: dict[int, int] = {}
    for move in draft.moves:
        totals[move.item_id] = totals.get(move.item_id, 0) + move.quantity
    return tuple(
        BookedGoods(item_id=item_id, item=names[item_id][0], quantity=total, unit=names[item_id][1])
        for item_id, total in totals.items()
    )


def ask_once(work: Work, kind: DiscrepancyKind, detail: str, location_id: int | None) -> Opened:
    """Open a thing to look at, unless the same is being asked already."""
    known = work.session.scalar(
        select(Discrepancy.id).where(
            Discrepancy.depot_id == work.depot_id,
            Discrepancy.kind == kind,
            Discrepancy.detail == detail,
            Discrepancy.entry_id.is_(None),
            Discrepancy.resolved_at.is_(None),
        )
    )
    if known is None:
        known = work.session.execute(
            insert(Discrepancy)
            .values(
                depot_id=work.depot_id,
                kind=kind,
                detail=detail,
                location_id=location_id,
                opened_at=work.occurred_at,
                person_id=work.actor.person_id,
            )
            .returning(Discrepancy.id)
        ).scalar_one()
    return Opened(id=known, kind=kind)


def take_into_use(draft: Draft, crate: CrateRow) -> None:
    """A crate that is used is in use: a blank one simply, a retired one with a question."""
    draft.bind([crate])
    if crate.state == "retired":
        draft.work.session.execute(
            update(Crate)
            .where(Crate.location_id == crate.place.id, Crate.depot_id == draft.work.depot_id)
            .values(state="in_use", retired_at=None)
        )
        draft.discrepancy("crate_retired", location_id=crate.place.id, detail=crate.code)


def settle_discrepancies(
    work: Work, resolution: str, which: ColumnElement[bool], depot_id: int | None = None
) -> None:
    """Mark the open discrepancies of the depot that `which` names as looked at, by the actor.

    Those of another depot, at the other end of a transfer, are settled by nobody of it.
    """
    at = work.depot_id if depot_id is None else depot_id
    work.session.execute(
        update(Discrepancy)
        .where(Discrepancy.depot_id == at, Discrepancy.resolved_at.is_(None), which)
        .values(
            resolution=resolution,
            resolved_at=work.recorded_at,
            resolved_by_id=work.actor.person_id if at == work.depot_id else None,
        )
    )
