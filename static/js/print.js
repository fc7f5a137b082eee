// Shows the print buttons, which stay hidden where script does not run.

export function offerPrinting(root) {
  for (const button of root.querySelectorAll("button[data-print]")) {
    button.hidden = false;
    if (button.parentElement.matches("li[hidden]")) {
      button.parentElement.hidden = false;
    }
    button.addEventListener("click", () => window.print());
  }
}
