import assert from "node:assert/strict";
import { test } from "node:test";
import { compareWith } from "../../../blueprints/browser/src/scan/calling.ts";

const SHELF = "Shelf B2";
const RICE = { code: "7K3M-9QX2", boxNumber: "12", state: "filled", place: SHELF, goods: "Rice: 24" };

test("a crate that was not scanned is told with its box number and what is in it", () => {
  const [missing] = compareWith([RICE], SHELF, []).missing;
  assert.equal(missing?.goods, "Rice: 24");
  assert.equal(missing?.box_number, "12");
});

test("a crate that was scanned is not missing, whichever of its names was read", () => {
  for (const text of ["7k3m9qx2", " 12 "]) {
    assert.deepEqual(compareWith([RICE], SHELF, [text]).missing, []);
  }
});
