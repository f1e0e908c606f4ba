// Code fields: what a hand scanner or the camera reads is put there, and the page goes on.

export type CodeField = HTMLInputElement | HTMLTextAreaElement;

/** Every field for codes of the page, in order. */
export function codeFields(): CodeField[] {
  return [...document.querySelectorAll<CodeField>(".code-field :is(input, textarea)")];
}

/** Put a code into its field; a form that asks for nothing else, or for which a scan is enough, is sent. */
export function putCode(field: CodeField, text: string): void {
  unfold(field);
  field.value = field instanceof HTMLTextAreaElement ? withLine(field.value, text) : text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
  // A form that asks for more than the code is not sent by a scan: the rest is for a person to fill in.
  if (field instanceof HTMLInputElement && ("sends" in field.dataset || asksOnlyThis(field))) field.form?.requestSubmit();
}

/** Where codes stand one in a line, each is there once. */
function withLine(lines: string, text: string): string {
  const kept = lines.split("\n").map((line) => line.trim()).filter(Boolean);
  return [...kept.filter((line) => line !== text), text].join("\n") + "\n";
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
