import assert from "node:assert/strict";
import { test } from "node:test";
import { Wedge, withSeparators, type Heard } from "../../../blueprints/browser/src/common/wedge.ts";

/** Press the keys so many milliseconds apart and return what the last one meant. */
function press(keys: string[], apart: number, wedge = new Wedge(), from = 1000): Heard {
  let heard: Heard = "nothing";
  keys.forEach((key, at) => {
    const ctrl = key.startsWith("^") && key.length === 2;
    heard = wedge.press({ key: ctrl ? key.slice(1) : key, ctrl, other: false, at: from + at * apart });
  });
  return heard;
}

const scanner = 8;
const person = 120;

test("a scanner's burst that ends in Enter is a scan", () => {
  assert.deepEqual(press([..."7K3M-9QX2", "Enter"], scanner), { scan: "7K3M-9QX2" });
});

test("a scanner may end in Tab, and press Shift for capitals", () => {
  assert.deepEqual(press([..."ABCDEF", "Tab"], scanner), { scan: "ABCDEF" });
  assert.deepEqual(press(["Shift", "A", "B", "Shift", "C", "D", "E", "F", "Enter"], scanner), { scan: "ABCDEF" });
});

test("a person's typing and Enter is no scan, however long", () => {
  assert.equal(press([..."7K3M-9QX2", "Enter"], person), "nothing");
  assert.equal(press([..."rice and beans and more", "Enter"], 60), "nothing");
});

test("a person's last keys before a scan are not part of it", () => {
  const wedge = new Wedge();
  press([..."12"], person, wedge, 0);
  assert.deepEqual(press([..."7K3M-9QX2", "Enter"], scanner, wedge, 2000), { scan: "7K3M-9QX2" });
});

test("a scanner that stutters is still a scanner", () => {
  const wedge = new Wedge();
  press([..."7K3M-9"], scanner, wedge, 1000);
  assert.deepEqual(press([..."QX2ABCDEFG", "Enter"], scanner, wedge, 1000 + 5 * scanner + 90), { scan: "7K3M-9QX2ABCDEFG" });
});

test("the rest of a scan that was broken off is none: half a code is worse than no code", () => {
  const wedge = new Wedge();
  press([..."7K3M"], scanner, wedge, 1000);
  assert.equal(press([..."-9QX2ABC", "Enter"], scanner, wedge, 1200), "nothing");
});

test("Enter a while after a burst is a person's", () => {
  const wedge = new Wedge();
  press([..."7K3M-9QX2"], scanner, wedge);
  assert.equal(press(["Enter"], 0, wedge, 3000), "nothing");
});

test("a short burst is no scan: no code is so short", () => {
  assert.equal(press([..."12345", "Enter"], scanner), "nothing");
});

test("a scan right after another is one of its own", () => {
  const wedge = new Wedge();
  press([..."7K3M-9QX2", "Enter"], scanner, wedge, 1000);
  assert.deepEqual(press([..."1AXY-9914", "Enter"], scanner, wedge, 1150), { scan: "1AXY-9914" });
});

test("a shortcut, an arrow or Backspace ends the burst", () => {
  for (const key of ["Backspace", "ArrowLeft", "^a", "Escape"]) {
    assert.equal(press([..."7K3M", key, ..."9QX2", "Enter"], scanner), "nothing", key);
  }
  const wedge = new Wedge();
  press([..."7K3M-9QX2"], scanner, wedge);
  wedge.press({ key: "c", ctrl: false, other: true, at: 1080 });
  assert.equal(press(["Enter"], 0, wedge, 1085), "nothing");
});

test("GS1's separator comes through, whichever way the scanner sends it", () => {
  for (const sent of ["^]", "F8", "\u001d", "␝"]) {
    assert.deepEqual(press([..."10AB12", sent, ..."17261231", "Enter"], scanner), { scan: "10AB12\u001d17261231" }, sent);
  }
});

test("stand-ins for the separator that scanners write are put right", () => {
  for (const sent of ["{GS}", "<GS>", "{FNC1}", "<fnc1>", "^]", "~d029"]) {
    assert.equal(withSeparators(`10AB12${sent}17261231`), "10AB12\u001d17261231");
  }
  assert.equal(withSeparators("BOX 12"), "BOX 12");
});
