// What a roll-call shows, in the depot's own form; and the same worked out from the list on this phone.
import type { Deed } from "./context.ts";
import { crateCode } from "./texts.ts";

export interface Difference {
  code: string;
  box_number?: string;
  /** What it holds, named for a crate that is looked for. */
  goods?: string;
  /** Where the book has it. */
  at?: string | null;
  /** What sets it right. */
  deed?: Deed;
  href?: string;
}
export const LISTS = ["missing", "misplaced", "unexpected", "blank", "unknown", "no_crates"] as const;
export type ListName = (typeof LISTS)[number];
export type Called = Record<ListName, Difference[]>;

/** A crate as the list on this phone has it. */
export interface Listed {
  code: string;
  boxNumber: string;
  state: string;
  place: string;
  goods: string;
}

/** Compare what was scanned at a place with the list on this phone: a hint, the depot has the last word. */
export function compareWith(list: readonly Listed[], place: string, texts: readonly string[]): Called {
  const called: Called = { missing: [], misplaced: [], unexpected: [], blank: [], unknown: [], no_crates: [] };
  const seen = new Set<string>();
  for (const text of texts) {
    const crate = listed(list, text);
    if (crate) {
      seen.add(crate.code);
      sort(called, crate, place);
    } else {
      stranger(called, text, place);
    }
  }
  called.missing = list
    .filter(({ code, state, place: at }) => at === place && !seen.has(code) && state !== "blank" && state !== "retired")
    .map(({ code, boxNumber, goods }) => ({
      code, box_number: boxNumber, goods, at: place, deed: { type: "missing", crate_code: code, place },
    }));
  return called;
}

export function isComplete(called: Called): boolean {
  return LISTS.every((name) => called[name].length === 0);
}

function listed(list: readonly Listed[], text: string): Listed | undefined {
  const code = crateCode(text);
  const box = text.trim().toLowerCase();
  return list.find((crate) => crate.code === code || (box !== "" && crate.boxNumber.toLowerCase() === box));
}

function sort(called: Called, { code, boxNumber, state, place: at }: Listed, place: string): void {
  const found: Difference = { code, box_number: boxNumber, at, deed: { type: "move", crate_code: code, to: place } };
  if (state === "blank") called.blank.push({ ...found, href: `/crates/${code}/fill` });
  else if (state === "retired") called.unexpected.push(found);
  else if (at !== place) called.misplaced.push(found);
}

function stranger(called: Called, text: string, place: string): void {
  const code = crateCode(text);
  if (code) called.unknown.push({ code, deed: { type: "adopt", code, location: place } });
  else called.no_crates.push({ code: text, deed: { type: "unknown_scan", text, place } });
}
