// A photo is made small on the phone before it is sent: seconds instead of minutes on a bad line, and nothing of the file
// but the picture leaves the phone. What the browser cannot read goes as it is, and the depot says what is wrong with it.
import { sentSize } from "./size.ts";

const QUALITY = 0.85;

/** Return the photo as a small upright JPEG, or as it is where this browser cannot read it. */
async function shrunk(photo: File): Promise<File> {
  const bitmap = await createImageBitmap(photo);
  const size = sentSize(bitmap);
  const canvas = Object.assign(document.createElement("canvas"), size);
  const drawing = canvas.getContext("2d");
  if (!drawing) return photo;
  drawing.fillStyle = "#fff"; // what is transparent is paper
  drawing.fillRect(0, 0, size.width, size.height);
  drawing.drawImage(bitmap, 0, 0, size.width, size.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : photo;
}

async function replace(field: HTMLInputElement): Promise<void> {
  const photo = field.files?.[0];
  if (!photo) return;
  const held = new DataTransfer();
  held.items.add(await shrunk(photo).catch(() => photo));
  if (field.files?.[0] === photo) field.files = held.files; // another one may have been chosen meanwhile
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-shrink]")) {
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  let shrinking: Promise<void> | null = null;
  field?.addEventListener("change", () => {
    const turn = replace(field).finally(() => {
      if (shrinking === turn) shrinking = null;
    });
    shrinking = turn;
  });
  form.addEventListener("submit", (event) => {
    if (!shrinking) return;
    event.preventDefault();
    void shrinking.then(() => form.submit()); // the press was seen already: no second event
  });
}
