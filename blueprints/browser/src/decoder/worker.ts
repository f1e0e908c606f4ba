// Reads symbols off the main thread, so that the page answers a thumb while it looks.
import { prepareZXingModule, readBarcodes, type ReadResult } from "zxing-wasm/reader";
import type { FromDecoder, Reading, ToDecoder } from "../common/reading.ts";
import { FAST, isLinear, mayCount, THOROUGH } from "./options.ts";

function answer(message: FromDecoder): void {
  postMessage(message);
}

/** How far from the middle of the picture a symbol lies: what a person aims at is nearest. */
function offCentre({ position: { topLeft, bottomRight } }: ReadResult, width: number, height: number): number {
  return Math.hypot((topLeft.x + bottomRight.x - width) / 2, (topLeft.y + bottomRight.y - height) / 2);
}

async function read(picture: ImageData, thorough: boolean): Promise<Reading[]> {
  const found = await readBarcodes(picture, thorough ? THOROUGH : FAST);
  return found
    .filter(({ isValid, text, symbologyIdentifier }) => isValid && text !== "" && mayCount(symbologyIdentifier))
    .sort((a, b) => offCentre(a, picture.width, picture.height) - offCentre(b, picture.width, picture.height))
    .map(({ text, symbologyIdentifier }) => ({
      text,
      symbology: symbologyIdentifier,
      linear: isLinear(symbologyIdentifier),
    }));
}

async function prepare(wasm: string): Promise<void> {
  try {
    // Its own default is another company's server.
    await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
    answer({ ready: true });
  } catch (error) {
    answer({ failed: String(error) });
  }
}

addEventListener("message", async ({ data }: MessageEvent<ToDecoder>) => {
  if ("wasm" in data) return prepare(data.wasm);
  const began = performance.now();
  const picture = new ImageData(new Uint8ClampedArray(data.pixels), data.width, data.height);
  // A frame that cannot be read is a frame without a code: the next is a thirtieth of a second away.
  const readings = await read(picture, data.thorough).catch(() => []);
  answer({ readings, ms: performance.now() - began });
});
