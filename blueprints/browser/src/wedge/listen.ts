// Brings what a hand scanner types to where a code is expected, wherever the cursor happens to be.
import { Wedge, type Heard } from "../common/wedge.ts";
import { codeFields, putCode } from "./fields.ts";

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
      if (typeof heard === "string") return;
      // codes one in a line: what was typed there letter by letter is put there whole
      if (before?.field instanceof HTMLTextAreaElement && isCodeField(before.field)) restore(before);
      if (!take(heard.scan)) return;
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
  const fields = codeFields();
  const active = fields.find((found) => found === document.activeElement);
  const field = active ?? fields.find(isSeen) ?? fields[0];
  if (!field) return false;
  putCode(field, text);
  return true;
}

/** What lies in closed details has a place on the page for some browsers, though nobody sees it. */
function isSeen(field: HTMLElement): boolean {
  return field.offsetParent !== null && !field.closest("details:not([open])");
}
