// Putting the program on the home screen, offered where somebody looks for it and never by itself.

/** As Chromium has it; no other browser tells a page. */
interface InstallPrompt extends Event {
  prompt(): Promise<unknown>;
}

/** Show the offer of the page, if it has one, once the browser says that it can; an iPhone's owner is told how. */
export function offerInstall(): void {
  const offer = document.getElementById("install");
  if (!offer) return;
  const button = offer.querySelector("button");
  const how = offer.querySelector<HTMLElement>("[data-by-hand]");
  if (!button || !how) return;
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer.hidden = button.hidden = false;
    how.hidden = true;
    button.onclick = () => void (event as InstallPrompt).prompt();
  });
  addEventListener("appinstalled", () => (offer.hidden = true));
  const isBesideHome = (navigator as Navigator & { standalone?: boolean }).standalone === false;
  if (isBesideHome) offer.hidden = how.hidden = false;
}
