// Copies on this device of what is being typed. Each belongs to one person, one version
// and one form of one page, so that nobody else who uses the device is shown it, and
// two tabs do not write over one another.

const PREFIX = "rolebook.copy";
const VERSION = /^\/staff\/[^/]+\/profiles\/[^/]+\/versions\/\d+/;

/** Whose copies these are: the person and the version's address; none on other pages. */
export function owner() {
  const version = window.location.pathname.match(VERSION)?.[0];
  const person = document.body.dataset.person;
  return person && version ? { person, version } : null;
}

/** The name of a copy: what it is of, the page that it was typed on, and which of its forms. */
export function nameOf(what, page, nth) {
  const { person, version } = owner();
  return [PREFIX, person, version, what, page, nth].join("|");
}

/** Keeps a copy; false where the device refuses, because it is full or was told to. */
export function keep(name, copy) {
  try {
    window.localStorage.setItem(name, JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

export function forget(name) {
  try {
    window.localStorage.removeItem(name);
  } catch {
    // What can't be reached can't be shown to anybody either.
  }
}

/** Every copy of this person and version, the newest first: `{name, what, page, copy}`. */
export function copies() {
  const { person, version } = owner();
  const start = `${[PREFIX, person, version].join("|")}|`;
  const found = names()
    .filter((name) => name.startsWith(start))
    .map((name) => {
      const [what, page] = name.slice(start.length).split("|");
      return { name, what, page, copy: read(name) };
    });
  return found.filter((one) => one.copy).sort((one, other) => other.copy.at - one.copy.at);
}

function names() {
  try {
    return Object.keys(window.localStorage);
  } catch {
    return [];
  }
}

function read(name) {
  try {
    return JSON.parse(window.localStorage.getItem(name));
  } catch {
    return null;
  }
}

/** Says to other tabs that this page is open, so that they leave its copies to it. */
export function holdPage(page) {
  window.navigator.locks?.request(`${PREFIX}.${page}`, () => new Promise(() => {})).catch(() => {});
}

/** The pages that other tabs have open. */
export async function openPages() {
  const { held = [] } = (await window.navigator.locks?.query()) ?? {};
  return new Set(held.map((lock) => lock.name.slice(PREFIX.length + 1)));
}
