// Which commands go next, and how long to wait after a failure. Pure: no clock, no store, no chance.
import type { Kept } from "./kinds.ts";

export interface Limits {
  commands: number;
  bytes: number;
}

/** Commands of another person or depot wait for an answer to "whose are they?". */
export interface Held {
  persons: ReadonlySet<number>;
  depots: ReadonlySet<number>;
}

/**
 * Return the next commands to send together, in the order in which they were done.
 *
 * A command whose dependency needs a person is passed over, and what depends on it in turn; nothing
 * else is held up. One whose dependency is in the same batch waits for the next: the server does
 * not know what depends on what. A batch is of one person in one depot.
 */
export function nextBatch(kept: readonly Kept[], held: Held, limits: Limits): Kept[] {
  const inOrder = [...kept].sort((one, other) => one.seq - other.seq);
  const stuck = new Set<string>();
  const batch: Kept[] = [];
  const going = new Set<string>();
  let bytes = 0;
  for (const one of inOrder) {
    if (one.state === "dropped") continue;
    if (one.state === "needs" || isHeld(one, held) || one.dependsOn.some((id) => stuck.has(id))) {
      stuck.add(one.commandId);
      continue;
    }
    const first = batch[0];
    if (first && !belongTogether(first, one)) break;
    if (one.dependsOn.some((id) => going.has(id))) break;
    bytes += JSON.stringify(one.deed).length;
    if (first && (batch.length >= limits.commands || bytes > limits.bytes)) break;
    batch.push(one);
    going.add(one.commandId);
  }
  return batch;
}

/** Say whether a command waits for somebody to say whose it is. */
export function isHeld({ person, depot }: Kept, { persons, depots }: Held): boolean {
  return persons.has(person.id) || depots.has(depot.id);
}

function belongTogether(one: Kept, other: Kept): boolean {
  return one.person.id === other.person.id && one.depot.id === other.depot.id && one.doneBy === other.doneBy;
}

export interface Pace {
  /** How long an answer may take. */
  timeout: number;
  /** The first pause after a failure, and the longest. */
  first: number;
  most: number;
  /** So many commands go at once. */
  commands: number;
}

export const USUAL: Pace = { timeout: 15_000, first: 1_000, most: 60_000, commands: 20 };

/**
 * Return how long to wait after so many failures in a row, in milliseconds: twice as long each time,
 * and each phone somewhat differently, so that a room full of phones does not knock all at once.
 */
export function pauseAfter(failures: number, chance: number, { first, most }: Pace): number {
  const full = Math.min(most, first * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (0.5 + chance / 2));
}

/** Say whether the same request may succeed later, without anybody doing anything. */
export function mayPass(status: number): boolean {
  return status >= 500 || [403, 404, 408, 425, 429].includes(status);
}

/** Return the ids of what was to undo the command, or to undo its undo: dropped together with it. */
export function undosOf(commandId: string, kept: readonly Kept[]): string[] {
  const direct = kept.filter(({ deed }) => deed.type === "undo" && deed["of"] === commandId);
  return direct.flatMap((one) => [one.commandId, ...undosOf(one.commandId, kept)]);
}
