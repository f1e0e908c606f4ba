// A page's form: what is typed into it, put back into it, and what is wrong at which field.
import { make } from "../../common/dom.ts";
import { dropAddedRows, makeRowsFor } from "../../common/rows.ts";
import type { Words } from "../../common/words.ts";
import { drawing } from "../drawn.ts";
import type { Asked } from "../kinds.ts";

/** What forms carry that is not the command's. */
const OURS = new Set(["csrf_token", "again", "next", "command_id"]);
/** The field that says yes to questions: their keys, with blanks between. */
export const CONFIRMED = "confirmed";
export type Fields = Record<string, string>;

/** Return what is typed, exactly so; the first value of a name counts, as on the server. */
export function read(form: HTMLFormElement): Fields {
  const fields: Fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !OURS.has(name) && !(name in fields)) fields[name] = value;
  }
  return fields;
}

/** Say in a few words what is filled in, for the list of what waits. */
export function summary(form: HTMLFormElement, most = 100): string {
  const said: string[] = [];
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && field.type === "radio") {
      if (field.checked) said.push(field.closest("label")?.querySelector("span > span")?.firstChild?.textContent ?? "");
    } else if (field instanceof HTMLSelectElement) {
      if (field.value) said.push(field.selectedOptions[0]?.textContent ?? "");
    } else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) {
      if (field.type !== "hidden") said.push(field.value);
    }
  }
  const told = said.map((one) => one.trim()).filter(Boolean).join(", ");
  return told.length > most ? `${told.slice(0, most - 1)}…` : told;
}

/** Fill a form with what was typed earlier. */
export function fill(form: HTMLFormElement, fields: Fields): void {
  makeRowsFor(form, Object.keys(fields));
  for (const [name, value] of Object.entries(fields)) {
    for (const field of named(form, name)) {
      if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
        field.checked = field.value === value;
      } else {
        field.value = value;
      }
      if (value && isTyped(field)) open(field);
    }
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Begin anew: as the page came, without what was typed and without complaints. */
export function reset(form: HTMLFormElement): void {
  clearErrors(form);
  dropAddedRows(form);
  form.reset();
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Say at each field what is wrong with it, as the page does without scripts. */
export function showErrors(form: HTMLFormElement, errors: Record<string, string[]>, message: string, words: Words): void {
  clearErrors(form);
  const whole = [...(errors["form"] ?? [])];
  const links: HTMLElement[] = [];
  for (const [name, sentences] of Object.entries(errors)) {
    const field = named(form, name).find((one) => one.type !== "hidden");
    if (field) {
      mark(field, sentences.join(" "));
      links.push(make("li", "", linkTo(field, sentences.join(" "))));
    } else if (name !== "form") whole.push(...sentences);
  }
  const texts = whole.length ? [...new Set(whole)] : [message || words.say("look_below")];
  const title = make("p", "note-title", ...pictured("warn"), make("b", "", words.say("not_saved")));
  const note = make("div", "note stop outbox-problem", title, ...texts.map((text) => make("p", "", text)));
  note.setAttribute("role", "alert");
  note.tabIndex = -1;
  if (links.length) note.append(make("ul", "to-fields", ...links));
  form.prepend(note);
  // several are read first, one is mended at once
  if (links.length > 1) return note.focus();
  form.querySelector<HTMLElement>("[aria-invalid=true], .picks-field[aria-describedby$=error] input")?.focus();
}

function linkTo(field: HTMLElement, sentence: string): HTMLAnchorElement {
  const link = make("a", "", sentence);
  if (field.id) link.href = `#${field.id}`;
  return link;
}

/** Ask above the form what is asked before it is saved; sent as it is, it says yes to all of it. */
export function showQuestions(form: HTMLFormElement, questions: Asked[], fields: Fields, words: Words): void {
  clearErrors(form);
  const yes = make("input");
  Object.assign(yes, { type: "hidden", name: CONFIRMED, value: confirming(fields[CONFIRMED], questions) });
  const title = make("p", "note-title", ...pictured("warn"), make("b", "", words.say("is_it_right")));
  const save = make("button", "btn", ...pictured("check"), words.say("yes_save"));
  const asked = questions.flatMap((one) => [make("p", "", one.message), ...otherChoice(one, yes)]);
  const note = make("div", "note count outbox-problem", title, ...asked, make("p", "", save), make("p", "small", words.say("if_not")), yes);
  note.setAttribute("role", "alert");
  form.prepend(note);
  save.focus();
}

/** Return the button of a question's other choice, which is sent with the form. */
function otherChoice({ confirm, instead }: Asked, yes: HTMLInputElement): Node[] {
  if (!instead) return [];
  const button = make("button", "btn", instead);
  button.addEventListener("click", () => (yes.value += ` ${confirm}!`));
  return [make("p", "", button)];
}

/** Return what says yes to what was confirmed before and to these questions. */
export function confirming(before: string | undefined, questions: readonly Asked[]): string {
  return [...new Set([...(before ?? "").split(" "), ...questions.map(({ confirm }) => confirm)])].join(" ").trim();
}

export function clearErrors(form: HTMLFormElement): void {
  for (const old of form.querySelectorAll(".outbox-problem, .error, :scope > .note.stop")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const field of form.querySelectorAll("[aria-describedby]")) {
    const left = (field.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.endsWith("-error"));
    if (left.length) field.setAttribute("aria-describedby", left.join(" "));
    else field.removeAttribute("aria-describedby");
  }
}

function mark(field: Field, sentence: string): void {
  open(field);
  const id = `${field.id}-error`;
  const line = make("p", "error", ...pictured("warn"), make("span", "", sentence));
  line.id = id;
  const whole = field.closest(".field");
  whole?.append(line);
  // of pick buttons none is wrong by itself: it belongs to all of them
  const marked = field.type === "radio" && whole ? whole : field;
  if (marked === field) field.setAttribute("aria-invalid", "true");
  const described = new Set((marked.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean).concat(id));
  marked.setAttribute("aria-describedby", [...described].join(" "));
}

function pictured(name: string): Node[] {
  const found = drawing(name);
  return found ? [found] : [];
}

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function named(form: HTMLFormElement, name: string): Field[] {
  return [...form.elements].filter((one): one is Field => "name" in one && one.name === name && one instanceof HTMLElement
    && (one instanceof HTMLInputElement || one instanceof HTMLSelectElement || one instanceof HTMLTextAreaElement));
}

/** Whether the field shows something that the page did not come with: a fold is opened for that alone. */
function isTyped(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return !field.selectedOptions[0]?.defaultSelected;
  if (field.type === "radio" || field.type === "checkbox") return (field as HTMLInputElement).checked && !(field as HTMLInputElement).defaultChecked;
  return field.type !== "hidden" && field.value !== field.defaultValue;
}

function open(field: Field): void {
  for (let folded = field.closest("details"); folded; folded = folded.parentElement?.closest("details") ?? null) folded.open = true;
}
