// Says below a text how many words it has, beside how many work best. Without
// script it says how many there were when the page was made.
//
// src/domain/advert/gate.rs says the same sentences.

const PAUSE = 600; // milliseconds without a key, so that a screen reader is not told of every letter

export function countWords(root) {
  for (const note of root.querySelectorAll("[data-words]")) {
    const field = root.getElementById(note.dataset.words);
    if (!field) {
      continue;
    }
    const [least, most] = [Number(note.dataset.least), Number(note.dataset.most)];
    let waiting;
    const say = () => {
      note.textContent = sentence(words(field.value), least, most);
    };
    say();
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(say, PAUSE);
    });
  }
}

function words(text) {
  return text.split(/\s+/).filter((word) => word !== "").length;
}

function sentence(number, least, most) {
  const said = number === 1 ? "1 word" : `${number} words`;
  if (number < least) {
    return `${said}. ${least} to ${most} work best: ${least - number} more to go.`;
  }
  if (number > most) {
    return `${said}. ${least} to ${most} work best: ${number - most} too many.`;
  }
  return `${said}: a good length.`;
}
