// Chance that can be had again: everything that the run decides comes from one printed seed.

/** Mulberry32, the small public-domain generator: good enough to choose what to break next. */
export function random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    /** A number from 0 up to below 1. */
    next,
    /** A whole number from 0 up to below `limit`. */
    below: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)],
    shuffled: (list) => {
      const out = [...list];
      for (let at = out.length - 1; at > 0; at -= 1) {
        const other = Math.floor(next() * (at + 1));
        [out[at], out[other]] = [out[other], out[at]];
      }
      return out;
    },
  };
}
