// Brings what a hand scanner types to where a code is expected, wherever the cursor happens to be.
import { Wedge, type Heard } from "../common/wedge.ts";

type Field = HTMLInputElement | HTMLTextAreaElement;
interface Before {
  field: Field;
  value: string;
  from: number | null;
  to: number | null;
}

/** Call `take` with each scan; it answers whether it wanted it. Without `take` the scan goes to the code field. */
export function listen(take: (text: string) => boolean = intoCodeField): void {
  const wedge = new Wedge();
  let before: Before | null = null;
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.repeat || event.isComposing) return;
      const at = event.timeStamp;
      if (wedge.isFirst(at)) before = standing(event.target);
      const heard = wedge.press({ key: event.key, ctrl: event.ctrlKey, other: event.altKey || event.metaKey, at });
      keepShortcutsQuiet(event, heard);
      if (typeof heard === "string" || !take(heard.scan)) return;
      event.preventDefault();
      event.stopPropagation();
      if (before && !isCodeField(before.field)) restore(before);
      before = null;
    },
    { capture: true },
  );
}

/** A separator sent as Ctrl+] or F8 must not make the browser do something. */
function keepShortcutsQuiet(event: KeyboardEvent, heard: Heard): void {
  if (heard === "typing" && (event.ctrlKey || event.key === "F8")) event.preventDefault();
}

function standing(target: EventTarget | null): Before | null {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return null;
  return { field: target, value: target.value, from: target.selectionStart, to: target.selectionEnd };
}

/** The scan was typed into a field that is not for it: put back what stood there. */
function restore({ field, value, from, to }: Before): void {
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  if (from !== null) field.setSelectionRange(from, to);
}

function isCodeField(field: Element): boolean {
  return field.closest(".code-field") !== null;
}

/** Put the code into the code field in use, else the first that can be seen or unfolded, and send its form. */
function intoCodeField(text: string): boolean {
  const fields = [...document.querySelectorAll<HTMLInputElement>(".code-field input")];
  const active = fields.find((found) => found === document.activeElement);
  const field = active ?? fields.find(isSeen) ?? fields[0];
  if (!field) return false;
  unfold(field);
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  // A form that asks for more than the code is not sent by a scan: the rest is for a person to fill in.
  if (asksOnlyThis(field)) field.form?.requestSubmit();
  return true;
}

/** What lies in closed details has a place on the page for some browsers, though nobody sees it. */
function isSeen(field: HTMLElement): boolean {
  return field.offsetParent !== null && !field.closest("details:not([open])");
}

/** Open what the field is folded away in: a part of the form that a choice reveals, or details. */
function unfold(field: Element): void {
  for (let around = field.parentElement; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) around.open = true;
    if (!around.classList.contains("revealed")) continue;
    const choice = around.previousElementSibling?.querySelector<HTMLInputElement>("[data-reveals]");
    if (!choice || choice.checked) continue;
    choice.checked = true;
    choice.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function asksOnlyThis({ form }: HTMLInputElement): boolean {
  return form?.querySelectorAll("input:not([type=hidden]), select, textarea").length === 1;
}
