// The whole way of somebody who looks for a job, with the keyboard alone: from the search to a question, the advert on
// one's list, and the way to apply. At a desk, on a phone, and in a window as small as 400% zoom leaves.
import { meet } from "../support/meet.js";
import { people, PASSWORD } from "../support/people.js";
import { ZOOMED, reflows } from "../support/reflow.js";
import { expect, test } from "../support/story.js";

const SIZES = [{ width: 1280, height: 800 }, { width: 320, height: 640 }, ZOOMED];

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

async function press(page, name) {
  await tabTo(page, page.getByRole("button", { name, exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
}

async function type(page, label, words) {
  await tabTo(page, page.getByLabel(label, { exact: true }));
  await page.keyboard.type(words);
}

for (const size of SIZES) {
  test(`the whole way by keyboard alone, ${size.width} by ${size.height}`, async ({ as, scripted }) => {
    const page = await as();
    await page.setViewportSize(size);
    await page.goto("/jobs");
    await type(page, "Job title or other words", "homelessness");
    await type(page, "Town or postcode", "ME13");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("status").filter({ hasText: /open job/ })).toBeVisible();
    await follow(page, /housing options/i);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/housing options/i);
    await checkForOneself(page);
    await follow(page, "Back to the advert");
    await ask(page);
    await follow(page, "Back to the advert");
    await keep(page);
    await tabTo(page, page.getByRole("button", { name: /^Apply on / }));
    if (scripted) {
      await tabTo(page, page.getByRole("button", { name: "Print" }));
    }
  });
}

async function checkForOneself(page) {
  await follow(page, "Could this be for me?");
  await expect(page.getByRole("button", { name: "See what that comes to" })).toBeVisible();
  for (const group of await page.getByRole("group").all()) {
    await tabTo(page, group.getByRole("radio").first());
    await page.keyboard.press("Space");
  }
  await press(page, "See what that comes to");
  await expect(page.getByRole("heading", { name: "This looks like a job for you" })).toBeVisible();
}

async function ask(page) {
  await follow(page, "Ask a question about this job");
  await type(page, "Your name", "Jo Ash");
  await type(page, "Your e-mail address", "jo@home.example");
  await type(page, "Your question", "Can two people share the job?");
  await press(page, "Send the question");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your question is on its way");
}

/** Signs in on the way, and takes the advert off again: other stories begin with an empty list. */
async function keep(page) {
  await follow(page, "Sign in to save this advert");
  await type(page, "E-mail address", people.applicant.email);
  await type(page, "Password", PASSWORD);
  await press(page, "Sign in");
  await press(page, "Save this advert");
  await press(page, "Take it off your list");
  await expect(page.getByRole("button", { name: "Save this advert" })).toBeVisible();
}

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

test("at 400% zoom nothing is lost, scrolls two ways or is hidden", async ({ as }) => {
  const page = await as();
  for (const [path, heading] of [
    ["/jobs?words=health&place=HX2&within=20", "Jobs"],
    ["/jobs?words=zzyzx", "Jobs"],
    ["/jobs/in", "Jobs by place"],
    ["/jobs/in/halifax", "Jobs in and near Halifax"],
    ["/employers/marlowe", /Marlowe/],
    ["/accessibility", "Accessibility"],
    ["/privacy", "Privacy"],
    ["/cookies", "Cookies"],
  ]) {
    await page.goto(path);
    await reflows(page, heading);
  }
  await page.goto("/jobs?words=homelessness");
  await page.getByRole("link", { name: /housing options/i }).first().click();
  await reflows(page, /housing options/i);
  await page.getByRole("link", { name: "Could this be for me?" }).click();
  await reflows(page, "Could this be for me?");
  await page.goBack();
  await page.getByRole("link", { name: "Ask a question about this job" }).first().click();
  await reflows(page, "Ask a question");
});

test("at 400% zoom an author writes and corrects an advert", async ({ as }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/adverts");
  await reflows(page, "Adverts");
  await page.getByRole("link", { name: "Housing Options Officer", exact: true }).first().click();
  await reflows(page, /Housing Options Officer/);
  await page.getByRole("link", { name: "Correct what it says" }).click();
  await reflows(page, /Correct the advert for Housing Options Officer/);
});
