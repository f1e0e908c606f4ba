import assert from "node:assert/strict";
import { test } from "node:test";

import { inside, Strokes } from "../../../blueprints/browser/src/signing/strokes.ts";

test("a pen that is down draws lines, and one that is up draws none", () => {
  const strokes = new Strokes();
  assert.equal(strokes.move({ x: 1, y: 1 }), null);
  strokes.begin({ x: 0, y: 0 });
  assert.deepEqual(strokes.move({ x: 5, y: 6 }), [{ x: 0, y: 0 }, { x: 5, y: 6 }]);
  assert.deepEqual(strokes.move({ x: 7, y: 7 }), [{ x: 5, y: 6 }, { x: 7, y: 7 }]);
  strokes.end();
  assert.equal(strokes.move({ x: 9, y: 9 }), null);
  assert.equal(strokes.isDrawn, true);
});

test("a touch is no signature, and a cleared one is none any more", () => {
  const strokes = new Strokes();
  strokes.begin({ x: 0, y: 0 });
  strokes.move({ x: 0, y: 1 });
  strokes.end();
  assert.equal(strokes.isDrawn, false);
  strokes.begin({ x: 0, y: 0 });
  for (let step = 1; step < 9; step += 1) strokes.move({ x: step, y: step });
  assert.equal(strokes.isDrawn, true);
  strokes.clear();
  assert.equal(strokes.isDrawn, false);
});

test("a place on the screen is found in the picture at any size", () => {
  const shown = { left: 10, top: 20, width: 300, height: 110 };
  assert.deepEqual(inside(shown, { width: 600, height: 220 }, { x: 160, y: 75 }), { x: 300, y: 110 });
});
