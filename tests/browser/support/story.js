// What every story starts from: pages of signed-in people, names of its own, and a watch on what goes wrong unseen.
import { expect, test as base } from "@playwright/test";
import { PASSWORD } from "./people.js";

/** Sessions are kept from story to story: signing in over and over would meet the limit on tries. */
const sessions = new Map();

export const test = base.extend({
  /** as(person) opens a window of theirs; as() one of nobody's. Every window is watched. */
  as: async ({ browser, contextOptions, javaScriptEnabled }, use, info) => {
    const contexts = [];
    const troubles = [];
    await use(async (person) => {
      const key = person && `${info.project.name}: ${person.email}`;
      const storageState = sessions.get(key);
      const context = await browser.newContext({ ...contextOptions, javaScriptEnabled, storageState });
      contexts.push(context);
      watch(context, troubles);
      const page = await context.newPage();
      if (person && !storageState) {
        await page.goto("/sign-in");
        await signIn(page, person);
        sessions.set(key, await context.storageState());
      }
      return page;
    });
    for (const context of contexts) await context.close();
    expect.soft(troubles, "what the browser reported beside the story").toEqual([]);
  },

  /** Tells this run's things from those of other runs on the same server. */
  mark: async ({}, use, info) => {
    const when = Date.now().toString(36).slice(-5);
    await use(`${info.project.name === "script on" ? "on" : "off"} ${when}`);
  },

  scripted: async ({}, use, info) => use(info.project.name === "script on"),
});

export { expect };

/** Fills in the sign-in form that the page is on. */
export async function signIn(page, person, password = PASSWORD) {
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Sign in" })).toBeHidden();
}

/** Our refusals (404, 422 and so on) are pages that stories look at; a missing asset or a 500 is a defect. */
function watch(context, troubles) {
  context.on("weberror", (error) => troubles.push(`script failed: ${error.error().message}`));
  context.on("console", (message) => {
    const expected = message.text().startsWith("Failed to load resource");
    if (["error", "warning"].includes(message.type()) && !expected) troubles.push(`console: ${message.text()}`);
  });
  context.on("response", (response) => {
    // What script asks is answered in words too; it shows them.
    const asset = !["document", "fetch"].includes(response.request().resourceType());
    if (response.status() >= 500 || (asset && response.status() >= 400)) {
      troubles.push(`${response.status()} for ${response.url()}`);
    }
  });
}
