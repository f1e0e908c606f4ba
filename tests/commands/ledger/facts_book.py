"""A book that is kept on paper: facts in the order in which they happened, told from the start.

It shares no code with the ledger. Its rules are those of docs/adr/0023, one item in a few lots:

1. What comes in is there. What is moved takes along what is there of it.
2. What goes out is gone; what was not there is invented.
3. A count says what is there, and forgets all threads (5) of what it counted.
4. What was missing is first sought where it went from, in what was written later but came earlier.
5. A move that is undone leaves a thread: what goes out at its end without being there is drawn
   through it. A move that finds nothing passes such a thread on.
6. How much of an act was known is settled when it is written: as much as lay there then and did
   not leave the house since. The rest is unknown: of the last lot found, else of the lot "".
   What is named without a lot is of the earliest date that was known then.
7. What goes out of a place may be in the crates that stand there. A crate stands where it was put
   last by then, as far as the book knows when the slip is written; one that was not put anywhere
   yet stood where the first to put it somewhere found it, or, if nobody knew, put it. What is told
   late does not take a crate away from where it was put after.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

Stock = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Said:
    """One fact as it was written: what, when, how much, from where to where ("": outside)."""

    what: str
    at: int
    written: int
    quantity: int
    lot: str | None = ""
    source: str = ""
    target: str = ""
    spare: str = ""
    #: Where it may have been taken from.
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Put:
    """A crate was put somewhere."""

    at: int
    written: int
    crate: str
    found: str
    place: str


@dataclass
class PaperBook:
    """The facts said so far; `written` counts what was written down, undoing too.

    `places` are all there are, in the order in which they are looked through.
    """

    places: tuple[str, ...] = ()
    said: list[Said] = field(default_factory=list)
    puts: list[Put] = field(default_factory=list)
    written: int = 0
    lots: list[str] = field(default_factory=list)

    def donate(self, at: int, quantity: int, lot: str, place: str) -> None:
        self._write()
        self._name(lot)
        self.said.append(Said("act", at, self.written, quantity, lot, "", place))

    def take(self, at: int, quantity: int, lot: str | None, source: str, target: str = "") -> None:
        """Goods of a lot, or of whatever lot, go out of a place, or to another place."""
        self._write()
        scope = (source,) if target else self._scope(at, source)
        wanted = sorted(self.lots, key=_by_date) if lot is None else [lot]
        left, of, told = quantity, "", list(self.said)
        for one in wanted:
            for place in scope:
                known = min(left, self.free(at, one, place))
                if known:
                    told.append(Said("act", at, self.written, known, one, place, target))
                    left, of = left - known, one
        if left:
            rest = Said("unknown", at, self.written, left, self._name(of), source, target)
            told.append(replace(rest, scope=scope))
        self.said = told

    def put(self, at: int, crate: str, place: str) -> bool:
        """A crate is put somewhere; say whether that is news."""
        here = self.stands(crate)
        if here == place or any(one.at > at for one in self.puts if one.crate == crate):
            return False
        self._write()
        self.puts.append(Put(at, self.written, crate, here, place))
        return True

    def count(self, at: int, quantity: int, lot: str | None, place: str) -> None:
        """So many of a lot, or (None) of all lots, are at a place."""
        self._write()
        here = [one for (where, one), n in self.stock(at).items() if where == place and n]
        spare = lot
        if lot is None:
            known = [one for one in self.lots if one in here]
            spare = known[-1] if known else self._name("") if quantity else ""
        fact = Said("count", at, self.written, quantity, lot, place, place, spare or "")
        self.said.append(fact)

    def undo(self, written: int) -> None:
        self._write()
        kept = []
        for one in self.said:
            if one.written != written:
                kept.append(one)
            elif one.what == "act" and one.source and one.target:
                kept.append(replace(one, what="undone"))
        self.said = kept
        self.puts = [one for one in self.puts if one.written != written]

    def stock(self, at: int = 10**9) -> Stock:
        """Return what lies where, of what happened up to a time."""
        return _Telling([one for one in self.said if one.at <= at]).stock

    def _write(self) -> None:
        self.written += 1

    def _name(self, lot: str) -> str:
        if lot not in self.lots:
            self.lots.append(lot)
        return lot

    def _scope(self, at: int, place: str) -> tuple[str, ...]:
        inside = {place}
        for _ in self.places:
            inside |= {one for one in self.places if self.stands(one, at) in inside}
        return tuple(one for one in self.places if one in inside)

    def stands(self, crate: str, at: int = 10**9) -> str:
        """Return where a crate stood then ("": nobody knows)."""
        own = sorted((one for one in self.puts if one.crate == crate), key=_when)
        for one in reversed(own):
            if one.at <= at:
                return one.place
        return own[0].found or own[0].place if own else ""

    def free(self, at: int, lot: str, source: str) -> int:
        """Try it, one by one: how much can go without anything else going short."""
        was = _Telling(self.said).invented
        most = self.stock(at).get((source, lot), 0)
        for quantity in range(most, 0, -1):
            tried = Said("act", at, self.written, quantity, lot, source, "")
            if _Telling([*self.said, tried]).invented <= was:
                return quantity
        return 0


def _by_date(lot: str) -> str:
    return lot or "9999"


def _when(one: Put) -> tuple[int, int]:
    return one.at, one.written


class _Telling:
    """The facts told from the first to the last."""

    def __init__(self, said: list[Said]) -> None:
        self.stock: Counter[tuple[str, str]] = Counter()
        self.came: list[list[object]] = []
        self.threads: list[list[object]] = []
        self.invented = 0
        for one in sorted(said, key=lambda one: (one.at, one.written, one.what == "unknown")):
            getattr(self, f"_{one.what}")(one)
        self.stock = +self.stock

    def _act(self, one: Said) -> None:
        if not one.source:
            self._come(one, one.lot or "", one.quantity)
            return
        key = (one.source, one.lot or "")
        got = min(one.quantity, self.stock[key])
        self.stock[key] -= got
        if not one.target:
            got += self._pull(key, one.quantity - got)
        missing = one.quantity - got
        if one.target:
            self._come(one, one.lot or "", got)
        missing -= self._seek(one, missing)
        if one.target:
            self._thread(one, min(missing, self._through(key)))
        else:
            self.invented += missing

    def _unknown(self, one: Said) -> None:
        missing = one.quantity - self._seek(one, one.quantity)
        self.invented += missing
        if one.target:
            self._come(one, one.lot or "", missing)

    def _undone(self, one: Said) -> None:
        key = (one.source, one.lot or "")
        self._thread(one, min(one.quantity, self.stock[key] + self._through(key)))

    def _count(self, one: Said) -> None:
        here = [key for key in self.stock if key[0] == one.source and one.lot in (None, key[1])]
        more = one.quantity - sum(self.stock[key] for key in here)
        if more > 0:
            self.stock[one.source, one.spare] += more
        for key in sorted(here, key=lambda key: _by_date(key[1])):
            gone = min(max(-more, 0), self.stock[key])
            self.stock[key] -= gone
            more += gone
        self.threads = [
            thread
            for thread in self.threads
            if one.source not in (thread[0], thread[1]) or one.lot not in (None, thread[2])
        ]

    def _come(self, one: Said, lot: str, quantity: int) -> None:
        if quantity:
            self.stock[one.target, lot] += quantity
            self.came.append([one.written, one.target, lot, quantity])

    def _seek(self, one: Said, wanted: int) -> int:
        """Take what was written later but came earlier, and take it along where it goes."""
        found = 0
        for arrival in list(self.came):
            written, place, lot, left = arrival
            assert isinstance(left, int)
            if written > one.written and place in (one.scope or (one.source,)):  # type: ignore[operator]
                got = min(wanted - found, left, self.stock[place, lot])  # type: ignore[index]
                self.stock[place, lot] -= got  # type: ignore[index]
                arrival[3] = left - got
                found += got
                if one.target:
                    self._come(one, str(lot), got)
        return found

    def _thread(self, one: Said, quantity: int) -> None:
        if quantity:
            self.threads.append([one.source, one.target, one.lot, quantity])

    def _through(self, key: tuple[str, str]) -> int:
        return sum(int(str(t[3])) for t in self.threads if (t[1], t[2]) == key)

    def _pull(self, key: tuple[str, str], wanted: int) -> int:
        found = 0
        for thread in [t for t in reversed(self.threads) if (t[1], t[2]) == key]:
            asked = min(wanted - found, int(str(thread[3])))
            source = (str(thread[0]), key[1])
            thread[3] = int(str(thread[3])) - asked
            got = min(asked, self.stock[source])
            self.stock[source] -= got
            got += self._pull(source, asked - got) if asked > got else 0
            thread[3] = int(str(thread[3])) + asked - got
            found += got
        return found
