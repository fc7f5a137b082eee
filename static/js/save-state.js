// What has become of what is being typed, in words beside its form.

import { announce } from "./announce.js";
import { signInLink } from "./session.js";

/** Said aloud only as the kind of news changes: nobody wants to hear every save. */
const ALOUD = ["saved", "retry", "device", "conflict", "out"];

export class SaveState {
  constructor(form) {
    this.form = form;
    this.place = document.createElement("div");
    this.place.className = "rb-saving";
    form.append(this.place);
    this.kind = "";
  }

  /** `kind` names the news; `parts` are words and elements. */
  show(kind, ...parts) {
    const line = document.createElement("p");
    line.append(...parts);
    // What says the same stays as it is: the focus may be on it.
    if (kind !== this.kind || line.textContent !== this.place.textContent) this.place.replaceChildren(line);
    this.place.dataset.state = kind;
    if (kind !== this.kind && ALOUD.includes(kind)) {
      announce(line.textContent);
    }
    this.kind = kind;
  }

  saving() {
    this.show("saving", "Saving…");
  }

  saved(time) {
    this.show("saved", `Saved ${time}`);
  }

  retry(kept) {
    this.show("retry", "Not saved: trying again. ", onDevice(kept));
  }

  device(kept, why) {
    this.show("device", `${why} `, onDevice(kept));
  }

  signedOut(kept) {
    const link = signInLink();
    this.show("out", "You are signed out. ", kept ? "What you typed is kept on this device. " : `${onDevice(false)} `, link);
  }

  /** Something for the person to decide, on a page that has everything. */
  conflict(words, button) {
    const press = document.createElement("button");
    press.type = "submit";
    press.className = "rb-link";
    press.textContent = button;
    this.show("conflict", `${words} What you typed is kept. `, press);
  }

  /** Puts problems beside their fields, and takes away those of the last time. */
  problems(list) {
    for (const old of this.form.querySelectorAll(".rb-problem")) {
      const field = this.form.querySelector(`[aria-describedby~="${old.id}"]`);
      untie(field, old.id);
      old.remove();
    }
    for (const { field: name, text } of list) {
      const field = this.form.querySelector(`#${CSS.escape(name)}`);
      if (!field || document.getElementById(`${name}-error`)) continue;
      const line = document.createElement("p");
      line.id = `${name}-problem`;
      line.className = "govuk-error-message rb-problem";
      const error = document.createElement("span");
      error.className = "govuk-visually-hidden";
      error.textContent = "Error: ";
      line.append(error, text);
      field.before(line);
      field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
      field.setAttribute("aria-invalid", "true");
    }
  }
}

function untie(field, id) {
  if (!field) return;
  const rest = field.getAttribute("aria-describedby").split(" ").filter((one) => one !== id);
  if (rest.length > 0) field.setAttribute("aria-describedby", rest.join(" "));
  else field.removeAttribute("aria-describedby");
  field.removeAttribute("aria-invalid");
}

function onDevice(kept) {
  return kept ? "Saved on this device only." : "This device can't keep it: its storage is full or closed. Leave this page open.";
}
