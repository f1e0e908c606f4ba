import assert from "node:assert/strict";
import { test } from "node:test";
import { findKnown, longForm, lookUp, plainCode, refreshList, storedList, type List } from "../../../blueprints/browser/src/outbox/known.ts";
import type { Outbox } from "../../../blueprints/browser/src/outbox/outbox.ts";
import { ANA } from "./browser.ts";

const LIST: List = {
  at: "2026-11-21T10:32:00+01:00",
  depot: 1,
  pages: [],
  crates: [["7K3M-9QX2", "BOX 12", "filled", "Cold room", "Rice: 12"], ["4FJH-22M8", "", "empty", "", ""]],
  places: [[5, "Cold room"]],
  events: [[3, "Saturday"]],
  items: [[8, "Rice"]],
  codes: [["00012345678905", 8, 6]],
};

const found = (text: string): unknown[] => {
  const known = lookUp(LIST, text);
  return known ? [known.kind, known.id, known.code, known.name] : [];
};

test("a crate is found by its code however it is typed, by its label's address and by its old number", () => {
  const crate = ["crate", null, "7K3M-9QX2", "BOX 12"];
  for (const text of ["7K3M-9QX2", " 7k3m 9qx2 ", "https://depot.example/C/7K3M-9QX2", "HTTPS://DEPOT.EXAMPLE/C/7k3m-9qx2", "box 12"]) {
    assert.deepEqual(found(text), crate, text);
  }
  assert.equal(lookUp(LIST, "4FJH22M8")?.state, "empty");
});

test("an item says how much of it is promised and free, where the list knows", () => {
  const list = { ...LIST, promised: [[8, "6 promised, 2 free"]] as [number, string][] };
  assert.equal(lookUp(list, "00012345678905")?.what, "6 promised, 2 free");
  assert.equal(lookUp(LIST, "00012345678905")?.what, undefined);
});

test("a crate with goods past their day says so; an older list does not know", () => {
  const list = { ...LIST, past: ["7K3M-9QX2"] };
  assert.deepEqual(["box 12", "4FJH-22M8"].map((text) => lookUp(list, text)?.past), [true, false]);
  assert.equal(lookUp(LIST, "7K3M-9QX2")?.past, false);
});

test("a crate whose goods are held back says so; an older list does not know", () => {
  const list = { ...LIST, held: ["7K3M-9QX2"] };
  assert.deepEqual(["box 12", "4FJH-22M8"].map((text) => lookUp(list, text)?.held), [true, false]);
  assert.equal(lookUp(LIST, "7K3M-9QX2")?.held, false);
});

test("a label that was replaced still finds its crate", () => {
  const list = { ...LIST, replaced: [["BN6R-5CS3", "7K3M-9QX2"] as [string, string]] };
  assert.equal(lookUp(list, "bn6r5cs3")?.code, "7K3M-9QX2");
  assert.equal(lookUp(list, "https://depot.example/C/BN6R-5CS3")?.code, "7K3M-9QX2");
  assert.equal(lookUp(LIST, "BN6R-5CS3"), null);
});

test("places and hand-outs are found by their addresses, places by name too", () => {
  assert.deepEqual(found("https://depot.example/P/5"), ["place", 5, "5", "Cold room"]);
  assert.deepEqual(found("https://depot.example/e/3"), ["event", 3, "3", "Saturday"]);
  assert.deepEqual(found("cold ROOM"), ["place", 5, "cold ROOM", "Cold room"]);
});

test("an item is found by a learned code in any of its lengths", () => {
  for (const text of ["00012345678905", "12345678905", "012345678905"]) assert.deepEqual(found(text), ["item", 8, text, "Rice"]);
});

test("what the list does not know is not guessed", () => {
  for (const text of ["", "7K3M-9QX3", "https://depot.example/P/6", "https://depot.example/C/5", "nowhere"]) assert.deepEqual(found(text), [], text);
});

test("look-alike letters are put right", () => {
  assert.equal(plainCode("o1il oo11"), "0111-0011");
});

test("the short form of a product's number finds what the long one was taught", () => {
  const list = { ...LIST, codes: [["00049000006346", 8, null], ["00042100005264", 8, 6]] as typeof LIST.codes };
  const item = (text: string): number | null | undefined => lookUp(list, text)?.id;
  assert.deepEqual(["04963406", "04252614", "049000006346"].map(item), [8, 8, 8]);
  assert.deepEqual(["04963407", "24963406", "4963"].map(item), [undefined, undefined, undefined]);
  // the ways in which zeros are left out, by the sixth digit
  const long = {
    "02345604": "023000004564",
    "02345622": "023200004562",
    "02345632": "023400000562",
    "02345642": "023450000062",
    "02345659": "023456000059",
    "02345697": "023456000097",
  };
  for (const [short, whole] of Object.entries(long)) assert.equal(longForm(short), whole);
});

/** A page of a depot, with the notes of a phone that stored another's list, or its own. */
function phone(stored: List, depot: number): Outbox {
  const notes = new Map<string, unknown>([["list", { etag: "old", list: stored }]]);
  const found = {
    me: { ...ANA, depot: { id: depot, name: "" } },
    note: async (key: string) => notes.get(key),
    setNote: async (key: string, value: unknown) => void notes.set(key, value),
  };
  return found as unknown as Outbox;
}

/** Answer the next fetch so, and return the headers it comes with. */
function answering(answer: () => Response): Record<string, string>[] {
  const asked: Record<string, string>[] = [];
  const fetched = async (_address: string, { headers }: { headers: Record<string, string> }): Promise<Response> => {
    asked.push(headers);
    return answer();
  };
  Object.defineProperty(globalThis, "fetch", { value: fetched, configurable: true, writable: true });
  return asked;
}

test("the list of the depot before knows nothing here, with a connection or without", async () => {
  const lost: (() => Response)[] = [() => new Response("", { status: 503 }), () => assert.fail("no connection")];
  for (const answer of lost) {
    const other = phone(LIST, 2);
    const asked = answering(answer);
    assert.equal(await refreshList(other), null);
    assert.equal(asked[0]?.["If-None-Match"], undefined, "it would be told that nothing is new");
    assert.equal(await storedList(other), null);
    assert.equal(await findKnown(other, "7K3M-9QX2"), null);
  }
});

test("the list of this depot goes on where there is none newer", async () => {
  for (const status of [304, 503]) {
    const own = phone(LIST, 1);
    const asked = answering(() => new Response(null, { status }));
    assert.deepEqual(await refreshList(own), LIST);
    assert.equal(asked[0]?.["If-None-Match"], "old");
    assert.equal((await findKnown(own, "7K3M-9QX2"))?.name, "BOX 12");
  }
  const own = phone(LIST, 1);
  const newer = { ...LIST, places: [[6, "Attic"]] };
  answering(() => new Response(JSON.stringify(newer), { headers: { ETag: "new" } }));
  assert.deepEqual(await refreshList(own), newer);
  assert.equal((await findKnown(own, "Attic"))?.id, 6);
});
