// Pasting from Word, a mail or a web page. What the clipboard holds as HTML is thinned out here and read by the
// server; without script the plain text is read in the same way.

import { announce } from "./announce.js";
import { insert } from "./rich-text.js";

const MOST = 1024 * 1024; // characters that the server reads at once

export function readPastes(root) {
  for (const form of root.querySelectorAll('form[data-paste="list"]')) intoList(form);
  for (const field of root.querySelectorAll("textarea[data-rich]")) {
    if (field.form?.closest("section[id^=section-]")) intoItem(field);
  }
}

/** On the page for lists the HTML goes along with the form, until the text is changed by hand. */
function intoList(form) {
  const [text, html] = [form.elements.text, form.elements.html];
  let pasting = false;
  text.addEventListener("paste", (event) => {
    const found = clipboard(event);
    const whole = text.selectionStart === 0 && text.selectionEnd === text.value.length;
    pasting = true;
    html.value = found && whole ? found : "";
    setTimeout(() => (pasting = false));
  });
  text.addEventListener("input", () => {
    if (!pasting) html.value = "";
  });
}

/** In an item the words come with their marks, a line for each entry. */
function intoItem(field) {
  field.addEventListener("paste", async (event) => {
    const html = clipboard(event);
    if (!html || !/<(li|table|b|strong|i|em|a)\b|mso-list|font-weight|font-style/i.test(html)) return;
    const plain = event.clipboardData.getData("text/plain");
    event.preventDefault();
    const [start, end] = [field.selectionStart, field.selectionEnd];
    const read = await lines(field, html);
    insert(field, start, end, read ? read.text : plain);
    if (read) tell(field, read);
  });
}

async function lines(field, html) {
  const section = field.form.closest("section[id^=section-]").id.replace("section-", "");
  const address = `${window.location.pathname.replace(/\/edit$/, "")}/sections/${section}/paste`;
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ do: "read", html }) });
    if (!answer.ok) return null;
    const [dropped, ...rest] = (await answer.text()).split("\n");
    return { dropped, text: rest.join("\n"), count: rest.length };
  } catch {
    return null;
  }
}

/** What was left out, and what a list can become. */
function tell(field, { dropped, count }) {
  let note = field.parentElement.querySelector(".rb-pasted");
  if (!note) {
    note = document.createElement("p");
    note.className = "rb-pasted rb-quiet rb-small";
    field.after(note);
  }
  const left = dropped ? `Left out: ${dropped}. ` : "";
  const list = count > 1 ? `${count} lines: to make each a line of its own, save this and choose “Split”.` : "";
  note.textContent = `Pasted. ${left}${list}`;
  announce(note.textContent);
}

/**
 * The clipboard's HTML without what is of no use; nothing where there is none or too much. It is never made a page of,
 * not even an unseen one: the server reads it as text.
 */
function clipboard(event) {
  const html = event.clipboardData?.getData("text/html") ?? "";
  const thinned = html
    .replace(/<(style|xml)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\ssrc\s*=\s*("[^"]*"|'[^']*')/gi, "");
  return thinned.length > MOST ? "" : thinned;
}
