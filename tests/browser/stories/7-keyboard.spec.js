// The editor by keyboard alone: no story here touches the mouse.
import { write } from "../support/draft.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

/** Presses Tab until the focus is on what `selector` and `words` say. */
async function tabTo(page, selector, words) {
  const wanted = page.locator(selector).filter({ hasText: words }).first();
  for (let press = 0; press < 150; press += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not reach ${selector} “${words}”`);
}

test("an author changes a duty by keyboard alone", async ({ as, mark }) => {
  const page = await as(people.author);
  await write(page, `Repairs officer ${mark}`, "Orders repairs.");
  await page.reload();

  await tabTo(page, "a", /^Change duty/);
  await page.keyboard.press("Enter");
  const duty = page.getByLabel("Duty");
  await expect(duty).toBeVisible();
  await tabTo(page, "textarea", "Orders repairs.");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Orders repairs and inspects them.");
  await tabTo(page, "button", /^Save$/);
  await page.keyboard.press("Space");
  await expect(duty).toBeHidden();
  await expect(page.getByText("Orders repairs and inspects them.").last()).toBeVisible();
});

test("the skip link leads past the bar", async ({ as }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to main content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.locator("main :focus")).toBeVisible();
});
