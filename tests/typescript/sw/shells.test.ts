import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inShell, isShell, mayTakeOver, shellFile, shellOf } from "../../../blueprints/browser/src/sw/shells.ts";
import { Caches } from "./caches.ts";

let store = new Caches();
const script = new Request("https://depot.example/bundles/scan.js");
beforeEach(() => {
  store = new Caches();
  Object.defineProperty(globalThis, "caches", { value: store, configurable: true });
  Object.defineProperty(globalThis, "fetch", { value: async () => new Response("fetched"), configurable: true });
});

test("a new version takes over at once where pages that are open understand what it keeps", () => {
  assert.ok(mayTakeOver([], 1));
  assert.ok(mayTakeOver([shellOf(1, "a"), shellOf(1, "b"), "pages"], 1));
});

test("a new version waits while pages are open that keep something else", () => {
  assert.ok(!mayTakeOver([shellOf(1, "a")], 2));
  assert.ok(!mayTakeOver([shellOf(2, "b"), shellOf(1, "a")], 2));
  assert.ok(!mayTakeOver([shellOf(12, "a")], 1), "12 is not 1");
});

test("the pages that people kept are no shell", () => {
  assert.ok(isShell(shellOf(1, "a")));
  assert.ok(!isShell("pages"));
});

test("what was fetched once is kept in the shell and answered from it", async () => {
  await store.open(shellOf(1, "a"));
  assert.equal(await (await shellFile(shellOf(1, "a"), script)).text(), "fetched");
  Object.defineProperty(globalThis, "fetch", { value: () => Promise.reject(new TypeError("no connection")), configurable: true });
  assert.equal(await (await shellFile(shellOf(1, "a"), script)).text(), "fetched");
});

test("a worker that still answers does not bring back the shell that the next one took away", async () => {
  assert.equal(await (await shellFile(shellOf(1, "old"), script)).text(), "fetched");
  assert.equal(await inShell(shellOf(1, "old"), "/no-connection"), undefined);
  assert.deepEqual([...store.all.keys()], []);
});
