// Which of the suggestions the arrow keys stand on; nothing here touches the page.

/** Where a key leads from `at` (-1: in the field itself) among `count` suggestions; undefined: it is no such key. */
export function moved(key: string, at: number, count: number): number | undefined {
  if (!count) return undefined;
  if (key === "ArrowDown") return at + 1 < count ? at + 1 : -1;
  if (key === "ArrowUp") return at < 0 ? count - 1 : at - 1;
  return undefined;
}

export interface Suggestion {
  name: string;
  small: string;
  href: string;
}

export interface Group {
  kind: string;
  title: string;
  results: Suggestion[];
}

/** The answer of the server, or nothing if it is anything else: a page that asks to sign in, say. */
export function readGroups(answer: unknown): Group[] {
  const groups = (answer as { groups?: unknown } | null)?.groups;
  return Array.isArray(groups) ? (groups as Group[]) : [];
}

/** How many there are in all. */
export function countOf(groups: Group[]): number {
  return groups.reduce((sum, group) => sum + group.results.length, 0);
}
