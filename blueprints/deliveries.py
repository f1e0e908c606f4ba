"""What a phone may deliver later: a row for each type of command and for each page's form.

Only the composition root imports this: slices do not know each other, and the two slices that
deliver get the table from the application.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any, Final, TypeAlias

from flask_babel import gettext as _
from marshmallow import Schema, fields

from blueprints.counts import actions as counts
from blueprints.counts import schemas as count_schemas
from blueprints.crates import actions as crates
from blueprints.crates import forms as crate_forms
from blueprints.crates import schemas as crate_schemas
from blueprints.decisions import actions as decisions
from blueprints.decisions.schemas import ProposalSchema, ResponseSchema
from blueprints.distribution import actions as hand_outs
from blueprints.distribution import pick_schemas, picking
from blueprints.distribution import schemas as event_schemas
from blueprints.entries.pages import answer_undo
from blueprints.entries.schemas import ReversalSchema
from blueprints.frame.fields import Text
from blueprints.frame.web import Answer
from blueprints.handover.actions import answer_note, answer_seen, answer_task, run_seen, run_task
from blueprints.handover.schemas import LineForm, NoteForm, SeenForm
from blueprints.intake.pages import answer_receipt, run_donation
from blueprints.intake.schemas import ReceiptSchema, donation_schema
from blueprints.joining.actions import answer_mark
from blueprints.joining.schemas import ComeSchema, LeaveSchema
from blueprints.network import actions as between
from blueprints.network.forms import ReceiveFormSchema, SendFormSchema
from blueprints.network.schemas import ReceiveSchema, SendSchema
from blueprints.outbox.delivery import (
    AddressFields,
    Delivery,
    DeliveryTable,
    RunCommand,
    Translate,
)
from blueprints.outbox.delivery import always as _always
from blueprints.outbox.delivery import id_field as _id
from blueprints.outbox.delivery import of_form as _of_form
from blueprints.outbox.delivery import plain as _plain
from blueprints.outbox.delivery import plain_form as _plain_form
from blueprints.outbox.delivery import whole as _whole
from blueprints.rota.actions import answer_taken
from blueprints.rota.schemas import MAX_ACTIVITY, GiveBackSchema, SeekSchema, TakeSchema
from blueprints.safety.holds import answer_hold
from blueprints.safety.holds_schemas import HoldFormSchema
from blueprints.safety.recalls.pages import answer_finding, run_finding
from blueprints.safety.recalls.schemas import FindingFormSchema
from blueprints.safety.temperatures import answer_reading
from blueprints.safety.temperatures_forms import ReadingForm
from blueprints.scanning.actions import KEEP_UNKNOWN, NOTE_MISSING, answer_learn
from blueprints.scanning.pages import AdoptSchema, adopt_label, answer_adopt
from blueprints.scanning.schemas import LearnSchema
from blueprints.table.actions import answer_parcel, run_parcel
from blueprints.table.schemas import ParcelOutSchema, parcel_form
from blueprints.tasks import actions as tasks
from blueprints.tasks.schemas import FinishSchema, TickSchema
from blueprints.visits.actions import answer_visit, run_visit
from blueprints.visits.schemas import VisitSchema, visit_form
from depot.base.actors import Actor
from depot.base.errors import AlreadyReversed
from depot.counts.commands.counts import book_count
from depot.counts.commands.sheets import add_crate_to_sheet, tally_found, tally_lines
from depot.crates.commands.crates import retire_crate
from depot.crates.commands.tags import tag_crates
from depot.db.database import current_session
from depot.decisions.commands.proposals import raise_proposal
from depot.distribution.commands import events
from depot.distribution.commands.picks import pick_goods
from depot.distribution.commands.visits import count_visit
from depot.entries.commands.reversals import reverse_entry
from depot.entries.queries.journal import entry_to_undo
from depot.handover.commands import write_note
from depot.intake.commands.receipts import receive_goods
from depot.items.commands.item_codes import learn_code
from depot.joining.commands.coming import come, leave
from depot.kernel.answers import Booked
from depot.kernel.once import A, AnyOutcome, Outcome
from depot.network.commands.receiving import receive_transfer
from depot.network.commands.sending import send_transfer
from depot.production.commands.parcel_handouts import hand_out_parcel
from depot.rota.commands.taking import give_back, seek_stand_in, take_part
from depot.rota.commands.tasks import finish_task, tick_step
from depot.safety.commands.holds import place_hold
from depot.safety.commands.temperatures import record_temperature
from depot.stock.commands.new_crates import pack_crates
from depot.stock.commands.take_out import take_out
from depot.stock.commands.transfers import move_crate, move_goods

#: The sentence that answers a command about a crate.
MakeCrateAnswer: TypeAlias = Callable[[Outcome[A], str], Answer]


def _of_crate(
    schema: type[crate_schemas.AddressedSchema], command: RunCommand[A], say: MakeCrateAnswer[A]
) -> Delivery:
    """Return the row of a command about a crate, which the API names in the address."""

    def run(loaded: Any, named: AddressFields, who: Actor) -> Outcome[A]:
        def do(code: str) -> Outcome[A]:
            return command(replace(loaded, **{schema.addressed: code}), who)

        return crates.run_with_code(named["crate_code"], who, do)

    def tell(outcome: Outcome[A], named: AddressFields) -> Answer:
        return say(outcome, named["crate_code"])

    code = Text(required=True, max_length=crate_schemas.MAX_CODE)
    return Delivery(_always(schema), run, tell, {"crate_code": code})


def _of_event(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a command at a hand-out, which the API names in the address."""

    def run(loaded: Any, named: AddressFields, who: Actor) -> Outcome[A]:
        return command(replace(loaded, event_id=named["event_id"]), who)

    return Delivery(_always(schema), run, _plain(say), {"event_id": _id()})


def _of_sheet(schema: type[Schema], command: RunCommand[A], say: Translate[A]) -> Delivery:
    """Return the row of a command about a count sheet, which the API names in the address."""

    def run(loaded: Any, named: AddressFields, who: Actor) -> Outcome[A]:
        return command(replace(loaded, sheet_id=named["sheet_id"]), who)

    return Delivery(_always(schema), run, _plain(say), {"sheet_id": _id()})


def _undo(loaded: Any, named: AddressFields, who: Actor) -> Outcome[Booked]:
    """Undo what a command posted; where there is nothing to undo (any more), that is as good."""
    entry_id = entry_to_undo(current_session(), who.depot_id, str(named["of"]))
    nothing = Outcome(Booked())
    if entry_id is None:
        return nothing
    try:
        return reverse_entry(replace(loaded, entry_id=entry_id), who)
    except AlreadyReversed:
        return nothing


def _undone(outcome: AnyOutcome) -> Answer:
    return answer_undo(outcome) if outcome.entry_id else Answer(_("There is nothing left to undo."))


def _crate_form(
    schema: type[Schema],
    run: Callable[[Any, str, Actor], Outcome[A]],
    say: MakeCrateAnswer[A],
) -> Delivery:
    """Return the row of a page of a crate."""
    return Delivery(
        _of_form(schema),
        lambda form, named, who: crates.run_with_code(
            named["code"], who, lambda code: run(form, code, who)
        ),
        lambda outcome, named: say(outcome, named["code"]),
        {"code": Text(required=True, max_length=crate_schemas.MAX_CODE)},
    )


def _without_code(say: Translate[A]) -> MakeCrateAnswer[A]:
    return lambda outcome, _code: say(outcome)


def _event_form(
    schema: Callable[[], Schema], run: Callable[[Any, int, Actor], Outcome[A]], say: Translate[A]
) -> Delivery:
    """Return the row of a page of a hand-out."""
    return Delivery(
        lambda _who: schema(),
        lambda form, named, who: run(form, named["event_id"], who),
        _plain(say),
        {"event_id": _id()},
    )


def _form_of(
    name: str, schema: type[Schema], run: Callable[[Any, int, Actor], Outcome[A]], say: Translate[A]
) -> Delivery:
    """Return the row of a page whose address names a thing by its number."""
    return Delivery(
        _of_form(schema),
        lambda form, named, who: run(form, named[name], who),
        _plain(say),
        {name: _id()},
    )


def _of_activity(
    schema: Callable[[Actor], Schema],
    command: RunCommand[A],
    say: Translate[A],
    **names: fields.Field[Any],
) -> Delivery:
    """Return the row of what is done with a shift or a task, which the address names."""

    def run(loaded: Any, named: AddressFields, who: Actor) -> Outcome[A]:
        return command(replace(loaded, **named), who)

    name = Text(required=True, max_length=MAX_ACTIVITY)
    return Delivery(schema, run, _plain(say), {"activity": name, **names})


COMMANDS: Final = {
    "take_part": _of_activity(_always(TakeSchema), take_part, answer_taken),
    "seek_stand_in": _of_activity(_always(SeekSchema), seek_stand_in, answer_taken),
    "give_back": _of_activity(_always(GiveBackSchema), give_back, answer_taken),
    "receipt": _whole(ReceiptSchema, receive_goods, answer_receipt),
    "move": _of_crate(
        crate_schemas.MoveCrateSchema, move_crate, _without_code(crates.answer_crate_move)
    ),
    "take_out": _of_crate(
        crate_schemas.TakeOutSchema, take_out, _without_code(crates.answer_take_out)
    ),
    "fill": _of_crate(crate_schemas.FillCrateSchema, move_goods, crates.answer_fill),
    "count": _of_crate(
        crate_schemas.CountCrateSchema, book_count, _without_code(crates.answer_crate_count)
    ),
    "retire": _of_crate(
        crate_schemas.RetireCrateSchema, retire_crate, _without_code(crates.answer_retire)
    ),
    "pack": _whole(crate_schemas.PackCratesSchema, pack_crates, crates.answer_pack),
    "tag": replace(
        _whole(crate_schemas.TagCratesSchema, tag_crates, crates.answer_tags), is_timed=False
    ),
    "picks": replace(
        _of_event(pick_schemas.EventPickSchema, pick_goods, picking.answer_fetch), is_timed=False
    ),
    "issue": _of_event(
        event_schemas.EventIssueSchema, events.issue_at_event, hand_outs.answer_issue
    ),
    "return": _of_event(
        event_schemas.EventReturnSchema, events.return_goods, hand_outs.answer_return
    ),
    "people": _of_event(
        event_schemas.EventPeopleSchema, events.count_people, hand_outs.answer_people
    ),
    "visit": _of_event(VisitSchema, count_visit, answer_visit),
    "parcel": _of_event(ParcelOutSchema, hand_out_parcel, answer_parcel),
    "count_lines": _of_sheet(count_schemas.WriteCountLinesSchema, tally_lines, counts.answer_lines),
    "count_found": _of_sheet(count_schemas.AddCountFoundSchema, tally_found, counts.answer_lines),
    "count_crate": _of_sheet(
        count_schemas.AddCountCrateSchema, add_crate_to_sheet, counts.answer_crate
    ),
    "adopt": _whole(AdoptSchema, adopt_label, answer_adopt),
    "unknown_scan": _whole(KEEP_UNKNOWN.schema, KEEP_UNKNOWN.run, KEEP_UNKNOWN.answer),
    "missing": _whole(NOTE_MISSING.schema, NOTE_MISSING.run, NOTE_MISSING.answer),
    "learn_code": _whole(LearnSchema, learn_code, answer_learn),
    "come": _whole(ComeSchema, come, answer_mark),
    "leave": _whole(LeaveSchema, leave, answer_mark),
    "transfer": _whole(SendSchema, send_transfer, between.answer_send),
    "receive_transfer": Delivery(
        _always(ReceiveSchema),
        lambda loaded, named, who: receive_transfer(
            replace(loaded, transfer_id=named["transfer_id"]), who
        ),
        _plain(between.answer_receive),
        {"transfer_id": _id()},
    ),
    "proposal": _whole(ProposalSchema, raise_proposal, decisions.answer_raised),
    "response": Delivery(
        _always(ResponseSchema),
        lambda loaded, named, who: decisions.run_answer(loaded, named["proposal_id"], who),
        _plain(decisions.answer_said),
        {"proposal_id": _id()},
    ),
    "undo": Delivery(
        _always(ReversalSchema),
        _undo,
        _plain(_undone),
        {"of": fields.UUID(required=True)},
        is_timed=False,
    ),
}
PAGE_FORMS: Final = {
    "proposal": Delivery(
        _of_form(ProposalSchema),
        lambda form, _named, who: raise_proposal(form, who),
        _plain(decisions.answer_raised),
    ),
    "response": Delivery(
        _of_form(ResponseSchema),
        lambda form, named, who: decisions.run_answer(form, named["proposal_id"], who),
        _plain(decisions.answer_said),
        {"proposal_id": _id()},
    ),
    "donation": Delivery(
        lambda who: donation_schema(who.depot.weight_unit),
        lambda form, _named, who: run_donation(form, who),
        _plain(answer_receipt),
    ),
    "take-part": _of_activity(_of_form(TakeSchema), take_part, answer_taken),
    "seek-stand-in": _of_activity(_of_form(SeekSchema), seek_stand_in, answer_taken),
    "give-back": _of_activity(_of_form(GiveBackSchema), give_back, answer_taken),
    "crate-move": _crate_form(
        crate_forms.MoveFormSchema, crates.run_move, _without_code(crates.answer_crate_move)
    ),
    "crate-take-out": _crate_form(
        crate_forms.GoodsFormSchema, crates.run_take_out, _without_code(crates.answer_take_out)
    ),
    "crate-count": _crate_form(
        crate_forms.CountFormSchema, crates.run_count, _without_code(crates.answer_crate_count)
    ),
    "crate-fill": _crate_form(crate_forms.GoodsFormSchema, crates.run_fill, crates.answer_fill),
    "crate-empty": _crate_form(crate_forms.GoodsFormSchema, crates.run_empty, crates.answer_empty),
    "hand-out": _event_form(event_schemas.goods_form, hand_outs.run_issue, hand_outs.answer_issue),
    "pick": replace(
        _event_form(pick_schemas.pick_form, picking.run_fetch, picking.answer_fetch),
        is_timed=False,
    ),
    "tick": replace(
        _event_form(picking.tick_form, picking.run_tick, picking.answer_tick), is_timed=False
    ),
    "bring-back": _event_form(
        event_schemas.goods_form, hand_outs.run_return, hand_outs.answer_return
    ),
    "count-lines": _form_of(
        "sheet_id", count_schemas.LinesFormSchema, counts.write_lines, counts.answer_lines
    ),
    "count-found": _form_of(
        "sheet_id", count_schemas.FoundFormSchema, counts.write_found, counts.answer_lines
    ),
    "count-crate": _form_of(
        "sheet_id", count_schemas.CrateFormSchema, counts.put_crate, counts.answer_crate
    ),
    "people": _event_form(event_schemas.people_form, hand_outs.run_people, hand_outs.answer_people),
    "hold": Delivery(
        _of_form(HoldFormSchema),
        lambda form, _named, who: place_hold(form.command(), who),
        _plain(answer_hold),
    ),
    "note": _plain_form(NoteForm, write_note, answer_note),
    "note-task": replace(_form_of("note_id", LineForm, run_task, answer_task), is_timed=False),
    "seen": _form_of("note_id", SeenForm, run_seen, answer_seen),
    "recall-finding": Delivery(
        _of_form(FindingFormSchema),
        lambda form, named, who: run_finding(form, named["recall_id"], who),
        _plain(answer_finding),
        {"recall_id": _id()},
    ),
    "visit": _event_form(visit_form, run_visit, answer_visit),
    "parcel": _event_form(parcel_form, run_parcel, answer_parcel),
    "task-done": _of_activity(_of_form(FinishSchema), finish_task, tasks.answer_finish),
    "task-tick": _of_activity(_of_form(TickSchema), tick_step, tasks.answer_tick, number=_id()),
    "come": _plain_form(ComeSchema, come, answer_mark),
    "leave": _plain_form(LeaveSchema, leave, answer_mark),
    "transfer-send": Delivery(
        _of_form(SendFormSchema),
        lambda form, _named, who: between.run_send(form, who),
        _plain(between.answer_send),
    ),
    "transfer-receive": Delivery(
        _of_form(ReceiveFormSchema),
        lambda form, named, who: between.run_receive(form, named["transfer_id"], who),
        _plain(between.answer_receive),
        {"transfer_id": _id()},
    ),
    "temperature": Delivery(
        _of_form(ReadingForm),
        lambda form, named, who: record_temperature(
            replace(form, location_id=named["location_id"]), who
        ),
        _plain(answer_reading),
        {"location_id": _id()},
    ),
}


def _look_up_crates(commands: Sequence[Any], who: Actor) -> AbstractContextManager[None]:
    """Look up at once all crates that the commands of a batch name."""
    named = [_crate_named(sent) for sent in commands if isinstance(sent, dict)]
    return crates.looked_up_together([text for text in named if text], who)


def _crate_named(sent: dict[str, Any]) -> str:
    args = sent.get("args")
    named = args.get("code") if isinstance(args, dict) else sent.get("crate_code")
    return named if isinstance(named, str) else ""


DELIVERIES: Final = DeliveryTable(COMMANDS, PAGE_FORMS, _look_up_crates)
