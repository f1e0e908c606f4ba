// Suggestions while one types on the search page. Without this file its form is sent as any.
import { make } from "../common/dom.ts";
import { Words, type Spoken } from "../common/words.ts";
import { countOf, moved, readGroups, type Group } from "./choice.ts";

const PAUSE_MS = 150;
const SHORTEST = 2;

class Suggestions {
  readonly #field: HTMLInputElement;
  readonly #list: HTMLElement;
  readonly #said: HTMLElement;
  readonly #words: Words;
  readonly #source: string;
  #at = -1;
  #waiting = 0;
  #asked = 0;

  constructor(form: HTMLFormElement) {
    this.#field = form.querySelector<HTMLInputElement>("input[name=q]")!;
    this.#list = form.querySelector<HTMLElement>("[role=listbox]")!;
    this.#said = form.querySelector<HTMLElement>("[data-said]")!;
    const spoken = JSON.parse(this.#said.dataset["words"] ?? "{}") as Record<string, Spoken>;
    this.#words = new Words(spoken, document.documentElement.lang || "en");
    this.#source = form.dataset["suggestions"] ?? "";
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", this.#list.id],
      ["aria-expanded", "false"]] as const) this.#field.setAttribute(name, value);
    this.#field.addEventListener("input", () => this.#later());
    this.#field.addEventListener("keydown", (event) => this.#press(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget as Node | null)) this.#close();
    });
  }

  get #options(): HTMLAnchorElement[] {
    return [...this.#list.querySelectorAll<HTMLAnchorElement>("[role=option]")];
  }

  #later(): void {
    clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(() => void this.#ask(), PAUSE_MS);
  }

  async #ask(): Promise<void> {
    const text = this.#field.value.trim();
    const turn = ++this.#asked;
    if (text.length < SHORTEST) return this.#close();
    const address = new URL(this.#source, location.href);
    address.searchParams.set("q", text);
    const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
    const groups = answer?.ok ? readGroups(await answer.json().catch(() => null)) : null;
    if (turn === this.#asked && groups) this.#show(groups); // a later question overtook it otherwise
  }

  #show(groups: Group[]): void {
    const count = countOf(groups);
    this.#list.replaceChildren(...groups.map((group, number) => {
      const title = make("p", "small soft", group.title);
      title.id = `suggested-${number}`;
      const box = make("div", "", title, ...group.results.map((one, at) => {
        const link = make("a", "", make("span", "", one.name), make("span", "small soft", one.small));
        link.href = one.href;
        link.id = `suggested-${number}-${at}`;
        link.tabIndex = -1;
        link.setAttribute("role", "option");
        link.setAttribute("aria-selected", "false");
        return link;
      }));
      box.setAttribute("role", "group");
      box.setAttribute("aria-labelledby", title.id);
      return box;
    }));
    this.#stand(-1);
    this.#list.hidden = count === 0;
    this.#field.setAttribute("aria-expanded", String(count > 0));
    this.#said.textContent = this.#words.say("found", { n: count });
  }

  #close(): void {
    this.#asked += 1;
    clearTimeout(this.#waiting);
    this.#stand(-1);
    this.#list.hidden = true;
    this.#list.replaceChildren();
    this.#said.textContent = "";
    this.#field.setAttribute("aria-expanded", "false");
  }

  #stand(at: number): void {
    this.#at = at;
    this.#options.forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
    const here = this.#options[at];
    here?.scrollIntoView({ block: "nearest" });
    if (here) this.#field.setAttribute("aria-activedescendant", here.id);
    else this.#field.removeAttribute("aria-activedescendant");
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const next = moved(event.key, this.#at, this.#options.length);
    if (next !== undefined) {
      event.preventDefault();
      this.#stand(next);
    } else if (event.key === "Enter" && this.#at >= 0) {
      event.preventDefault();
      this.#options[this.#at]?.click();
    } else if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault(); // what was typed stays; pressed again, it goes
      this.#close();
    }
  }
}

const form = document.querySelector<HTMLFormElement>("form[data-suggestions]");
if (form) new Suggestions(form);
