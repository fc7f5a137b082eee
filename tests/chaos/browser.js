// An author in Chromium, who sees only what the page says: types, reads the words beside the form, and goes back to
// what is offered when something went wrong.
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "@playwright/test";

const PASSWORD = "harbour lantern teaspoon";
/** How long something may take to be saved, interruptions and all, in milliseconds. */
const LONGEST = 60_000;
const STEP = 8_000; // milliseconds for one thing on a page

export function openChromium() {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  return chromium.launch({ executablePath: "/usr/bin/chromium", args });
}

export class BrowserAuthor {
  /** Something strikes within so many milliseconds: a save comes 1.5 s after the last key. */
  strike = 2_500;
  met = { conflict: 0, expired: 0 };

  constructor(world, person, draft, ids) {
    Object.assign(this, { world, person, draft, journal: world.journal });
    this.visitor = { name: `chaos-chromium-${person.name}` };
    this.items = new Map(ids.map((id) => [id, {}]));
  }

  async open() {
    this.context = await this.world.chromium.newContext({
      baseURL: this.world.base,
      userAgent: `Mozilla/5.0 (X11; Linux x86_64) Chrome/140 ${this.visitor.name}`,
      locale: "en-GB",
    });
    this.context.setDefaultTimeout(STEP);
    if (this.world.options.fault === "skip-local-copy") await this.context.addInitScript(forgetful);
    await this.newTab();
  }

  async newTab() {
    const before = this.page;
    this.page = await this.context.newPage();
    this.page.on("dialog", (dialog) => dialog.accept().catch(() => {}));
    await before?.close({ runBeforeUnload: false });
  }

  /** Opens the line in place, with everything settled that was offered before. */
  async ready(id) {
    const field = this.field(id);
    if (await field.isVisible().catch(() => false)) return;
    await this.recover();
    await this.go(`${this.draft}/edit?item=${id}`);
    await field.waitFor();
  }

  field(id) {
    return this.page.locator(`#item-${id} textarea[name=text]`);
  }

  async typeAndSave(id) {
    await this.patiently(() => this.ready(id));
    const word = this.journal.word(this.visitor.name);
    const field = this.field(id);
    await field.press("Control+End");
    await field.pressSequentially(` ${word}`);
    await this.page.evaluate(() => (document.querySelector(".rb-saving").dataset.state = "typed"));
    if (this.world.chance.below(2) === 0) await field.blur();
    await this.settle(id);
  }

  /** Until the page says that it is saved, or has led to where that is decided. */
  async settle(id) {
    const until = Date.now() + LONGEST;
    for (;;) {
      if (Date.now() > until) throw new Error(`${this.visitor.name} could not save item ${id} in a minute.`);
      switch (await this.state()) {
        case "saved":
          this.journal.saved(await this.field(id).inputValue());
          return;
        case "out":
          this.met.expired += 1;
          return this.patiently(() => this.recover());
        case "conflict":
          this.met.conflict += 1;
          await this.page.locator(".rb-saving button").click();
          return this.patiently(() => this.recover());
        case "device":
          throw new Error(`The page of item ${id} says: ${await this.page.locator(".rb-saving").textContent()}`);
        case "retry": // what a device says when its network is back
          await this.page.evaluate(() => window.dispatchEvent(new Event("online"))).catch(() => {});
          await sleep(150);
          break;
        default:
          await sleep(60);
      }
    }
  }

  state() {
    const read = () => document.querySelector(".rb-saving")?.dataset.state;
    return this.page.evaluate(read).catch(() => undefined);
  }

  /** Adds a line by its form; what became of a send without an answer, the next page knows. */
  async add(draft) {
    await this.patiently(async () => {
      await this.recover();
      await this.page.getByRole("link", { name: /^Add a duty to/ }).click();
      await this.page.locator("#new textarea").waitFor();
    });
    await this.page.locator("#new textarea").fill(`Does ${this.journal.word(this.visitor.name)}`);
    await this.page.locator("#new").getByRole("button", { name: "Add it" }).click().catch(() => {});
    await sleep(300);
    await this.patiently(() => this.recover(draft));
  }

  /** Types and is gone: the tab is closed before or after it could save. */
  async typeAndClose(id) {
    await this.patiently(() => this.ready(id));
    const field = this.field(id);
    await field.press("Control+End");
    await field.pressSequentially(` ${this.journal.word(this.visitor.name)}`);
    await sleep(250 + this.world.chance.below(2_000));
    if (this.world.chance.below(2) === 0) await this.newTab();
    else await this.page.goBack().catch(() => {});
    await this.patiently(() => this.recover());
  }

  /** Back to the editor, signed in, with everything saved that is offered there. */
  async recover() {
    if ((await this.heading()) === CONFLICT) await this.keepBoth();
    for (let round = 0; round < 12; round += 1) {
      await this.go(`${this.draft}/edit`);
      const press = this.page.locator(".rb-offer").getByRole("button", { name: "Save it" }).first();
      if (!(await this.isOffered(press))) return;
      await Promise.all([this.page.waitForNavigation(), press.click()]);
      if ((await this.heading()) === CONFLICT) await this.keepBoth();
    }
    throw new Error(`${this.visitor.name} is offered the same again and again.`);
  }

  /** Whether something is offered, once the script has found out which copies the server has. */
  async isOffered(press) {
    const copies = (draft) =>
      Object.keys(localStorage).filter((name) => name.startsWith("rolebook.copy") && name.includes(draft)).length;
    for (const until = Date.now() + STEP; Date.now() < until; await sleep(80)) {
      if (await press.isVisible()) return true;
      if ((await this.page.evaluate(copies, this.draft)) === 0) return false;
    }
    return false;
  }

  async keepBoth() {
    const field = this.page.getByLabel("Both texts, to edit");
    // Where both changed the same words the page offers both lines; a person writes them as one.
    const both = [...new Set((await field.inputValue()).split(/\s+/))].join(" ");
    await field.fill(both);
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole("button", { name: "Keep both" }).click()]);
    if ((await this.heading()) !== CONFLICT && this.page.url().includes("/edit")) this.journal.saved(both);
  }

  async heading() {
    return (await this.page.locator("h1").first().textContent({ timeout: 2_000 }).catch(() => ""))?.trim();
  }

  /** Goes there, through signing in where that is asked. */
  async go(path) {
    const response = await this.page.goto(path);
    if (response && response.status() >= 500) throw new Error(`${path} answered ${response.status()}`);
    if (!new URL(this.page.url()).pathname.startsWith("/sign-in")) return;
    await this.page.fill("#email", this.person.email);
    await this.page.fill("#password", PASSWORD);
    await Promise.all([this.page.waitForNavigation(), this.page.getByRole("button", { name: "Sign in" }).click()]);
    await this.page.goto(path);
  }

  async patiently(attempt) {
    const until = Date.now() + LONGEST;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (Date.now() > until) throw error;
        await sleep(150);
      }
    }
  }

  /** Everything settled; answers what is offered even so. */
  async finish() {
    await this.patiently(() => this.recover());
    return this.page.locator(".rb-offer").allTextContents();
  }
}

const CONFLICT = "Somebody else saved this while you were editing it";

/** The planted fault: a device that says it keeps copies and does not. */
function forgetful() {
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    if (!name.startsWith("rolebook.copy")) keep.call(this, name, value);
  };
}
