// The session's end: a warning in time, which every tab takes back when one of them stays.

import { announce } from "./announce.js";

const WARN_BEFORE = 5 * 60_000; // milliseconds
const LOOK_EVERY = 5000;

let ends = 0; // when, by this device's clock
let length = 0;
let last = false; // it can't be extended any more
let channel;
let dialog;

export function watchSession(root) {
  const left = Number(root.body.dataset.sessionLeft);
  if (!left) return;
  length = left * 1000;
  last = "sessionLast" in root.body.dataset;
  ends = Date.now() + length;
  const person = root.body.dataset.person;
  if ("BroadcastChannel" in window) {
    channel = new BroadcastChannel(`rolebook.session.${person}`);
    channel.addEventListener("message", ({ data }) => goesOnUntil(data));
    channel.postMessage(ends);
  }
  setInterval(() => look(root), LOOK_EVERY);
}

/** A request was answered: the session has been extended by it. */
export function sessionGoesOn() {
  if (!length || last) return;
  tell(Date.now() + length);
}

/** The way to sign in that leads back to this page. */
export function signInLink() {
  const link = document.createElement("a");
  const { pathname, search } = window.location;
  link.href = `/sign-in?return_to=${encodeURIComponent(pathname + search)}`;
  link.textContent = "Sign in";
  return link;
}

function tell(until) {
  goesOnUntil(until);
  channel?.postMessage(until);
}

function goesOnUntil(until) {
  if (until <= ends) return;
  const wasOut = ends <= Date.now();
  ends = until;
  dialog?.close();
  if (wasOut) document.dispatchEvent(new CustomEvent("rolebook:signed-in"));
}

function look(root) {
  const left = ends - Date.now();
  if (left > WARN_BEFORE) return;
  dialog ??= makeDialog(root);
  const stage = left > 0 ? "soon" : "over";
  if (dialog.dataset.stage === stage) return;
  dialog.dataset.stage = stage;
  fill(stage);
  if (!dialog.open) dialog.showModal();
}

function makeDialog(root) {
  const made = root.createElement("dialog");
  made.className = "rb-dialog";
  made.setAttribute("aria-labelledby", "session-heading");
  made.addEventListener("close", () => {
    if (ends - Date.now() > WARN_BEFORE) delete made.dataset.stage;
  });
  root.body.append(made);
  return made;
}

function fill(stage) {
  const heading = document.createElement("h2");
  heading.id = "session-heading";
  const text = document.createElement("p");
  const acts = document.createElement("div");
  acts.className = "rb-actions";
  if (stage === "over") {
    heading.textContent = "You are signed out";
    text.textContent = "What you typed is kept on this device.";
    acts.append(signInLink(), button("Close", "govuk-button--secondary", () => dialog.close()));
  } else {
    const time = new Date(ends).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit", hour12: true });
    heading.textContent = `You will be signed out at ${time.replace(/\s/g, "").toLowerCase()}`;
    text.textContent = last
      ? "You signed in 12 hours ago, which is the longest a session lasts. Save what you are writing, then sign in again."
      : "Nobody has used Rolebook here for a while. What you typed is kept.";
    if (!last) acts.append(button("Stay signed in", "", stay));
    acts.append(button(last ? "Close" : "Not now", "govuk-button--secondary", () => dialog.close()));
  }
  dialog.replaceChildren(heading, text, acts);
}

function button(words, kind, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `govuk-button ${kind}`.trim();
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

async function stay() {
  try {
    const response = await fetch("/session/stay", { method: "POST", headers: { accept: "application/json" } });
    if (response.status === 401) {
      ends = Date.now();
      return look(document);
    }
    const answer = await response.json();
    last = answer.last;
    tell(Date.now() + answer.left * 1000);
    dialog.close();
    announce("You stay signed in.");
  } catch {
    dialog.querySelector("p").textContent = "Rolebook can't be reached at the moment. Try again.";
  }
}
