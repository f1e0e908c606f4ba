// A form of the page as saving.ts sees it: <form data-outbox="name" data-args='{"code": …}'>.
import type { Words } from "../../common/words.ts";
import { fill, read, reset, showErrors, summary, type Fields } from "./fields.ts";
import type { Deed, Json } from "../kinds.ts";
import type { Refusal, Sheet } from "./saving.ts";

export class PageForm implements Sheet {
  readonly form: HTMLFormElement;
  readonly page = location.pathname + location.search;
  readonly #words: Words;

  constructor(form: HTMLFormElement, words: Words) {
    this.form = form;
    this.#words = words;
  }

  get then(): string | undefined {
    return this.form.dataset["then"];
  }

  get name(): string {
    return this.form.dataset["outbox"] ?? "";
  }

  names(): Set<string> {
    return new Set([...this.form.elements].map((one) => one.getAttribute("name") ?? ""));
  }

  deed(): Deed {
    const args = JSON.parse(this.form.dataset["args"] ?? "{}") as Json;
    return { type: "form", form: this.name, args, fields: read(this.form) };
  }

  words(): string {
    const what = document.querySelector("h1")?.textContent?.trim() ?? "";
    const how = summary(this.form);
    return how ? this.#words.say("what_how", { what, how }) : what;
  }

  isFree(): boolean {
    return summary(this.form) === "" || isAsItCame(this.form);
  }

  clear(): void {
    reset(this.form);
    scrollTo({ top: 0 }); // the next one begins where this one did
  }

  giveBack(fields: Fields, { errors, message, near }: Refusal): void {
    fill(this.form, fields);
    showErrors(this.form, errors, message, this.#words);
    if (near.length) this.#offer(near);
  }

  focus(): void {
    if (!this.form.querySelector("[aria-invalid=true]")) this.form.querySelector<HTMLElement>("[data-autofocus]")?.focus();
  }

  /** A code that no crate has: what it may have meant is one press away. */
  #offer(near: string[]): void {
    const field = this.form.querySelector<HTMLInputElement>(".code-field input");
    const note = this.form.querySelector(".outbox-problem");
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
        this.form.requestSubmit();
      });
      row.append(button);
    }
    note.append(row);
  }
}

function isAsItCame(form: HTMLFormElement): boolean {
  return [...form.elements].every((one) => {
    if (one instanceof HTMLInputElement && (one.type === "radio" || one.type === "checkbox")) return one.checked === one.defaultChecked;
    if (one instanceof HTMLInputElement || one instanceof HTMLTextAreaElement) return one.value === one.defaultValue;
    return true;
  });
}
