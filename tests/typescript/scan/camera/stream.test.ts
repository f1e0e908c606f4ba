import assert from "node:assert/strict";
import { test } from "node:test";
import type { Reading } from "../../../../blueprints/browser/src/common/reading.ts";
import { Stream } from "../../../../blueprints/browser/src/scan/camera/stream.ts";

const qr = (text: string): Reading => ({ text, symbology: "]Q1", linear: false });
const ean = (text: string): Reading => ({ text, symbology: "]E0", linear: true });

/** Show frames 33 ms apart and return the texts that counted. */
function scans(stream: Stream, frames: Reading[][], from = 0): string[] {
  return frames.flatMap((readings, at) => stream.frame(readings, from + at * 33)?.text ?? []);
}

test("a QR code counts on its first frame", () => {
  assert.equal(new Stream().frame([qr("A")], 0)?.text, "A");
});

test("a code held in view counts once, also with frames that miss it", () => {
  const frames = Array.from({ length: 300 }, (_, at) => (at % 3 ? [qr("A")] : []));
  assert.deepEqual(scans(new Stream(), frames), ["A"]);
});

// the times are written out: a shorter one in the code would count the same crate twice under somebody's hand
test("a code counts again once it has been out of view for two seconds, and not before", () => {
  const stream = new Stream();
  stream.frame([qr("A")], 0);
  assert.equal(stream.frame([qr("A")], 1_900), null);
  assert.equal(stream.frame([qr("A")], 3_800), null, "the time runs from when it was last seen");
  assert.equal(stream.frame([qr("A")], 5_900)?.text, "A");
});

test("a code that a hand covers for a moment does not count again", () => {
  const frames = Array.from({ length: 240 }, (_, at) => (at % 60 < 5 ? [qr("A")] : []));
  assert.deepEqual(scans(new Stream(), frames), ["A"]);
});

test("a code counts again at once when somebody asks for it", () => {
  const stream = new Stream();
  stream.frame([qr("A")], 0);
  stream.again();
  assert.equal(stream.frame([qr("A")], 33)?.text, "A");
});

test("labels passing by count once each, in order", () => {
  const passing = ["A", "B", "C"].flatMap((text) => Array.from({ length: 20 }, () => [qr(text)]));
  assert.deepEqual(scans(new Stream(), passing), ["A", "B", "C"]);
});

test("of two labels in sight the nearer to the middle counts", () => {
  assert.deepEqual(scans(new Stream(), [[qr("near"), qr("far")], [qr("near"), qr("far")]]), ["near"]);
});

test("a one-dimensional code needs two frames that agree", () => {
  assert.deepEqual(scans(new Stream(), [[ean("1")]]), []);
  assert.deepEqual(scans(new Stream(), [[ean("1")], [ean("1")], [ean("1")]]), ["1"]);
  assert.deepEqual(scans(new Stream(), [[ean("1")], [], [ean("1")]]), ["1"], "a frame without any does not disagree");
});

test("one misread frame between two good ones starts the agreement anew", () => {
  assert.deepEqual(scans(new Stream(), [[ean("1")], [ean("7")], [ean("1")]]), []);
  assert.deepEqual(scans(new Stream(), [[ean("1")], [ean("7")], [ean("1")], [ean("1")]]), ["1"]);
});

test("two frames too far apart do not agree", () => {
  const stream = new Stream();
  stream.frame([ean("1")], 0);
  assert.equal(stream.frame([ean("1")], 1_100), null);
  assert.equal(stream.frame([ean("1")], 2_000)?.text, "1");
});
