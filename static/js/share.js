// Offers the device's own way of sharing a page, or to copy its address. Without script there is a link to send it.

export function offerSharing(root) {
  for (const button of root.querySelectorAll("button[data-share]")) {
    if (!navigator.share && !navigator.clipboard) {
      continue;
    }
    button.closest("li").hidden = false;
    button.addEventListener("click", () => share(button));
  }
}

async function share(button) {
  const url = button.dataset.share;
  try {
    if (navigator.share) {
      await navigator.share({ title: document.title, url });
      return;
    }
    await navigator.clipboard.writeText(url);
    say(button, "Address copied");
  } catch {
    // The reader closed the device's own window, or the browser refuses: nothing was shared.
  }
}

function say(button, words) {
  const note = document.createElement("span");
  note.setAttribute("role", "status");
  note.className = "rb-quiet";
  button.after(" ", note);
  note.textContent = words;
}
