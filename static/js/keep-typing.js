// Gives every form that asks for it (data-keep) its keeper, and sees to it that leaving
// the page in whatever way leaves nothing behind.

import { copies, forget, holdPage, owner } from "./copies.js";
import { Keeper } from "./keeper.js";

const LONGEST_WAIT = 3000; // milliseconds that a link waits for a save

export function keepTyping(root) {
  if (!owner()) return [];
  const forms = [...root.querySelectorAll("form[data-keep]")];
  const keepers = forms.map((form, nth) => new Keeper(form, nth));
  if (keepers.length === 0) return keepers;
  holdPage(keepers[0].page);
  keepers.forEach(takeOver);
  keepers.forEach(watch);
  holdLeaving(root, keepers);
  flushOnHide(root, keepers);
  return keepers;
}

/**
 * A form that comes back with what is wrong with it holds what was typed: it takes the place of the copy of the page before,
 * which would be offered as something else for ever once this one is saved.
 */
function takeOver(keeper) {
  const { answers } = keeper.form.dataset;
  if (!answers) return;
  const before = copies().filter(({ what, copy }) => what === keeper.what && copy.sent?.key === answers);
  before.forEach(({ name }) => forget(name));
  if (before.length > 0) keeper.adopt();
}

function watch(keeper) {
  const { form } = keeper;
  form.addEventListener("input", () => keeper.changed());
  form.addEventListener("change", () => keeper.changed());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) keeper.save();
  });
  form.addEventListener("submit", (event) => {
    if (keeper.failures > 0) {
      event.preventDefault();
      event.stopPropagation();
      keeper.save();
      return;
    }
    keeper.sendsItself();
  });
  // What the browser filled in again, as after going back, was typed too.
  if (keeper.dirty) keeper.changed();
  const cancel = [...form.querySelectorAll("a")].find((link) => link.textContent.trim() === "Cancel");
  if (keeper.autosaves && cancel) cancel.textContent = "Close";
  else cancel?.addEventListener("click", () => keeper.discard());
  window.addEventListener("online", () => keeper.retry());
  window.addEventListener("focus", () => keeper.retry());
  document.addEventListener("rolebook:signed-in", () => keeper.retry());
}

/** Links and other forms wait a moment for what is not saved yet. */
function holdLeaving(root, keepers) {
  const unsaved = () => keepers.filter((one) => one.autosaves && one.dirty && !one.stopped && one.failures === 0);
  root.addEventListener(
    "click",
    (event) => {
      const link = event.target.closest?.("a[href]");
      if (!link || !leaves(link, event) || unsaved().length === 0) return;
      event.preventDefault();
      settled(unsaved()).then(() => window.location.assign(link.href));
    },
    true,
  );
  const waited = new WeakSet();
  root.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      if (form.method !== "post" || form.dataset.keep || waited.has(form) || unsaved().length === 0) return;
      event.preventDefault();
      event.stopPropagation();
      const press = event.submitter;
      settled(unsaved()).then(() => {
        keepers.forEach((keeper) => keeper.copy());
        waited.add(form);
        form.requestSubmit(press);
      });
    },
    true,
  );
}

function leaves(link, event) {
  const here = window.location;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  const within = link.pathname === here.pathname && link.search === here.search && link.hash !== "";
  return plain && link.origin === here.origin && link.target === "" && !link.hasAttribute("download") && !within;
}

function settled(keepers) {
  const late = new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT));
  return Promise.race([Promise.all(keepers.map((keeper) => keeper.save())), late]);
}

function flushOnHide(root, keepers) {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) keepers.forEach((keeper) => keeper.restored());
  });
  const flush = () => keepers.filter((keeper) => !keeper.leaving).forEach((keeper) => keeper.copy());
  window.addEventListener("pagehide", () => {
    flush();
    keepers.forEach((keeper) => keeper.save());
  });
  root.addEventListener("visibilitychange", () => {
    if (root.visibilityState !== "hidden") return;
    flush();
    keepers.forEach((keeper) => keeper.save());
  });
  window.addEventListener("beforeunload", (event) => {
    if (keepers.some((keeper) => keeper.atRisk)) event.preventDefault();
  });
}
