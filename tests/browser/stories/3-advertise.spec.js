// From approval to an advert that an applicant finds, keeps and prints.
import { day, issue, openTask, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, signIn, test } from "../support/story.js";

/** Fills in what the advert still lacks. */
async function fillAdvert(page) {
  await page.getByLabel("Headline").fill("Help tenants to feel at home");
  await page.getByLabel("Short text").fill("You visit tenants and settle what troubles them.\n- 30 days of leave\n- A pension");
  await page.getByLabel("Contract", { exact: true }).selectOption({ label: "Permanent" });
  await page.getByLabel("Where the work is").fill("Civic Centre, Marlowe, MA1 1AA");
  await page.getByLabel("Criminal record check").selectOption({ label: "No criminal record check" });
  await page.getByLabel("Closing date").fill(day(14));
  await page.getByLabel("Interviews").fill(day(28));
  await page.getByLabel("Who answers questions").fill("The housing team");
  await page.getByLabel("E-mail address for questions").fill("housing@marlowe.example");
  await page.getByLabel("Link, address or instructions").fill("https://jobs.marlowe.example/apply");
  await page.getByRole("radio", { name: /link|website/i }).check();
  await page.getByLabel("Hiring manager").selectOption({ label: people.manager.name });
}

test("an approved version gets its grade's basis and is issued", async ({ as, mark }) => {
  const title = `Sheltered housing officer ${mark}`;
  const author = await as(people.author);
  const manager = await as(people.manager);
  await write(author, title);
  const version = versionPath(author);
  await send(author, "A new post.");
  await openTask(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);

  await author.goto(version);
  await author.getByRole("button", { name: "Issue", exact: true }).click();
  await meet(author, "Issue version 1");
  await author.getByRole("button", { name: "Say how the grade was decided" }).click();
  await meet(author, "How the grade was decided");
  await author.getByRole("button", { name: "Save" }).click();
  await expect(author.getByRole("alert").getByRole("link")).toHaveText(["Say how the grade was decided"]);
  await author.getByLabel("Evaluated by a panel").check();
  await author.getByLabel("Reference").fill("NJC-2026-101");
  await author.getByLabel("Date of the decision").fill(day(-7));
  await author.getByRole("button", { name: "Save" }).click();
  await says(author, "Saved how the grade was decided");
  await meet(author, title);
  await author.goto(`${version}/issue`);
  await author.getByRole("button", { name: "Issue it" }).click();
  await says(author, "Issued. You can make an advert from it.");
  await meet(author, title);
});

test("an advert is written, confirmed, published and found", async ({ as, mark }) => {
  const title = `Home visitor ${mark}`;
  const author = await as(people.author);
  const manager = await as(people.manager);
  await issue(author, manager, title);

  await author.getByRole("button", { name: "Make an advert" }).click();
  await meet(author, `Advert for ${title}`);
  await author.getByRole("button", { name: "Save and ask the hiring manager to confirm" }).click();
  await meet(author, `Advert for ${title}`);
  await fillAdvert(author);
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await meet(author, `Advert: ${title}`);
  const advert = new URL(author.url()).pathname;
  await author.getByRole("button", { name: `Ask ${people.manager.name} to confirm` }).click();

  await manager.goto("/staff/marlowe/work");
  await manager.getByRole("link", { name: new RegExp(`Confirm the advert's text: ${title}`) }).click();
  await meet(manager, `Confirm the advert for ${title}`);
  await manager.getByRole("button", { name: "Confirm the text" }).click();
  await expect(manager.locator("#flash")).toBeVisible();

  await author.goto(advert);
  await meet(author, `Advert: ${title}`);
  await author.getByRole("button", { name: "Publish the advert" }).dblclick();
  await expect(author.locator(".rb-head")).toContainText("Open");
  await expect(author.locator(".rb-timeline li").filter({ hasText: /publish/i })).toHaveCount(1);
  await meet(author, `Advert: ${title}`);
  await author.goto("/staff/marlowe/adverts");
  await expect(author.getByRole("link", { name: title })).toHaveCount(1);
  await meet(author, "Adverts");

  const reader = await as();
  await reader.goto(`/jobs?words=${encodeURIComponent(title)}`);
  await reader.getByRole("link", { name: title, exact: true }).click();
  await meet(reader, title);
  await expect(reader.getByText("Answers the enquiries of tenants.")).toBeVisible();
});

test("an applicant finds a job, saves it after signing in, and prints it", async ({ as, scripted }) => {
  const title = "Housing Options Officer";
  const page = await as();
  await page.goto("/jobs");
  await meet(page, "Jobs");
  await page.getByLabel("Job title or other words").fill("zzyzx qqwvk");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("link", { name: "See all open jobs" })).toBeVisible();
  await meet(page, "Jobs");
  await page.getByLabel("Job title or other words").fill("homelessness");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: title, exact: true }).click();
  await meet(page, title);

  await page.getByRole("link", { name: "Sign in to save this advert" }).click();
  await signIn(page, people.applicant);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.getByRole("button", { name: "Save this advert" }).click();
  await expect(page.getByRole("button", { name: "Take it off your list" })).toBeVisible();
  await page.goto("/account");
  await meet(page, "Your account");
  await page.getByRole("link", { name: title, exact: true }).click();

  await expect(page.getByRole("button", { name: "Print" })).toBeVisible({ visible: scripted });
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("heading", { name: "What you need" })).toBeVisible();
  await page.emulateMedia({ media: "screen" });
  await page.getByRole("button", { name: "Take it off your list" }).click();
  await expect(page.getByRole("button", { name: "Save this advert" })).toBeVisible();
});

test("a job profile prints as a document alone", async ({ as }) => {
  const author = await as(people.author);
  await author.goto("/staff/marlowe/profiles/JP-0001");
  await author.getByRole("link", { name: "Read what is in force" }).click();
  await meet(author, /\S/);
  await author.emulateMedia({ media: "print" });
  await expect(author.getByRole("navigation").filter({ visible: true })).toHaveCount(0);
  await expect(author.locator(".rb-paper")).toBeVisible();
  await expect(author.locator(".rb-paper__foot")).toContainText("JP-0001");
});
