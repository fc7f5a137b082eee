// Copies that the server does not have: each is offered where it belongs, to be saved,
// looked at or given up.

import { announce } from "./announce.js";
import { copies, forget, keep, openPages, owner } from "./copies.js";
import { freshPage, labelOf, same, typed } from "./fields.js";

const ELSEWHERE = " What it belongs to is not here any more.";
const ASK_AGAIN = 2000; // milliseconds: the last save of the page before may still be on its way

export async function offerCopies(root, keepers) {
  const page = root.querySelector("[data-offers]");
  if (!owner() || !page) return;
  const mine = new Set(keepers.map((keeper) => keeper.page));
  // Of which forms this page offers copies; where nothing is named, of all.
  const wanted = ({ what }) => page.dataset.offers === "" || page.dataset.offers === what;
  let { left, editable } = await unsaved(mine, wanted);
  if (left.some(({ copy }) => copy.sent)) {
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN));
    ({ left, editable } = await unsaved(mine, wanted));
  }
  if ("resolves" in page.dataset) resolve(page, keepers, left);
  else left.forEach((one) => offer(root, keepers, one, editable));
}

/** Copies of pages that are not open any more, without those that the server has. */
async function unsaved(mine, wanted) {
  const open = await openPages();
  const found = copies().filter((one) => wanted(one) && !mine.has(one.page) && !open.has(one.page));
  if (found.length === 0) return { left: found, editable: true };
  const { done, editable } = await heard(found.map(({ copy }) => copy.sent?.key).filter(Boolean));
  const left = found.filter(({ name, copy }) => {
    const has = copy.sent && done.has(copy.sent.key) && same(typed(copy.sent.fields), typed(copy.fields));
    if (has) forget(name);
    return !has;
  });
  return { left, editable };
}

/** Which of these forms did their work, and whether the version can be edited still. */
async function heard(keys) {
  try {
    const asked = new URLSearchParams(keys.map((key) => ["key", key]));
    const response = await fetch(`${owner().version}/kept?${asked}`, { headers: { accept: "application/json" } });
    const answer = response.ok ? await response.json() : { done: [], editable: true };
    return { done: new Set(answer.done), editable: answer.editable };
  } catch {
    return { done: new Set(), editable: true };
  }
}

/** On the page that shows both wordings: whatever is chosen there settles the copies that led to it. */
function resolve(place, keepers, left) {
  const settled = left.filter(({ copy }) => copy.sent);
  for (const keeper of keepers) {
    keeper.form.addEventListener("submit", () => {
      for (const { name, copy } of settled) keep(name, { ...copy, sent: { key: keeper.page, fields: copy.fields } });
    });
  }
  for (const link of place.querySelectorAll("[data-forget]")) {
    link.addEventListener("click", () => settled.forEach(({ name }) => forget(name)));
  }
}

function offer(root, keepers, { name, what, copy }, editable) {
  const open = keepers.find((keeper) => keeper.what === what);
  if (open && same(typed(formFields(open.form)), typed(copy.fields))) {
    forget(name);
    open.adopt();
    return;
  }
  const note = document.createElement("div");
  note.className = "rb-note rb-offer";
  note.setAttribute("role", "group");
  const words = document.createElement("p");
  words.id = `offer-${freshPage()}`;
  note.setAttribute("aria-labelledby", words.id);
  note.append(words, contents(copy, editable), acts(note, name, copy, editable));
  const stands = put(root, what, note);
  const why = !editable ? " This version can't be edited any more: copy from here what you need." : stands ? "" : ELSEWHERE;
  words.textContent = `You typed this on ${moment(copy.at)}; it was not saved.${why}`;
  announce("Something that you typed before was not saved. It is offered on its line.");
}

function formFields(form) {
  return [...new FormData(form)].filter(([name]) => name !== "key");
}

/** Puts the offer where its form was; false where that place is gone. */
function put(root, what, note) {
  const id = what.startsWith("new") ? `section-${what.split("-")[1]}` : what;
  const place = root.getElementById(id);
  const text = place?.querySelector(":scope > .rb-item__text");
  const heading = () => place?.querySelector("h2") ?? root.querySelector("h1").closest(".rb-head, h1");
  if (text) text.append(note);
  else if (place?.localName === "li") place.prepend(note);
  else heading().after(note);
  return Boolean(place) || what === "details";
}

function contents(copy, editable) {
  const all = document.createElement("details");
  all.open = !editable;
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

function acts(note, name, copy, editable) {
  const row = document.createElement("div");
  row.className = "rb-actions";
  if (editable) row.append(saving(name, copy));
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
    const input = document.createElement("input");
    input.type = "hidden";
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
