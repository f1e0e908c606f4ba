// What the parts of the outbox hand to each other.

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** What /sync takes, without command_id and occurred_at, which the outbox gives. */
export interface Deed {
  type: string;
  [field: string]: Json;
}

/** What is asked before it is saved; `confirm` sent with it says yes. */
export interface Asked {
  confirm: string;
  message: string;
  /** The other choice in words, taken by `confirm` with a "!". */
  instead?: string;
}

/** What became of a command. */
export interface Outcome {
  commandId: string;
  result: "posted" | "repeated" | "refused";
  message: string;
  code?: string;
  entryId: number | null;
  discrepancies: number;
  body: Record<string, Json>;
  href?: string;
  linkText?: string;
  /** It is in the book, and somebody must look now: food safety. */
  urgent?: boolean;
}

/** Somebody, or a depot: the name is what people are told, the id is what the server compares. */
export interface Named {
  id: number;
  name: string;
}

/** Who works at this page, and where. */
export interface Me {
  person: Named;
  depot: Named;
}

/** A command that was done here and is not in the book yet. */
export interface Kept {
  /** Its place in the order in which things were done on this device. */
  seq: number;
  commandId: string;
  deed: Deed;
  /** What a person reads in the list. */
  words: string;
  /** By this device's clock, in ISO 8601. */
  occurredAt: string;
  person: Named;
  depot: Named;
  /** Who did it, when another person has taken it over. */
  doneBy?: string;
  /** Commands that must be in the book first. */
  dependsOn: string[];
  /** waiting to be sent; needs a person, for the server refused it; dropped by a person. */
  state: "waiting" | "needs" | "dropped";
  /** The page with the form it was typed into. */
  page?: string;
  reason?: string;
  code?: string;
  errors?: Record<string, string[]>;
  near?: string[];
  questions?: Asked[];
}

/** A command of this device that is in the book. */
export interface Done {
  commandId: string;
  words: string;
  message: string;
  entryId: number | null;
  urgent?: boolean;
  /** Milliseconds by this device's clock. */
  at: number;
}
