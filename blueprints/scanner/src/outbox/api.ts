// What pages do goes out through here.
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Deed {
  type: string;
  [field: string]: Json;
}
export interface Outcome {
  commandId: string;
  result: "posted" | "repeated" | "refused";
  message: string;
  code?: string;
  entryId: number | null;
  discrepancies: number;
  body: Record<string, Json>;
}
export interface Known {
  kind: "crate" | "place" | "event" | "item";
  id: number | null;
  code: string;
  name: string;
  state?: string;
  place?: string;
  what?: string;
}
interface Result {
  command_id: string;
  result: Outcome["result"];
  code?: string;
  message?: string;
  body?: Record<string, Json>;
}

const listeners = new Set<(outcome: Outcome) => void>();

export async function keep(deed: Deed, _words: string, _options: { dependsOn?: string[] } = {}): Promise<string> {
  const id = newId();
  void send({ ...deed, command_id: id, occurred_at: new Date().toISOString() });
  return id;
}

export async function undo(commandId: string, _words: string): Promise<string> {
  const id = newId();
  void send({ type: "undo", of: commandId, command_id: id });
  return id;
}

export function onOutcome(listen: (outcome: Outcome) => void): () => void {
  listeners.add(listen);
  return () => listeners.delete(listen);
}

export async function find(_text: string): Promise<Known | null> {
  return null;
}

async function send(command: Deed): Promise<void> {
  const answer = await fetch("/sync", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ device_id: "page", commands: [command] }),
  });
  const { results } = (await answer.json()) as { results: Result[] };
  for (const { command_id, result, code, message, body } of results) {
    const entry = body?.["entry_id"];
    const found = body?.["discrepancies"];
    for (const listen of listeners) {
      listen({
        commandId: command_id,
        result,
        message: message ?? "",
        ...(code === undefined ? {} : { code }),
        entryId: typeof entry === "number" ? entry : null,
        discrepancies: Array.isArray(found) ? found.length : 0,
        body: body ?? {},
      });
    }
  }
}

function newId(): string {
  return crypto.randomUUID();
}
