/** What a decoder made of one symbol. */
export interface Reading {
  /** The text as it stands in the symbol; GS1's separators stay in it as U+001D. */
  text: string;
  /** The symbology identifier of ISO 15424, "]Q1" or "]E0"; "" when nobody knows. */
  symbology: string;
  /** Whether it has one dimension: these are sometimes misread, so one frame is not proof enough. */
  linear: boolean;
}

export type ToDecoder =
  | { wasm: string }
  | { pixels: ArrayBuffer; width: number; height: number; thorough: boolean };

/** `ready` once, then one answer for each picture, in order. */
export type FromDecoder = { ready: true } | { failed: string } | { readings: Reading[]; ms: number };
