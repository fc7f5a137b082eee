// Acts on a draft that several stories begin with. Each leaves the page where the portal leads.
import { expect } from "@playwright/test";
import { UNIT, people } from "./people.js";

/** A day so many days from now, as a date field takes it. */
export function day(days) {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the portal says after an act. */
export async function says(page, words) {
  await expect(page.locator("#flash")).toContainText(words);
}

/** Starts a profile by hand and gives it a grade; ends in the editor. */
export async function start(page, title) {
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByLabel("Job title").fill(title);
  await page.getByLabel("Unit").selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();
  await says(page, `Started ${title}`);
  await page.getByRole("link", { name: "Change the details" }).click();
  await page.getByLabel("Grade", { exact: true }).selectOption({ label: "Grade 6" });
  await page.getByLabel("Hours").fill("37 hours a week");
  await page.getByLabel("Contract").fill("Permanent");
  await page.getByLabel("Location").fill("Civic Centre, Marlowe");
  await page.getByRole("button", { name: "Save the details" }).click();
  await says(page, "Saved");
}

/** The part of the editor with that heading. */
export function section(page, heading) {
  return page.locator("section.rb-part").filter({ has: page.getByRole("heading", { name: heading, exact: true, level: 2 }) });
}

/** The line of the editor that says those words. */
export function line(page, words) {
  return page.locator("li.rb-item").filter({ hasText: words });
}

/** Opens what else can be done with a line. */
export async function more(page, words) {
  const acts = line(page, words).locator("details");
  if (!(await acts.evaluate((details) => details.open))) await acts.locator("summary").click();
}

/** Adds an item at the end of a section. `fill` gets the form. */
export async function add(page, heading, kind, fill) {
  await section(page, heading).getByRole("link", { name: `Add a ${kind} to ${heading}` }).click();
  const form = page.locator("#new");
  await expect(form.getByRole("heading", { name: `New ${kind}` })).toBeVisible();
  await fill(form);
  await form.getByRole("button", { name: "Add it" }).click();
  await says(page, "Added");
}

/** A draft with the least that can be sent for review; ends in the editor. */
export async function write(page, title, duty = "Answers the enquiries of tenants.") {
  await start(page, title);
  await add(page, "Purpose of the job", "paragraph", async (form) => {
    await form.getByLabel("Paragraph").fill("Keeps the housing office running.");
  });
  await add(page, "Main duties", "duty", (form) => form.getByLabel("Duty").fill(duty));
  await add(page, "Person specification", "criterion", async (form) => {
    await form.getByLabel("Criterion").fill("Can write a clear letter.");
    await form.getByLabel("Essential").check();
    await form.getByLabel("Application").check();
  });
}

/** Sends the draft that the editor shows to the manager; ends on the version. */
export async function send(page, note, approver = people.manager) {
  await page.getByRole("button", { name: "Send for review" }).click();
  await page.getByLabel("Who approves it").selectOption({ label: approver.name });
  await page.getByLabel("What does this version change, and why?").fill(note);
  await page.getByLabel("Major").check();
  await page.getByRole("radio", { name: "No", exact: true }).check();
  await page.getByRole("button", { name: "Send for review" }).click();
  await says(page, `Sent to ${approver.name} for review`);
}

/** The manager opens the task about that job from My work. */
export async function openTask(page, title) {
  await page.goto("/staff/marlowe/work");
  await page.getByRole("link", { name: `Review and decide: ${title}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
}

/** The path of the version that the page is about, from any of its pages. */
export function versionPath(page) {
  return new URL(page.url()).pathname.match(/^\/staff\/[^/]+\/profiles\/[^/]+\/versions\/\d+/)[0];
}

/** Writes a profile and brings it into force; ends with the author on the issued version. */
export async function issue(author, manager, title, duty) {
  await write(author, title, duty);
  const version = versionPath(author);
  await send(author, "A new post.");
  await openTask(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);
  await author.goto(`${version}/grade-basis`);
  await author.getByLabel("Matched to a profile").check();
  await author.getByLabel("Reference").fill("JE-2026-7");
  await author.getByLabel("Date of the decision").fill("2026-01-12");
  await author.getByRole("button", { name: "Save" }).click();
  await says(author, "Saved how the grade was decided");
  await author.goto(`${version}/issue`);
  await author.getByRole("button", { name: "Issue it" }).click();
  await says(author, "Issued");
}
