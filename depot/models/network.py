"""Depots that work together, and the goods between them.

Both ends of a transfer have a row of their own, which names the other depot and the code that both
share: what a depot knows of a transfer stands with its own data, wherever that is kept. So nothing
here points into another depot but `other_id`.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from depot.base.kinds import (
    DIRECTIONS,
    SHARED_STOCK,
    TRANSFER_STATES,
    DateKind,
    DatePrecision,
    Direction,
    SharedStock,
    TransferState,
    check_of,
)
from depot.base.units import MAX_MOVE
from depot.db.columns import STRICT, Base, Day, Flag, Instant, Int


class DepotLink(Base):
    """A depot works with another one. Both have a row, and each says what it shows the other."""

    __tablename__ = "depot_link"
    __table_args__ = (
        CheckConstraint("depot_id <> other_id", name="two_depots"),
        CheckConstraint(check_of("shares", SHARED_STOCK), name="shares"),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    other_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    since: Mapped[datetime] = mapped_column(Instant)
    #: The coordinator of this depot who agreed to it.
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    shares: Mapped[SharedStock] = mapped_column(Text, default="nothing")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class SharedCategory(Base):
    """A category whose free stock a depot shows another."""

    __tablename__ = "shared_category"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "category_id"], ["category.depot_id", "category.id"]),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    other_id: Mapped[int] = mapped_column(
        Int, ForeignKey("depot.id"), primary_key=True, autoincrement=False
    )
    category_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)


class NetworkPeer(Base):
    """A depot on another server, by the key with which it signs what it sends.

    `last_seq` and `last_seal` are the newest place in its chain of seals that a file of it named.
    """

    __tablename__ = "network_peer"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "public_key"),
        CheckConstraint("length(public_key) = 64", name="public_key"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    name: Mapped[str] = mapped_column(Text)
    public_key: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    last_seq: Mapped[int] = mapped_column(Int, default=0)
    last_seal: Mapped[str] = mapped_column(Text, default="")


class NetworkInvitation(Base):
    """A code with which a coordinator of another depot joins, once; only its digest is kept."""

    __tablename__ = "network_invitation"
    __table_args__ = (UniqueConstraint("code_hash"), Index(None, "depot_id", "ends_at"), STRICT)

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    code_hash: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class Transfer(Base):
    """Goods between two depots, as one of them knows it."""

    __tablename__ = "transfer"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        UniqueConstraint("depot_id", "code"),
        CheckConstraint(check_of("direction", DIRECTIONS), name="direction"),
        CheckConstraint(check_of("state", TRANSFER_STATES), name="state"),
        CheckConstraint("(state IN ('asked', 'declined')) = (sent_at IS NULL)", name="sent"),
        CheckConstraint("(other_id IS NULL) <> (peer_id IS NULL)", name="one_end"),
        ForeignKeyConstraint(["depot_id", "peer_id"], ["network_peer.depot_id", "network_peer.id"]),
        ForeignKeyConstraint(["depot_id", "offer_id"], ["offer.depot_id", "offer.id"]),
        Index(None, "depot_id", "state"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    direction: Mapped[Direction] = mapped_column(Text)
    #: What both ends call it: the id of the command that began it.
    code: Mapped[str] = mapped_column(Text)
    #: The depot at the other end, on this server or on another.
    other_id: Mapped[int | None] = mapped_column(Int, ForeignKey("depot.id"))
    peer_id: Mapped[int | None] = mapped_column(Int)
    #: The offer of this depot that it was taken of.
    offer_id: Mapped[int | None] = mapped_column(Int)
    #: Its name, as it was then.
    other_name: Mapped[str] = mapped_column(Text)
    state: Mapped[TransferState] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class TransferLine(Base):
    """So much of a lot in a transfer, in one crate or loose: what it is, and what became of it.

    At the other end the same line stands with that depot's own item and lot, once it has them.
    """

    __tablename__ = "transfer_line"
    __table_args__ = (
        UniqueConstraint("transfer_id", "is_asked", "line"),
        ForeignKeyConstraint(["depot_id", "transfer_id"], ["transfer.depot_id", "transfer.id"]),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        ForeignKeyConstraint(["depot_id", "lot_id"], ["lot.depot_id", "lot.id"]),
        CheckConstraint(f"quantity > 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        CheckConstraint(
            "arrived >= 0 AND damaged >= 0 AND arrived + damaged <= quantity", name="arrived"
        ),
        Index(None, "lot_id"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    transfer_id: Mapped[int] = mapped_column(Int)
    #: What was asked for stands beside what was sent.
    is_asked: Mapped[bool] = mapped_column(Flag)
    line: Mapped[int] = mapped_column(Int)
    item_id: Mapped[int | None] = mapped_column(Int)
    lot_id: Mapped[int | None] = mapped_column(Int)
    #: As the sender calls it.
    item_name: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(Text, default="")
    base_unit: Mapped[str] = mapped_column(Text)
    unit_weight_milligrams: Mapped[int | None] = mapped_column(Int)
    #: The product codes that stand for it, with blanks between them.
    product_codes: Mapped[str] = mapped_column(Text, default="")
    lot_code: Mapped[str] = mapped_column(Text, default="")
    #: The product's code that stood on the lot.
    gtin: Mapped[str] = mapped_column(Text, default="", server_default="")
    date_kind: Mapped[DateKind] = mapped_column(Text, default="none")
    date_text: Mapped[str] = mapped_column(Text, default="")
    date_precision: Mapped[DatePrecision] = mapped_column(Text, default="")
    date_on: Mapped[date | None] = mapped_column(Day)
    #: Empty: loose.
    crate_code: Mapped[str] = mapped_column(Text, default="")
    quantity: Mapped[int] = mapped_column(Int)
    arrived: Mapped[int] = mapped_column(Int, default=0)
    #: Came, and could not be used.
    damaged: Mapped[int] = mapped_column(Int, default=0)


class TransferCrate(Base):
    """A crate that goes along. It keeps its code: each end has a crate of its own by that code."""

    __tablename__ = "transfer_crate"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "transfer_id"], ["transfer.depot_id", "transfer.id"]),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        Index(None, "depot_id", "code"),
        STRICT,
    )

    transfer_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int)
    #: The crate that it stands on; empty: none.
    stands_on: Mapped[str] = mapped_column(Text, default="")
    #: The number that an older system painted on it.
    box_number: Mapped[str] = mapped_column(Text, default="", server_default="")
    is_here: Mapped[bool] = mapped_column(Flag, default=False)
    #: At the receiving end: the entry with which it came.
    entry_id: Mapped[int | None] = mapped_column(Int)


class TransferEntry(Base):
    """An entry of the depot's book is an end of a transfer. Only added to."""

    __tablename__ = "transfer_entry"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "transfer_id"], ["transfer.depot_id", "transfer.id"]),
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        Index(None, "transfer_id"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    transfer_id: Mapped[int] = mapped_column(Int)


class TransferArrival(Base):
    """How much of a line came with one entry of the receiving depot. Only added to."""

    __tablename__ = "transfer_arrival"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "entry_id"], ["stock_entry.depot_id", "stock_entry.id"]),
        CheckConstraint("arrived >= 0 AND damaged >= 0", name="arrived"),
        STRICT,
    )

    entry_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    depot_id: Mapped[int] = mapped_column(Int)
    arrived: Mapped[int] = mapped_column(Int)
    damaged: Mapped[int] = mapped_column(Int)


class ItemMatch(Base):
    """What another depot calls by a name is this item here: learned with the first transfer."""

    __tablename__ = "item_match"
    __table_args__ = (
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        Index(None, "item_id"),
        STRICT,
    )

    depot_id: Mapped[int] = mapped_column(Int, primary_key=True, autoincrement=False)
    #: Which depot: `depot 3` on this server, `peer 2` on another.
    source: Mapped[str] = mapped_column(Text, primary_key=True)
    name_key: Mapped[str] = mapped_column(Text, primary_key=True)
    base_unit: Mapped[str] = mapped_column(Text, primary_key=True)
    item_id: Mapped[int] = mapped_column(Int)


class Offer(Base):
    """Goods that the linked depots may take, by which hour; it ends by itself."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("depot_id", "id"),
        ForeignKeyConstraint(["depot_id", "item_id"], ["item.depot_id", "item.id"]),
        CheckConstraint(f"quantity > 0 AND quantity <= {MAX_MOVE}", name="quantity"),
        CheckConstraint("taken >= 0 AND taken <= quantity", name="taken"),
        Index(None, "depot_id", "ends_at"),
        STRICT,
    )

    id: Mapped[int] = mapped_column(Int, primary_key=True)
    depot_id: Mapped[int] = mapped_column(Int, ForeignKey("depot.id"))
    item_id: Mapped[int] = mapped_column(Int)
    quantity: Mapped[int] = mapped_column(Int)
    taken: Mapped[int] = mapped_column(Int, default=0)
    note: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(Int, ForeignKey("person.id"))
