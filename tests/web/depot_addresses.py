"""All that the north has, under names of its own, and every address of it: for the outsider."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select, text
from werkzeug.routing import Rule

from blueprints.imports import uploads
from depot.base.actors import Actor
from depot.base.clock import utc_now
from depot.base.periods import last_complete_period
from depot.base.secrets import secret_hash
from depot.counts.commands.sheets import StartCountSheet, start_count_sheet
from depot.crates.commands.blank_crates import CreateCrates, create_crates
from depot.db.columns import Base
from depot.devices.commands.making import AddDevice, add_device
from depot.distribution.commands.events import PlanEvent, plan_event
from depot.distribution.commands.plans import PlanGoods, PlannedGoods, plan_goods
from depot.distribution.commands.visits import SaveVisitSetting, save_visit_setting
from depot.dropoffs.commands import AnnounceDropOff, announce_drop_off
from depot.imports.commands.imports import import_sheet
from depot.intake.commands.receipts import ReceiveGoods, receive_goods
from depot.intake.commands.tare_boxes import SaveTareBox, save_tare_box
from depot.intake.receipt_lines import ReceiptLine
from depot.items.commands.categories import SaveCategory, save_category
from depot.items.commands.item_codes import LearnCode, learn_code
from depot.joining.commands.helpers import JoinByLink, join_by_link
from depot.joining.commands.links import OpenJoinLink, join_secret, open_join_link
from depot.kernel.goods_lines import GoodsLine
from depot.locations.commands import SavePlace, save_place
from depot.mail.commands.subscriptions import AskForReport, ask_for_report
from depot.mail.links import MailLinks
from depot.models import (
    ApiToken,
    Category,
    Depot,
    Discrepancy,
    DistributionEvent,
    DropOff,
    EventSeries,
    GoodsValue,
    Invitation,
    Item,
    ItemCode,
    LabelSheet,
    Location,
    Lot,
    MailOutbox,
    MealFactor,
    Membership,
    Partner,
    Passkey,
    PersonSession,
    Printer,
    ReportShare,
    ReportSubscription,
    SheetImport,
    TareBox,
    all_tables,
)
from depot.people.commands.passkeys import keep_passkey
from depot.people.commands.sessions import start_session
from depot.people.devices import Device
from depot.people.passkeys import MadeKey
from depot.people.sessions import SessionStart
from depot.playbooks.commands.pages import SavePage, save_page
from depot.printing.commands.label_sheets import save_label_sheet
from depot.printing.commands.printers import SavePrinter, save_printer
from depot.production.commands.production import (
    ProduceGoods,
    ProductionInput,
    ProductionOutput,
    produce_goods,
)
from depot.production.commands.recipes import (
    RecipeInput,
    RecipeOutput,
    SaveRecipe,
    save_recipe,
)
from depot.programs.commands.webhooks import AddWebhook, add_webhook
from depot.reports.commands.forms import (
    SaveMealFactor,
    SaveReportForm,
    save_meal_factor,
    save_report_form,
)
from depot.reports.commands.sharing import ShareReport, share_report
from depot.reports.filing import FileReport, file_report
from depot.reports.forms.forms import FormEntry, FormTable, ReportForm
from depot.scanning.commands import KeepUnknownScan, keep_unknown_scan
from depot.stock.commands.take_out import TakeOut, take_out
from tests.builders import NOW, SECRET_KEY, find_actor, make_invitation, make_token
from tests.clients import Client
from tests.commands.printer_fixtures import label_sheet_command
from tests.current import db
from tests.pantry import sheet
from tests.web.agreeing.bodies import ask_for_zed
from tests.web.decisions.bodies import propose_tea
from tests.web.duties.bodies import let_rotate
from tests.web.handover.bodies import leave_notes
from tests.web.items.bodies import photograph
from tests.web.name_sheets.bodies import write_a_name
from tests.web.network.bodies import furnish_network
from tests.web.partners.asking import ask_for_kale, tell_value
from tests.web.production.bodies import make_parcel
from tests.web.rota.bodies import furnish_rota
from tests.web.safety.bodies import hold_pudding, read_fridge
from tests.web.series.bodies import let_come_round
from tests.web.tasks.bodies import furnish_tasks

#: In every name of the north and in no word of the program's own.
MARK = "Zzyzx"
PLACE = f"{MARK} shelf"
#: Where an address that names a sheet means a count sheet, and not a label sheet.
SHEETS = tuple(f"{part}.sheet_id" for part in ("counts", "counts_posting", "counts_api", "papers"))


@dataclass(frozen=True)
class North:
    """What the outsider has found out: ids, codes and names of the north."""

    ids: dict[str, Any]

    def address(self, rule: Rule) -> str:
        """Return an address of the rule that names things of the north."""
        path = rule.rule
        for name in rule.arguments:
            known = self.ids.get(f"{rule.endpoint.partition('.')[0]}.{name}", self.ids[name])
            path = re.sub(rf"<([^<>]*:)?{name}>", str(known), path)
        return path


def furnish(app: Flask, login: str = "ada", *, has_network: bool = True) -> North:
    """Give the north one of everything, or the depot of another who coordinates one.

    Without a network nothing is on the way from another depot, as it was before there were any, and
    nobody was let read names: earlier revisions cannot seal that.
    """
    with app.app_context():
        who = find_actor(login)
        tub = SaveTareBox(command_id=uuid4(), name=f"{MARK} tub", grams=900)
        save_tare_box(tub, who)
        made = _made(who)
        if has_network:
            made |= furnish_network(who, MARK, f"{MARK} rice") | photograph(who, made["item_id"])
            made["line_id"] = write_a_name(who, made["event_id"], f"{MARK} family")
        return North(made)


def _made(ada: Actor) -> dict[str, Any]:
    save_category(SaveCategory(command_id=uuid4(), name=f"{MARK} greens"), ada)
    save_place(SavePlace(command_id=uuid4(), name=PLACE), ada)
    page = SavePage(command_id=uuid4(), title=f"{MARK} page", text=f"{MARK} van")
    page_key = save_page(page, ada).answer.key
    code = create_crates(CreateCrates(command_id=uuid4(), count=1), ada).body["codes"][0]
    rice, kale = f"{MARK} rice", f"{MARK} kale"
    lines = (
        ReceiptLine(item=rice, quantity=9, crate_code=code),
        ReceiptLine(item=kale, quantity=9, category=f"{MARK} greens", location=PLACE),
    )
    given = ReceiveGoods(
        command_id=uuid4(), lines=lines, partner=f"{MARK} bakery", note=f"{MARK} note"
    )
    entry_id = receive_goods(given, ada).entry_id
    too_much = (GoodsLine(item=rice, quantity=10),)
    take_out(TakeOut(command_id=uuid4(), place=code, reason="damaged", lines=too_much), ada)
    learn_code(LearnCode(command_id=uuid4(), code="5000112637922", item=kale), ada)
    _plan_and_invite(ada)
    last_week = last_complete_period("week", NOW.date(), 1).name
    filed = file_report(FileReport(command_id=uuid4(), period=last_week), ada)
    link = ShareReport(command_id=uuid4(), period="2026-W40", days=9, note=f"{MARK} county")
    share_report(link, ada, "a key of sixteen letters")
    ask = AskForReport(command_id=uuid4(), address="zzyzx@example.org")
    ask_for_report(ask, ada, MailLinks("http://127.0.0.1:8000", "a key"))
    keep_unknown_scan(KeepUnknownScan(command_id=uuid4(), text=f"{MARK} box"), ada)
    save_meal_factor(_meal(), ada)
    tell_value(ada, MARK)
    made = {
        "number": filed.body["number"],
        "handbook.key": page_key,
        "playbooks.key": "weekly-pantry",
        "key": save_report_form(_form(), ada).body["key"],
        "code": code,
        "entry_id": entry_id,
        "act": "out",
        "kind": "items",
        "ending": "csv",
        "deed": "keep",
    }
    return made | _furniture(ada)


def _furniture(ada: Actor) -> dict[str, Any]:
    """Have each topic make what it has; return what names it."""
    made = (
        _count(ada)
        | _ids(ada)
        | read_fridge(ada, MARK, PLACE)
        | _cook(ada)
        | hold_pudding(ada, MARK)
    )
    return made | _together(ada) | ask_for_kale(ada, MARK) | _hang_up(ada)


def _together(ada: Actor) -> dict[str, Any]:
    """Let people decide, work by turns and leave notes; return what names it."""
    made = propose_tea(ada, MARK) | furnish_rota(ada, MARK) | furnish_tasks(ada, MARK)
    made |= ask_for_zed(ada, MARK) | leave_notes(ada, MARK) | _own_device(ada)
    return made | let_rotate(ada, MARK)


def _own_device(ada: Actor) -> dict[str, int]:
    """Make a device of the depot's own, and a passkey."""
    command = AddDevice(command_id=uuid4(), name=f"{MARK} tablet")
    keep_passkey(ada, MadeKey(f"{MARK} number {ada.person_id}", f"{MARK} key", 0), f"{MARK} phone")
    hook = AddWebhook(command_id=uuid4(), name=f"{MARK} shop", address="https://example.org/")
    return {
        "webhook_id": add_webhook(hook, ada, ()).answer.id,
        "device_id": add_device(command, ada, SECRET_KEY).answer.id,
        "passkey_id": db.session.scalars(
            select(Passkey.id).where(Passkey.person_id == ada.person_id)
        ).one(),
    }


def _cook(ada: Actor) -> dict[str, int]:
    """Make pudding by a recipe; return what names the recipe and, in production, the entry."""
    pudding = f"{MARK} pudding"
    recipe = SaveRecipe(
        command_id=uuid4(),
        name=f"{MARK} recipe",
        inputs=(RecipeInput(item=f"{MARK} kale", quantity=1),),
        outputs=(RecipeOutput(item=f"{MARK} kale", quantity=1),),
    )
    cooked = ProduceGoods(
        command_id=uuid4(),
        inputs=(ProductionInput(item=f"{MARK} kale", quantity=1),),
        outputs=(ProductionOutput(item=pudding, quantity=2, category=f"{MARK} greens"),),
    )
    made = produce_goods(cooked, ada)
    return make_parcel(ada, MARK) | {
        "recipe_id": save_recipe(recipe, ada).answer.id,
        "production.entry_id": made.entry_id or 0,
    }


def _hang_up(ada: Actor) -> dict[str, int]:
    """Hang up a code, and let somebody join by it on a phone."""
    command = OpenJoinLink(command_id=uuid4())
    link_id = open_join_link(command, ada, SECRET_KEY).answer.id
    secret = join_secret(SECRET_KEY, ada.depot_id, command.command_id)
    asked = JoinByLink(command_id=uuid4(), secret=secret, name=f"{MARK} Una")
    joined = join_by_link(asked, ada.depot).answer
    start = SessionStart(joined.person_id, ada.depot_id, joined.name, ends_at=joined.ends_at)
    key = start_session(start, Device(f"{MARK} browser", "Phone"))
    return {
        "link_id": link_id,
        "join_links.person_id": joined.person_id,
        "join_links.session_id": _session_of(key),
    }


def _plan_and_invite(ada: Actor) -> None:
    save_printer(SavePrinter(command_id=uuid4(), name=f"{MARK} printer", kind="sheet"), ada)
    save_label_sheet(label_sheet_command(f"{MARK} sheet"), ada)
    let_come_round(ada, MARK)
    save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), ada)
    market = PlanEvent(command_id=uuid4(), name=f"{MARK} market", starts_at=NOW)
    take = PlannedGoods(f"{MARK} kale", 1)
    event_id = plan_event(market, ada).answer.id
    plan_goods(PlanGoods(command_id=uuid4(), event_id=event_id, lines=(take,)), ada)
    announced = AnnounceDropOff(
        command_id=uuid4(), donor=f"{MARK} farm", expected_at=utc_now(), lines=(f"{MARK} kale",)
    )
    announce_drop_off(announced, ada)
    listed = sheet("items", f"name\n{MARK} leek\nZzyzx plain\n")  # not every name may be imported
    import_sheet(replace(listed, skip_problems=True), ada)
    make_invitation(f"{MARK} Dora", "volunteer", ada)
    make_token(f"{MARK} till", "volunteer", ada)


def _count(ada: Actor) -> dict[str, int]:
    """Count the shelf and return the sheet's id for each part of the program that names it."""
    shelves = select(Location.id).where(Location.name == PLACE, Location.depot_id == ada.depot_id)
    command = StartCountSheet(command_id=uuid4(), location_id=db.session.scalars(shelves).one())
    return dict.fromkeys(SHEETS, start_count_sheet(command, ada).answer.id)


def _meal() -> SaveMealFactor:
    return SaveMealFactor(
        command_id=uuid4(),
        grams_per_meal=450,
        stated=f"{MARK} meal",
        source=f"{MARK} county",
        version=MARK,
    )


def _form() -> SaveReportForm:
    tables = (FormTable(f"{MARK} table", "", (FormEntry(f"{MARK} in", "sourced"),)),)
    return SaveReportForm(command_id=uuid4(), form=ReportForm(f"{MARK} form", "week", tables))


def _ids(ada: Actor) -> dict[str, Any]:
    member = select(Membership.person_id).where(Membership.depot_id == ada.depot_id)

    def one(model: type[Base], **named: str) -> int:
        column = model.__table__.c
        found = select(column.id).where(column.depot_id == ada.depot_id)
        for name, value in named.items():
            found = found.where(column[name] == value)
        newest: int = db.session.execute(found.order_by(column.id.desc()).limit(1)).scalar_one()
        return newest

    item_id = one(Item, name=f"{MARK} kale")
    return {
        "box_id": one(TareBox),
        "factor_id": one(MealFactor),
        "value_id": one(GoodsValue),
        "category_id": one(Category, name=f"{MARK} greens"),
        "item_id": item_id,
        "lot_id": db.session.scalars(select(Lot.id).where(Lot.item_id == item_id)).one(),
        "partner_id": one(Partner),
        "printer_id": one(Printer),
        "sheet_id": one(LabelSheet),
        "location_id": one(Location, name=PLACE),
        "import_id": one(SheetImport),
        "drop_off_id": one(DropOff),
        "event_id": one(DistributionEvent),
        "series_id": one(EventSeries),
        "discrepancy_id": one(Discrepancy),
        "invitation_id": one(Invitation),
        "token_id": one(ApiToken),
        "code_id": one(ItemCode),
        "mail_id": one(MailOutbox),
        "share_id": one(ReportShare),
        "subscription_id": one(ReportSubscription),
        "person_id": db.session.scalars(member.order_by(Membership.person_id.desc())).first(),
        "session_id": _device(ada),
        "token": uploads.keep_upload(b"name\nx\n", f"{MARK}.csv", ada),
    }


def _device(who: Actor) -> int:
    """Sign somebody in on another device and return its number."""
    start = SessionStart(who.person_id or 0, who.depot_id, who.name)
    return _session_of(start_session(start, Device(f"{MARK} browser", "Phone")))


def _session_of(key: str) -> int:
    return db.session.scalars(
        select(PersonSession.id).where(PersonSession.key_hash == secret_hash(key))
    ).one()


def row_counts(app: Flask) -> dict[str, int]:
    """Return how many rows each table has."""
    with app.app_context():
        return {
            name: db.session.execute(text(f'select count(*) from "{name}"')).scalar_one()
            for name in all_tables().tables
        }


def depot_rows(app: Flask, slug: str) -> dict[str, list[str]]:
    """Return everything that the database holds of a depot, number by number, by table."""
    with app.app_context():
        owner = db.session.scalars(select(Depot.id).where(Depot.slug == slug)).one()
        return {
            name: sorted(
                str(tuple(row))
                for row in db.session.execute(select(table).where(table.c.depot_id == owner))
            )
            for name, table in all_tables().tables.items()
            if "depot_id" in table.c
        }


def bearer(app: Flask, login: str) -> dict[str, str]:
    """Return the headers of a program that acts for that person's depot."""
    with app.app_context():
        token = make_token("probe", "coordinator", find_actor(login))
    return {"Authorization": f"Bearer {token}"}


def send(
    client: Client, path: str, body: dict[str, Any], headers: dict[str, str], **options: Any
) -> Any:
    """Post to the API as a program does, or to a page as a form does."""
    sent = {"command_id": str(uuid4())} | body
    if path.startswith("/api/"):
        return client.http.post(path, json=sent, headers=headers)
    return client.post(path, sent, **options)
