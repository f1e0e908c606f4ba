import assert from "node:assert/strict";
import { test } from "node:test";
import { isShell, mayTakeOver, shellOf } from "../../../blueprints/browser/src/sw/shells.ts";

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
