// Where a line of the editor may be put: among its like, under every section and heading that takes its kind.

/** The lines that stand below this one. */
export function descendants(line) {
  const below = [];
  const depth = Number(line.dataset.depth);
  for (let next = line.nextElementSibling; next; next = next.nextElementSibling) {
    if (!next.dataset.item || Number(next.dataset.depth) <= depth) break;
    below.push(next);
  }
  return below;
}

/** Every place for the line, in the order of the page. Positions count from 0, the line itself apart. */
export function slots(line) {
  const own = new Set([line, ...descendants(line)]);
  const all = [];
  for (const list of document.querySelectorAll("ol[data-under]")) {
    const lines = [...list.querySelectorAll(":scope > li[data-item]")].filter((one) => !own.has(one));
    if (takes(list, line)) all.push(...under(list, null, lines, line));
    for (const heading of lines.filter((one) => takes(one, line) && isPlace(one, line))) {
      all.push(...under(list, heading, lines, line));
    }
  }
  return inOrder(all);
}

/** Headings, and the line that it stands below now: not every duty, or a list would have twice its places. */
function isPlace(other, line) {
  return other.dataset.heading === "yes" || `item-${other.dataset.item}` === line.dataset.under;
}

function takes(place, line) {
  return (place.dataset.takes ?? "").split(" ").includes(line.dataset.kind);
}

function under(list, heading, lines, line) {
  const word = heading ? `item-${heading.dataset.item}` : list.dataset.under;
  const depth = heading ? Number(heading.dataset.depth) + 1 : 0;
  const children = lines.filter((one) => one.dataset.under === word);
  const name = heading ? heading.dataset.words : list.dataset.name;
  const here = line.dataset.under === word ? Number(line.dataset.position) - 1 : -1;
  return Array.from({ length: children.length + 1 }, (_, position) => {
    const before = children[position] ?? null;
    const last = children[position - 1] ?? heading;
    return {
      under: word,
      position,
      of: children.length + 1,
      depth,
      name,
      here: position === here,
      before,
      last,
      list,
      place: (block) => put(list, block, before, last),
    };
  });
}

/** Before a line, or after another and what stands below that, or at the list's end. */
function put(list, block, before, last) {
  const after = last ? ([...descendants(last)].filter((one) => !block.includes(one)).at(-1) ?? last) : null;
  const next = before ?? (after ? after.nextSibling : list.firstChild);
  for (const one of block) list.insertBefore(one, next);
}

/** A place at the end of a heading comes before the place after that heading. */
function inOrder(all) {
  return all.map((slot, n) => ({ slot, n, y: edge(slot) })).sort((a, b) => a.y - b.y || b.slot.depth - a.slot.depth || a.n - b.n).map(({ slot }) => slot);
}

/** How far down the page a line put there would begin. */
function edge({ before, last, list }) {
  if (before) return before.getBoundingClientRect().top + window.scrollY;
  const end = last ? ([...descendants(last)].at(-1) ?? last) : null;
  return (end ? end.getBoundingClientRect().bottom : list.getBoundingClientRect().top) + window.scrollY;
}

/** The place nearest to a height of the window, with where its rule is drawn. */
export function nearest(all, y, line) {
  const width = line.parentElement.getBoundingClientRect().width;
  let best = { index: 0, distance: Infinity };
  all.forEach((slot, index) => {
    const top = edge(slot) - window.scrollY;
    const distance = Math.abs(top - y);
    if (distance < best.distance) {
      const left = slot.list.getBoundingClientRect().left + slot.depth * 24;
      best = { index, distance, y: top, left, width: width - slot.depth * 24 };
    }
  });
  return best;
}
