// A handle on every line of the editor: drag it with mouse or finger, or press it and use the arrow keys. Where a
// line is put down is sent as a form like any other; the buttons "Move up" and "Move down" do the same without script.

import { announce } from "./announce.js";
import { slots, descendants, nearest } from "./reorder-slots.js";

const FOCUS = "rolebook.handle"; // the line whose handle gets the focus on the next page
const EDGE = 60; // pixels from the window's edge in which a drag scrolls

export function offerReordering(root) {
  const lines = root.querySelectorAll("li[data-item]:not(.rb-item--open)");
  for (const line of lines) {
    line.prepend(handle(line));
  }
  if (lines.length > 0) {
    focusAgain(root);
  }
}

function handle(line) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "rb-handle";
  button.setAttribute("aria-pressed", "false");
  button.title = "Drag to move, or press Enter and use the arrow keys";
  const [dots, words] = [document.createElement("span"), document.createElement("span")];
  dots.setAttribute("aria-hidden", "true");
  dots.textContent = "⠿";
  words.className = "govuk-visually-hidden";
  words.textContent = `Move ${line.dataset.about}`;
  button.append(dots, words);
  let held = null;

  const lift = () => {
    const all = slots(line);
    held = { all, from: all.findIndex((slot) => slot.here), at: 0, undo: remember(line) };
    held.at = held.from;
    button.setAttribute("aria-pressed", "true");
    line.classList.add("rb-item--held");
  };
  const put = (at) => {
    held.at = Math.min(Math.max(at, 0), held.all.length - 1);
    show(line, held.all[held.at]);
    button.focus({ preventScroll: true });
    line.scrollIntoView({ block: "nearest" });
  };
  const release = () => {
    button.setAttribute("aria-pressed", "false");
    line.classList.remove("rb-item--held");
    held = null;
  };
  const cancel = () => {
    held.undo();
    release();
    button.focus();
    announce("Put back");
  };
  const drop = () => {
    const { all, at, from } = held;
    release();
    if (at === from || at < 0) {
      announce("Put down where it was");
      return;
    }
    send(line, all[at]);
  };

  button.addEventListener("keydown", (event) => {
    const presses = { Enter: true, " ": true };
    if (!held && presses[event.key]) {
      event.preventDefault();
      lift();
      announce(`Lifted ${said(line, held.all[held.at])}. Arrow keys move it, Enter puts it down, Escape puts it back.`);
    } else if (held && presses[event.key]) {
      event.preventDefault();
      drop();
    } else if (held && event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (held && ["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) {
      event.preventDefault();
      const ends = { Home: 0, End: held.all.length - 1 };
      put(ends[event.key] ?? held.at + (event.key === "ArrowUp" ? -1 : 1));
      announce(said(line, held.all[held.at]));
    } else if (held && event.key === "Tab") {
      cancel();
    }
  });
  button.addEventListener("blur", () => held && !held.pointer && document.hasFocus() && setTimeout(() => {
    if (held && document.activeElement !== button) cancel();
  }));
  drag(button, line, { lift, cancel, drop, held: () => held });
  return button;
}

/** The pointer's way: a rule shows where the line would stand; the page scrolls at its edges. */
function drag(button, line, { lift, cancel, drop, held }) {
  let rule = null;
  const end = () => {
    rule?.remove();
    rule = null;
  };
  button.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || held()) return;
    button.setPointerCapture(event.pointerId);
    const start = event.clientY;
    const move = (moved) => {
      if (!held() && Math.abs(moved.clientY - start) < 5) return;
      if (!held()) {
        lift();
        held().pointer = true;
        rule = document.createElement("div");
        rule.className = "rb-landing";
        document.body.append(rule);
      }
      scroll(moved.clientY);
      const at = nearest(held().all, moved.clientY, line);
      held().at = at.index;
      Object.assign(rule.style, { top: `${at.y}px`, left: `${at.left}px`, width: `${at.width}px` });
    };
    const stop = (stopped) => {
      button.removeEventListener("pointermove", move);
      button.removeEventListener("pointerup", stop);
      button.removeEventListener("pointercancel", stop);
      document.removeEventListener("keydown", escape);
      end();
      if (!held()) return;
      if (stopped.type === "pointerup") drop();
      else cancel();
    };
    const escape = (pressed) => pressed.key === "Escape" && stop(pressed);
    button.addEventListener("pointermove", move);
    button.addEventListener("pointerup", stop);
    button.addEventListener("pointercancel", stop);
    document.addEventListener("keydown", escape);
  });
}

function scroll(y) {
  if (y < EDGE) window.scrollBy(0, -12);
  if (y > window.innerHeight - EDGE) window.scrollBy(0, 12);
}

/** Moves the line with what is below it, on the page alone. */
function show(line, slot) {
  const block = [line, ...descendants(line)];
  const change = slot.depth - Number(line.dataset.depth);
  slot.place(block);
  for (const one of block) depth(one, Number(one.dataset.depth) + change);
}

function depth(line, to) {
  line.classList.remove(`rb-item--depth-${line.dataset.depth}`);
  line.dataset.depth = String(to);
  line.classList.add(`rb-item--depth-${to}`);
}

/** How to put the line back where it is now. */
function remember(line) {
  const block = [line, ...descendants(line)];
  const depths = block.map((one) => Number(one.dataset.depth));
  const [parent, next] = [line.parentElement, block.at(-1).nextSibling];
  return () => {
    for (const [n, one] of block.entries()) {
      parent.insertBefore(one, next);
      depth(one, depths[n]);
    }
  };
}

/** `Duty 3 of 12`, with the heading that it would stand under. */
function said(line, slot) {
  const kind = line.dataset.kindName;
  return `${kind} ${slot.position + 1} of ${slot.of}${slot.name ? `, in ${slot.name}` : ""}`;
}

function send(line, slot) {
  const form = document.createElement("form");
  form.method = "post";
  form.action = `${window.location.pathname.replace(/\/edit$/, "")}/items/${line.dataset.item}/move`;
  const key = document.querySelector("input[name=key]")?.value ?? "";
  for (const [name, value] of Object.entries({ key, under: slot.under, position: String(slot.position) })) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  try {
    window.sessionStorage.setItem(FOCUS, line.dataset.item);
  } catch {
    // The focus begins at the line then.
  }
  document.body.append(form);
  form.requestSubmit();
}

/** After the move the focus is on the same handle, once the browser is done with the address. */
function focusAgain(root) {
  const focus = () => {
    try {
      const item = window.sessionStorage.getItem(FOCUS);
      window.sessionStorage.removeItem(FOCUS);
      if (item) root.querySelector(`li[data-item="${Number(item)}"] > .rb-handle`)?.focus({ preventScroll: true });
    } catch {
      // A browser without storage remembers no handle.
    }
  };
  if (document.readyState === "complete") setTimeout(focus);
  else window.addEventListener("load", () => setTimeout(focus));
}
