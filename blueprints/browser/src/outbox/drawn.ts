// The bar and the dark strip, drawn from templates of the page, which hold the icons.
import type { Part } from "./bar.ts";
import type { Words } from "../common/words.ts";
import { make } from "../common/dom.ts";

const LINKS = { list: "/scan/waiting", sign_in: "/sign-in" } as const;

/** Return a drawing that the page holds ready for the outbox. */
export function drawing(name: string): Node | null {
  const store = document.querySelector<HTMLTemplateElement>("#outbox-icons");
  const found = store?.content.querySelector(`[data-icon="${name}"]`)?.firstElementChild;
  return found ? found.cloneNode(true) : null;
}

/** Show the bar's parts; it is read out only if it says something else than before. */
export function drawBar(bar: HTMLElement, parts: Part[], words: Words): void {
  const told = parts.map(({ words: name, n }) => words.say(name, { n })).join(" · ");
  if (bar.dataset["told"] === told) return;
  bar.dataset["told"] = told;
  bar.replaceChildren(...parts.flatMap((part) => drawPart(part, words)));
}

function drawPart({ words: name, n, icon, to }: Part, words: Words): Node[] {
  const shown = icon === "none" ? null : drawing(icon);
  const text = words.say(name, { n });
  if (!to) return shown ? [shown, document.createTextNode(text)] : [document.createTextNode(text)];
  const link = make("a", "", ...(shown ? [shown] : []), text);
  link.href = to === "sign_in" ? `${LINKS.sign_in}?next=${encodeURIComponent(location.pathname + location.search)}` : LINKS.list;
  return [link];
}

export interface Told {
  message: string;
  kind: "done" | "problem" | "plain";
  href?: string | undefined;
  linkText?: string | undefined;
  undo?: (() => void) | undefined;
  undoText?: string;
}

/** Say in the dark strip what happened, in the place where pages say it without scripts. */
export function tell(told: Told): void {
  const main = document.querySelector("main");
  if (!main) return;
  const strip = make("div", `answer ${told.kind}`);
  const shown = told.kind === "plain" ? null : drawing(told.kind === "problem" ? "warn" : "check");
  if (shown) strip.append(shown);
  strip.append(make("p", "", told.message));
  if (told.href && told.linkText) {
    const link = make("a", "", told.linkText);
    link.href = told.href;
    strip.append(link);
  }
  if (told.undo && told.undoText) {
    const button = make("button", "", told.undoText);
    button.type = "button";
    button.addEventListener("click", told.undo, { once: true });
    strip.append(button);
  }
  let place = main.querySelector(".answers");
  if (!place) {
    place = make("div", "answers");
    main.append(place);
  }
  place.replaceChildren(strip);
  readOut(told.message, told.kind === "problem");
}

/** A region that was there before its words came is read out; one that comes with them is not. */
function readOut(message: string, isProblem: boolean): void {
  const id = isProblem ? "outbox-alert" : "outbox-said";
  let region = document.getElementById(id);
  if (!region) {
    region = make("div", "unseen");
    region.id = id;
    region.setAttribute("role", isProblem ? "alert" : "status");
    document.body.append(region);
  }
  region.textContent = message;
}
