// Reads symbols off the main thread, so that the page answers a thumb while it looks.
import { prepareZXingModule, readBarcodes, type ReaderOptions, type ReadResult } from "zxing-wasm/reader";
import type { FromDecoder, Reading, ToDecoder } from "../common/reading.ts";

// No UPC-E: turned or blurred EANs are taken for one.
const FAST: ReaderOptions = {
  formats: ["QRCode", "DataMatrix", "Code128", "EAN13", "EAN8", "UPCA", "ITF"],
  tryHarder: false,
  tryInvert: false,
  maxNumberOfSymbols: 4,
  // Plain keeps GS1's separators; the readable form with brackets would lose where a field ends.
  textMode: "Plain",
};
const THOROUGH: ReaderOptions = { ...FAST, tryHarder: true, tryInvert: true };
const LINEAR = /^\](?:C|E|I)/;

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
    .filter(({ isValid, text }) => isValid && text !== "")
    .sort((a, b) => offCentre(a, picture.width, picture.height) - offCentre(b, picture.width, picture.height))
    .map(({ text, symbologyIdentifier }) => ({
      text,
      symbology: symbologyIdentifier,
      linear: LINEAR.test(symbologyIdentifier),
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
  answer({ readings: await read(picture, data.thorough), ms: performance.now() - began });
});
