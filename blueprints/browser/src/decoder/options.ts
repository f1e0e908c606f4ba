// What the decoder looks for, and how hard.
import type { ReaderOptions } from "zxing-wasm/reader";

/** For every frame. */
export const FAST: ReaderOptions = {
  // No UPC-E: turned or blurred EANs are taken for one.
  formats: ["QRCode", "DataMatrix", "Code128", "EAN13", "EAN8", "UPCA", "ITF14"],
  tryHarder: false,
  tryInvert: false,
  maxNumberOfSymbols: 4,
  // Plain keeps GS1's separators; the readable form with brackets would lose where a field ends.
  textMode: "Plain",
};

/** For a frame now and then: it also finds what is faint, small or white on black. */
export const THOROUGH: ReaderOptions = { ...FAST, tryHarder: true, tryInvert: true };

/**
 * Whether a symbol may count. Of ITF only the one on cases, with its check digit: any part of an ITF
 * symbol, and many a striped shirt, is a shorter ITF symbol. The decoder finds those all the same.
 */
export function mayCount(symbology: string): boolean {
  return symbology !== "]I0";
}

/** Whether a symbology identifier is that of a code with one dimension. */
export function isLinear(symbology: string): boolean {
  return /^\][CEI]/.test(symbology);
}
