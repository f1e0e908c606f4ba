import assert from "node:assert/strict";
import { test } from "node:test";
import type { Kept } from "../../../blueprints/browser/src/outbox/kinds.ts";
import { mayPass, nextBatch, pauseAfter, undosOf, USUAL } from "../../../blueprints/browser/src/outbox/order.ts";

const ANA = { id: 1, name: "Ana" };
const BEN = { id: 2, name: "Ben" };
const NOBODY = { persons: new Set<number>(), depots: new Set<number>() };
const LIMITS = { commands: 20, bytes: 200_000 };

function kept(seq: number, more: Partial<Kept> = {}): Kept {
  return {
    seq, commandId: `c${seq}`, deed: { type: "move" }, words: "", occurredAt: "2026-11-21T09:00:00Z", person: ANA,
    depot: { id: 1, name: "North" }, dependsOn: [], state: "waiting", ...more,
  };
}

const ids = (batch: Kept[]): string[] => batch.map(({ commandId }) => commandId);

test("commands go in the order in which they were done, as many as fit", () => {
  const all = [kept(3), kept(1), kept(2)];
  assert.deepEqual(ids(nextBatch(all, NOBODY, LIMITS)), ["c1", "c2", "c3"]);
  assert.deepEqual(ids(nextBatch(all, NOBODY, { ...LIMITS, commands: 2 })), ["c1", "c2"]);
});

test("one that is larger than a batch goes alone", () => {
  const all = [kept(1, { deed: { type: "x", text: "y".repeat(500) } }), kept(2)];
  assert.deepEqual(ids(nextBatch(all, NOBODY, { commands: 20, bytes: 100 })), ["c1"]);
});

test("one that needs a person holds up what depends on it, however far, and nothing else", () => {
  const all = [kept(1, { state: "needs" }), kept(2, { dependsOn: ["c1"] }), kept(3, { dependsOn: ["c2"] }), kept(4)];
  assert.deepEqual(ids(nextBatch(all, NOBODY, LIMITS)), ["c4"]);
});

test("what depends on a command of the same batch waits for the next one", () => {
  const all = [kept(1), kept(2, { dependsOn: ["c1"] }), kept(3)];
  assert.deepEqual(ids(nextBatch(all, NOBODY, LIMITS)), ["c1"]);
  assert.deepEqual(ids(nextBatch(all.slice(1), NOBODY, LIMITS)), ["c2", "c3"]);
});

test("what was dropped is not sent and holds nothing up", () => {
  const all = [kept(1, { state: "dropped" }), kept(2, { dependsOn: ["c1"] })];
  assert.deepEqual(ids(nextBatch(all, NOBODY, LIMITS)), ["c2"]);
});

test("a batch is of one person in one depot, for one doer", () => {
  const south = { id: 9, name: "South" };
  for (const other of [{ person: BEN }, { depot: south }, { doneBy: "Ben" }]) {
    assert.deepEqual(ids(nextBatch([kept(1), kept(2, other), kept(3)], NOBODY, LIMITS)), ["c1"]);
  }
});

test("what is somebody else's waits for an answer while the rest goes", () => {
  const all = [kept(1, { person: BEN }), kept(2), kept(3, { dependsOn: ["c1"] })];
  assert.deepEqual(ids(nextBatch(all, { ...NOBODY, persons: new Set([2]) }, LIMITS)), ["c2"]);
});

test("pauses double up to the longest, each phone's somewhat differently", () => {
  const pauses = [1, 2, 3, 4, 20].map((failures) => pauseAfter(failures, 1, USUAL));
  assert.deepEqual(pauses, [1000, 2000, 4000, 8000, USUAL.most]);
  assert.equal(pauseAfter(3, 0, USUAL), 2000);
});

test("a server in trouble is asked again, a refusal is not", () => {
  assert.deepEqual([500, 503, 408, 425, 429, 404].map(mayPass), Array(6).fill(true));
  assert.deepEqual([200, 400, 401, 409, 413, 422].map(mayPass), Array(6).fill(false));
});

test("with a command go its undo and the undo of that", () => {
  const all = [kept(1), kept(2, { deed: { type: "undo", of: "c1" } }), kept(3, { deed: { type: "undo", of: "c2" } }), kept(4)];
  assert.deepEqual(undosOf("c1", all), ["c2", "c3"]);
});
