// A line of a count sheet as the depot gets it: in a small form of its own. The depot reads what is typed; here
// nothing is understood of it.
import type { Fields } from "../outbox/forms/fields.ts";
import type { Deed } from "../outbox/kinds.ts";

/** The name under which the depot knows lines that are written on a sheet. */
const FORM = "count-lines";

/** What is typed at a line. */
export interface Typed {
  number: string;
  amount: string;
  date: string;
}

/** Return what is sent of one line; with when it was counted, where that stands on paper. */
export function deedOf(sheetId: number, counter: string, { number, amount, date }: Typed, countedAt = ""): Deed {
  const fields: Fields = { counter, "lines-0-number": number, "lines-0-amount": amount, "lines-0-date": date };
  if (countedAt) fields["counted_at"] = countedAt;
  return { type: "form", form: FORM, args: { sheet_id: sheetId }, fields };
}

/** Return what was typed, from what was sent; null for what is no line of a sheet. */
export function typedOf(deed: Deed): (Typed & { counter: string; sheetId: unknown }) | null {
  if (deed["form"] !== FORM) return null;
  const fields = deed["fields"] as Fields;
  const args = deed["args"] as { sheet_id?: unknown };
  return {
    number: fields["lines-0-number"] ?? "",
    amount: fields["lines-0-amount"] ?? "",
    date: fields["lines-0-date"] ?? "",
    counter: fields["counter"] ?? "1",
    sheetId: args.sheet_id,
  };
}

/** Return the sentence for what is wrong with a line: of its fields, else of all that was sent. */
export function complaintOf(message: string, errors: Record<string, string[]>): string {
  const own = Object.entries(errors).filter(([name]) => name.startsWith("lines-0-") || name === "counted_at").flatMap(([, found]) => found);
  return own.length ? own.join(" ") : message;
}
