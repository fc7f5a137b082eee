// Pay: a scheme of one grade, an award from its file to the drafts that follow it, and what is said of a bad file; and
// the warning that a job is there already, while it is typed.
import { day, says, start } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

/** Chooses the award's file and sends it. */
async function upload(page, scheme, lines) {
  await page.goto("/staff/marlowe/pay");
  await page.getByLabel("Pay scheme").selectOption({ label: scheme });
  await page.getByLabel("CSV file").setInputFiles({
    name: "award.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(lines.join("\n")),
  });
  await page.getByRole("button", { name: "Look at the award" }).click();
}

test("a grade is added, an award is refused, looked at, applied and carried to a draft", async ({ as, mark }) => {
  test.slow();
  const [scheme, grade, title] = [`Craft ${mark}`, `Craft grade ${mark}`, `Stonemason ${mark}`];
  const [admin, author] = [await as(people.administrator), await as(people.author)];
  await admin.goto("/staff/marlowe/pay");
  await meet(admin, "Pay");
  await admin.getByRole("button", { name: "Add a grade" }).click();
  await meet(admin, "Add a grade");
  await admin.getByRole("button", { name: "Add the grade" }).click();
  await expect(admin.getByRole("alert")).toContainText("Type the grade’s name");
  await admin.getByLabel("Name", { exact: true }).fill(grade);
  await admin.getByLabel("Pay scheme", { exact: true }).selectOption({ label: "A new one, named below" });
  await admin.getByLabel("Name of a new pay scheme").fill(scheme);
  await admin.getByLabel("Hours of its full-time week").fill("37");
  await admin.getByLabel("From", { exact: true }).fill("2025-04-01");
  await admin.getByLabel("Least, in pounds").fill("£28,000");
  await admin.getByLabel("Most, in pounds").fill("30,000");
  await admin.getByLabel("Where the figures come from").fill("The craft agreement");
  await admin.getByRole("button", { name: "Add the grade" }).click();
  await says(admin, `${grade} is added to ${scheme}`);
  await meet(admin, grade);

  await start(author, title);
  await author.getByRole("link", { name: "Change the details" }).click();
  await author.getByLabel("Grade", { exact: true }).selectOption({ label: grade });
  await author.getByRole("button", { name: "Save the details" }).click();
  await says(author, "Saved");

  await upload(admin, scheme, ["grade,minimum_gbp,maximum_gbp,effective_from", `${grade},"29,000",x,${day(0)}`]);
  await expect(admin.getByRole("alert")).toContainText("There is a problem");
  await meet(admin, "Pay");
  await upload(admin, scheme, ["grade,minimum_gbp,maximum_gbp,effective_from", `${grade},29000,31000,${day(0)}`]);
  await meet(admin, /^Pay award: /);
  await expect(admin.getByRole("row").filter({ hasText: `Draft of` }).filter({ hasText: title })).toContainText("£29,000");
  await admin.getByRole("button", { name: "Apply the award" }).click();
  await says(admin, "The award is applied");
  await expect(async () => {
    await admin.reload();
    await expect(admin.getByText("Done: 1 salary follow")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await author.goto("/staff/marlowe/work");
  await author.getByRole("link", { name: title }).first().click();
  await expect(author.locator("main")).toContainText("£29,000 to £31,000 a year");
});

test("a job that is there already is named before its draft exists", async ({ as, scripted }) => {
  const author = await as(people.author);
  await author.goto("/staff/marlowe/profiles/new");
  await author.getByLabel("Job title").fill("Planning officer");
  // With script it is found while one types.
  if (!scripted) await author.getByRole("button", { name: "Look for jobs like it" }).click();
  await expect(author.locator("#alike")).toContainText("already has");
  await meet(author, "Start a job profile");
  await expect(author.getByLabel("Job title")).toHaveValue("Planning officer");
});

test("an administrator adds a line of the terms", async ({ as, mark }) => {
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/pay/terms");
  await meet(admin, "Terms");
  await admin.getByRole("button", { name: "Add the line" }).click();
  await expect(admin.getByRole("alert")).toContainText("Say what the line is about");
  await admin.getByLabel("About", { exact: true }).fill(`Parking ${mark}`);
  await admin.getByLabel("Text", { exact: true }).fill("There is a permit for those who visit people at home.");
  await admin.getByLabel("From", { exact: true }).fill("2026-01-01");
  await admin.getByLabel("Where it comes from").fill("The parking policy");
  await admin.getByRole("button", { name: "Add the line" }).click();
  await says(admin, `Parking ${mark}: kept from 1 January 2026`);
});
