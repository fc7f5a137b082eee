// What the portal answers to mistakes, to strangers and to impatience.
import { day, openTask, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, signIn, test } from "../support/story.js";

/** Every problem is listed, and each leads to a field that is on the page. */
async function problems(page, sentences) {
  const links = page.getByRole("alert").getByRole("link");
  await expect(links).toHaveText(sentences);
  for (const link of await links.all()) {
    await expect(page.locator(await link.getAttribute("href"))).toBeVisible();
  }
  expect(await page.title()).toMatch(/^Error: /);
}

test("a wrong password is told so, and what was typed is kept", async ({ as }) => {
  const page = await as();
  await page.goto("/staff/marlowe/work");
  await page.getByLabel("E-mail address").fill(people.author.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("There is a problem");
  await meet(page, "Sign in");
  await expect(page.getByLabel("E-mail address")).toHaveValue(people.author.email);
  await signIn(page, people.author);
  await expect(page).toHaveURL("/staff/marlowe/work");
});

test("an empty form lists every problem", async ({ as, mark }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByRole("button", { name: "Start the draft" }).click();
  await problems(page, ["Give the job a title", "Choose the unit that the job belongs to"]);
  await meet(page, "Start a job profile");

  await write(page, `Wellbeing officer ${mark}`);
  await page.getByRole("button", { name: "Send for review" }).click();
  await page.getByLabel("Who approves it").selectOption({ index: 0 });
  await page.getByRole("button", { name: "Send for review" }).click();
  await problems(page, [
    "Say what this version changes and why",
    "Choose who approves it",
    "Say whether this is a minor or a major change",
    "Say whether anything here might affect the grade",
  ]);
  await meet(page, "Send for review");
});

test("pages that are not there, or belong to others, say so", async ({ as }) => {
  const page = await as(people.author);
  for (const path of ["/no-such-page", "/staff/marlowe/profiles/JP-9999", "/staff/calder-vale/profiles/JP-0001"]) {
    const response = await page.goto(path);
    expect(response.status(), path).toBe(404);
    await meet(page, "Page not found");
  }
  const stranger = await as();
  await stranger.goto("/staff/marlowe/profiles");
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("Sign in");
});

test("a double click makes one", async ({ as, mark }) => {
  const title = `Lettings officer ${mark}`;
  const author = await as(people.author);
  await author.goto("/staff/marlowe/profiles/new");
  await author.getByLabel("Job title").fill(title);
  await author.getByLabel("Unit").selectOption({ label: UNIT });
  await author.getByRole("button", { name: "Start the draft" }).dblclick();
  await expect(author.getByRole("heading", { level: 1 })).toHaveText(title);
  await author.goto(`/staff/marlowe/profiles?words=${encodeURIComponent(title)}`);
  await expect(author.getByRole("link", { name: title })).toHaveCount(1);
});

test("a double click sends, approves and issues once", async ({ as, mark }) => {
  const title = `Voids officer ${mark}`;
  const author = await as(people.author);
  const manager = await as(people.manager);
  const happened = (words) => author.locator(".rb-timeline li").filter({ hasText: words });
  await write(author, title);
  const version = versionPath(author);
  await author.goto(`${version}/submit`);
  await author.getByLabel("What does this version change, and why?").fill("A new post.");
  await author.getByLabel("Major").check();
  await author.getByRole("radio", { name: "No", exact: true }).check();
  await author.getByRole("button", { name: "Send for review" }).dblclick();
  await expect(author.locator(".rb-head")).toContainText("In review");

  await openTask(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).dblclick();
  await expect(manager.getByRole("heading", { level: 1 })).toHaveText("My work");

  await author.goto(`${version}/grade-basis`);
  await author.getByLabel("Evaluated by a panel").check();
  await author.getByLabel("Reference").fill("NJC-2026-101");
  await author.getByLabel("Date of the decision").fill(day(-7));
  await author.getByLabel("Reference").fill("JE-2026-7");
  await author.getByLabel("Date of the decision").fill("2026-01-12");
  await author.getByRole("button", { name: "Save" }).dblclick();
  await expect(author.locator(".rb-head")).toContainText("Approved");
  await author.goto(`${version}/issue`);
  await author.getByRole("button", { name: "Issue it" }).dblclick();
  await expect(author.locator(".rb-head")).toContainText("Issued");
  await author.goto(version);
  for (const words of ["Sent for review by", "Approved by", "Issued by"]) {
    await expect(happened(words)).toHaveCount(1);
  }
});
