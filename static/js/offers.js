// Copies that the server does not have: each is offered where it belongs, to be saved,
// looked at or given up.

import { announce } from "./announce.js";
import { copies, forget, keep, openPages, owner } from "./copies.js";
import { freshPage, labelOf, same, typed } from "./fields.js";

const ASK_AGAIN = 2000; // milliseconds: the last save of the page before may still be on its way

export async function offerCopies(root, keepers) {
  if (!owner()) return;
  const mine = new Set(keepers.map((keeper) => keeper.page));
  let left = await unsaved(mine);
  if (left.some(({ copy }) => copy.sent)) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    left = await unsaved(mine);
  }
  const resolving = root.querySelector("[data-resolves]");
  if (resolving) return resolve(resolving, keepers, left);
  left.forEach((one) => offer(root, keepers, one));
}

/** Copies of pages that are not open any more, without those that the server has. */
async function unsaved(mine) {
  const open = await openPages();
  const found = copies().filter((one) => !mine.has(one.page) && !open.has(one.page));
  const done = await keysDone(found.map(({ copy }) => copy.sent?.key).filter(Boolean));
  return found.filter(({ name, copy }) => {
    const has = copy.sent && done.has(copy.sent.key) && same(typed(copy.sent.fields), typed(copy.fields));
    if (has) forget(name);
    return !has;
  });
}

async function keysDone(keys) {
  if (keys.length === 0) return new Set();
  try {
    const asked = new URLSearchParams(keys.map((key) => ["key", key]));
    const response = await fetch(`${owner().version}/kept?${asked}`, { headers: { accept: "application/json" } });
    const answer = response.ok ? await response.json() : { done: [] };
    return new Set(answer.done);
  } catch {
    return new Set();
  }
}

/** On the page that shows both wordings: whatever is chosen there settles the copies that led to it. */
function resolve(place, keepers, left) {
  const settled = left.filter(({ what, copy }) => what === place.dataset.resolves && copy.sent);
  for (const keeper of keepers) {
    keeper.form.addEventListener("submit", () => {
      for (const { name, copy } of settled) keep(name, { ...copy, sent: { key: keeper.page, fields: copy.fields } });
    });
  }
  for (const link of place.querySelectorAll("[data-forget]")) {
    link.addEventListener("click", () => settled.forEach(({ name }) => forget(name)));
  }
}

function offer(root, keepers, { name, what, copy }) {
  const open = keepers.find((keeper) => keeper.what === what);
  if (open && same(typed(formFields(open.form)), typed(copy.fields))) {
    forget(name);
    open.adopt();
    return;
  }
  const place = placeOf(root, what);
  const note = document.createElement("div");
  note.className = "rb-note rb-offer";
  note.setAttribute("role", "group");
  const words = document.createElement("p");
  words.id = `offer-${freshPage()}`;
  words.textContent = `You typed this on ${moment(copy.at)}; it was not saved.${place.standsElsewhere ? " The line it belongs to is not here any more." : ""}`;
  note.setAttribute("aria-labelledby", words.id);
  note.append(words, contents(copy), acts(note, name, copy));
  place.element.prepend(note);
  announce("Something that you typed before was not saved. It is offered on its line.");
}

function formFields(form) {
  return [...new FormData(form)].filter(([name]) => name !== "key");
}

function placeOf(root, what) {
  const id = what.startsWith("new") ? `section-${what.split("-")[1]}` : what;
  const element = root.getElementById(id);
  if (element) return { element, standsElsewhere: false };
  const page = root.querySelector(".rb-paper") ?? root.querySelector("main form") ?? root.querySelector("main");
  return { element: page, standsElsewhere: what !== "details" };
}

function contents(copy) {
  const all = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Show";
  const list = document.createElement("dl");
  for (const [name, value] of typed(copy.fields).filter(([, value]) => value !== "")) {
    const [label, text] = [document.createElement("dt"), document.createElement("dd")];
    label.textContent = labelOf(name);
    text.textContent = value;
    text.className = "rb-lines";
    list.append(label, text);
  }
  all.append(summary, list);
  return all;
}

function acts(note, name, copy) {
  const row = document.createElement("div");
  row.className = "rb-actions";
  row.append(saving(name, copy));
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "rb-link";
  discard.textContent = "Discard";
  discard.addEventListener("click", () => {
    forget(name);
    const next = note.parentElement;
    note.remove();
    next.tabIndex = -1;
    next.focus();
    announce("Discarded.");
  });
  row.append(discard);
  return row;
}

/** Sends the copy as its form would have been: what became of its line meanwhile, the server says. */
function saving(name, copy) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = copy.action;
  const key = freshPage();
  for (const [field, value] of [...copy.fields, ["key", key]]) {
    // A textarea keeps line ends, which a hidden input would lose.
    const input = document.createElement("textarea");
    input.hidden = true;
    input.name = field;
    input.value = value;
    form.append(input);
  }
  const press = document.createElement("button");
  press.type = "submit";
  press.className = "govuk-button govuk-button--secondary";
  press.textContent = "Save it";
  form.append(press);
  form.addEventListener("submit", () => keep(name, { ...copy, sent: { key, fields: copy.fields } }));
  return form;
}

/** `21 November at 2:02pm` */
function moment(at) {
  const date = new Date(at);
  const day = date.toLocaleDateString("en-GB", { day: "numeric", month: "long", timeZone: "Europe/London" });
  const time = date.toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true, timeZone: "Europe/London" });
  return `${day} at ${time.replace(/\s/g, "").toLowerCase()}`;
}
