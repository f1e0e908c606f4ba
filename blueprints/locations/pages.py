"""Places: their tree, what stands at one, and the form of one."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from blueprints.frame.editor import Editor
from blueprints.frame.forms import Form
from blueprints.frame.language import current_reader
from blueprints.frame.web import found_or_404, query_text, reader
from blueprints.locations.schemas import PlaceForm
from blueprints.words.listing.icons import category_icon, contents_icon
from blueprints.words.listing.ticked import is_all_ticked, tick_all
from blueprints.words.photos.shown import photos
from blueprints.words.weights import total_text, weight_text
from depot.base.clock import local_day, utc_now
from depot.base.names import name_key
from depot.base.text import N_
from depot.locations.commands import save_place
from depot.locations.queries import places as query
from depot.locations.tree import CrateStock, Node, PlaceTree
from depot.safety.queries.temperatures import find_cold_place
from depot.scanning.queries.roll_call import last_roll_call
from depot.stock.queries import stock
from depot.words.allergens import food_words
from depot.words.goods import name_goods

#: So many crates stand on one page of a place.
CRATES: Final = 60


def places() -> ResponseReturnValue:
    """Show all rooms and shelves, with what stands in them."""
    session, who = reader()
    found = query.load_place_tree(session, who.depot_id)
    rows = list(found.places())
    search = query_text("q")
    shown = rows if not search else [row for row in rows if _is_sought(found, row.id, search)]
    return render_template(
        "locations/places.html",
        who=who,
        places=[row for row in shown if not row.archived],
        archived=[row for row in shown if row.archived],
        unplaced=None if search else found.unplaced(),
        notes={row.id: found.nodes[row.id].note for row in shown},
        values={"q": search},
        errors={},
        total_text=partial(total_text, reader=current_reader()),
    )


def _is_sought(found: PlaceTree, place_id: int, search: str) -> bool:
    """Say whether all words sought stand in a place's name, its description or what it is in."""
    near = " ".join(f"{node.name} {node.note}" for node in found.upwards(place_id))
    return all(word in name_key(near) for word in name_key(search).split())


def place(location_id: int) -> ResponseReturnValue:
    """Show a place: what lies there, which crates and shelves stand there."""
    session, who = reader()
    node = _own(location_id)
    if node.kind == "crate":
        return redirect(_crate_href(node.name))
    found = query.load_place_tree(session, who.depot_id)
    crates = found.crates(node.id)
    start = query_text("after")
    later = [crate for crate in crates if crate.code > start] if start else crates
    shown = sorted(later, key=lambda crate: crate.code)[:CRATES]
    older = url_for("locations.place", location_id=node.id, after=shown[-1].code) if shown else None
    lots = stock.lots_at(session, who.depot_id, node.id)
    rows = [_crate_row(crate) for crate in shown]
    items = {lot.item_id for lot in lots} | {item_id for row in rows for item_id in row[-1]}
    return render_template(
        "locations/place.html",
        who=who,
        node=node,
        summary=found.place(node, 0),
        within=[above for above in found.upwards(node.id) if above.id != node.id],
        below=list(found.places(node.id)),
        lots=[(lot, category_icon(lot.category)) for lot in lots],
        crates=rows,
        photos=photos(items),
        all_ticked=is_all_ticked(),
        tick_all=tick_all("locations.place", location_id=node.id, after=start or None),
        count=len(crates),
        newer=url_for("locations.place", location_id=node.id) if start else None,
        older=older if len(later) > CRATES else None,
        today=local_day(utc_now(), who.depot.time_zone),
        total_text=partial(total_text, reader=current_reader()),
        weight_text=partial(weight_text, reader=current_reader()),
        cold=find_cold_place(session, who, node.id, utc_now()),
        food_words=partial(food_words, reader=current_reader()),
        called=last_roll_call(session, who.depot_id, node.id),
    )


def _crate_row(crate: CrateStock) -> tuple[str, CrateStock, str, str, list[int]]:
    """Return a crate with its address, its picture and what is in it, in words and by items."""
    goods = [(part.item, part.quantity, part.unit) for part in crate.contents]
    icon = contents_icon(part.category for part in crate.contents)
    told = name_goods(goods, current_reader())
    return _crate_href(crate.code), crate, icon, told, [part.item_id for part in crate.contents]


def _crate_href(code: str) -> str:
    """Return the address on a crate's own label, which finds its page whatever that is called."""
    return f"/C/{code}"


def _own(location_id: int) -> Node:
    session, who = reader()
    node = query.place_row(session, who.depot_id, location_id)
    return found_or_404(N_("place"), location_id, node)


def _own_place(location_id: int) -> Node:
    node = _own(location_id)
    return found_or_404(N_("place"), location_id, None if node.kind == "crate" else node)


def _values(node: Node) -> dict[str, Any]:
    return {
        "name": node.name,
        "kind": node.kind,
        "parent_id": node.parent_id or "",
        "note": node.note,
        "walk_position": "" if node.walk_position is None else str(node.walk_position),
        "is_arrivals": "yes" if node.is_default else "",
        "archived": "yes" if node.archived else "",
    }


def _context(_form: Form, node: Node | None) -> dict[str, Any]:
    session, who = reader()
    return {"node": node, "parents": _parents(query.load_place_tree(session, who.depot_id), node)}


def _parents(found: PlaceTree, node: Node | None) -> list[tuple[int, str]]:
    """Return the places this one may be in: not itself, nor what is in it."""
    return [
        (row.id, row.name)
        for row in found.places()
        if not row.archived and (node is None or not found.is_in(row.id, node.id))
    ]


EDITOR: Final = Editor(
    key="location_id",
    find=_own_place,
    blank=lambda: {"kind": "storage", "parent_id": query_text("in")},
    values=_values,
    schema=lambda: PlaceForm(form=True),
    save=save_place,
    template="locations/edit_place.html",
    context=_context,
    after=lambda outcome: url_for("locations.place", location_id=outcome.answer.id),
)
