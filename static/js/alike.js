// Looks, while somebody types the title of a new job, for profiles that may be the same job. Without script a button
// does the same.

const PAUSE = 600;

/** Watches the form around the region that names the page to ask. */
export function lookForAlike(root) {
  const region = root.querySelector("[data-alike]");
  const form = region?.closest("form");
  if (!form) return;
  let timer;
  let asked = "";
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, PAUSE);
  });

  async function look() {
    const typed = new URLSearchParams();
    for (const name of ["title", "duties"]) typed.set(name, form.elements[name].value.trim());
    if (typed.get("title").length < 4 && typed.get("duties").length < 20) return;
    if (typed.toString() === asked) return;
    asked = typed.toString();
    const found = await fetched(`${region.dataset.alike}?${typed}`, region.id);
    // an answer to older words is of no use any more
    if (found && asked === typed.toString() && found.textContent !== region.textContent) {
      region.replaceChildren(...found.childNodes);
    }
  }
}

async function fetched(address, id) {
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" } });
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
  } catch {
    return null;
  }
}
