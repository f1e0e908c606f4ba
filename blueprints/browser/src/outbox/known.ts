// The list this device keeps of what there is: for names, colours and warnings without a connection.
// It is as old as it says; no rule about stock is decided from it.
import type { Outbox } from "./outbox.ts";

export interface Known {
  kind: "crate" | "place" | "event" | "item";
  id: number | null;
  code: string;
  name: string;
  state?: string;
  place?: string;
  what?: string;
  /** Some of what is in it is held back, as the list has it. */
  held?: boolean;
  /** Some of it is past the day on which it may go out. */
  past?: boolean;
}

export interface List {
  /** When the server made it, ISO 8601. */
  at: string;
  depot: number;
  /** Addresses that should open without a connection. */
  pages: string[];
  /** Code, number painted on it, state, where it stands, what is in it. */
  crates: [string, string, string, string, string][];
  places: [number, string][];
  events: [number, string][];
  items: [number, string][];
  /** Product code, item's id, pieces or base units in a pack. */
  codes: [string, number, number | null][];
  /** A code that a crate had before its label was replaced, and the one it has; an older list has none. */
  replaced?: [string, string][];
  /** Crates of whose goods some must not be handed out; an older list has none. */
  held?: string[];
  /** Crates of whose goods some are past their day; an older list has none. */
  past?: string[];
  /** Who may tap their name on a device of the depot's own without a connection; an older list has none. */
  names?: [number, string][];
  /** Items that are promised to hand-outs, and how much of them is free, in words; an older list has none. */
  promised?: [number, string][];
}
interface Stored {
  etag: string;
  list: List;
}

const NOTE = "list";

/** Fetch the list anew, if it has changed; return the one there is. */
export async function refreshList(outbox: Outbox): Promise<List | null> {
  const stored = await ownList(outbox);
  const headers: Record<string, string> = { Accept: "application/json" };
  if (stored) headers["If-None-Match"] = stored.etag;
  try {
    const answer = await fetch("/scan/list", { headers, redirect: "error", cache: "no-store" });
    outbox.hasAnswered ||= answer.ok || answer.status === 304;
    if (answer.status !== 200) return stored?.list ?? null;
    const list = (await answer.json()) as List;
    await outbox.setNote(NOTE, { etag: answer.headers.get("ETag") ?? "", list });
    return list;
  } catch {
    return stored?.list ?? null;
  }
}

export async function storedList(outbox: Outbox): Promise<List | null> {
  return (await ownList(outbox))?.list ?? null;
}

/** What is stored of the depot that the page is of; the list of another one is none. */
async function ownList(outbox: Outbox): Promise<Stored | null> {
  const stored = await outbox.note<Stored>(NOTE);
  return stored && stored.list.depot === outbox.me?.depot.id ? stored : null;
}

export async function findKnown(outbox: Outbox, text: string): Promise<Known | null> {
  const list = await storedList(outbox);
  return list && lookUp(list, text);
}

/** Return what the list knows under a text that was scanned or typed. */
export function lookUp(list: List, text: string): Known | null {
  const typed = text.trim();
  const address = /\/([CPE])\/([^/?#\s]+)\/?$/i.exec(typed);
  const kind = address?.[1]?.toUpperCase();
  const rest = address?.[2] ?? typed;
  if (kind === "P") return numbered("place", list.places, rest);
  if (kind === "E") return numbered("event", list.events, rest);
  return crateOf(list, rest) ?? (address ? null : (placeOf(list, typed) ?? itemOf(list, typed)));
}

function numbered(kind: "place" | "event", rows: [number, string][], text: string): Known | null {
  const found = rows.find(([id]) => String(id) === text);
  return found ? { kind, id: found[0], code: text, name: found[1] } : null;
}

function crateOf(list: List, text: string): Known | null {
  const typed = plainCode(text);
  const code = list.replaced?.find(([old]) => old === typed)?.[1] ?? typed;
  const box = key(text);
  const found = list.crates.find(([own, painted]) => own === code || (painted !== "" && key(painted) === box));
  if (!found) return null;
  const [own, painted, state, place, what] = found;
  const held = list.held?.includes(own) ?? false;
  const past = list.past?.includes(own) ?? false;
  return { kind: "crate", id: null, code: own, name: painted || own, state, place, what, held, past };
}

function placeOf(list: List, text: string): Known | null {
  const found = list.places.find(([, name]) => key(name) === key(text));
  return found ? { kind: "place", id: found[0], code: text, name: found[1] } : null;
}

function itemOf(list: List, text: string): Known | null {
  const digits = text.replace(/\D/g, "");
  const numbers = [digits, longForm(digits)].map((number) => number.replace(/^0+/, "")).filter(Boolean);
  const known = (wanted: string) => list.codes.find(([own]) => own.replace(/^0+/, "") === wanted);
  const code = list.codes.find(([own]) => own === text) ?? numbers.map(known).find(Boolean);
  const found = code && list.items.find(([id]) => id === code[1]);
  if (!found) return null;
  const what = list.promised?.find(([id]) => id === found[0])?.[1];
  return { kind: "item", id: found[0], code: text, name: found[1], ...(what ? { what } : {}) };
}

/** The twelve digits that the eight of a UPC-E are short for, or nothing: its last digit must agree. */
export function longForm(digits: string): string {
  const [, first, body, check] = /^([01])(\d{6})(\d)$/.exec(digits) ?? [];
  if (!first || !body || !check) return "";
  const [maker, rest, last] = [body.slice(0, 5), body.slice(2, 5), body.slice(5)];
  let middle = `${maker}0000${last}`;
  if (last <= "2") middle = `${body.slice(0, 2)}${last}0000${rest}`;
  else if (last === "3") middle = `${body.slice(0, 3)}00000${body.slice(3, 5)}`;
  else if (last === "4") middle = `${body.slice(0, 4)}00000${body.slice(4, 5)}`;
  const sum = [...`${first}${middle}`].reduce((all, digit, at) => all + Number(digit) * (at % 2 ? 1 : 3), 0);
  return (10 - (sum % 10)) % 10 === Number(check) ? `${first}${middle}${check}` : "";
}

/** Spell a crate's code as on the label: capitals, 4-4, look-alikes put right. Its check letter is not looked at. */
export function plainCode(text: string): string {
  const plain = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return plain.length === 8 ? `${plain.slice(0, 4)}-${plain.slice(4)}` : plain;
}

function key(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}
