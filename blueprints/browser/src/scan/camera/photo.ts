// A photo of a label is read by the depot: the way without a camera on the page.
import { BESIDE } from "../../common/beside.ts";
import { button, part } from "../../common/dom.ts";
import { takePhoto } from "../../common/shared.ts";
import type { AnswerPanel } from "../answer.ts";
import type { Desk } from "../desk.ts";

interface Found {
  text: string;
  symbology?: string;
}
interface Answered {
  codes?: Found[];
  message?: string;
}

export function readPhotos(desk: Desk, panel: AnswerPanel, take: (text: string, symbology: string) => void): void {
  const form = part<HTMLFormElement>("scan-photo");
  const field = part<HTMLInputElement>("f-photo");
  form.classList.add("at-once");
  field.addEventListener("change", () => {
    if (field.files?.length) form.requestSubmit();
  });
  const read = async (isSure: boolean): Promise<void> => {
    const found = await send(desk, panel, form);
    field.value = "";
    choose(desk, panel, found, isSure, take);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void read(true);
  });
  if (location.hash === "#shared") void readShared(field, () => read(false));
}

/** A photo that another program brought is read at once; what is on it is a scan only after a tap. */
async function readShared(field: HTMLInputElement, read: () => Promise<void>): Promise<void> {
  history.replaceState(null, "", location.pathname + location.search);
  const photo = await takePhoto();
  if (!photo) return;
  const carried = new DataTransfer();
  carried.items.add(photo);
  field.files = carried.files;
  await read();
}

async function send(desk: Desk, panel: AnswerPanel, form: HTMLFormElement): Promise<Found[] | null> {
  panel.show({ kind: "plain", drawing: "search", title: desk.say("look_at_photo") });
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { ...BESIDE, Accept: "application/json" },
      redirect: "error",
    });
    const { codes, message } = (await answer.json()) as Answered;
    if (answer.ok) return codes ?? [];
    panel.show({ kind: "stop", drawing: "warn", title: desk.say("photo_failed", { why: message ?? "" }) }, "no");
  } catch {
    panel.show({ kind: "stop", drawing: "warn", title: desk.say("photo_offline") }, "no");
  }
  return null;
}

function choose(desk: Desk, panel: AnswerPanel, found: Found[] | null, isSure: boolean, take: (text: string, symbology: string) => void): void {
  if (!found) return;
  const [only] = found;
  if (!only) return panel.show({ kind: "stop", drawing: "warn", title: desk.say("photo_none") }, "no");
  if (found.length === 1 && isSure) return take(only.text, only.symbology ?? "");
  const acts = found.map(({ text, symbology }) => button("btn", text, () => take(text, symbology ?? "")));
  panel.show({ kind: "plain", drawing: "search", title: desk.say("photo_found", { n: found.length }), acts });
}
