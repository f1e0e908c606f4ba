"""The kinds, states, reasons and flows that are stored as words: each list once, known to mypy.

The database's checks, the API's schemas, the forms and the signatures are made from these.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias, get_args

EntryKind: TypeAlias = Literal[
    "opening",
    "receipt",
    "issue",
    "return",
    "transfer",
    "production",
    "write_off",
    "count",
    "people",
    "reversal",
]
ENTRY_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)

#: What a coordinator is asked to look at.
DiscrepancyKind: TypeAlias = Literal[
    "short_stock",
    "crate_empty",
    "crate_not_empty",
    "crate_retired",
    "crate_elsewhere",
    "crate_missing",
    "unknown_code",
    "undo_short",
    "event_closed",
    "unlikely_number",
    "counted_since",
    "large_difference",
    "unsafe_out",
    "unsafe_likely",
    "clock_jump",
    "past_day_out",
    "recalled_missing",
    "too_much_promised",
    "transfer_difference",
    "picked_gone",
    "above_limit",
    "recalled_gone",
]
DISCREPANCY_KINDS: Final[tuple[DiscrepancyKind, ...]] = get_args(DiscrepancyKind)
#: Goods went out, or probably did, that must not: told at once and in red.
UNSAFE_KINDS: Final = frozenset({"unsafe_out", "unsafe_likely", "recalled_gone"})

#: Why so much of an item is set aside for an event from then on.
ReservationReason: TypeAlias = Literal["planned", "opened", "closed", "called_off", "cut", "picked"]
RESERVATION_REASONS: Final[tuple[ReservationReason, ...]] = get_args(ReservationReason)
#: What came of looking for goods that are called back.
FindingOutcome: TypeAlias = Literal["found_destroyed", "found_kept", "not_found"]
FINDING_OUTCOMES: Final[tuple[FindingOutcome, ...]] = get_args(FindingOutcome)
#: Who is to be told of a recall, and how somebody was.
ContactKind: TypeAlias = Literal["donor", "partner", "event", "coordinator", "other"]
CONTACT_KINDS: Final[tuple[ContactKind, ...]] = get_args(ContactKind)
ToldWay: TypeAlias = Literal["mail", "phone", "in_person", "paper"]
TOLD_WAYS: Final[tuple[ToldWay, ...]] = get_args(ToldWay)
#: Where goods that are called back went.
GoneKind: TypeAlias = Literal["event", "partner", "transfer", "production", "loss"]

#: How far an event is.
StateOfEvent: TypeAlias = Literal["planned", "open", "closed"]
EVENT_STATES: Final[tuple[StateOfEvent, ...]] = get_args(StateOfEvent)

#: How often the hand-outs of a series come round.
Frequency: TypeAlias = Literal["weekly", "monthly"]
FREQUENCIES: Final[tuple[Frequency, ...]] = get_args(Frequency)
#: How what people do comes round: when somebody says so, or by a rule.
Recurrence: TypeAlias = Literal["by_hand", "daily", "weekly", "monthly"]
RECURRENCES: Final[tuple[Recurrence, ...]] = get_args(Recurrence)
#: What people do together: with a time, with or without a day, over many days, and to talk.
ActivityKind: TypeAlias = Literal["shift", "task", "duty", "meeting"]
ACTIVITY_KINDS: Final[tuple[ActivityKind, ...]] = get_args(ActivityKind)
#: Those that begin and end at a time.
TIMED_KINDS: Final[tuple[ActivityKind, ...]] = ("shift", "meeting")
#: Those that come round as coordinators say it on one page; duties have a page of their own.
ROUND_KINDS: Final[tuple[ActivityKind, ...]] = (*TIMED_KINDS, "task")
#: What something to do can come from.
GrownFrom: TypeAlias = Literal[
    "activity",
    "event",
    "discrepancy",
    "recall",
    "reading",
    "item",
    "category",
    "note",
    "proposal",
]
GROWN_FROM: Final[tuple[GrownFrom, ...]] = get_args(GrownFrom)

#: Where goods can lie.
PhysicalKind: TypeAlias = Literal["storage", "crate", "quarantine", "transit"]
PHYSICAL_KINDS: Final[frozenset[PhysicalKind]] = frozenset(get_args(PhysicalKind))
#: Where goods come from and go to, outside.
OutsideKind: TypeAlias = Literal[
    "supplier", "recipient", "production", "loss", "count_variance", "opening", "network"
]
OUTSIDE_KINDS: Final[tuple[OutsideKind, ...]] = get_args(OutsideKind)
LocationKind: TypeAlias = PhysicalKind | OutsideKind
LOCATION_KINDS: Final[tuple[LocationKind, ...]] = (*get_args(PhysicalKind), *OUTSIDE_KINDS)
#: How far goods are that go from one depot to another.
TransferState: TypeAlias = Literal["asked", "declined", "sent", "arriving", "arrived", "undone"]
TRANSFER_STATES: Final[tuple[TransferState, ...]] = get_args(TransferState)
#: On which side of a transfer a depot is.
Direction: TypeAlias = Literal["out", "in"]
DIRECTIONS: Final[tuple[Direction, ...]] = get_args(Direction)
#: What a depot shows another of its stock.
SharedStock: TypeAlias = Literal["nothing", "all", "chosen"]
SHARED_STOCK: Final[tuple[SharedStock, ...]] = get_args(SharedStock)

#: What people make: a place on a shelf, or one for what is on hold.
PlaceKind: TypeAlias = Literal["storage", "quarantine"]
PLACE_KINDS: Final[tuple[PlaceKind, ...]] = get_args(PlaceKind)

#: What is said of somebody at the door.
MarkKind: TypeAlias = Literal["come", "leave"]
AttendanceKind: TypeAlias = MarkKind | Literal["taken_back"]
ATTENDANCE_KINDS: Final[tuple[AttendanceKind, ...]] = (*get_args(MarkKind), "taken_back")

#: What a place is whose temperature is read.
ColdKind: TypeAlias = Literal["fridge", "freezer", "other"]
COLD_KINDS: Final[tuple[ColdKind, ...]] = get_args(ColdKind)

CrateState: TypeAlias = Literal["blank", "in_use", "retired"]
CRATE_STATES: Final[tuple[CrateState, ...]] = get_args(CrateState)

#: What a crate is to people, who see whether anything is in it.
ShownState: TypeAlias = Literal["blank", "filled", "empty", "retired"]

#: What kind of source goods come from.
SourceKind: TypeAlias = Literal[
    "donation",
    "collection",
    "rescue",
    "farm",
    "manufacturer",
    "food_bank",
    "government",
    "purchase",
    "transfer",
    "other",
]
SOURCE_KINDS: Final[tuple[SourceKind, ...]] = get_args(SourceKind)
#: What an entry says of its source: nothing, if nothing came in.
SourceOfEntry: TypeAlias = SourceKind | Literal[""]
#: Where a lot has its beginning.
OriginKind: TypeAlias = SourceKind | Literal["production", "opening"]

#: What a date on a package says, and how much of the calendar it covers.
DateKind: TypeAlias = Literal["use_by", "best_before", "none"]
DATE_KINDS: Final[tuple[DateKind, ...]] = get_args(DateKind)
DatePrecision: TypeAlias = Literal["day", "month", "quarter", "year", ""]
DATE_PRECISIONS: Final[tuple[DatePrecision, ...]] = get_args(DatePrecision)

#: Why goods are written off; used here they are lost to the stock as well.
WriteOffReason: TypeAlias = Literal["expired", "damaged", "recalled", "lost"]
WRITE_OFF_REASONS: Final[tuple[WriteOffReason, ...]] = get_args(WriteOffReason)
LossReason: TypeAlias = WriteOffReason | Literal["use"]
LOSS_REASONS: Final[tuple[LossReason, ...]] = (*WRITE_OFF_REASONS, "use")
#: What an entry says of its reason: nothing, if nothing was lost; of a production, that something
#: was lost on the way, that it took apart what another one had made, or froze or thawed goods.
ReasonOfEntry: TypeAlias = LossReason | Literal["waste", "taken_apart", "frozen", "thawed", ""]
#: For whom a line of a parcel is meant: so much for each of them, or for a household of a size.
ParcelPer: TypeAlias = Literal["household", "adult", "child", "size"]
PARCEL_PERS: Final[tuple[ParcelPer, ...]] = get_args(ParcelPer)
#: What an item is in a line of a parcel: what is meant, what may stand in, what a diet has instead.
ParcelRole: TypeAlias = Literal["item", "swap", "diet"]
PARCEL_ROLES: Final[tuple[ParcelRole, ...]] = get_args(ParcelRole)
#: What goods are taken out of a crate or a place for.
TakeOutReason: TypeAlias = Literal["issue", "write_off"] | LossReason
TAKE_OUT_REASONS: Final[tuple[TakeOutReason, ...]] = (
    "issue",
    "write_off",
    "use",
    *WRITE_OFF_REASONS,
)

#: The columns of a report that goods flow through.
FlowKind: TypeAlias = Literal[
    "opening", "sourced", "produced", "handed_out", "lost", "transferred", "variance"
]
FLOW_KINDS: Final[tuple[FlowKind, ...]] = get_args(FlowKind)


#: What the access journal tells of.
AccessKind: TypeAlias = Literal[
    "signed_in",
    "sign_in_failed",
    "session_ended",
    "password_changed",
    "password_recovered",
    "recovery_asked",
    "factor_on",
    "factor_off",
    "factor_codes",
    "factor_code_used",
    "passkey_made",
    "passkey_ended",
    "invited",
    "invitation_revoked",
    "joined",
    "role_changed",
    "access_ended",
    "token_made",
    "token_ended",
    "webhook_made",
    "webhook_ended",
    "exported",
    "settings_saved",
    "names_read",
    "names_taken_along",
]
ACCESS_KINDS: Final[tuple[AccessKind, ...]] = get_args(AccessKind)

#: What brings about that somebody may do more or less than before; the last: it was so already
#: when the book of rights began.
RightCause: TypeAlias = Literal[
    "invitation", "wall", "own_sign_in", "role_changed", "access_ended", "let_in", "book_begun"
]
RIGHT_CAUSES: Final[tuple[RightCause, ...]] = get_args(RightCause)
#: What the open book keeps with what it was before.
SettingKind: TypeAlias = Literal[
    "depot",
    "category",
    "meal_factor",
    "meal_factor_chosen",
    "report_form",
    "token",
    "export",
    "erasure",
    "conduct",
    "name_sheets",
    "item",
    "donor_letter",
    "in_kind",
    "goods_value",
    "label_sheet",
    "printer",
    "mail",
    "visits",
    "needs",
    "need_rule",
    "frozen_life",
    "temperature_rule",
    "age_bands",
    "tare_box",
    "parcel",
    "recipe",
    "handbook",
    "network",
    "webhook",
]
SETTING_KINDS: Final[tuple[SettingKind, ...]] = get_args(SettingKind)
#: What was wrong with telling a webhook: where its address leads, that nobody was there, that it
#: took too long, what it answered.
WebhookProblem: TypeAlias = Literal["not_allowed", "unreachable", "too_slow", "refused"]
WEBHOOK_PROBLEMS: Final[tuple[WebhookProblem, ...]] = get_args(WebhookProblem)
#: What people write down for those who come next.
NoteKind: TypeAlias = Literal["handover", "notice"]
NOTE_KINDS: Final[tuple[NoteKind, ...]] = get_args(NoteKind)
#: What somebody says to a proposal, and what comes of it.
ResponseKind: TypeAlias = Literal["consent", "concern", "objection"]
RESPONSE_KINDS: Final[tuple[ResponseKind, ...]] = get_args(ResponseKind)
ProposalOutcome: TypeAlias = Literal["agreed", "not_agreed", "withdrawn"]
PROPOSAL_OUTCOMES: Final[tuple[ProposalOutcome, ...]] = get_args(ProposalOutcome)

#: What a depot may want two people for: one asks, another one agrees; the last: to want it less.
ActKind: TypeAlias = Literal[
    "write_off", "rights", "erasure", "report", "export", "recall", "rules"
]
ACT_KINDS: Final[tuple[ActKind, ...]] = get_args(ActKind)
#: How one that was asked for ended; nothing yet, and its time is over: it ended by itself.
ActAnswer: TypeAlias = Literal["agreed", "declined", "withdrawn"]
ACT_ANSWERS: Final[tuple[ActAnswer, ...]] = get_args(ActAnswer)


def check_of(column: str, kinds: Iterable[str]) -> str:
    """Return the SQL of a check that a column holds one of the words."""
    return "{} IN ({})".format(column, ", ".join(f"'{kind}'" for kind in kinds))
