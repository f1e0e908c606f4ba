// Rows of a form's list, lines-0-item and so on: made from the template that stands where the next one goes.

const NUMBER = "__row__";

/** Add a row at the end of a list and return it; null where the page has no template for it. */
export function addRow(form: HTMLFormElement, list: string, index = nextIndex(form, list)): HTMLElement | null {
  const template = form.querySelector<HTMLTemplateElement>(`template[data-rows="${list}"]`);
  if (!template) return null;
  const holder = document.createElement("template");
  holder.innerHTML = template.innerHTML.replaceAll(NUMBER, String(index));
  const row = holder.content.firstElementChild as HTMLElement;
  row.dataset["added"] = list;
  template.before(row);
  return row;
}

/** Make the rows that values typed elsewhere need: a form that is mended had more of them than the page begins with. */
export function makeRowsFor(form: HTMLFormElement, names: Iterable<string>): void {
  for (const name of names) {
    const [, list, index] = /^(\w+)-(\d{1,3})-\w+$/.exec(name) ?? [];
    if (list && index && !form.elements.namedItem(name)) addRow(form, list, Number(index));
  }
}

/** Take the added rows away again: the form begins anew. */
export function dropAddedRows(form: HTMLFormElement): void {
  for (const row of form.querySelectorAll("[data-added]")) row.remove();
}

function nextIndex(form: HTMLFormElement, list: string): number {
  const taken = [...form.elements].map((one) => new RegExp(`^${list}-(\\d{1,3})-`).exec(one.getAttribute("name") ?? "")?.[1]);
  return Math.max(-1, ...taken.filter((one) => one !== undefined).map(Number)) + 1;
}
