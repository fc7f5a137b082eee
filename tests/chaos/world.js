// Everything that takes part: the database, the server, the proxy before it, and the people who type.
import { Author } from "./author.js";
import { BrowserAuthor, openChromium } from "./browser.js";
import { plantFault } from "./faults.js";
import { KINDS } from "./interruptions.js";
import { Journal } from "./journal.js";
import { Postgres } from "./postgres.js";
import { Proxy } from "./proxy.js";
import { random } from "./random.js";
import { Server, freePort } from "./server.js";

/** Both are authors of the trust; the second for one unit alone, in which the drafts are. */
const AMARA = { name: "amara", email: "amara.okafor@calder-vale.example", employer: "calder-vale" };
const RHYS = { name: "rhys", email: "rhys.morgan@calder-vale.example", employer: "calder-vale" };
const UNIT = "Adult Community";
/** Items of a draft at the start. */
const ITEMS = 4;
/** How often one interruption is tried until it really happens. */
const TRIES = 4;

export class World {
  constructor(program, folder, options) {
    Object.assign(this, { program, folder, options });
    this.chance = random(options.seed);
    this.journal = new Journal();
    this.database = new Postgres(folder);
    this.counts = new Map(Object.keys(options.wanted).map((kind) => [kind, { http: 0, chromium: 0 }]));
    this.started = Date.now();
  }

  async begin() {
    const [outer, inner] = [await freePort(), await freePort()];
    this.base = `http://127.0.0.1:${outer}`;
    await this.database.create();
    this.server = new Server(this.program, this.folder, this.database, inner, this.base);
    await this.server.start();
    this.proxy = new Proxy(outer, inner);
    await this.proxy.listen();
    plantFault(this);
    this.chromium = await openChromium();
    this.authors = [await this.author(AMARA), await this.author(RHYS)];
    this.browserAuthors = [await this.browserAuthor(AMARA), await this.browserAuthor(RHYS)];
  }

  /** An author with a draft of their own that has some items. */
  async author(person) {
    const author = new Author(this.base, person, this.journal);
    await author.signIn();
    author.draft = await author.startDraft(UNIT);
    for (let n = 0; n < ITEMS; n += 1) await author.add(author.draft);
    await author.open(author.draft);
    author.typeAndSave = (id) => {
      author.type(id);
      return author.save(id);
    };
    return author;
  }

  async browserAuthor(person) {
    const helper = await this.author(person);
    const author = new BrowserAuthor(this, person, helper.draft, [...helper.items.keys()]);
    await author.open();
    return author;
  }

  /** One interruption of this kind, tried until it happens. */
  async meet(kind, chromium) {
    this.journal.during = kind;
    const author = this.chance.pick(chromium ? this.browserAuthors : this.authors);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const id = this.chance.pick([...author.items.keys()]);
      if (await KINDS[kind](this, author, id)) {
        this.counts.get(kind)[chromium ? "chromium" : "http"] += 1;
        return;
      }
    }
  }

  async restart() {
    await this.server.kill();
    await this.server.start();
  }

  /** Ends every session of a person, as signing out elsewhere or waiting too long does. */
  async endSessions({ email }) {
    await this.database.sql(
      `delete from session where person_id = (select id from person where email = '${email}'); delete from attempt`,
    );
  }

  /** The other one of the two saves a word of theirs into that item. */
  async somebodyElseSaves(author, id) {
    const person = author.person.email === AMARA.email ? RHYS : AMARA;
    const other = this.others?.get(person.name) ?? new Author(this.base, person, this.journal);
    if (!this.others?.has(person.name)) {
      await other.signIn();
      this.others = new Map(this.others).set(person.name, other);
    }
    await other.load(author.draft, id);
    other.type(id);
    await other.save(id);
    other.items.delete(id);
  }

  /** Everybody finishes; then what is there is compared with what was typed. */
  async end() {
    for (const author of this.authors) for (const id of author.items.keys()) await author.save(id);
    const offered = this.authors.flatMap((author) => author.waiting());
    for (const author of this.browserAuthors) offered.push(...(await author.finish()));
    const held = await this.database.sql("select item_id || ': ' || replace(text, chr(10), ' / ') from item");
    return this.journal.verdict(held.split("\n"), offered);
  }

  seconds() {
    return Math.round((Date.now() - this.started) / 1000);
  }

  /** Kinds that happened less often than they were to. */
  missed() {
    return Object.entries(this.options.wanted).flatMap(([kind, [http, chromium]]) => {
      const met = this.counts.get(kind);
      return met.http < http || met.chromium < chromium ? [`${kind}: ${met.http} and ${met.chromium} in Chromium`] : [];
    });
  }

  async close() {
    await this.chromium?.close();
    await this.proxy?.close();
    await this.server?.kill();
    if (this.database.process && this.database.process.exitCode === null) await this.database.stopAtOnce();
  }
}
