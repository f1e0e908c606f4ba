// The decoder itself, with the options of the scan page, on symbols drawn for it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { before, test } from "node:test";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";
import { prepareZXingModule as prepareWriter, writeBarcode, type WriterOptions } from "zxing-wasm/writer";
import { FAST, isLinear, mayCount, THOROUGH } from "../../../blueprints/browser/src/decoder/options.ts";

const require = createRequire(import.meta.url);

before(async () => {
  const wasm = async (path: string) => {
    const bytes = await readFile(require.resolve(path));
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  await prepareZXingModule({
    overrides: { wasmBinary: await wasm("zxing-wasm/reader/zxing_reader.wasm") },
    fireImmediately: true,
  });
  await prepareWriter({
    overrides: { wasmBinary: await wasm("zxing-wasm/writer/zxing_writer.wasm") },
    fireImmediately: true,
  });
});

async function readBack(text: string, format: WriterOptions["format"], options = FAST) {
  const drawn = await writeBarcode(text, { ...(format && { format }), scale: 4, addQuietZones: true });
  assert.ok(drawn.image, drawn.error);
  const found = await readBarcodes(drawn.image, options);
  return found.filter((one) => mayCount(one.symbologyIdentifier)).map(({ text: read, symbologyIdentifier }) => ({ read, symbology: symbologyIdentifier }));
}

const LABEL = "https://DEPOT.EXAMPLE/C/7K3M-9QX2";
for (const [format, text, symbology] of [
  ["QRCode", LABEL, "]Q1"],
  ["DataMatrix", "7K3M-9QX2", "]d1"],
  ["Code128", "BOX12349", "]C0"],
  ["EAN13", "5012345678900", "]E0"],
  ["EAN8", "96385074", "]E4"],
  ["UPCA", "036000291452", "]E0"],
  ["ITF14", "10012345678902", "]I1"],
] as const) {
  test(`${format} is read, fast and thoroughly`, async () => {
    for (const options of [FAST, THOROUGH]) {
      const [found] = await readBack(text, format, options);
      // A UPC-A is an EAN-13 with a nought in front.
      assert.equal(found?.read.replace(/^0+/, ""), text.replace(/^0+/, ""));
      assert.equal(found?.symbology, symbology);
    }
  });
}

test("a UPC-E does not count, and neither does an ITF that is no case's", async () => {
  assert.deepEqual(await readBack("01234565", "UPCE"), []);
  assert.deepEqual(await readBack("123456", "ITF"), []);
});

test("codes with one dimension are told by their identifiers", () => {
  for (const linear of ["]C0", "]C1", "]E0", "]E4", "]I1"]) assert.ok(isLinear(linear), linear);
  for (const square of ["]Q1", "]Q3", "]d1", "]d2", ""]) assert.ok(!isLinear(square), square);
});
