// What was typed, what the interface called saved, and whether all of it is there in the end.
// Everybody types words that occur once in the world, so that a word tells who typed it, and a second one is a defect.

const WORD = /\bzq[0-9a-z]+qz\b/g;

export class Journal {
  constructor() {
    this.words = new Map();
    /** What is being tried, for the report. */
    this.during = "the beginning";
  }

  /** A word for somebody to type. */
  word(who) {
    const word = `zq${this.words.size.toString(36)}qz`;
    this.words.set(word, { who, saved: false, during: this.during });
    return word;
  }

  /** The interface said that this text is saved. */
  saved(text) {
    for (const word of wordsOf(text)) {
      const known = this.words.get(word);
      if (known) known.saved = true;
    }
  }

  /** Compares with what the drafts hold (all texts) and what is offered to be saved (all texts). */
  verdict(held, offered) {
    const times = new Map();
    for (const word of held.flatMap(wordsOf)) times.set(word, (times.get(word) ?? 0) + 1);
    const waiting = new Set(offered.flatMap(wordsOf));
    const all = [...this.words];
    const lost = all.filter(([word, { saved }]) => !times.has(word) && (saved || !waiting.has(word)));
    return {
      typed: all.length,
      saved: all.filter(([, { saved }]) => saved).length,
      there: times.size,
      offered: all.filter(([word]) => !times.has(word) && waiting.has(word)).length,
      twice: [...times].filter(([, count]) => count > 1).map(([word]) => `${word} in ${places(held, word)}`),
      lost: lost.map(
        ([word, { who, saved, during }]) => `${word} of ${who} during "${during}", ${saved ? "called" : "not called"} saved`,
      ),
      charactersLost: lost.reduce((sum, [word]) => sum + word.length, 0),
    };
  }
}

function places(held, word) {
  const texts = held.filter((text) => text.includes(word));
  return texts.map((text) => text.slice(0, 160)).join(" | ");
}

export function wordsOf(text) {
  return text.match(WORD) ?? [];
}
