// Passkeys: the browser makes one or signs with one, and its answer goes along with the form. What is
// right is decided by the depot alone.
import { asked, type Asked } from "./options.ts";
import { told } from "./answer.ts";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-passkey]")) offer(form);

function offer(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=button]");
  const field = form.querySelector<HTMLInputElement>("input[name=credential]");
  if (!button || !field || !("PublicKeyCredential" in window)) return;
  const options = JSON.parse(form.dataset["options"] ?? "{}") as Asked;
  const failed = form.querySelector<HTMLElement>("[data-failed]");
  form.querySelector("[data-without]")?.remove();
  form.hidden = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.setAttribute("aria-disabled", "true");
    const answer = await ask(form.dataset["passkey"] === "make", options).catch(() => null);
    button.removeAttribute("aria-disabled");
    if (failed) failed.hidden = answer !== null;
    if (!answer) return;
    field.value = JSON.stringify(answer);
    form.requestSubmit();
  });
}

async function ask(makes: boolean, options: Asked): Promise<object | null> {
  const publicKey = asked(options);
  const found = makes
    ? await navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions })
    : await navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions });
  return found ? told(found as PublicKeyCredential) : null;
}
