"""Who lives the Saturday: a coordinator's program, volunteers with phones, and what they do."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from depot.distribution.commands.visits import SaveVisitSetting, save_visit_setting
from depot.models import Discrepancy, Location, Lot, Pick
from labels.symbols.cards import new_card_code
from tests.builders import find_actor, make_person, make_token
from tests.commands.network.linked import link
from tests.commands.partners.agencies import agency
from tests.commands.shelves import put_crate, put_place
from tests.current import db
from tests.web.phone_client import Json, Phone, make_command
from tests.web.saturday import (
    COLD,
    COUNTED,
    DAY,
    DELIVERED,
    DIETS,
    FIRST,
    HOUSEHOLDS,
    INSTEAD,
    LACKING,
    PARCEL,
    SECOND,
    SHELF,
    SIZES,
    TAKEN_FROM,
    WHOLE,
    Floor,
    Hour,
)


class Desk:
    """A coordinator's program: asks the API, and says yes where it is asked again."""

    def __init__(self, app: Flask, login: str) -> None:
        self.http = app.test_client()
        with app.app_context():
            token = make_token("desk", "coordinator", find_actor(login))
        self.headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, method: str = "POST", **body: Any) -> Json:
        sent = {"command_id": str(uuid4())} | body
        answer = self._send(path, method, sent)
        if answer.status_code == 409 and answer.get_json()["code"] == "unconfirmed":
            asked = [one["confirm"] for one in answer.get_json()["questions"]]
            answer = self._send(path, method, sent | {"confirmed": asked})
        assert answer.status_code == 201, (path, answer.get_json())
        found: Json = answer.get_json()
        return found

    def _send(self, path: str, method: str, sent: Json) -> Any:
        return self.http.open(f"/api/v1{path}", method=method, json=sent, headers=self.headers)

    def get(self, path: str) -> Json:
        answer = self.http.get(f"/api/v1{path}", headers=self.headers)
        assert answer.status_code == 200, (path, answer.get_json())
        found: Json = answer.get_json()
        return found


class Volunteer:
    """Somebody with a phone, which keeps what is done while there is no signal."""

    def __init__(self, app: Flask, login: str, hour: Hour) -> None:
        self.phone = Phone(app, login)
        self.login = login
        self.hour = hour
        self.kept: list[Json] = []
        self.has_signal = True

    def do(self, kind: str, *, is_timed: bool = True, **fields: Any) -> Json | None:
        """Do something now; it is delivered at once, or kept."""
        command = make_command(kind, self.hour.now if is_timed else None, **fields)
        if not self.has_signal:
            self.kept.append(command)
            return None
        (told,) = self.phone.sync(command, sent_at=self.hour.now.isoformat())
        assert told["result"] == "posted", told
        return told

    def lose_signal(self) -> None:
        self.has_signal = False

    def deliver(self, seed: int) -> list[Json]:
        """Deliver in another order what was kept, then all of it again: nothing counts twice."""
        self.has_signal = True
        kept, self.kept = self.kept, []
        # the same seed shuffles alike: this is not about secrets
        random.Random(seed).shuffle(kept)
        sent_at = self.hour.now.isoformat()
        told = self.phone.sync(*kept, sent_at=sent_at)
        again = self.phone.sync(*kept, sent_at=sent_at)
        done = [one for one in told if one["result"] == "posted"]
        repeated = [one for one in again if one["result"] == "repeated"]
        assert [one["command_id"] for one in repeated] == [one["command_id"] for one in done]
        return told


def said(quantities: Mapping[str, int]) -> list[Json]:
    return [{"item": item, "quantity": quantity} for item, quantity in quantities.items()]


class Saturday:
    """Who is there, what they do, and what lies on both floors."""

    def __init__(self, app: Flask, hour: Hour) -> None:
        self.app, self.hour = app, hour
        self.north, self.south = Floor(), Floor()
        self.seen_picks = 0
        self.held: set[str] = set()
        with app.app_context():
            ada = find_actor("ada")
            for name in ("Dana", "Eli"):
                make_person(name, "volunteer", ada.depot)
            for place in (SHELF, COUNTED, COLD):
                put_place(ada, place)
            for code in (FIRST, SECOND, WHOLE, LACKING):
                put_crate(ada, code, at=SHELF)
            link(ada, find_actor("cleo"))
            save_visit_setting(SaveVisitSetting(command_id=uuid4(), is_on=True), ada)
            self.ark, self.shelter = agency(ada, "Ark", 120), agency(ada, "Shelter", 60)
        self.desk, self.far = Desk(app, "ada"), Desk(app, "cleo")
        self.ben, self.dana, self.eli = (
            Volunteer(app, login, hour) for login in ("ben", "dana", "eli")
        )
        self.event = self.recall = self.sheet = self.after_closing = 0
        chance = random.Random(7)  # the same cards each time: this is not about secrets
        self.cards = [new_card_code(chance) for _ in range(24)]

    # what is done

    def take_delivery(self) -> None:
        crates = (FIRST, SECOND, WHOLE, LACKING)
        for quantity, item, place, rest in DELIVERED:
            where = "crate_code" if place in crates else "location"
            line = {"item": item, "quantity": quantity, "category": "Other", where: place}
            self.desk.post("/receipts", source={"kind": "donation"}, lines=[line | rest])
            self.north.come("sourced", place, item, quantity)
        # two tins that the delivery note names were never on the pallet: only a count can tell
        self.north.come("variance", COUNTED, "Tuna", -2)

    def plan(self) -> list[Json]:
        lines = [
            {
                "item": item,
                "per": {"sizes": amounts},
                "instead": [
                    {"diet": diet, "item": other or None}
                    for diet, other in INSTEAD.get(item, {}).items()
                ],
            }
            for item, amounts in PARCEL.items()
        ]
        self.desk.post("/parcels", name="Weekend", sizes=SIZES, lines=lines)
        at = self.hour.now.replace(hour=10).isoformat()
        event = self.desk.post("/events", name="Saturday", starts_at=at, expected_households=180)
        self.event = event["id"]
        grid = [
            {"count": count, "size": size, "diet": diet}
            for diet in DIETS
            for size, count in zip(SIZES, HOUSEHOLDS[diet], strict=True)
        ]
        parcels = [{"parcel": "Weekend", "households": grid}]
        planned = self.desk.post(f"/events/{self.event}/plan", "PUT", parcels=parcels)
        lines_planned: list[Json] = planned["lines"]
        return lines_planned

    def ask_for(self, partner: int, **quantities: int) -> int:
        asked = self.desk.post(
            "/requests", partner_id=partner, needed_on=DAY.isoformat(), lines=said(quantities)
        )
        number: int = asked["id"]
        return number

    def approve(self, request: int, **quantities: int) -> None:
        self.desk.post(f"/requests/{request}/approve", lines=said(quantities))

    def hand_over(self, request: int, **quantities: int) -> None:
        for item, quantity in quantities.items():
            self.north.come("handed_out", TAKEN_FROM[item], item, -quantity)
        self.desk.post(f"/requests/{request}/hand-over", lines=said(quantities))

    def place(self, name: str) -> int:
        with self.app.app_context():
            own = Location.depot_id == find_actor("ada").depot_id
            return db.session.scalars(select(Location.id).where(own, Location.name == name)).one()

    def count(self, who: Volunteer) -> None:
        """Write down at each line of the sheet what is seen on the shelf at this moment."""
        sheet = self.desk.get(f"/count-sheets/{self.sheet}")
        for line in sheet["lines"]:
            seen = self.north.lies[COUNTED, line["item"]]
            found = [{"number": line["number"], "quantity": seen}]
            who.do("count_lines", sheet_id=self.sheet, lines=found)

    def come(self, who: Volunteer, cards: Sequence[str], households: int) -> None:
        """Let households come: some with a card, the others counted by hand."""
        for card in cards:
            who.do("visit", event_id=self.event, card=card, adults=2, children=1)
        who.do("people", event_id=self.event, households=households)

    def kinds(self, login: str) -> Counter[str]:
        """Return what kinds of questions wait for a coordinator."""
        with self.app.app_context():
            own = Discrepancy.depot_id == find_actor(login).depot_id
            return Counter(db.session.scalars(select(Discrepancy.kind).where(own)))

    def pick(self, who: Volunteer, place: str, item: str, quantity: int) -> Json | None:
        line = {"item": item, "quantity": quantity, "location": place}
        return who.do("picks", is_timed=False, event_id=self.event, lines=[line])

    def give(self, who: Volunteer, place: str, item: str, quantity: int) -> Json | None:
        """Hand out so much from there."""
        self.north.come("handed_out", place, item, -quantity)
        line = {"item": item, "quantity": quantity, "location": place}
        return who.do("issue", event_id=self.event, lines=[line])

    def give_crate(self, who: Volunteer, code: str, item: str, quantity: int) -> Json | None:
        self.north.come("handed_out", code, item, -quantity)
        return who.do("issue", event_id=self.event, crate_code=code)

    def take_back(self, who: Volunteer, place: str, item: str, quantity: int) -> Json | None:
        self.north.come("handed_out", place, item, quantity)
        line = {"item": item, "quantity": quantity, "location": place}
        return who.do("return", event_id=self.event, lines=[line])

    # what must hold at every moment

    def look(self) -> None:
        """Look at both depots as they are now: figures that hold, and picks that may go out."""
        for desk, login in ((self.desk, "ada"), (self.far, "cleo")):
            asked = self.things(login, "too_much_promised")
            for row in desk.get("/stock?limit=200")["stock"]:
                left = row["on_hand"] - row["held"] - row["past"] - row["promised"]
                assert row["free"] == max(left, 0), row
                assert left >= 0 or row["item_id"] in asked, row
        for item, lot_code in self.new_picks():
            assert item != "Ham"
            assert lot_code not in self.held

    def things(self, login: str, *kinds: str) -> list[int | None]:
        """Return the items of what waits for a coordinator."""
        with self.app.app_context():
            rows = select(Discrepancy.item_id).where(
                Discrepancy.depot_id == find_actor(login).depot_id,
                Discrepancy.kind.in_(kinds),
                Discrepancy.resolved_at.is_(None),
            )
            return list(db.session.scalars(rows))

    def new_picks(self) -> list[tuple[str, str]]:
        """Return item and lot code of what was fetched since somebody looked last."""
        with self.app.app_context():
            rows = db.session.execute(
                select(Pick.id, Lot.item_id, Lot.lot_code)
                .join(Lot, Lot.id == Pick.lot_id)
                .where(Pick.id > self.seen_picks, Pick.quantity > 0)
                .order_by(Pick.id)
            ).all()
            names = {
                row["item_id"]: row["item"] for row in self.desk.get("/stock?limit=200")["stock"]
            }
        self.seen_picks = max((row.id for row in rows), default=self.seen_picks)
        return [(names[row.item_id], row.lot_code) for row in rows]

    def booked(self, desk: Desk) -> dict[tuple[str, str], int]:
        """Return what the book says lies where."""
        lies: Counter[tuple[str, str]] = Counter()
        for row in desk.get("/stock?by=lot&limit=200")["stock"]:
            lies[row["location"], row["item"]] += row["quantity"]
        return {where: quantity for where, quantity in lies.items() if quantity}
