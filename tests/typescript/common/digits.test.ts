// Digits of every keyboard are read as the depot reads them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { plainDigits } from "../../../blueprints/browser/src/common/digits.ts";

test("digits of other scripts are digits", () => {
  for (const text of ["١٢", "۱۲", "１２", "१२", "12"]) assert.equal(plainDigits(text), "12");
  assert.equal(plainDigits("۱۲٫۵ کیلو"), "12.5 کیلو");
});

test("what is no digit stays as it was typed", () => {
  for (const text of ["", "kg", "Ж½", "12,5", "🍎"]) assert.equal(plainDigits(text), text);
});
