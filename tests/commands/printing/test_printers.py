"""Printers and label sheets of a depot's own."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from depot.base.errors import Forbidden, Invalid, NameTaken, NotFound
from depot.printing import queries
from depot.printing.commands.label_sheets import save_label_sheet
from depot.printing.commands.printers import SavePrinter, save_printer
from labels.printers import network
from tests.builders import World, clock
from tests.commands.printer_fixtures import (
    add_printer,
    label_sheet_command,
    resolve_to_home,
    zebra_command,
)


def refuse(problem: network.WireProblem) -> Any:
    def resolve(host: str, port: int) -> str:
        raise network.CannotSend(problem)

    return resolve


def test_a_printer_is_kept_with_the_address_it_had(world: World) -> None:
    row = add_printer(world.ada, zebra_command(host="zebra.local", port=9101, offset_x_tenths=-12))
    assert (row.host, row.address, row.port) == ("zebra.local", "192.168.1.50", 9101)
    assert row.offset_mm == (-1.2, 0.0)
    assert row.label_mm == (102.0, 152.0)
    assert queries.printer_named(world.session, world.north.id, " ZEBRA ") == row


def test_a_printer_is_edited_and_put_away(world: World) -> None:
    row = add_printer(world.ada, zebra_command(host="zebra.local"))
    add_printer(world.ada, zebra_command("Door", printer_id=row.id, archived=True))
    (found,) = queries.printers(world.session, world.north.id)
    assert (found.name, found.host, found.address, found.port) == ("Door", "", "", None)
    assert queries.printer_named(world.session, world.north.id, "Door") is None


def test_a_repeat_saves_once(world: World) -> None:
    command = zebra_command()
    for _ in range(2):
        save_printer(command, world.ada, clock, resolve_to_home)
    assert len(queries.printers(world.session, world.north.id)) == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "fax"}, "kind"),
        ({"offset_x_tenths": 201}, "offset_x_tenths"),
        ({"offset_y_tenths": -201}, "offset_y_tenths"),
        ({"label_width_tenths": None}, "label_width_tenths"),
        ({"label_height_tenths": 0}, "label_height_tenths"),
        ({"dpi": 204}, "dpi"),
        ({"dpi": None}, "dpi"),
        ({"kind": "brother", "model": "QL-1"}, "model"),
        ({"kind": "brother", "model": "QL-700"}, "label_width_tenths"),
        ({"kind": "sheet", "host": "x"}, "host"),
        ({"name": " "}, "name"),
    ],
)
def test_a_printer_that_cannot_be_is_refused_at_its_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        add_printer(world.ada, zebra_command(**({"name": "Zebra"} | change)))
    assert caught.value.field == field
    assert not queries.printers(world.session, world.north.id)


@pytest.mark.parametrize(
    ("problem", "field"),
    [
        (network.WireProblem.NOT_LOCAL, "host"),
        (network.WireProblem.NO_SUCH_NAME, "host"),
        (network.WireProblem.PORT, "port"),
    ],
)
def test_an_address_outside_the_network_is_refused(
    world: World, problem: network.WireProblem, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        save_printer(zebra_command(host="example.org"), world.ada, clock, refuse(problem))
    assert caught.value.field == field


def test_only_a_coordinator_enters_printers_and_sheets(world: World) -> None:
    with pytest.raises(Forbidden):
        add_printer(world.ben, zebra_command())
    with pytest.raises(Forbidden):
        save_label_sheet(label_sheet_command(), world.ben, clock)


def test_another_depots_printers_and_sheets_are_nobody_elses(world: World) -> None:
    row = add_printer(world.ada, zebra_command())
    sheet = save_label_sheet(label_sheet_command(), world.ada, clock).body["id"]
    with pytest.raises(NotFound):
        add_printer(world.cleo, zebra_command(printer_id=row.id))
    with pytest.raises(NotFound):
        save_label_sheet(label_sheet_command(sheet_id=sheet), world.cleo, clock)
    assert queries.printer(world.session, world.south.id, row.id) is None
    assert queries.own_sheet(world.session, world.south.id, sheet) is None
    assert not queries.printers(world.session, world.south.id)
    assert "Own" not in queries.sheets(world.session, world.south.id)
    add_printer(world.cleo, zebra_command())


def test_a_name_is_given_once(world: World) -> None:
    add_printer(world.ada, zebra_command())
    save_label_sheet(label_sheet_command(), world.ada, clock)
    with pytest.raises(NameTaken):
        add_printer(world.ada, zebra_command("zebra"))
    for taken in ("own", "L7160", "a4/2"):
        with pytest.raises(NameTaken):
            save_label_sheet(label_sheet_command(taken), world.ada, clock)


def test_a_sheet_is_kept_as_it_was_measured(world: World) -> None:
    save_label_sheet(
        label_sheet_command("Shelf tape", across=1, pitch_x_micrometres=None), world.ada, clock
    )
    sheet = queries.sheets(world.session, world.north.id)["Shelf tape"]
    assert (sheet.columns, sheet.rows, sheet.capacity) == (1, 5, 5)
    last = sheet.place(5)
    assert (last.x, last.y, last.width, last.height) == (10.0, 228.0, 90.0, 50.0)
    assert sheet.page.name == "A4"


def test_a_sheet_is_edited_and_put_away(world: World) -> None:
    made = save_label_sheet(label_sheet_command(), world.ada, clock).body["id"]
    save_label_sheet(label_sheet_command("Other", sheet_id=made, archived=True), world.ada, clock)
    (row,) = queries.own_sheets(world.session, world.north.id)
    assert (row.name, row.archived) == ("Other", True)
    assert "Other" not in queries.sheets(world.session, world.north.id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"pitch_x_micrometres": 89_000}, "pitch_x_micrometres"),
        ({"pitch_y_micrometres": 49_999}, "pitch_y_micrometres"),
        ({"across": 3}, "across"),
        ({"down": 6}, "down"),
        ({"down": 0}, "down"),
        ({"across": 101}, "across"),
        ({"left_micrometres": -1}, "left_micrometres"),
        ({"left_micrometres": 30_000}, "across"),
        ({"top_micrometres": 40_000}, "down"),
        ({"label_width_micrometres": 0}, "label_width_micrometres"),
        ({"page_height_micrometres": 2_000_001}, "page_height_micrometres"),
    ],
)
def test_labels_that_overlap_or_leave_the_page_are_refused_at_their_field(
    world: World, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        save_label_sheet(label_sheet_command(**change), world.ada, clock)
    assert caught.value.field == field
    assert not queries.own_sheets(world.session, world.north.id)


def test_a_brother_takes_its_rolls(world: World) -> None:
    def brother(model: str, width: int, height: int) -> SavePrinter:
        return SavePrinter(
            command_id=uuid4(),
            name=f"{model} {width}",
            kind="brother",
            model=model,
            label_width_tenths=width,
            label_height_tenths=height,
        )

    assert add_printer(world.ada, brother("QL-820NWB", 620, 290)).model == "QL-820NWB"
    assert add_printer(world.ada, brother("QL-1110NWB", 1020, 1520)).label_mm == (102.0, 152.0)
    with pytest.raises(Invalid):
        add_printer(world.ada, brother("QL-820NWB", 1020, 1520))
    with pytest.raises(Invalid):
        add_printer(world.ada, brother("QL-820NWB", 500, 500))
