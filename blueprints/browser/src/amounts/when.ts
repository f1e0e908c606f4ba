// "When: now", folded: once a day is written down it says so on its fold too, so that nobody saves yesterday unseen.
import { shortDay } from "../common/days.ts";

export function showWhen(page: ParentNode): void {
  for (const place of page.querySelectorAll<HTMLDetailsElement>("details.when")) watch(place);
}

/** Return what is written down on the page for all that is done on it, as fields; nothing for now. */
function whenOf(place: HTMLElement | null): Record<string, string> {
  if (!place || place.hidden) return {};
  const fields = place.querySelectorAll<HTMLInputElement>("input[name^=when_]");
  return Object.fromEntries([...fields].filter(({ value }) => value).map(({ name, value }) => [name, value]));
}

/** Of what is done to crates, what keeps a note; the rest becomes no entry, or says something else with one. */
const NOTED = new Set(["move", "issue", "take_out"]);

/** What goes along with an act of that kind: when it happened, and the note. */
export type Said = (act: string) => Record<string, string>;

/** Hold on to what is written now for everything that is done on the page; it may be wiped out a moment later. */
export function saidOfAll(place: HTMLElement | null): Said {
  const when = whenOf(place);
  const note = place?.hidden ? "" : (place?.querySelector<HTMLTextAreaElement>("[name=note]")?.value.trim() ?? "");
  return (act) => ({ ...when, ...(note && NOTED.has(act) ? { note } : {}) });
}

function watch(place: HTMLDetailsElement): void {
  const label = place.querySelector("summary span");
  if (!label) return;
  const show = (): void => {
    const { when_day: day = "", when_time: time = "" } = whenOf(place);
    const said = [shown(day), time].filter(Boolean).join(" ");
    place.classList.toggle("stated", said !== "");
    label.textContent = (place.dataset["when"] ?? "{}").replace("{}", said || (place.dataset["now"] ?? ""));
  };
  place.closest("form")?.addEventListener("input", show);
  place.addEventListener("input", show);
  show();
}

function shown(day: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!found) return day;
  const on = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return shortDay(on, document.documentElement.lang || "en");
}
