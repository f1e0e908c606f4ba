// A page's forms, sent through the outbox: <form data-outbox="name" data-args='{"code": …}'>.
// With `data-then` the page goes on there once it is saved; without, the form is ready for the next.
import { BESIDE } from "../../common/beside.ts";
import type { Words } from "../../common/words.ts";
import type { Kept, Outcome } from "../kinds.ts";
import type { Outbox } from "../outbox.ts";
import { tell } from "../drawn.ts";
import { bestFit, Saving, type Around } from "./saving.ts";
import { PageForm } from "./sheet.ts";

/** What a page lists is fetched anew when no more answers come for so long. */
const SOON_MS = 150;
const MEND = "#mend=";
const STRIP = "depot.strip";

export class Forms {
  readonly #outbox: Outbox;
  readonly #words: Words;
  readonly #saving: Saving;
  #sheets: PageForm[] = [];
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(outbox: Outbox, words: Words) {
    this.#outbox = outbox;
    this.#words = words;
    this.#saving = new Saving(outbox, this.#around());
  }

  start(): void {
    this.#listenTo(document);
    this.#tellFromBefore();
    void this.#mend();
  }

  /** Keep what the forms of a page, or of a part of it that was fetched anew, are to save. */
  #listenTo(part: ParentNode): void {
    const forms = part.querySelectorAll<HTMLFormElement>("form[data-outbox]");
    const found = [...forms].map((form) => new PageForm(form, this.#words));
    this.#sheets = [...this.#sheets.filter(({ form }) => form.isConnected), ...found];
    for (const sheet of found) {
      sheet.form.addEventListener("submit", (event) => {
        // a button that only asks the depot to fill in the form saves nothing
        if (event.submitter?.hasAttribute("formaction")) return;
        event.preventDefault();
        void this.#saving.save(sheet);
      });
    }
  }

  async #refresh(): Promise<void> {
    for (const part of await refreshLists()) this.#listenTo(part);
  }

  #around(): Around {
    const words = this.#words;
    const undoText = words.say("undo");
    return {
      saving: () => {
        tellBar();
        tell({ kind: "plain", message: words.say("saving") });
      },
      cannotKeep: () => tell({ kind: "problem", message: words.say("cannot_keep") }),
      kept: (what, undo) => tell({ kind: "done", message: words.say("kept", { what }), undo, undoText }),
      saved: ({ message, href, linkText, urgent }, undo) =>
        tell({ kind: urgent ? "problem" : "done", message, href, linkText, undo, undoText }),
      refused: (why) => {
        const message = words.say("needs_you", { why });
        tell({ kind: "problem", message, href: "/scan/waiting", linkText: words.say("see_why") });
      },
      undoOf: (what) => words.say("undo_of", { what }),
      undone: ({ result, message }) => {
        const isDone = result !== "refused";
        tell({ kind: isDone ? "done" : "problem", message: isDone ? message : words.say("needs_you", { why: message }) });
      },
      givenBack: () => {
        document.querySelector(".answers")?.replaceChildren();
        tellBar("typing");
      },
      goOn,
      changed: () => {
        clearTimeout(this.#soon);
        this.#soon = setTimeout(() => void this.#refresh(), SOON_MS);
      },
      isOnline: () => navigator.onLine,
    };
  }

  /** The list of what waits sends people here to mend what was refused. */
  async #mend(): Promise<void> {
    if (!location.hash.startsWith(MEND)) return;
    const kept = await this.#outbox.find(decodeURIComponent(location.hash.slice(MEND.length)));
    const sheet = kept && this.#sheetOf(kept);
    if (!sheet) return;
    history.replaceState(null, "", location.pathname + location.search);
    this.#saving.mend(sheet, kept);
  }

  #sheetOf(kept: Kept): PageForm | undefined {
    return bestFit(kept, this.#sheets.filter(({ name }) => name === kept.deed["form"]));
  }

  /** The page before said to go on here once it was saved: tell what it was told. */
  #tellFromBefore(): void {
    const text = sessionStorage.getItem(STRIP);
    if (!text) return;
    sessionStorage.removeItem(STRIP);
    this.#saving.tellSaved(JSON.parse(text) as Outcome);
  }
}

/** A form that was sent back is not saved yet, and the bar says so. */
function tellBar(said?: "typing"): void {
  document.getElementById("saved")?.dispatchEvent(new CustomEvent("tell", { detail: said, cancelable: true }));
}

function goOn(then: string, outcome: Outcome): void {
  sessionStorage.setItem(STRIP, JSON.stringify(outcome));
  location.assign(then);
}

/** What the page lists of the book is fetched anew: elements with an id and data-fresh; return them. */
async function refreshLists(): Promise<Element[]> {
  const old = [...document.querySelectorAll<HTMLElement>("[data-fresh][id]")];
  if (!old.length) return [];
  const answer = await fetch(location.href, { redirect: "error", headers: BESIDE }).catch(() => null);
  if (!answer?.ok) return [];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return old.flatMap((element) => {
    const fresh = page.getElementById(element.id);
    if (!fresh) return [];
    element.replaceWith(document.adoptNode(fresh));
    return [fresh];
  });
}
