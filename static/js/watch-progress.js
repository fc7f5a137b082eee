// Looks again, every few seconds, at how far long work is, and shows it in place. Without script a link does the same.

const EVERY = 3000;

/** Watches the region that names its own page, until the page says that the work is over. */
export function watchProgress(root) {
  const region = root.querySelector("[data-watch]");
  if (region) setTimeout(() => look(region), EVERY);
}

async function look(region) {
  const next = await fetched(region.dataset.watch, region.id);
  if (next && next.innerHTML !== region.innerHTML) {
    show(region, next);
  }
  if (next && !("watch" in next.dataset)) {
    delete region.dataset.watch;
    // the list below is older than what was just said: whoever has ticked nothing yet loses nothing by a fresh page
    if (!document.querySelector("main :checked[type=checkbox]")) location.reload();
    return;
  }
  setTimeout(() => look(region), EVERY);
}

/** Changes the words in place, so that the status is read out and focus stays where it is. */
function show(region, next) {
  const [said, says] = [region.querySelector("[role=status]"), next.querySelector("[role=status]")];
  if (said && says && said.textContent !== says.textContent) said.textContent = says.textContent;
  const [bar, value] = [region.querySelector("progress"), next.querySelector("progress")];
  if (bar && value) bar.value = value.value;
}

/** The region as the server has it now; nothing where it could not be reached. */
async function fetched(address, id) {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  } catch {
    return null;
  }
}
