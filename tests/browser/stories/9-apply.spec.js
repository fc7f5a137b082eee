// The whole way of somebody who looks for a job: from the search to a question and the way to apply. Once with the
// keyboard alone, and once on a window as small as 400% zoom leaves.
import { meet } from "../support/meet.js";
import { expect, test } from "../support/story.js";

/** More presses than any public page has stops. */
const MOST_TABS = 120;

/** Presses Tab until that is reached, and says so where it never is. */
async function tabTo(page, target) {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${target} is not reached by Tab`);
}

async function follow(page, name) {
  const link = page.getByRole("link", { name }).first();
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
}

async function type(page, label, words) {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(words);
}

test("the whole way by keyboard alone", async ({ as }) => {
  const page = await as();
  await page.goto("/");
  await page.goto("/jobs");
  await type(page, "Job title or other words", "homelessness");
  await type(page, "Town or postcode", "ME13");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: /open job/ })).toBeVisible();
  await follow(page, /housing options/i);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/housing options/i);
  await follow(page, "Could this be for me?");
  await expect(page.getByRole("button", { name: "See what that comes to" })).toBeVisible();
  const groups = await page.getByRole("group").all();
  for (const group of groups) {
    await tabTo(page, group.getByRole("radio").first());
    await page.keyboard.press("Space");
  }
  await tabTo(page, page.getByRole("button", { name: "See what that comes to" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "This looks like a job for you" })).toBeVisible();
  await follow(page, "Back to the advert");
  await follow(page, "Ask a question about this job");
  await type(page, "Your name", "Jo Ash");
  await type(page, "Your e-mail address", "jo@home.example");
  await type(page, "Your question", "Can two people share the job?");
  await tabTo(page, page.getByRole("button", { name: "Send the question" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your question is on its way");
});

test("a question that lacks something says what, and keeps the rest", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs?words=homelessness");
  await page.getByRole("link", { name: /housing options/i }).first().click();
  await page.getByRole("link", { name: "Ask a question about this job" }).first().click();
  await meet(page, "Ask a question");
  await page.getByLabel("Your question").fill("Is there a bus?");
  await page.getByRole("button", { name: "Send the question" }).click();
  await expect(page.getByRole("alert")).toContainText("Type your name");
  await expect(page.getByLabel("Your question")).toHaveValue(/Is there a bus\?/);
  await meet(page, "Ask a question");
  await page.getByLabel("Your name").fill("Jo Ash");
  await page.getByLabel("Your e-mail address").fill("jo@home.example");
  await page.getByRole("button", { name: "Send the question" }).click();
  await meet(page, "Your question is on its way");
});

test("at 400% zoom nothing scrolls sideways and everything can be reached", async ({ as }) => {
  const page = await as();
  await page.setViewportSize({ width: 320, height: 256 });
  const narrow = async () => {
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, page.url()).toBeLessThanOrEqual(0);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  };
  for (const path of ["/jobs", "/jobs?words=health&place=HX2&within=20", "/jobs/in", "/accessibility", "/privacy", "/cookies", "/employers/marlowe"]) {
    await page.goto(path);
    await narrow();
  }
  await page.goto("/jobs");
  await page.getByLabel("Job title or other words").fill("homelessness");
  await page.getByRole("button", { name: "Search" }).click();
  await narrow();
  await page.getByRole("link", { name: /housing options/i }).first().click();
  await narrow();
  await page.getByRole("link", { name: "Could this be for me?" }).click();
  await narrow();
  await page.goBack();
  await page.getByRole("link", { name: "Ask a question about this job" }).first().click();
  await narrow();
  await expect(page.getByRole("button", { name: "Send the question" })).toBeVisible();
});
