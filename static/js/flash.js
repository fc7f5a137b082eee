// Moves the focus to the flash after an act, so that it is heard and the keyboard
// starts there. An error summary has the first claim; so has a link into the page.

export function focusFlash(root) {
  const flash = root.getElementById("flash");
  if (flash && !root.querySelector(".govuk-error-summary") && !window.location.hash) {
    flash.focus({ preventScroll: true });
  }
}
