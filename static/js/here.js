// Who else has this draft open: says now and then that we have, and shows the answer.

import { announce } from "./announce.js";

const EVERY = 20_000; // milliseconds

export function showOthers(root) {
  const list = root.querySelector("[data-here]");
  if (!list) return;
  setInterval(() => root.visibilityState === "visible" && tell(root, list), EVERY);
}

async function tell(root, list) {
  try {
    const response = await fetch(list.dataset.here, {
      method: "POST",
      // It is no sign of life: a page left open does not keep its session for that.
      headers: { accept: "application/json", "rolebook-unattended": "1" },
      body: new URLSearchParams({ section: sectionOf(root) }),
    });
    if (response.ok) show(root, list, (await response.json()).others);
  } catch {
    // Nobody waits for this; the next time will do.
  }
}

/** The section in which something stands open, or has the focus. */
function sectionOf(root) {
  const at = root.querySelector(".rb-item--open") ?? root.activeElement;
  return at?.closest("section[id^=section-]")?.id.replace("section-", "") ?? "";
}

function show(root, list, others) {
  const before = list.textContent;
  const lines = others.map(({ name, section }) => {
    const line = document.createElement("li");
    const heading = section && root.querySelector(`.rb-editor__sections a[href="#section-${section}"]`)?.textContent;
    line.textContent = heading ? `${name} is here, in ${heading}` : `${name} is here`;
    return line;
  });
  list.replaceChildren(...lines);
  list.hidden = others.length === 0;
  if (before === "" && others.length > 0) announce(list.textContent);
}
