// The board asks again every minute. While the server is away what it showed stays, and says so.
const EVERY = 60_000;

async function renew() {
  const away = document.getElementById("away");
  try {
    const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
    if (answer.redirected || answer.status === 401 || answer.status === 403) {
      location.reload();
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [main, head] = [page.querySelector("main"), page.querySelector(".board-head")];
    if (!main || !head) throw new Error("no board");
    document.querySelector("main").replaceWith(document.adoptNode(main));
    document.querySelector(".board-head").replaceWith(document.adoptNode(head));
  } catch {
    away.textContent = document.getElementById("as-of").dataset.away;
  }
}

setInterval(renew, EVERY);
addEventListener("online", renew);
