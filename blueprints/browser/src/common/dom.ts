// A few lines instead of a framework: finding and making elements.

type Child = Node | string;

/** Return the element with this id; the template and the script belong together, so it is there. */
export function part<T extends HTMLElement = HTMLElement>(id: string): T {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found as T;
}

/** Make an element: `make("p", "small soft", "Hello")`. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  classes = "",
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (classes) made.className = classes;
  made.append(...children);
  return made;
}

/** Make a button that does something; `label` is for a screen reader where the words alone say too little. */
export function button(classes: string, words: string, act: () => void, label?: string): HTMLButtonElement {
  const made = make("button", classes, make("span", "", words));
  made.type = "button";
  if (label) made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

/** Make a link that looks like a button. */
export function link(classes: string, words: string, href: string): HTMLAnchorElement {
  const made = make("a", classes, words);
  made.href = href;
  return made;
}

/**
 * Put other children into a place. Whoever was on one of the old ones with the keyboard is taken to the
 * new one in its stead (the same data-stand, or the first button of it), else to the place itself.
 */
export function redraw(place: HTMLElement, ...children: Child[]): void {
  const active = place.contains(document.activeElement) ? document.activeElement : null;
  const stand = active?.closest<HTMLElement>("[data-stand]")?.dataset["stand"];
  place.replaceChildren(...children);
  if (!active) return;
  const here = stand === undefined ? null : place.querySelector(`[data-stand="${CSS.escape(stand)}"]`);
  const next = here?.querySelector<HTMLElement>("button, a");
  if (next) return next.focus();
  place.tabIndex = -1;
  place.focus();
}

/** Return a sentence with each crate's code in it set as on its label. */
export function withCodes(sentence: string): DocumentFragment {
  const made = document.createDocumentFragment();
  // split() with a group keeps what it splits at, at every second place.
  sentence.split(/\b([0-9A-Z]{4}-[0-9A-Z]{4})\b/).forEach((piece, at) => {
    made.append(at % 2 ? make("span", "code", piece) : piece);
  });
  return made;
}

/** Return a copy of one of the drawings that the page holds ready. */
export function icon(name: string): Node {
  const store = part<HTMLTemplateElement>("scan-icons").content;
  const found = store.querySelector(`[data-icon="${name}"]`)?.firstElementChild;
  if (!found) throw new Error(`the page has no drawing ${name}`);
  return found.cloneNode(true);
}
