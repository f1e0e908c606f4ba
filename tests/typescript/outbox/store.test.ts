import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore, PlainStore } from "../../../blueprints/browser/src/outbox/store.ts";
import type { Kept } from "../../../blueprints/browser/src/outbox/kinds.ts";
import { ANA, browser } from "./browser.ts";

const around = browser();

function thing(commandId: string, more: Partial<Kept> = {}): Omit<Kept, "seq"> {
  return { commandId, deed: { type: "move" }, words: commandId, occurredAt: "2026-11-21T09:00:00Z", ...ANA, dependsOn: [], state: "waiting", ...more };
}

const ids = (kept: Kept[]): string[] => kept.map(({ commandId }) => commandId);
const done = (commandId: string, at: number): Parameters<PlainStore["finish"]>[1] => ({ commandId, words: "", message: "", entryId: 1, at });

/** The database, and what stands in for it, must do the same. */
for (const [name, open] of [["the database", openStore], ["the plain store", async () => new PlainStore()]] as const) {
  test(`${name} keeps things in order until they are in the book`, async () => {
    const store = await open();
    const [one] = [await store.add(thing("a")), await store.add(thing("b"))];
    assert.deepEqual(ids(await (await open()).all()), ["a", "b"], "another page sees them");
    await store.finish(one, done("a", 5));
    assert.deepEqual(ids(await store.all()), ["b"]);
    assert.deepEqual((await store.done(5)).map(({ commandId }) => commandId), ["a"]);
    assert.deepEqual(await store.done(6), []);
    await store.forget(6);
    assert.deepEqual(await store.done(0), []);
  });

  test(`${name} changes what is kept, and what is in the book meanwhile stays out`, async () => {
    const store = await open();
    const one = await store.add(thing("a"));
    await store.change(one.seq, { state: "needs", reason: "No." });
    assert.deepEqual((await store.all()).map(({ state, reason }) => [state, reason]), [["needs", "No."]]);
    await store.finish(one, done("a", 1));
    await store.change(one.seq, { state: "waiting" });
    assert.deepEqual(await store.all(), []);
  });

  test(`${name} gives back what was refused and nothing else`, async () => {
    const store = await open();
    await store.add(thing("a", { state: "needs" }));
    await store.add(thing("b"));
    for (const id of ["a", "b", "c"]) await store.takeBack(id);
    assert.deepEqual(ids(await store.all()), ["b"]);
  });

  test(`${name} remembers notes`, async () => {
    const store = await open();
    await store.setNote("me", ANA);
    assert.deepEqual(await (await open()).note("me"), ANA);
    assert.equal(await store.note("other"), undefined);
  });
}

test("where there is no room, what is kept lasts as long as the page", async () => {
  around.storage.isFull = true;
  const store = new PlainStore();
  await store.add(thing("a"));
  assert.deepEqual(ids(await store.all()), ["a"]);
});

test("without a database things are kept all the same, and moved into it once there is one", async () => {
  const database = indexedDB;
  Object.defineProperty(globalThis, "indexedDB", { value: undefined, configurable: true, writable: true });
  await (await openStore()).add(thing("a"));
  Object.defineProperty(globalThis, "indexedDB", { value: database, configurable: true, writable: true });
  for (const _page of ["one", "the next"]) assert.deepEqual(ids(await (await openStore()).all()), ["a"]);
  assert.deepEqual(await new PlainStore().all(), [], "it is kept in one place only");
});

test("two pages that move the same things at once keep each once", async () => {
  for (const id of ["a", "b"]) await new PlainStore().add(thing(id));
  const [one] = await Promise.all([openStore(), openStore(), openStore()]);
  assert.deepEqual(ids(await one.all()), ["a", "b"]);
});

test("what was moved and is in the book by then is not kept again", async () => {
  await new PlainStore().add(thing("a"));
  const left = around.storage.getItem("depot") ?? "";
  const store = await openStore();
  const [kept] = await store.all();
  assert.ok(kept);
  await store.finish(kept, done("a", 1));
  around.storage.setItem("depot", left);
  assert.deepEqual(await (await openStore()).all(), []);
});
