"""Each table is told of in the open book when it changes, or says here why it is not."""

from __future__ import annotations

from typing import Final, get_args

from blueprints.open_book.told import _FIELDS, _SETTINGS
from depot.base.kinds import SettingKind
from depot.models import all_tables
from depot.open_book.told import TOLD

#: Why a change of such a table is no change of what the depot is set to.
OTHERWISE: Final[dict[str, str]] = {
    "What happens to goods: the ledger tells it, line by line.": (
        "chain_head count_sheet count_sheet_entry count_sheet_line count_tally counted_stock crate"
        " crate_label crate_placement crate_tag day_total discrepancy hand_over_signature held_lot"
        " hold lot period_net promise recall recall_finding recall_notice recipe_use reservation"
        " stock_balance stock_entry stock_move taken_apart temperature_reading temperature_strike"
        " transfer transfer_arrival transfer_crate transfer_entry transfer_line weighing"
    ),
    "Who may do what, and what takes two: the chain of rights, and its own page.": (
        "asked_act asked_answer asked_input invitation join_link membership person role_change"
        " setting_change"
    ),
    "Somebody's own: signing in, phones, wishes, what they have seen.": (
        "access_event acknowledgement conduct_seen device_command device_pin failed_try passkey"
        " person_session put_away_steps recovery_code recovery_link reminder_wish second_factor"
    ),
    "What people plan and do together; each row says who, and all of them may.": (
        "activity activity_step agenda_item assignment attendance attendance_day drop_off"
        " drop_off_line duty_willing meeting_minutes note note_line offer proposal"
        " proposal_response proposal_review proposal_wording routine routine_version spoken_name"
    ),
    "Hand-outs: what was planned, promised and counted at each.": (
        "band_count distribution_event event_parcel event_series name_sheet name_sheet_line"
        " people_count pick planned_line series_event series_version visit visit_card"
    ),
    "What there is: the list of such things shows it.": (
        "item_code item_match item_name item_photo location partner roll_call imported_row"
        " sheet_import"
    ),
    "Parts of a version that is told of.": ("parcel_amount parcel_item parcel_line recipe_line"),
    "A link that was given out: its list says by whom and until when, and ends it.": (
        "agency_link calendar_feed drop_off_link network_invitation report_share"
    ),
    "What came of it: filed, sent, asked for, shown, remembered.": (
        "agency_statement command_log filed_report goods_request goods_request_line"
        " mail_attachment mail_outbox needs_list webhook_delivery"
    ),
    "Made by itself of what is told of: what search finds things by.": "search_entry search_stale",
}


def test_each_table_is_told_of_or_says_why_not() -> None:
    named = [table for tables in OTHERWISE.values() for table in tables.split()]
    assert len(named) == len(set(named))
    known = set(all_tables().tables)
    assert known - set(named) - TOLD.keys() == set()
    assert (set(named) | TOLD.keys()) - known == set()


def test_each_told_column_is_one_and_each_kind_has_its_words() -> None:
    tables = all_tables().tables
    for name, told in TOLD.items():
        assert {*told.columns, *filter(None, [told.own])} <= set(tables[name].c.keys()), name
    assert set(get_args(SettingKind)) == _SETTINGS.keys()


#: Columns that are told in other words: by what they amount to.
_AS_OTHERS: Final = {
    "person_id",
    "revoked_at",
    "is_chosen",
    "from_age",
    "to_age",
    "category_id",
}


def test_each_told_column_has_a_label() -> None:
    columns = {column for told in TOLD.values() for column in told.columns}
    assert columns - _FIELDS.keys() == _AS_OTHERS
