import assert from "node:assert/strict";
import { test } from "node:test";
import { barOf, type Standing } from "../../../blueprints/browser/src/outbox/bar.ts";
import type { Kept } from "../../../blueprints/browser/src/outbox/kinds.ts";

const NOW = Date.parse("2026-11-21T09:00:00Z");

function kept(seq: number, more: Partial<Kept> = {}): Kept {
  return {
    seq, commandId: `c${seq}`, deed: { type: "move" }, words: "", occurredAt: "2026-11-21T08:00:00Z", person: { id: 1, name: "Ana" },
    depot: { id: 1, name: "North" }, dependsOn: [], state: "waiting", ...more,
  };
}

function told(more: Partial<Standing>): [string, number][] {
  const quiet: Standing = {
    kept: [], held: { persons: new Set(), depots: new Set() }, savedToday: 0, sending: false, online: true, signedOut: false, now: NOW,
  };
  return barOf({ ...quiet, ...more }).map(({ words, n }) => [words, n]);
}

test("with nothing waiting all is saved, and how many it was today", () => {
  assert.deepEqual(told({}), [["all_saved", 0]]);
  assert.deepEqual(told({ savedToday: 47 }), [["saved", 47]]);
});

test("what waits is counted until it is in the book, also without a connection and while it is sent", () => {
  const three = [kept(1), kept(2), kept(3)];
  for (const standing of [{ online: false }, { sending: true }, {}]) {
    assert.deepEqual(told({ kept: three, savedToday: 44, ...standing }), [["waiting", 3]]);
  }
});

test("for a moment after a tap it is being saved", () => {
  const fresh = kept(1, { occurredAt: "2026-11-21T08:59:59Z" });
  assert.deepEqual(told({ kept: [fresh] }), [["saving", 1]]);
  assert.deepEqual(told({ kept: [fresh], online: false }), [["waiting", 1]], "without a connection nothing is being saved");
});

test("what needs a person is named first, and what waits beside it", () => {
  const both = [kept(1, { state: "needs" }), kept(2)];
  assert.deepEqual(told({ kept: both }), [["needs", 1], ["waiting_short", 1]]);
});

test("another person's things need a person until somebody says whose they are", () => {
  const held = { persons: new Set([1]), depots: new Set<number>() };
  assert.deepEqual(told({ kept: [kept(1), kept(2)], held }), [["needs", 2]]);
});

test("signed out, it asks to sign in", () => {
  assert.deepEqual(told({ kept: [kept(1)], signedOut: true }), [["sign_in", 1]]);
});

test("what was dropped is nobody's business any more", () => {
  assert.deepEqual(told({ kept: [kept(1, { state: "dropped" })] }), [["all_saved", 0]]);
});

test("a form being filled in is not saved yet, and no connection is said", () => {
  assert.deepEqual(told({ page: "typing", savedToday: 3 }), [["typing", 0]]);
  assert.deepEqual(told({ online: false, savedToday: 3 }), [["offline", 0]]);
});
