// The arrow keys among suggestions, and answers that are none.
import assert from "node:assert/strict";
import { test } from "node:test";
import { countOf, moved, readGroups } from "../../../blueprints/browser/src/search/choice.ts";

test("the arrows walk through the suggestions and back into the field", () => {
  assert.equal(moved("ArrowDown", -1, 3), 0);
  assert.equal(moved("ArrowDown", 2, 3), -1);
  assert.equal(moved("ArrowUp", -1, 3), 2);
  assert.equal(moved("ArrowUp", 0, 3), -1);
  assert.equal(moved("ArrowDown", -1, 0), undefined);
  assert.equal(moved("a", 1, 3), undefined);
});

test("an answer that is no list of groups suggests nothing", () => {
  assert.deepEqual(readGroups(null), []);
  assert.deepEqual(readGroups({ groups: "no" }), []);
  const groups = readGroups({ groups: [{ kind: "item", title: "Items", results: [{ name: "Rice", small: "", href: "/" }] }] });
  assert.equal(countOf(groups), 1);
});
