// Stops a second press of a button from sending a form twice. The button is
// marked, not disabled: a disabled button's own name and value would not be sent.
// Forms that answer with a download carry data-again, for their page stays.

const HOLD = 8000; // milliseconds; then a press counts again, in case nothing answered

export function holdSecondPress(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || "again" in form.dataset) {
      return;
    }
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    mark(form, event.submitter);
    setTimeout(() => release(form), HOLD);
  });
  // A page that comes back from the browser's memory is fresh again.
  window.addEventListener("pageshow", () => root.querySelectorAll("form[data-sent]").forEach(release));
}

function mark(form, button) {
  button?.setAttribute("aria-disabled", "true");
}

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll('[aria-disabled="true"]').forEach((button) => button.removeAttribute("aria-disabled"));
}
