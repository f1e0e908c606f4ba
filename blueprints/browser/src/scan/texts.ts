// What a scanned or typed text is, as far as its form tells. What it means is for the depot to say.

export type Scanned =
  | { kind: "crate"; code: string }
  | { kind: "place"; id: number }
  | { kind: "event"; id: number }
  | { kind: "goods"; text: string }
  | { kind: "other"; text: string };

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const IN_ADDRESS = /^(?:https?:\/\/[^/?#\s]+)?\/(?:[^?#\s]*\/)?([cpe])\/([^/?#]+)\/?(?:[?#].*)?$/i;
const GOODS_SYMBOL = /^\]E|^\](?:C1|d2|Q3)|^\]I1/;

/** Say what a text is; `symbology` is the identifier a decoder found, "" for what was typed. */
export function classify(text: string, symbology = ""): Scanned {
  const trimmed = text.trim();
  const [, kind, named] = IN_ADDRESS.exec(trimmed) ?? [];
  if (kind && named) return addressed(kind.toLowerCase(), named, trimmed);
  if (GOODS_SYMBOL.test(symbology)) return { kind: "goods", text: trimmed };
  const code = crateCode(trimmed);
  if (code) return { kind: "crate", code };
  if (isGtin(trimmed) || isGs1(trimmed)) return { kind: "goods", text: trimmed };
  return { kind: "other", text: trimmed };
}

function addressed(kind: string, named: string, text: string): Scanned {
  if (kind === "c") {
    const code = crateCode(named);
    return code ? { kind: "crate", code } : { kind: "other", text: named };
  }
  if (!/^[0-9]{1,15}$/.test(named)) return { kind: "other", text };
  return { kind: kind === "p" ? "place" : "event", id: Number(named) };
}

/** Return a crate's code as printed, however it was typed, or null: the last letter checks the others. */
export function crateCode(text: string): string | null {
  const letters = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}\p{Cc}_.\u2212]/gu, "")
    .replace(/[IL]/g, "1")
    .replace(/O/g, "0");
  if (letters.length !== 8) return null;
  let sum = 0;
  for (const letter of letters) {
    const value = ALPHABET.indexOf(letter);
    if (value < 0) return null;
    sum = timesA(sum) ^ value;
  }
  return sum === 0 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : null;
}

/** Multiply by a = x² + x in GF(32), modulo x⁵ + x⁴ + x³ + x + 1: the arithmetic of labels/symbols/codes.py. */
function timesA(value: number): number {
  const once = timesX(value);
  return timesX(once) ^ once;
}

function timesX(value: number): number {
  const doubled = value << 1;
  return doubled & 0b100000 ? doubled ^ 0b111011 : doubled;
}

/** Whether a text is a GTIN of 8, 12, 13 or 14 digits: weights 3 and 1 from the right, a multiple of ten. */
export function isGtin(text: string): boolean {
  if (!/^(?:\d{8}|\d{12,14})$/.test(text)) return false;
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += Number(text.at(-1 - at)) * (at % 2 ? 3 : 1);
  return sum % 10 === 0;
}

/** Whether a text holds GS1's separators, an identifier in front, or application identifiers in brackets. */
function isGs1(text: string): boolean {
  return /\u001d|^\](?:C1|d2|Q3|E0)|^\(\d{2,4}\)/.test(text);
}
