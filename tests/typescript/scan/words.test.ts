import assert from "node:assert/strict";
import { test } from "node:test";
import { Words } from "../../../blueprints/browser/src/common/words.ts";

const english = new Words({ moved: "{code} → {to}", pile: { one: "{n} crate", other: "{n} crates" } }, "en");

test("blanks are filled in, also with what looks like a pattern", () => {
  assert.equal(english.say("moved", { code: "7K3M-9QX2", to: "$& shelf" }), "7K3M-9QX2 → $& shelf");
});

test("a number chooses its plural form and is written as people write it", () => {
  assert.equal(english.say("pile", { n: 1 }), "1 crate");
  assert.equal(english.say("pile", { n: 1200 }), "1,200 crates");
});

test("languages with more forms use them", () => {
  const polish = new Words({ pile: { one: "skrzynka", few: "skrzynki", many: "skrzynek", other: "skrzynki" } }, "pl");
  assert.deepEqual([1, 3, 7].map((n) => polish.say("pile", { n })), ["skrzynka", "skrzynki", "skrzynek"]);
});

test("a sentence nobody wrote is an error", () => {
  assert.throws(() => english.say("nothing"), /no words for nothing/);
});
