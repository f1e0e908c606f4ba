"""Items made in place, and names that nobody else bears."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from depot.base.errors import (
    Invalid,
    MixedAlphabets,
    NameAlike,
    NameTaken,
    UnknownCategory,
)
from depot.base.questions import INSTEAD, question_key
from depot.kernel.lookups import (
    find_items,
)
from depot.kernel.new_items import (
    NewItem,
    add_item,
    add_items,
    add_named,
    check_name_is_free,
    need_category,
)
from depot.kernel.once import Work
from depot.ledger.doubts.rules import Doubt
from depot.models import Category, Item, Location, Partner
from tests.builders import World
from tests.commands.kernel.house import (
    HELD,
    Begin,
    House,
    add_partners,
    asking,
    partner_id,
)

HOUR = timedelta(hours=1)


@pytest.fixture
def work(begin: Begin) -> Work:
    return begin()


def test_an_item_in_two_alphabets_is_refused_where_somebody_can_write_it_anew(
    begin: Begin, shared: World
) -> None:
    typed = NewItem("Ric\u0435", "piece")
    with pytest.raises(MixedAlphabets) as mixed:
        add_item(begin(asking(shared.ada)), typed)
    assert mixed.value.field == "item"
    assert add_item(begin(), typed).name == "Ric\u0435"


def test_of_two_spellings_of_a_new_item_the_first_counts(work: Work) -> None:
    bread = need_category(work, "Bread")
    wanted = [
        NewItem("  Oat   Flakes", "gram", "bread", 1_000),
        NewItem("OAT FLAKES", "piece"),
        NewItem("Bagels", "piece", bread.id),
        NewItem("Lamps", "piece"),
    ]
    made = add_items(work, wanted)
    assert set(made) == {"oat flakes", "bagels", "lamps"}
    oats, bagels, lamps = made["oat flakes"], made["bagels"], made["lamps"]
    assert (oats.name, oats.name_key, oats.base_unit) == ("Oat Flakes", "oat flakes", "gram")
    assert (oats.unit_weight_milligrams, oats.category_id) == (1_000, bread.id)
    assert (bagels.category_id, bagels.unit_weight_milligrams) == (bread.id, None)
    assert lamps.category_id == need_category(work, None).id
    assert work.session.get_one(Item, lamps.id).depot_id == work.depot_id
    assert find_items(work, ["Oat Flakes", bagels.id]) == {"Oat Flakes": oats, bagels.id: bagels}
    assert add_items(work, []) == {}
    assert (work.doubts, work.questions) == ([], [])


def test_items_that_lines_name_are_made_and_found_by_what_each_line_said(work: Work) -> None:
    lines: dict[int | str, NewItem] = {
        "oats": NewItem("Oats", "gram"),
        " OATS": NewItem(" OATS", "gram"),
        5: NewItem("Rye", "gram"),
    }
    made = add_named(work, lines)
    assert list(made) == ["oats", " OATS", 5]
    assert made["oats"] == made[" OATS"] != made[5]
    assert made[5].name == "Rye"


def test_the_category_is_the_one_named_or_the_last(begin: Begin, shared: World) -> None:
    work = begin()
    last = need_category(work, None)
    assert last.name == "Other"
    work.session.add(
        Category(
            depot_id=work.depot_id, name="Hats", name_key="hats", position=10**6, archived=True
        )
    )
    work.session.add(
        Category(depot_id=shared.south.id, name="Caps", name_key="caps", position=10**6)
    )
    work.session.flush()
    assert need_category(work, None) == last
    assert need_category(work, " OTHER") == need_category(work, last.id) == last
    assert add_item(work, NewItem("Lamps", "piece")).category_id == last.id
    theirs = need_category(begin(shared.cleo), "Caps")
    for ref in ("Caps", theirs.id):
        for look in (need_category, lambda work, ref: add_item(work, NewItem("Tin", "piece", ref))):
            with pytest.raises(UnknownCategory) as unknown:
                look(work, ref)
            assert (unknown.value.field, unknown.value.params) == ("category", {"name": ref})
    newer = Category(depot_id=work.depot_id, name="Tops", name_key="tops", position=last.position)
    work.session.add(newer)
    work.session.flush()
    assert need_category(work, None) == newer
    assert add_item(work, NewItem("Shade", "piece")).category_id == newer.id


def test_who_is_there_is_asked_about_a_new_item_that_is_almost_a_known_one(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin(asking(shared.ada))
    new = [NewItem("Bean", "piece"), NewItem("Salts", "gram"), NewItem("Lamps", "piece")]
    assert set(add_items(work, new)) == {"bean", "salts", "lamps"}
    asked = {one.params["name"]: (one.params["known"], one.instead) for one in work.questions}
    # what was typed as pieces is no number of grams
    assert asked == {"Bean": ("Beans", "Use “%(known)s”"), "Salts": ("Salt", "")}
    keys = [question_key(one, work.command_id) + INSTEAD for one in work.questions]
    work.session.rollback()
    again = begin(asking(shared.ada, *keys), command_id=work.command_id)
    chosen = add_items(again, [NewItem("Bean", "piece"), NewItem("Lamps", "piece")])
    assert chosen["bean"] == find_items(again, ["Beans"])["Beans"]
    assert chosen["lamps"].name == "Lamps"
    assert (again.questions, again.doubts) == ([], [])


def test_where_nobody_can_be_asked_a_coordinator_looks_at_the_name(begin: Begin) -> None:
    work = begin()
    made = add_items(work, [NewItem("Bean", "piece"), NewItem("Lamps", "piece")])["bean"]
    assert work.doubts == [Doubt(sort="name", name="Bean", item_id=made.id, text="Beans")]
    assert work.questions == []


def test_items_of_another_depot_or_out_of_use_are_none_to_ask_about(
    begin: Begin, house: House, souths: House, shared: World
) -> None:
    work = begin(asking(shared.cleo))
    add_items(work, [NewItem("Bean", "piece")])
    assert work.questions == []
    ours = begin(asking(shared.ada))
    ours.session.execute(update(Item).where(Item.id == house.items["Beans"]).values(archived=True))
    add_items(ours, [NewItem("Bean", "piece")])
    assert ours.questions == []


def test_a_name_is_free_if_nothing_else_of_its_kind_bears_it(
    begin: Begin, house: House, shared: World
) -> None:
    work = begin()
    add_partners(work)
    mill = partner_id(work, "Mill & Sons")
    free = {"name": "Baker Street", "name_key": "baker street"}
    assert check_name_is_free(work, Partner, "  Baker  Street", None) == free
    assert check_name_is_free(work, Partner, "Grocers United", None)["name"] == "Grocers United"
    assert check_name_is_free(work, Partner, "MILL & SONS", mill)["name_key"] == "mill & sons"
    assert check_name_is_free(work, Partner, "Rice", None)["name"] == "Rice"
    for own in (None, partner_id(work, "Old Bakery")):
        with pytest.raises(NameTaken) as taken:
            check_name_is_free(work, Partner, " mill & sons", own)
        assert (taken.value.field, taken.value.params) == ("name", {"name": "mill & sons"})
    with pytest.raises(Invalid) as nameless:
        check_name_is_free(work, Partner, " \u200b ", None)
    assert nameless.value.field == "name"
    with pytest.raises(MixedAlphabets):
        check_name_is_free(work, Partner, "Mill & S\u043ens", None)


def test_a_name_that_looks_like_a_known_one_is_not_free(begin: Begin, shared: World) -> None:
    """All its letters are Cyrillic, and it looks like COCA."""
    work = begin()
    for depot_id, name in ((work.depot_id, "Coca"), (shared.south.id, "Pepa")):
        work.session.add(Partner(depot_id=depot_id, name=name, name_key=name.lower()))
    work.session.flush()
    own = partner_id(work, "Coca")
    lookalike = "\u0441\u043e\u0441\u0430"
    with pytest.raises(NameAlike) as alike:
        check_name_is_free(work, Partner, lookalike, None)
    assert alike.value.params == {"name": lookalike, "known": "Coca"}
    assert check_name_is_free(work, Partner, lookalike, own)["name"] == lookalike
    theirs = "\u0440\u0435\u0440\u0430"
    assert check_name_is_free(work, Partner, theirs, None)["name"] == theirs
    assert check_name_is_free(work, Item, lookalike, None)["name"] == lookalike


def test_a_crates_code_is_no_name_that_a_place_could_look_like(work: Work, house: House) -> None:
    """A crate is called by its code, whatever a place is called."""
    place = work.session.get_one(Location, house.places[HELD])
    place.name, place.name_key = "COCA", "coca"
    work.session.flush()
    lookalike = "\u0441\u043e\u0441\u0430"
    assert check_name_is_free(work, Location, lookalike, None)["name"] == lookalike
    shelf = work.session.get_one(Location, house.places["Shelf A"])
    shelf.name, shelf.name_key = "Coca", "coca "
    work.session.flush()
    with pytest.raises(NameTaken):
        check_name_is_free(work, Location, "coca", None)
