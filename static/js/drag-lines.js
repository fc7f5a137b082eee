// Lines without a place can be dragged onto one. Each line's list of places says the same, and works without a mouse.

const SHOWN = "rb-drop--shown";

/** Makes the lines of every such list draggable. */
export function dragLines(root) {
  for (const list of root.querySelectorAll("[data-drag-lines]")) {
    const first = list.querySelector("select");
    if (!first) continue;
    const panel = places(first);
    list.after(panel);
    for (const row of list.children) {
      if (row.querySelector("select")) draggable(row, panel);
    }
  }
}

/** The places as targets; for the mouse alone, so that ears and keyboards meet each choice once. */
function places(select) {
  const panel = document.createElement("div");
  panel.className = "rb-drop";
  panel.setAttribute("aria-hidden", "true");
  for (const option of select.options) {
    const target = document.createElement("p");
    target.textContent = option.text;
    target.dataset.place = option.value;
    panel.append(target);
  }
  panel.addEventListener("dragover", (event) => {
    const target = event.target.closest("[data-place]");
    if (!target) return;
    event.preventDefault();
    for (const other of panel.children) other.classList.toggle("rb-drop__over", other === target);
  });
  return panel;
}

function draggable(row, panel) {
  const grip = row.querySelector(".rb-import__from");
  grip.draggable = true;
  grip.classList.add("rb-drag");
  grip.addEventListener("dragstart", (event) => {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", grip.textContent.trim());
    panel.classList.add(SHOWN);
    panel.ondrop = (drop) => {
      const target = drop.target.closest("[data-place]");
      if (!target) return;
      drop.preventDefault();
      const select = row.querySelector("select");
      select.value = target.dataset.place;
      row.classList.toggle("rb-import__row--dropped", select.value === "");
      select.focus();
    };
  });
  grip.addEventListener("dragend", () => {
    panel.classList.remove(SHOWN);
    for (const target of panel.children) target.classList.remove("rb-drop__over");
  });
}
