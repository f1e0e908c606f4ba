// Small comforts. Every page works without this file; nothing here knows a rule about stock.

const language = document.documentElement.lang || "en";
const saved = document.getElementById("saved");
const savedAtFirst = [...(saved?.childNodes ?? [])];
let unsaved = false;
const GIVE_UP_MS = 8000; // a file that comes back instead of a page leaves the form standing

/** The number a person typed, if nobody can read it in two ways; NaN for anything else, which the depot reads. */
function typed(text) {
  return /^\s*\d+([.,]\d{1,2})?\s*$/.test(text) ? Number(text.replace(",", ".")) : NaN;
}

/** What is chosen for a pick field or a list: the number on the radio button or option, or nothing. */
function chosenAmount(form, name) {
  const chosen = form.querySelector(`[name="${name}"]:checked`)
    ?? form.elements.namedItem(name)?.selectedOptions?.[0];
  return Number(chosen?.dataset.amount ?? 0);
}

/** The save button says what it will save: "Save 11.1 kg". */
function keepLabelLive(button) {
  const form = button.form;
  const label = button.querySelector("span");
  const still = label.textContent;
  const { liveField, liveText, liveMinus } = button.dataset;
  const decimals = { maximumFractionDigits: 3 };
  const refresh = () => {
    const field = form.elements.namedItem(liveField);
    const amount = typed(field?.value ?? "") - (liveMinus ? chosenAmount(form, liveMinus) : 0);
    label.textContent = amount > 0
      ? liveText.replace("{}", amount.toLocaleString(language, decimals))
      : still;
  };
  form.addEventListener("input", refresh);
  refresh();
}

/** A label was opened without a connection: the page that says so has its address, and hands it on to the scan page. */
function carryCode(link) {
  const code = /^\/[cpe]\/([^/]+)\/?$/i.exec(location.pathname)?.[1];
  if (!code) return;
  link.querySelector("[data-code]").textContent = code;
  link.href += `#${location.pathname}`;
  link.hidden = false;
}

/** The bar tells the truth about saving; `state` is a data attribute of its element, or nothing for how it stands. */
function tell(state = unsaved ? "typing" : undefined) {
  // the outbox, where it runs, knows more and says it there
  const told = new CustomEvent("tell", { detail: state, cancelable: true });
  if (saved && !saved.dispatchEvent(told)) return;
  saved?.replaceChildren(...(state ? [saved.dataset[state]] : savedAtFirst));
}

/** A second press of a button while the first is on its way does nothing; the server would see it was the same. */
function guardForm(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    tell("saving");
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    setTimeout(reopenForms, GIVE_UP_MS);
  });
  if (form.querySelector("input:not([type=hidden]), select, textarea")) {
    form.addEventListener("input", () => { unsaved = true; tell(); }, { once: true });
  }
}

/** Back with the browser's button, or no answer: the form may be sent again, and counts once all the same. */
function reopenForms() {
  tell();
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
  }
}

/** Longer lists than a page should carry are fetched as one types. */
function fetchOptions(input) {
  let waiting = 0;
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const address = new URL(input.dataset.source, location.href);
      address.searchParams.set("q", input.value);
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (!answer?.ok) return;
      const { options } = await answer.json();
      input.list.replaceChildren(...options.map((name) => new Option("", name)));
    }, 150);
  });
}

/** Minus and plus beside a small number. */
function step(button) {
  const field = button.parentElement.querySelector("input");
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = typed(field.value);
    field.value = String(Math.max(Number(button.dataset.least ?? 0), (now > 0 ? Math.floor(now) : 0) + Number(button.dataset.step)));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

/** A password is shown while somebody wants to see it, and hidden again before it is sent. */
function reveal(button) {
  const field = document.getElementById(button.dataset.reveal);
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  };
  button.hidden = false;
  button.addEventListener("click", () => show(field.type === "password"));
  field.form?.addEventListener("submit", () => show(false));
}

/** A link goes to the clipboard; without https browsers have none, but for what is selected. */
function copyLink(button) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const done = await navigator.clipboard?.writeText(field.value).then(() => true, () => false);
    if (done || document.execCommand("copy")) button.querySelector("[role=status]").textContent = button.dataset.copied;
  });
}

/** A link is handed to whatever the phone sends with, where it knows how. */
function shareLink(button) {
  if (!navigator.share) return;
  const field = document.getElementById(button.dataset.share);
  button.hidden = false;
  button.addEventListener("click", () => navigator.share({ title: button.dataset.title, url: field.value }).catch(() => {}));
}

/** What has just happened is read out: a region that was there from the start says nothing by itself. */
function readOut() {
  for (const strip of document.querySelectorAll(".answer")) {
    const words = strip.querySelector("p");
    const region = document.createElement("div");
    region.className = "unseen";
    region.setAttribute("role", strip.getAttribute("role"));
    strip.removeAttribute("role");
    document.body.append(region);
    setTimeout(() => { region.textContent = words.textContent; }, 100);
  }
}

/** The key "/" opens search, or goes to its field; not in the middle of what a hand scanner types. */
function openSearch(glass) {
  const HELD_MS = 150;
  let waiting = 0;
  let last = -Infinity;
  addEventListener("keydown", (event) => {
    const isAlone = event.timeStamp - last > HELD_MS;
    last = event.timeStamp;
    clearTimeout(waiting);
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || !isAlone) return;
    if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
    const field = document.querySelector("form[data-suggestions] input[name=q]");
    if (!field) waiting = setTimeout(() => glass.click(), HELD_MS);
    else {
      event.preventDefault();
      field.focus();
    }
  });
}

/** What leads to a field puts the cursor into it; a fold around it opens by itself. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".to-fields a[href]");
  if (link) setTimeout(() => document.getElementById(link.hash.slice(1))?.focus());
});

/** A tab that is half outside of its row comes into sight with the focus: browsers leave it as it lies. */
document.addEventListener("focusin", ({ target }) => target.closest?.(".tabs a")?.scrollIntoView({ block: "nearest", inline: "nearest" }));

/** The cursor goes to what is wrong, to the list of it if that is long, else to where a code is expected, which a hand scanner types into. */
function placeCursor() {
  const told = document.querySelector("[data-problems]:has(li + li)"); // several are read first, one is mended at once
  const target = told ?? document.querySelector("[aria-invalid=true]") ?? document.querySelector("[data-autofocus]");
  target?.focus();
  target?.select?.();
}

document.querySelectorAll("[data-live-field]").forEach(keepLabelLive);
document.querySelectorAll("form[method=post]:not([data-outbox], [data-tallies])").forEach(guardForm);
document.querySelectorAll("[data-step]").forEach(step);
document.querySelectorAll("input[data-source]").forEach(fetchOptions);
document.querySelectorAll("[data-carries-code]").forEach(carryCode);
document.querySelectorAll("[data-reveal]").forEach(reveal);
document.querySelectorAll("[data-copy]").forEach(copyLink);
document.querySelectorAll("[data-share]").forEach(shareLink);
document.querySelectorAll("[data-glass]").forEach(openSearch);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
// what is folded on the screen is not on paper, for browsers that print it as it stands
addEventListener("beforeprint", () => document.querySelectorAll("details.fold").forEach((part) => { part.open = true; }));
addEventListener("pageshow", (event) => { if (event.persisted) reopenForms(); });
addEventListener("offline", () => tell("offline"));
addEventListener("online", () => tell());
readOut();
placeCursor();
