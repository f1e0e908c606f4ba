import assert from "node:assert/strict";
import { test } from "node:test";
import { deedOf, keyOf, LOOK, placeCalled, revived, step, type Context, type Known } from "../../../blueprints/browser/src/scan/context.ts";

const shelf = { id: 3, name: "Shelf B2" };
const saturday = { id: 9, name: "Saturday" };
const known: Known = { places: [shelf], events: [saturday], collected: 0 };
const crate = { kind: "crate", code: "7K3M-9QX2" } as const;
const toShelf: Context = { act: "move", target: { to: "Shelf B2", isCrate: false } };

test("where nothing was chosen a crate is looked at", () => {
  assert.deepEqual(step(LOOK, crate, known), { do: "look", text: "7K3M-9QX2" });
});

test("a place that is scanned is where crates go from now on", () => {
  assert.deepEqual(step(LOOK, { kind: "place", id: 3 }, known), { do: "become", context: toShelf });
  assert.deepEqual(step(toShelf, crate, known), {
    do: "keep",
    code: "7K3M-9QX2",
    deed: { type: "move", crate_code: "7K3M-9QX2", to: "Shelf B2" },
  });
});

test("an event that is scanned hands out each crate", () => {
  const next = step(LOOK, { kind: "event", id: 9 }, known);
  assert.deepEqual(next, { do: "become", context: { act: "issue", event: saturday } });
  assert.deepEqual(step({ act: "issue", event: saturday }, crate, known), {
    do: "keep",
    code: "7K3M-9QX2",
    deed: { type: "issue", event_id: 9, crate_code: "7K3M-9QX2" },
  });
});

test("a crate scanned first is what others are put on, and is not put on itself", () => {
  const next = step({ act: "move", target: null }, crate, known);
  const onto: Context = { act: "move", target: { to: "7K3M-9QX2", isCrate: true } };
  assert.deepEqual(next, { do: "become", context: onto });
  assert.deepEqual(step(onto, crate, known), { do: "itself", code: "7K3M-9QX2" });
  assert.equal(step(onto, { kind: "crate", code: "1AXY-9914" }, known).do, "keep");
});

test("crates are collected, and then a place is offered for all of them", () => {
  assert.deepEqual(step({ act: "collect" }, crate, known), { do: "collect", code: "7K3M-9QX2" });
  const full = { ...known, collected: 2 };
  assert.deepEqual(step({ act: "collect" }, { kind: "place", id: 3 }, full), { do: "offer", context: toShelf });
  assert.equal(step({ act: "collect" }, { kind: "place", id: 3 }, known).do, "become", "an empty basket has nothing to move");
});

test("in a roll-call crates are called, and another place is the next one called", () => {
  const call: Context = { act: "call", place: { id: 1, name: "Arrivals" } };
  assert.deepEqual(step(call, crate, known), { do: "call", code: "7K3M-9QX2" });
  assert.deepEqual(step(call, { kind: "place", id: 3 }, known), { do: "become", context: { act: "call", place: shelf } });
});

test("a place or an event that is not here changes nothing", () => {
  assert.deepEqual(step(toShelf, { kind: "place", id: 77 }, known), { do: "gone", what: "place" });
  assert.deepEqual(step(toShelf, { kind: "event", id: 77 }, known), { do: "gone", what: "event" });
});

test("goods and anything else are looked up in every context", () => {
  for (const context of [LOOK, toShelf, { act: "collect" } as const]) {
    assert.deepEqual(step(context, { kind: "goods", text: "5012345678900" }, known), { do: "look", text: "5012345678900" });
  }
});

test("only moving and handing out are done crate by crate", () => {
  assert.equal(deedOf(LOOK, "7K3M-9QX2"), null);
  assert.equal(deedOf({ act: "collect" }, "7K3M-9QX2"), null);
});

test("the same deed has the same key, another place another", () => {
  const move = (to: string) => keyOf({ type: "move", crate_code: "7K3M-9QX2", to });
  assert.equal(move("Shelf B2"), move("Shelf B2"));
  assert.notEqual(move("Shelf B2"), move("Arrivals"));
});

test("after a reload the context is the same, unless its place or event is gone", () => {
  const issue: Context = { act: "issue", event: saturday };
  for (const kept of [toShelf, issue, LOOK, { act: "call", place: shelf }] as Context[]) assert.deepEqual(revived(kept, known), kept);
  const nothing: Known = { places: [], events: [], collected: 0 };
  for (const kept of [toShelf, issue, { act: "call", place: shelf }] as Context[]) assert.deepEqual(revived(kept, nothing), LOOK);
  assert.deepEqual(revived(null, known), LOOK);
});

test("a place is found by its name in whatever capitals and blanks", () => {
  const places = [shelf, { id: 4, name: "Shelf B20" }];
  assert.equal(placeCalled("  shelf  b2", places), shelf);
  assert.equal(placeCalled("Shelf B", places), undefined);
});
