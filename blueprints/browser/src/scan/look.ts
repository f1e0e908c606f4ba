// What the depot says a scanned text is.
export type LookKind =
  | "crate" | "blank_crate" | "retired_crate" | "place" | "event" | "transfer" | "transfer_part" | "item" | "unknown_crate" | "unknown_code" | "not_a_code";

export interface Act {
  href: string;
  text: string;
}
export interface Look {
  kind: LookKind;
  code: string;
  title: string;
  lines: string[];
  href: string | null;
  /** Where crates in the basket can be named as what goes to another depot, or came from it. */
  crates_href?: string | null;
  /** The colour of its kind of act. */
  tone?: "in" | "out" | "move" | "count" | "stop" | "plain";
  actions?: Act[];
  /** Crates whose codes look like it. */
  near?: Act[];
}

const PATIENCE_MS = 4000;

/** Ask the depot; null when it cannot be reached or does not answer in time. */
export async function look(text: string, symbology = ""): Promise<Look | null> {
  if (!navigator.onLine) return null;
  const query = new URLSearchParams({ text, ...(symbology ? { symbology } : {}) });
  try {
    const answer = await fetch(`/scan/look?${query}`, {
      headers: { Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok ? ((await answer.json()) as Look) : null;
  } catch {
    return null;
  }
}
