// Taking documents along: an author chooses how a version leaves the house, an applicant keeps a pack.
import { expect } from "@playwright/test";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { test } from "../support/story.js";

/** Follows what leads to a file, and gives its name. */
async function file(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return download.suggestedFilename();
}

test("a version is downloaded as it is chosen", async ({ as }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles?words=tree+officer"); // other stories fill the first page
  await page.getByRole("link", { name: "Tree Officer" }).first().click();
  await page.getByRole("link", { name: /^Version \d+/ }).first().click();
  expect(await file(page, () => page.getByRole("link", { name: "Word", exact: true }).click())).toMatch(/\.docx$/);
  await page.getByRole("link", { name: "choose shape, size and marks" }).click();
  await meet(page, /^Download version \d+$/);
  await page.getByLabel("Plain text").check();
  await page.getByLabel("Shape").selectOption({ label: "Council post specification, a form with ticks" });
  await page.getByLabel("Large print, 18 point").check();
  const name = await file(page, () => page.getByRole("button", { name: "Download" }).click());
  expect(name).toMatch(/tree-officer-large-print\.txt$/);
});

test("an applicant keeps the pack", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs");
  await page.locator(".rb-job a").first().click();
  const name = await file(page, () => page.getByRole("link", { name: "PDF in large print" }).click());
  expect(name).toMatch(/-candidate-pack-large-print\.pdf$/);
});
