// A line that opens takes the keyboard into its text, and what was said about a line stands at that line.
// Without script the message is at the top of the page and the place in the page is the line's own.

export function startAtTheLine(root) {
  const line = root.getElementById(window.location.hash.slice(1));
  if (!line?.closest(".rb-editor") || root.querySelector(".govuk-error-summary")) return;
  moveFlash(root, line);
  if (line.classList.contains("rb-item--open")) afterTheJump(() => focusText(line));
}

/** Browsers take the focus away once more when they go to the line, as the page has loaded. */
function afterTheJump(act) {
  if (document.readyState === "complete") setTimeout(act);
  else window.addEventListener("load", () => setTimeout(act), { once: true });
}

/** The page is long: at its top nobody would see what happened, nor the way to undo it. */
function moveFlash(root, line) {
  const flash = root.getElementById("flash");
  if (!flash) return;
  const heading = line.querySelector(":scope > h2");
  if (heading) heading.after(flash);
  else line.prepend(flash);
}

function focusText(line) {
  const field = line.querySelector("textarea, input[type=text]");
  if (!field) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}
