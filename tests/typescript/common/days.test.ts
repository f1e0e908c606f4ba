// A day reads the same whether the server or the browser wrote it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { shortDay, shortMoment } from "../../../blueprints/browser/src/common/days.ts";

const EVENING = new Date(2026, 10, 19, 18, 2);

test("in English the day comes before the month, wherever that English is from", () => {
  for (const language of ["en", "en-US", "en-GB"]) assert.equal(shortDay(EVENING, language), "Thu 19 Nov");
});

test("other languages have their own order", () => {
  assert.equal(shortDay(EVENING, "de"), "Do., 19. Nov.");
});

test("a moment has the clock of twenty-four hours", () => {
  assert.equal(shortMoment(EVENING, "en"), "Thu 19 Nov 18:02");
});
