// Standard clauses: made and approved by two people, placed by eight answers, said otherwise with a reason, rolled out.
import { line, openTask, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const YES = ["Does the person drive for the job", "Does the person speak with members of the public"];

/** Answers every question on the page; ends on what the answers change. */
async function answer(page) {
  for (const group of await page.locator("main fieldset").all()) {
    const asks = (await group.textContent()) ?? "";
    await group.getByLabel(YES.some((one) => asks.includes(one)) ? "Yes" : "No", { exact: true }).check();
  }
  await page.getByRole("button", { name: "See what follows" }).click();
}

/** Proposes a text as the author and approves it as the administrator; ends on the clause. */
async function propose(author, admin, name, fill) {
  await fill(author);
  await says(author, "second person");
  await meet(author, name);
  await admin.goto(author.url());
  await admin.getByRole("button", { name: "Approve this text" }).click();
  await says(admin, "Approved");
}

test("a clause is placed by answers, said otherwise with a reason, and rolled out", async ({ as, mark }) => {
  test.slow();
  const [name, title] = [`Lone working ${mark}`, `Tenancy officer ${mark}`];
  const [author, admin, manager] = [await as(people.author), await as(people.administrator), await as(people.manager)];
  await author.goto("/staff/marlowe/clauses");
  await meet(author, "Standard clauses");
  await author.getByRole("button", { name: "Add a clause" }).click();
  await author.getByRole("button", { name: "Add and propose it" }).click();
  await expect(author.getByRole("alert")).toContainText("Give the clause a name");
  await meet(author, "Add a clause");
  await propose(author, admin, name, async (page) => {
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Heading").fill(name);
    await page.getByLabel("Text", { exact: true }).fill("You tell the office where you are.");
    await page.getByRole("button", { name: "Add and propose it" }).click();
  });
  const clause = admin.url();

  await write(author, title);
  const version = versionPath(author);
  await author.goto(`${version}/clauses`);
  await meet(author, `Standard clauses of ${title}`);
  await answer(author);
  await meet(author, "What the answers change");
  await expect(author.getByRole("heading", { name: "DBS check: Basic, at most" })).toBeVisible();
  await author.getByRole("button", { name: "Use these clauses" }).click();
  await says(author, "clauses placed");
  await expect(line(author, "You drive as part of this job.")).toBeVisible();
  await author.goto(`${version}/clauses`);
  await author.getByLabel("Clause", { exact: true }).selectOption({ label: name });
  await author.getByRole("button", { name: "Place it" }).click();
  await says(author, `Placed: ${name}`);

  await line(author, "You drive as part of this job.").getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Text of the clause").fill("You drive a van as part of this job.");
  await author.getByLabel("Why the words differ from the standard clause").fill("The team has vans.");
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await expect(line(author, "Standard clause with words of its own: The team has vans.")).toBeVisible();
  await meet(author, title);
  await send(author, "A new post.");
  await openTask(manager, title);
  await expect(manager.getByText("Why it differs: The team has vans.")).toBeVisible();
  await meet(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);
  await author.goto(`${version}/grade-basis`);
  await author.getByLabel("Matched to a profile").check();
  await author.getByLabel("Reference").fill("JE-2026-8");
  await author.getByLabel("Date of the decision").fill("2026-01-12");
  await author.getByRole("button", { name: "Save" }).click();
  await author.goto(`${version}/issue`);
  await author.getByRole("button", { name: "Issue it" }).click();
  await says(author, "Issued");

  await author.goto(`${clause}/propose`);
  await meet(author, `Propose a new text of ${name}`);
  await propose(author, admin, name, async (page) => {
    await page.getByLabel("Text", { exact: true }).fill("You tell the office where you are, and when you leave.");
    await page.getByLabel("What is new, and why").fill("Somebody was missed.");
    await page.getByRole("button", { name: "Propose it" }).click();
  });
  await admin.getByRole("link", { name: /^See every effect/ }).click();
  await meet(admin, `${name}: every effect of text 2`);
  await admin.getByRole("button", { name: "Roll it out" }).click();
  await expect(admin.getByRole("alert")).toContainText("Choose how it is rolled out");
  await admin.getByLabel("Bring it into force at once").check();
  await admin.getByRole("button", { name: "Roll it out" }).click();
  await says(admin, "The roll-out has begun");
  // Whoever leaves misses nothing: the page tells how far it is whenever somebody comes back.
  await admin.goto(clause);
  await expect(async () => {
    await admin.goto(`${clause}/rollout`);
    await expect(admin.getByText("All 1 profiles are done.")).toBeVisible({ timeout: 500 });
  }).toPass();
  await meet(admin, `Rolling out ${name}, text 2`);
  await expect(admin.getByText("A draft with the new text was made", { exact: true }).first()).toBeVisible();
  await author.goto(version.replace(/1$/, "2"));
  await expect(author.getByText("You tell the office where you are, and when you leave.")).toBeVisible();
  await expect(author.getByText("You drive a van as part of this job.")).toBeVisible();
});
