import type { Me } from "./kinds.ts";

/** Return who works at the page and where, as its bar says; null on a page of nobody. */
export function meOf(page: Document): Me | null {
  const text = page.getElementById("saved")?.dataset["me"];
  return text ? (JSON.parse(text) as Me) : null;
}
