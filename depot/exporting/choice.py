"""Which tables and columns leave in a whole export, and which never do. A test asks of every table.

What lets somebody in (hashes of passwords, links and tokens) stays, and so does what says nothing
about the depot.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Column, LargeBinary, Select, Table, select

from depot.models import Depot, Membership, Person, all_tables

#: Tables that stay, and why.
LEFT_OUT: Final = {
    "command_log": "how repeats are told from new commands; what they did is in the ledger",
    "mail_attachment": "files that wait to be sent; they can be made again",
    "invitation": "doors that are open for a week",
    "recovery_link": "doors that are open for a day",
    "recovery_code": "doors that are open until they are used",
    "device_pin": "what opens a device of the depot",
    "passkey": "what opens people's accounts, in any depot",
    "person_session": "who is signed in on which device, in any depot",
    "second_factor": "what the codes of people's apps are made from",
    "asked_input": "commands that wait some days for a second person; what is done is in the book",
    "name_sheet_line": "names that few may read; whoever may takes each sheet along by itself",
    "failed_try": "how often strangers were wrong",
    "search_entry": "how things are found by their names; made anew of the rest",
    "search_stale": "what of it is to be made anew",
}
#: Columns that stay, by table.
SECRET: Final = {
    "person": {"password_hash"},
    "api_token": {"token_hash"},
    "report_share": {"token_hash"},
    "drop_off_link": {"secret"},
    # who has a card and these could tell which of its visits were made with it
    "visit_card": {"card_hash"},
    "visit_setting": {"card_secret"},
    "agency_link": {"token_hash"},
    "asked_act": {"body_hash"},
    "join_link": {"secret_hash"},
    "calendar_feed": {"secret_hash"},
    "depot_device": {"setup_hash", "key_hash"},
    "network_invitation": {"code_hash"},
    # an address may open by itself what it leads to
    "webhook": {"address", "claim", "claimed_until"},
    # texts of mails hold links that open without an account
    "mail_outbox": {"body", "unsubscribe_url", "claim", "claimed_until", "purpose", "message_id"},
    # they stand in filed_reports.jsonl
    "filed_report": {"figures", "facts"},
}
#: What a column of a secret is called; none may leave.
SUSPICIOUS: Final = ("hash", "secret", "token", "password", "cookie")


def exported_tables() -> list[Table]:
    """Return the tables of an export by name."""
    found = all_tables().tables
    return [found[name] for name in sorted(found) if name not in LEFT_OUT]


def exported_columns(table: Table) -> list[Column[object]]:
    """Return the columns of a table that leave, in the table's order; photos are files beside."""
    stay = SECRET.get(table.name, set())
    return [
        column
        for column in table.columns
        if column.name not in stay and not isinstance(column.type, LargeBinary)
    ]


def rows_of(table: Table, depot_id: int) -> Select[*tuple[object, ...]]:
    """Return the statement for the depot's rows of a table, in the order of their keys.

    Raises ValueError for a table that belongs to no depot.
    """
    statement: Select[*tuple[object, ...]] = select(*exported_columns(table)).order_by(
        *table.primary_key.columns
    )
    if table.name == Depot.__tablename__:
        return statement.where(table.c.id == depot_id)
    if table.name == Person.__tablename__:
        members = select(Membership.person_id).where(Membership.depot_id == depot_id)
        return statement.where(table.c.id.in_(members))
    if "depot_id" not in table.c:
        raise ValueError(f"{table.name} belongs to no depot")
    return statement.where(table.c.depot_id == depot_id)
