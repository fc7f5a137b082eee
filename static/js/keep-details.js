// Remembers on this device whether a <details data-keep="key"> stood open.

export function keepDetails(root) {
  for (const details of root.querySelectorAll("details[data-keep]")) {
    const key = `rolebook.open.${details.dataset.keep}`;
    const kept = recall(key);
    if (kept) {
      details.open = kept === "yes";
    }
    details.addEventListener("toggle", () => remember(key, details.open ? "yes" : "no"));
  }
}

// A browser may refuse storage (private windows, policy); then nothing is remembered.
function recall(key) {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    // Nothing to do: remembering is a convenience.
  }
}
