// Shows the print buttons, which stay hidden where script does not run; and unfolds on
// paper what is folded on screen, where the style sheet can't.

export function offerPrinting(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = [...root.querySelectorAll("details.rb-folded:not([open])")];
    unfolded.forEach((details) => (details.open = true));
  });
  window.addEventListener("afterprint", () => unfolded.forEach((details) => (details.open = false)));
}
