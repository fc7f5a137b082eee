// Says something to those who listen: one live region for the page.

let region = null;

export function announce(words) {
  if (!region) {
    region = document.createElement("p");
    region.className = "govuk-visually-hidden";
    region.setAttribute("role", "status");
    region.setAttribute("aria-live", "assertive");
    document.querySelector("main").append(region);
  }
  // The same words twice would be heard once.
  region.textContent = "";
  setTimeout(() => (region.textContent = words), 20);
}
