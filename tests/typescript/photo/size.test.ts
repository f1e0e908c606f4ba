import assert from "node:assert/strict";
import { test } from "node:test";

import { sentSize } from "../../../blueprints/browser/src/photo/size.ts";

test("a large photo is sent with its longer side at 1024 pixels", () => {
  assert.deepEqual(sentSize({ width: 4000, height: 3000 }), { width: 1024, height: 768 });
  assert.deepEqual(sentSize({ width: 3000, height: 4000 }), { width: 768, height: 1024 });
});

test("a small one is sent as it is, and a thin one keeps a pixel", () => {
  assert.deepEqual(sentSize({ width: 640, height: 480 }), { width: 640, height: 480 });
  assert.deepEqual(sentSize({ width: 1, height: 20_000 }), { width: 1, height: 1024 });
});
