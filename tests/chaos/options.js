// How much of what, and from which seed: CHAOS_SEED, CHAOS=short for the run in `make test`, CHAOS_FAULT to see it red.

/** Interruptions of each kind: through HTTP and through Chromium. The least that a full run is asked for is below. */
const FULL = {
  "server killed": [85, 40],
  "database stopped": [45, 20],
  "response lost": [170, 50],
  "request repeated": [110, 25],
  "request reordered": [110, 25],
  "session ended": [140, 40],
  "two people": [130, 30],
  "tab closed": [0, 30],
};
const SHORT = {
  "server killed": [3, 2],
  "database stopped": [2, 1],
  "response lost": [6, 2],
  "request repeated": [4, 1],
  "request reordered": [4, 1],
  "session ended": [3, 2],
  "two people": [4, 2],
  "tab closed": [0, 2],
};

export const FAULTS = {
  "skip-local-copy": "the browser keeps no copy of what is typed",
  "ignore-revision": "a save names whatever revision stands there",
  "drop-key": "a save has no key, so that a repeat is not known as one",
};

export function readOptions(env) {
  const fault = env.CHAOS_FAULT || undefined;
  if (fault && !FAULTS[fault]) throw new Error(`CHAOS_FAULT is one of: ${Object.keys(FAULTS).join(", ")}.`);
  const seed = env.CHAOS_SEED ? Number(env.CHAOS_SEED) : Date.now() % 1_000_000_000;
  if (!Number.isInteger(seed)) throw new Error("CHAOS_SEED is a whole number.");
  return { seed, fault, wanted: env.CHAOS === "short" ? SHORT : FULL };
}

/** The interruptions in an order by chance. */
export function plan({ wanted }, chance) {
  const list = Object.entries(wanted).flatMap(([kind, [http, chromium]]) => [
    ...Array.from({ length: http }, () => ({ kind, chromium: false })),
    ...Array.from({ length: chromium }, () => ({ kind, chromium: true })),
  ]);
  return chance.shuffled(list);
}
