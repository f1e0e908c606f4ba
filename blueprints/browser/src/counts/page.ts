// The page of a count sheet: a line is kept when the hand leaves it, Enter goes on to the next one, and the
// button at the end leaves nothing behind that is not kept.
import { outbox } from "../outbox/api.ts";
import { found, Row } from "./row.ts";
import { Tallies } from "./sheet.ts";

const MEND = "#mend=";
/** Who is done waits so long to see whether all was taken; what was not goes out later. */
const PATIENCE_MS = 4_000;

function open(form: HTMLFormElement): void {
  const said = form.dataset;
  const words = { kept: said["kept"] ?? "", saved: said["saved"] ?? "" };
  const rows = [...form.querySelectorAll<HTMLElement>("[data-tally]")].map((place) => new Row(place, words));
  const following = found<HTMLInputElement>(form, "input[name=next]").value;
  const button = found<HTMLButtonElement>(form, "[data-save]");
  const when = keepWhen(found<HTMLInputElement>(form, "input[name=counted_at]"), `depot.counted.${said["tallies"]}`);
  const elsewhere = Number(said["counted"]) - rows.filter(({ isCounted }) => isCounted).length;

  const showProgress = (): void => {
    const counted = elsewhere + rows.filter(({ isCounted }) => isCounted).length;
    const sentence = (said["soFar"] ?? "").replace("{counted}", String(counted)).replace("{lines}", said["lines"] ?? "");
    found(document, "[data-progress]").textContent = sentence;
    if (!following) found(button, "span").textContent = said["done"] ?? "";
  };

  const place = {
    sheetId: Number(said["tallies"]),
    counter: found<HTMLInputElement>(form, "input[name=counter]").value,
    title: document.querySelector("h1")?.textContent?.trim() ?? "",
    page: location.pathname + location.search,
    countedAt: () => when.value,
  };
  const tallies = new Tallies(outbox, place, rows, showProgress);

  const finish = async (): Promise<void> => {
    for (const row of rows) await tallies.save(row);
    await tallies.settle(navigator.onLine ? PATIENCE_MS : 0);
    const wrong = rows.find(({ isWrong }) => isWrong);
    if (wrong) return wrong.amount.focus();
    location.assign(following ? `${location.pathname}?from=${following}` : (said["then"] ?? "/"));
  };

  rows.forEach((row, index) => {
    for (const field of [row.amount, row.date]) {
      // a device that cannot keep anything sends the page as it is
      field.addEventListener("change", () => void tallies.save(row).catch(() => form.submit()));
      field.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        (rows[index + 1]?.amount ?? button).focus();
      });
    }
    row.amount.addEventListener("focus", () => row.amount.select());
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void finish().catch(() => form.submit());
  });
  const wanted = location.hash.startsWith(MEND) ? decodeURIComponent(location.hash.slice(MEND.length)) : "";
  // whoever looked for a crate before this script was there lands at its line
  const landed = document.getElementById(location.hash.slice(1));
  const first = rows.find((row) => landed?.contains(row.amount));
  void tallies.fillIn(wanted).then((line) => (rows.find((row) => row === line) ?? first)?.amount.focus());
  showProgress();
}

/** The time on the paper is said once for all pages of a sheet, as long as this tab is open. */
function keepWhen(field: HTMLInputElement, key: string): HTMLInputElement {
  field.value ||= sessionStorage.getItem(key) ?? "";
  const folded = field.closest("details");
  if (folded && field.value) folded.open = true;
  field.addEventListener("change", () => sessionStorage.setItem(key, field.value));
  return field;
}

/** A crate whose lines stand on this page is gone to at once, also without a connection. */
function findHere(event: SubmitEvent): void {
  const form = event.target as HTMLFormElement;
  const field = form.querySelector<HTMLInputElement>("input[name=crate]");
  if (!form.hasAttribute("data-find-crate") || !field) return;
  const line = lineOfCrate(field.value);
  if (!line) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.value = "";
  line.focus();
}

function lineOfCrate(text: string): HTMLInputElement | null {
  const said = plain(text);
  const heads = [...document.querySelectorAll<HTMLElement>("[data-crate]")];
  const head = heads.find(({ dataset }) => said !== "" && said.endsWith(plain(dataset["crate"] ?? "")));
  return head?.closest("section")?.querySelector("input[name$='-amount']") ?? null;
}

/** A code without what people write into it: as typed, or as the address on its label ends. */
function plain(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, "");
}

document.addEventListener("submit", findHere, true);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-tallies]")) open(form);
