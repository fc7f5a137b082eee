// An author without a browser: types into items of a draft, keeps what is not saved, and tries again, as the editor's
// script does. What waits here stands for the copy on the device, which the authors in Chromium use for real.
import { setTimeout as sleep } from "node:timers/promises";
import { form, Visitor } from "./portal.js";
import { wordsOf } from "./journal.js";

const PASSWORD = "harbour lantern teaspoon";
/** How long something may take to be saved, interruptions and all, in milliseconds. */
const LONGEST = 60_000;

export class Author {
  /** Something strikes within so many milliseconds of a save: about as long as one takes. */
  strike = 25;

  constructor(base, person, journal) {
    this.visitor = new Visitor(base, `chaos-${person.name}-${Author.number++}`);
    Object.assign(this, { person, journal });
    /** By item: the address of its form, its fields, and what is typed and not yet called saved. */
    this.items = new Map();
    this.met = { conflict: 0, expired: 0, away: 0 };
  }

  signIn() {
    return this.patiently(() => this.visitor.signIn(this.person.email, PASSWORD));
  }

  /** Starts a profile; answers the path of its draft. */
  async startDraft(unit) {
    const path = `/staff/${this.person.employer}/profiles/new`;
    const page = await this.read(path);
    const { action, fields } = form(page, path, "/profiles/new");
    const [, id] = page.match(new RegExp(`<option value="(\\d+)"[^>]*>[^<]*${unit}`));
    const answer = await this.send(action, { ...fields, title: `Chaos ${this.visitor.name}`, unit: id });
    return answer.at.split(/[?#]/)[0].replace(/\/edit$/, "");
  }

  /** Adds an item with a word of its own to the first section that takes duties. */
  async add(draft) {
    const editor = await this.read(`${draft}/edit`);
    const [, query] = editor.match(/href="[^"]*\/edit\?(section=\d+&(?:amp;|#38;)?add=duty)[^"]*"/);
    const path = `${draft}/edit?${query.replace(/&(amp|#38);/, "&")}`;
    const { action, fields } = form(await this.read(path), path, "/items");
    const text = `Does ${this.journal.word(this.visitor.name)}`;
    await this.send(action, { ...fields, text });
    this.journal.saved(text);
  }

  /** The items of a draft that this author will type into. */
  async open(draft) {
    const editor = await this.read(`${draft}/edit`);
    const ids = [...editor.matchAll(/\/items\/(\d+)\/save|[?&;]item=(\d+)/g)].map((found) => found[1] ?? found[2]);
    for (const id of new Set(ids)) await this.load(draft, id);
  }

  /** It has everything open all the time. */
  async ready() {}

  async load(draft, id) {
    const path = `${draft}/edit?item=${id}`;
    const found = form(await this.read(path), path, `/items/${id}/save`);
    const [action, fields] = [found.action, found.fields];
    // As the editor's script does, each save of a page is the page's key and a count.
    this.items.set(id, { draft, id, action, fields, page: fields.key, saves: 0, isWaiting: false });
  }

  type(id) {
    const item = this.items.get(id);
    change(item, `${item.fields.text} ${this.journal.word(this.visitor.name)}`);
  }

  /** Saves until it is saved; what went wrong on the way is counted in `met`. */
  async save(id) {
    const until = Date.now() + LONGEST;
    while (this.items.get(id).isWaiting) {
      if (Date.now() > until) throw new Error(`${this.visitor.name} could not save item ${id} in a minute.`);
      await this.trySaving(id);
    }
  }

  async trySaving(id) {
    const item = this.items.get(id);
    const { fields } = item;
    const answer = await this.visitor.post(item.action, fields, { wantsJson: true }).catch(() => undefined);
    switch (answer?.status) {
      case 200: {
        const said = JSON.parse(answer.text);
        this.journal.saved(fields.text);
        item.fields = { ...item.fields, revision: String(said.revision) };
        item.isWaiting = item.fields.text !== fields.text;
        return;
      }
      case 401:
        this.met.expired += 1;
        await this.signIn();
        return;
      case 409:
        this.met.conflict += 1;
        await this.takeBoth(item);
        return;
      case undefined:
      case 500:
      case 503:
        this.met.away += 1;
        await sleep(40);
        return;
      default:
        throw new Error(`${item.action} answered ${answer.status}: ${answer.text.slice(0, 300)}`);
    }
  }

  /** Somebody else saved it: theirs, and after it what only we have. */
  async takeBoth(item) {
    const mine = item.fields.text;
    await this.load(item.draft, item.id);
    const theirs = this.items.get(item.id);
    const missing = wordsOf(mine).filter((word) => !theirs.fields.text.includes(word));
    if (missing.length > 0) change(theirs, [theirs.fields.text, ...missing].join(" "));
    else this.journal.saved(mine);
  }

  /** Texts that are typed and not called saved. */
  waiting() {
    return [...this.items.values()].filter((item) => item.isWaiting).map((item) => item.fields.text);
  }

  async read(path) {
    return this.patiently(async () => {
      const answer = await this.visitor.get(path);
      if (answer.status === 303) await this.visitor.signIn(this.person.email, PASSWORD);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return answer.text;
    });
  }

  /** Sends a form without script, again and again with the same key, until something is answered. */
  async send(action, fields) {
    return this.patiently(async () => {
      const answer = await this.visitor.post(action, fields);
      if (answer.status === 303 && !answer.at.startsWith("/sign-in")) return answer;
      if (answer.status === 303 || answer.status === 401) await this.visitor.signIn(this.person.email, PASSWORD);
      throw new Error(`${action} answered ${answer.status}`);
    });
  }

  async patiently(attempt) {
    const until = Date.now() + LONGEST;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (Date.now() > until) throw error;
        await sleep(50);
      }
    }
  }
}
Author.number = 1;

/** New words in an item, to be saved as the next save of its page. */
function change(item, text) {
  item.saves += 1;
  item.fields = { ...item.fields, text, key: `${item.page}-${item.saves}` };
  item.isWaiting = true;
}
