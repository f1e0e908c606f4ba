// A page's form, sent through the outbox: <form data-outbox="name" data-args='{"code": …}'>.
// With `data-then` the page goes on there once it is saved; without, the form is ready for the next.
import type { Words } from "../common/words.ts";
import type { Deed, Json, Kept, Outcome } from "./kinds.ts";
import type { Outbox } from "./outbox.ts";
import { tell } from "./drawn.ts";
import { fill, read, reset, showErrors, summary, type Fields } from "./fields.ts";

/** A page that goes on elsewhere waits so long for the answer before it says that this is kept. */
const PATIENCE_MS = 4_000;
/** What a page lists is fetched anew when no more answers come for so long. */
const SOON_MS = 150;
const MEND = "#mend=";
const STRIP = "depot.strip";

interface Sent {
  commandId: string;
  form: HTMLFormElement;
  fields: Fields;
}

export class Forms {
  readonly #outbox: Outbox;
  readonly #words: Words;
  /** Which command the strip is about, and the form it came from. */
  #last: Sent | null = null;

  readonly #undos = new Set<string>();
  #soon: ReturnType<typeof setTimeout> | undefined;

  constructor(outbox: Outbox, words: Words) {
    this.#outbox = outbox;
    this.#words = words;
  }

  start(): void {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[data-outbox]")) {
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.#submit(form);
      });
    }
    this.#outbox.onOutcome((outcome) => this.#heard(outcome));
    this.#tellFromBefore();
    void this.#mend();
  }

  async #submit(form: HTMLFormElement): Promise<void> {
    if (form.dataset["busy"]) return;
    form.dataset["busy"] = "yes";
    try {
      await this.#keep(form);
    } finally {
      delete form.dataset["busy"];
    }
  }

  async #keep(form: HTMLFormElement): Promise<void> {
    const fields = read(form);
    const deed: Deed = { type: "form", form: form.dataset["outbox"] ?? "", args: argsOf(form), fields };
    const words = this.#wordsOf(form);
    const mended = form.dataset["mends"];
    const known = mended === undefined ? undefined : await this.#outbox.find(mended);
    tell({ kind: "plain", message: this.#words.say("saving") });
    let commandId: string;
    try {
      if (known) await this.#outbox.mend(known, deed, words);
      commandId = known?.commandId ?? (await this.#outbox.keep(deed, words, { page: location.pathname + location.search }));
    } catch {
      return tell({ kind: "problem", message: this.#words.say("cannot_keep") });
    }
    this.#last = { commandId, form, fields };
    form.dataset["mends"] = commandId;
    if (form.dataset["then"]) await this.#answered(commandId);
    else {
      reset(form);
      scrollTo({ top: 0 }); // the next one begins where this one did
    }
    if (this.#last?.commandId === commandId && (await this.#isWaiting(commandId))) this.#tellKept(commandId, words);
    if (!form.dataset["then"]) delete form.dataset["mends"];
    focusFirst(form);
  }

  async #isWaiting(commandId: string): Promise<boolean> {
    if (navigator.onLine) await this.#answered(commandId, 600);
    return (await this.#outbox.find(commandId))?.state === "waiting";
  }

  #tellKept(commandId: string, words: string): void {
    const undo = (): void => void this.#undo(commandId, words);
    tell({ kind: "done", message: this.#words.say("kept", { what: words }), undo, undoText: this.#words.say("undo") });
  }

  async #undo(commandId: string, words: string): Promise<void> {
    const undo = this.#words.say("undo_of", { what: words });
    const id = await this.#outbox.undo(commandId, undo);
    this.#undos.add(id);
    if (await this.#isWaiting(id)) tell({ kind: "done", message: this.#words.say("kept", { what: undo }) });
  }

  /** Wait for what becomes of a command, but not for ever. */
  #answered(commandId: string, patience = PATIENCE_MS): Promise<void> {
    if (!navigator.onLine) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, patience);
      const stop = this.#outbox.onOutcome((outcome) => outcome.commandId === commandId && end());
      void this.#outbox.find(commandId).then((kept) => kept?.state === "waiting" || end());
    });
  }

  #heard(outcome: Outcome): void {
    if (outcome.result !== "refused") {
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => void refreshLists(), SOON_MS);
    }
    const last = this.#last;
    if (last?.commandId !== outcome.commandId) return this.#heardUndo(outcome);
    if (outcome.result === "refused") return this.#refused(outcome, last);
    delete last.form.dataset["mends"];
    const then = last.form.dataset["then"];
    if (then) return goOn(then, outcome);
    this.#tellSaved(outcome);
  }

  #heardUndo({ commandId, result, message }: Outcome): void {
    if (!this.#undos.delete(commandId)) return;
    const isDone = result !== "refused";
    tell({ kind: isDone ? "done" : "problem", message: isDone ? message : this.#words.say("needs_you", { why: message }) });
  }

  #tellSaved({ commandId, message, href, linkText, entryId }: Outcome): void {
    const undo = entryId === null ? undefined : (): void => void this.#undo(commandId, message);
    tell({ kind: "done", message, href, linkText, undo, undoText: this.#words.say("undo") });
  }

  /** What was typed is put back, unless something new is being typed already: then the list has it. */
  #refused(outcome: Outcome, { form, fields, commandId }: Sent): void {
    document.querySelector(".answers")?.replaceChildren();
    const isFree = form.dataset["then"] !== undefined || summary(form) === "" || isAsItCame(form);
    if (!isFree) {
      const message = this.#words.say("needs_you", { why: outcome.message });
      return tell({ kind: "problem", message, href: "/scan/waiting", linkText: this.#words.say("see_why") });
    }
    fill(form, fields);
    form.dataset["mends"] = commandId;
    const { errors, near } = outcome.body as { errors?: Record<string, string[]>; near?: string[] };
    showErrors(form, errors ?? {}, outcome.message, this.#words);
    if (near?.length) this.#offer(form, near);
  }

  /** A code that no crate has: what it may have meant is one press away. */
  #offer(form: HTMLFormElement, near: string[]): void {
    const field = form.querySelector<HTMLInputElement>(".code-field input");
    const note = form.querySelector(".outbox-problem");
    if (!field || !note) return;
    const row = document.createElement("div");
    row.className = "cluster";
    for (const code of near) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn small-btn";
      button.textContent = this.#words.say("did_you_mean", { code });
      button.addEventListener("click", () => {
        field.value = code;
        form.requestSubmit();
      });
      row.append(button);
    }
    note.append(row);
  }

  /** The list of what waits sends people here to mend what was refused. */
  async #mend(): Promise<void> {
    if (!location.hash.startsWith(MEND)) return;
    const kept = await this.#outbox.find(decodeURIComponent(location.hash.slice(MEND.length)));
    history.replaceState(null, "", location.pathname + location.search);
    const form = kept && formOf(kept);
    if (!kept || !form) return;
    fill(form, kept.deed["fields"] as Fields);
    form.dataset["mends"] = kept.commandId;
    showErrors(form, kept.errors ?? {}, kept.reason ?? "", this.#words);
    if (kept.near?.length) this.#offer(form, kept.near);
  }

  #wordsOf(form: HTMLFormElement): string {
    const what = document.querySelector("h1")?.textContent?.trim() ?? "";
    const how = summary(form);
    return how ? this.#words.say("what_how", { what, how }) : what;
  }

  /** The page before said to go on here once it was saved: tell what it was told. */
  #tellFromBefore(): void {
    const text = sessionStorage.getItem(STRIP);
    if (!text) return;
    sessionStorage.removeItem(STRIP);
    this.#tellSaved(JSON.parse(text) as Outcome);
  }
}

function goOn(then: string, outcome: Outcome): void {
  sessionStorage.setItem(STRIP, JSON.stringify(outcome));
  location.assign(then);
}

function argsOf(form: HTMLFormElement): Json {
  return JSON.parse(form.dataset["args"] ?? "{}") as Json;
}

function formOf(kept: Kept): HTMLFormElement | undefined {
  const forms = [...document.querySelectorAll<HTMLFormElement>(`form[data-outbox="${CSS.escape(String(kept.deed["form"]))}"]`)];
  const fields = kept.deed["fields"] as Fields;
  const fits = (form: HTMLFormElement): number => Object.keys(fields).filter((name) => form.elements.namedItem(name)).length;
  return forms.sort((one, other) => fits(other) - fits(one))[0];
}

function isAsItCame(form: HTMLFormElement): boolean {
  return [...form.elements].every((one) => {
    if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) return one.checked === one.defaultChecked;
    if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) return one.value === one.defaultValue;
    return true;
  });
}

function focusFirst(form: HTMLFormElement): void {
  if (!form.querySelector("[aria-invalid=true]")) form.querySelector<HTMLElement>("[data-autofocus]")?.focus();
}

/** What the page lists of the book is fetched anew: elements with an id and data-fresh. */
async function refreshLists(): Promise<void> {
  const old = [...document.querySelectorAll<HTMLElement>("[data-fresh][id]")];
  if (!old.length) return;
  const answer = await fetch(location.href, { redirect: "error" }).catch(() => null);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const element of old) {
    const fresh = page.getElementById(element.id);
    if (fresh) element.replaceWith(document.adoptNode(fresh));
  }
}
