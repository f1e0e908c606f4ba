"""docs/what-is-stored.md names each column that holds somebody's number, name, address, words."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy import LargeBinary, Text

from depot.leaving.queries import columns_of_people
from depot.models import all_tables
from tests.guards.sources import ROOT

PAGE: Final = ROOT / "docs" / "what-is-stored.md"
_NAMED: Final = re.compile(r"`(\w+)\.(\w+)`")
#: What such columns hold everywhere: a word of ours, a key of a name, a seal, an amount as text.
NEVER_PERSONAL: Final = frozenset(
    {
        "allergens",
        "base_unit",
        "box_number",
        "box_number_key",
        "cause",
        "command_id",
        "date_kind",
        "date_precision",
        "date_text",
        "diet",
        "diets",
        "frequency",
        "gtin",
        "item_name",
        "kind",
        "language",
        "lot_code",
        "per",
        "seal",
        "shelf_life_source",
        "shelf_life_unit",
        "source",
        "source_kind",
        "state",
        "way",
    }
)
#: Text that says nothing of a person, by table.
NO_PERSON: Final[dict[str, frozenset[str]]] = {
    "put_away_steps": frozenset({"name"}),
    "activity": frozenset({"grown_from"}),
    "api_token": frozenset({"role", "token_hash"}),
    "asked_act": frozenset({"body_hash", "command", "told"}),
    "asked_answer": frozenset({"answer"}),
    "category": frozenset({"name", "name_key"}),
    "command_log": frozenset({"body_hash"}),
    "crate": frozenset({"code", "box_type"}),
    "crate_label": frozenset({"code"}),
    "crate_tag": frozenset({"tag_key", "tag"}),
    "day_total": frozenset({"flow", "detail"}),
    "depot_device": frozenset({"key_hash", "name", "setup_hash"}),
    "depot": frozenset(
        {"slug", "name", "time_zone", "weight_unit", "paper_size", "date_order", "second_kinds"}
    ),
    "depot_link": frozenset({"shares"}),
    "discrepancy": frozenset({"detail", "resolution"}),
    "distribution_event": frozenset({"name", "place"}),
    "drop_off_line": frozenset({"came"}),
    "drop_off_link": frozenset({"secret"}),
    "failed_try": frozenset({"door"}),
    "filed_report": frozenset({"period", "ledger_seal"}),
    "goods_request": frozenset({"signed_how"}),
    "goods_value": frozenset({"currency"}),
    "handbook_page": frozenset({"key"}),
    "imported_row": frozenset({"before", "after"}),
    "invitation": frozenset({"role", "token_hash"}),
    "item": frozenset({"name", "name_key"}),
    "item_code": frozenset({"code", "shown"}),
    "item_name": frozenset({"name", "name_key"}),
    "item_photo": frozenset({"digest"}),
    "item_match": frozenset({"name_key"}),
    "join_link": frozenset({"secret_hash"}),
    "label_sheet": frozenset({"name", "name_key"}),
    "location": frozenset({"name", "name_key"}),
    "lot": frozenset({"origin_kind"}),
    "mail_attachment": frozenset({"media_type"}),
    "mail_outbox": frozenset({"message_id", "purpose", "claim"}),
    "meal_factor": frozenset({"stated", "version"}),
    "needs_list": frozenset({"content"}),
    "needs_setting": frozenset({"words"}),
    "network_invitation": frozenset({"code_hash"}),
    "network_peer": frozenset({"public_key", "last_seal"}),
    "parcel": frozenset({"name", "name_key"}),
    "parcel_item": frozenset({"role"}),
    "parcel_line": frozenset({"unit"}),
    "parcel_version": frozenset({"sizes"}),
    "period_net": frozenset({"period"}),
    "printer": frozenset({"name", "name_key", "sheet", "model", "host", "address"}),
    "proposal": frozenset({"outcome"}),
    "recall": frozenset({"name"}),
    "recall_finding": frozenset({"outcome"}),
    "recipe": frozenset({"name", "name_key"}),
    "report_form": frozenset({"key", "name", "definition"}),
    "report_share": frozenset({"token_hash", "period"}),
    "role_change": frozenset({"role_before", "role_after"}),
    "series_version": frozenset({"name", "place"}),
    "stock_entry": frozenset({"reason"}),
    "tare_box": frozenset({"name", "name_key"}),
    "transfer": frozenset({"direction", "code"}),
    "transfer_crate": frozenset({"code", "stands_on"}),
    "transfer_line": frozenset({"category", "product_codes", "crate_code"}),
    "value_setting": frozenset({"currency"}),
    "visit_setting": frozenset({"card_secret"}),
    "weighing": frozenset({"boxes"}),
    "webhook": frozenset({"name", "address", "kinds", "claim"}),
    "webhook_delivery": frozenset({"problem"}),
}


def named_on_the_page() -> set[tuple[str, str]]:
    return set(_NAMED.findall(PAGE.read_text()))


def of_people() -> set[tuple[str, str]]:
    tables = all_tables().tables.values()
    return {(table.name, one.name) for table in tables for one in columns_of_people(table)}


def texts() -> set[tuple[str, str]]:
    return {
        (table.name, column.name)
        for table in all_tables().tables.values()
        for column in table.columns
        if isinstance(column.type, Text | LargeBinary)
    }


def may_be_personal(table: str, column: str) -> bool:
    return column not in NEVER_PERSONAL and column not in NO_PERSON.get(table, ())


def test_each_column_that_refers_to_a_person_is_on_the_page() -> None:
    assert of_people() - named_on_the_page() == set()


def test_each_text_is_on_the_page_or_says_nothing_of_a_person() -> None:
    asked = {one for one in texts() if may_be_personal(*one)}
    assert asked - named_on_the_page() == set()


def test_the_page_names_what_there_is() -> None:
    there = {(table.name, one.name) for table in all_tables().tables.values() for one in table.c}
    assert named_on_the_page() - there == set()


def test_a_new_column_would_be_asked_about() -> None:
    assert may_be_personal("membership", "nickname")
    assert not may_be_personal("crate", "code")
    assert ("assignment", "person_id") in of_people()
