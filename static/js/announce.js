// The page's one polite voice: what script has to say is read out when the reader pauses.

let voice;

/** Makes the voice; it has to be there before it first speaks. */
export function giveVoice(root) {
  voice = root.createElement("p");
  voice.className = "govuk-visually-hidden";
  voice.setAttribute("role", "status");
  root.querySelector("main")?.append(voice);
}

export function announce(words) {
  if (voice && voice.textContent !== words) {
    voice.textContent = words;
  }
}
