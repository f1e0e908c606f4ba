import assert from "node:assert/strict";
import { test } from "node:test";
import { classify, crateCode, isGtin } from "../../../blueprints/browser/src/scan/texts.ts";

// Made by labels/symbols/codes.py.
const CODES = ["7K3M-9QX2", "R06B-R1MP", "415P-TK04", "2KBE-7S2P", "K7D1-S4TV", "N63T-3JAK", "BEHD-XPYD", "MHDT-FYES"];
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("a crate's code is read however it is typed", () => {
  for (const typed of ["7K3M-9QX2", "7k3m9qx2", " 7K3M 9QX2 ", "7k3m–9qx2", "７Ｋ３Ｍ９ＱＸ２"]) {
    assert.equal(crateCode(typed), "7K3M-9QX2", typed);
  }
});

test("I and L are ones and O is nought", () => {
  const withOne = CODES.find((code) => code.includes("1") && code.includes("0"));
  assert.ok(withOne);
  assert.equal(crateCode(withOne.replace(/1/g, "l").replace(/0/g, "o")), withOne);
});

test("the check letter agrees with the one on our labels, and with no other", () => {
  for (const code of CODES) {
    assert.equal(crateCode(code), code);
    const others = [...ALPHABET].filter((letter) => letter !== code.at(-1));
    for (const letter of others) assert.equal(crateCode(code.slice(0, -1) + letter), null);
  }
});

test("two letters swapped are noticed", () => {
  assert.equal(crateCode("K73M-9QX2"), null);
});

test("an address names a crate, a place or an event, in any case and at any host", () => {
  assert.deepEqual(classify("https://DEPOT.EXAMPLE/C/7K3M-9QX2"), { kind: "crate", code: "7K3M-9QX2" });
  assert.deepEqual(classify("http://10.0.0.7:8000/c/7k3m9qx2?x=1"), { kind: "crate", code: "7K3M-9QX2" });
  assert.deepEqual(classify("https://DEPOT.EXAMPLE/P/12"), { kind: "place", id: 12 });
  assert.deepEqual(classify("https://depot.example/e/7/"), { kind: "event", id: 7 });
});

test("a transfer's address is for the depot to say", () => {
  const address = "HTTPS://DEPOT.EXAMPLE/T/6F1D2B64-0C1E-4C58-9C52-6B1F7C7B9D10";
  assert.deepEqual(classify(address), { kind: "other", text: address });
});

test("somebody else's address is nothing of ours", () => {
  assert.equal(classify("https://example.org/menu").kind, "other");
  assert.equal(classify("https://example.org/P/twelve").kind, "other");
  assert.equal(classify("https://example.org/C/7K3M-9QX3").kind, "other");
});

test("what stands on goods is told by its symbol or by its check digit", () => {
  assert.equal(classify("5012345678900", "]E0").kind, "goods");
  assert.equal(classify("5012345678900").kind, "goods");
  assert.equal(classify("5012345678901").kind, "other");
  assert.equal(classify("010950110153000310AB12\u001d17261231", "]C1").kind, "goods");
  assert.equal(classify("(01)09501101530003(10)AB12").kind, "goods");
});

test("an old box number is neither", () => {
  assert.deepEqual(classify("BOX 12349"), { kind: "other", text: "BOX 12349" });
});

test("check digits of 8, 12, 13 and 14 digits", () => {
  for (const good of ["96385074", "036000291452", "5012345678900", "10012345678902"]) assert.ok(isGtin(good), good);
  for (const bad of ["96385075", "5012345678909", "501234567891", "50123", ""]) assert.ok(!isGtin(bad), bad);
});
