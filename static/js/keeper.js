// One form that nothing typed into is lost from: a copy on the device with every pause,
// and, where the form says so, a save of its own.

import { forget, keep, nameOf } from "./copies.js";
import { body, freshPage, printed, same, sent, typed } from "./fields.js";
import { SaveState } from "./save-state.js";
import { sessionGoesOn } from "./session.js";

const COPY_AFTER = 200; // milliseconds without a key
const SAVE_AFTER = 1500;
const ANSWER_WITHIN = 20_000;
const WAITS = [2000, 4000, 8000, 15_000, 30_000];
const LARGEST_ALIVE = 60_000; // bytes that a browser still sends for a page that is gone

/** Saves are counted over the whole page, so that later ones have greater numbers. */
let count = 0;

export class Keeper {
  constructor(form, nth) {
    this.form = form;
    this.page = form.elements.key.value;
    this.nth = nth;
    this.what = form.dataset.keep;
    this.name = nameOf(this.what, this.page, nth);
    this.autosaves = "autosave" in form.dataset;
    this.saved = typed(printed(form));
    this.at = Date.now();
    this.state = new SaveState(form);
    this.sending = null; // the promise of a save on its way
    this.last = null; // what was sent last: {key, fields}
    this.failures = 0;
    this.stopped = false; // until the person changes something or decides
    this.leaving = false;
    this.kept = true;
  }

  /** Whether something is typed that the server has not said it has. */
  get dirty() {
    return !same(typed(sent(this.form)), this.saved);
  }

  /** Whether leaving now would leave something on this device alone. */
  get atRisk() {
    return !this.leaving && this.dirty && (this.stopped || this.failures > 0 || !this.kept);
  }

  /** The person typed. */
  changed() {
    this.stopped = this.stopped && this.undecided;
    this.at = Date.now();
    clearTimeout(this.copyTimer);
    this.copyTimer = setTimeout(() => this.copy(), COPY_AFTER);
    this.saveSoon(SAVE_AFTER);
  }

  saveSoon(wait) {
    if (!this.autosaves || this.leaving) return;
    clearTimeout(this.saveTimer);
    this.saveTimer = setTimeout(() => this.save(), wait);
  }

  /** Writes the copy now, or takes it away where there is nothing to keep. */
  copy(sentAs = this.last) {
    clearTimeout(this.copyTimer);
    const fields = sent(this.form);
    if (same(typed(fields), this.saved)) {
      forget(this.name);
      return;
    }
    const copy = { action: this.form.action, fields, at: this.at, sent: sentAs };
    this.kept = keep(this.name, copy);
    if (!this.kept) this.state.device(false, "Not saved yet.");
  }

  /** Saves what is typed now; at most one save is on its way. */
  async save() {
    clearTimeout(this.saveTimer);
    if (this.sending) {
      await this.sending;
      if (this.failures > 0) return;
    }
    if (!this.autosaves || !this.dirty || this.stopped || this.leaving) return;
    this.sending = this.send().finally(() => (this.sending = null));
    await this.sending;
  }

  async send() {
    const fields = sent(this.form);
    const repeats = this.last && same(this.last.fields, fields);
    this.last = repeats ? this.last : { key: this.nextKey(), fields };
    this.copy();
    if (this.failures === 0) this.state.saving();
    const sending = body(fields, this.last.key);
    try {
      const response = await fetch(this.form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: sending,
        keepalive: sending.toString().length < LARGEST_ALIVE,
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      const answer = await response.json().catch(() => ({}));
      this.heard(response.status, answer, fields);
    } catch {
      this.failed();
    }
  }

  nextKey() {
    count += 1;
    return `${this.page}-${count}`;
  }

  heard(status, answer, fields) {
    if (status >= 500 || status === 429 || status === 408) return this.failed();
    this.failures = 0;
    // A new line is not scolded for what is still to come.
    this.state.problems(this.isNew ? [] : (answer.problems ?? []));
    if (status === 200) return this.done(answer, fields);
    if (status === 401) return this.signedOut();
    this.stop(status, answer);
  }

  done(answer, fields) {
    if (answer.action && this.isNew) this.becomes(answer.action);
    this.form.elements.revision.value = answer.revision;
    if (answer.base) this.form.elements.base.value = answer.base;
    this.saved = typed(fields);
    this.state.saved(answer.saved);
    this.copy(null);
    sessionGoesOn();
    if (this.dirty) this.saveSoon(SAVE_AFTER);
  }

  /** Nothing of it is on the server yet. */
  get isNew() {
    return this.what.startsWith("new-");
  }

  /** A new line stands in the draft now: what is typed from here on is saved as that line. */
  becomes(action) {
    forget(this.name);
    this.form.action = action;
    this.what = `item-${action.match(/\/items\/(\d+)\//)[1]}`;
    this.form.dataset.keep = this.what;
    this.name = nameOf(this.what, this.page, this.nth);
  }

  failed() {
    const wait = WAITS[Math.min(this.failures, WAITS.length - 1)];
    this.failures += 1;
    this.state.retry(this.kept);
    this.saveSoon(wait);
  }

  signedOut() {
    this.failures = 1;
    this.state.signedOut(this.kept);
    this.saveSoon(WAITS.at(-1));
  }

  /** The server took the request and not the text: no use in trying again by itself. */
  stop(status, answer) {
    this.stopped = true;
    this.undecided = Boolean(answer.conflict);
    if (answer.conflict === "changed") {
      const who = answer.who ?? "Somebody else";
      this.state.conflict(`${who} changed this meanwhile.`, "See both wordings");
    } else if (answer.conflict === "gone") {
      this.state.conflict("Somebody deleted this meanwhile.", "See what you can do");
    } else if (status === 422) {
      this.state.device(this.kept, this.isNew ? "Not saved yet." : "Not saved yet: something is wrong with it.");
    } else {
      this.state.device(this.kept, `Not saved. ${answer.text ?? ""}`.trim());
    }
  }

  /** Tries at once: the network is back, or somebody signed in. */
  retry() {
    if (this.failures > 0) this.saveSoon(0);
  }

  /** The form is about to be sent by its button: the copy stays until the server is known to have it. */
  sendsItself() {
    const key = this.autosaves ? this.nextKey() : this.page;
    this.form.elements.key.value = key;
    this.last = { key, fields: sent(this.form) };
    this.copy();
    this.leaving = true;
    clearTimeout(this.saveTimer);
  }

  /** The page holds what was typed on an earlier one: not saved, whatever the page says. */
  adopt() {
    this.saved = [];
    this.copy(null);
  }

  /** The browser shows the page again that it kept: what is sent from it now is another new line. */
  restored() {
    if (!this.leaving || !this.isNew) return;
    this.leaving = false;
    this.page = freshPage();
  }

  /** The person gave it up. */
  discard() {
    this.leaving = true;
    clearTimeout(this.copyTimer);
    forget(this.name);
  }
}
