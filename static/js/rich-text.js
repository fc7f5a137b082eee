// Bold, italic and links in an item's text: three small buttons and Ctrl+B, Ctrl+I, Ctrl+K, which write the marks
// that people may type as well.

const MARKS = [
  { name: "Bold", key: "b", around: (words) => ["**", words || "bold", "**"] },
  { name: "Italic", key: "i", around: (words) => ["*", words || "italic", "*"] },
  { name: "Link", key: "k", around: (words) => ["[", words || "words", "](https://)"] },
];

export function offerRichText(root) {
  for (const field of root.querySelectorAll("textarea[data-rich]")) {
    const bar = document.createElement("div");
    bar.className = "rb-rich";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", "Formatting");
    for (const mark of MARKS) bar.append(button(field, mark));
    field.before(bar);
    field.addEventListener("keydown", (event) => {
      const mark = MARKS.find((one) => one.key === event.key.toLowerCase());
      if (!mark || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      apply(field, mark);
    });
  }
}

function button(field, mark) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `rb-rich__button rb-rich__button--${mark.name.toLowerCase()}`;
  made.textContent = mark.name;
  made.title = `Ctrl+${mark.key.toUpperCase()}`;
  made.setAttribute("aria-controls", field.id);
  made.addEventListener("click", () => apply(field, mark));
  return made;
}

/** Puts the marks around what is selected, without the spaces at its ends, or takes them off again. */
function apply(field, mark) {
  field.focus();
  let [start, end] = [field.selectionStart, field.selectionEnd];
  while (start < end && /\s/.test(field.value[start])) start += 1;
  while (end > start && /\s/.test(field.value[end - 1])) end -= 1;
  const words = field.value.slice(start, end);
  const [open, inside, close] = mark.around(words);
  const marked = mark.name !== "Link" && isMarked(field.value, start, end, open);
  if (marked) {
    insert(field, start - open.length, end + close.length, words);
    field.setSelectionRange(start - open.length, end - open.length);
    return;
  }
  insert(field, start, end, open + inside + close);
  const at = start + open.length;
  if (mark.name === "Link") {
    // The address comes next.
    const from = at + inside.length + 2;
    field.setSelectionRange(from, from + "https://".length);
  } else {
    field.setSelectionRange(at, at + inside.length);
  }
}

function isMarked(text, start, end, mark) {
  const before = text.slice(0, start).match(/\**$/)[0].length;
  const after = text.slice(end).match(/^\**/)[0].length;
  const has = (stars) => (mark === "**" ? stars >= 2 : stars === 1 || stars === 3);
  return has(before) && has(after);
}

/** Through the browser's own editing where it can, so that its undo knows of it. */
export function insert(field, start, end, text) {
  field.focus();
  field.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
