// An HR author writes a job profile by hand, with an item of every kind, and sends it for review.
import { add, line, more, says, section } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, signIn, test } from "../support/story.js";

/** The items beyond those that a blank profile asks for: kind of section, heading, kind of item, what is typed. */
const MORE = [
  ["Further details", "detail", { Label: "Politically restricted", Text: "No" }],
  ["Terms and conditions", "term", { Label: "Probation", Term: "Six months for those new to the council." }],
  ["Effort and working conditions", "demand", { Demand: "Lifting", "How often": "Twice a week", Examples: "Boxes of files" }],
  ["Factor levels", "factor level", { Factor: "Knowledge and skills", Level: "3", "Why this level": "Knows housing law well enough to advise." }],
  ["Standard clauses", "clause", { Heading: "Safeguarding", "Text of the clause": "Everyone keeps children and adults at risk safe." }],
  ["Organisation chart", "paragraph", { Paragraph: "Housing manager, then this post, then two assistants." }],
];

test("an author starts a profile and fills in its details", async ({ as, mark }) => {
  const title = `Tenancy officer ${mark}`;
  const page = await as();
  await page.goto("/sign-in");
  await meet(page, "Sign in");
  await signIn(page, people.author);
  await meet(page, "My work");
  await page.getByRole("button", { name: "Start a job profile" }).click();
  await meet(page, "Start a job profile");
  await page.getByLabel("Job title").fill(title);
  await page.getByLabel("Unit").selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();
  await says(page, `Started ${title}. Fill in its details and its sections.`);
  await meet(page, title);

  await page.getByRole("link", { name: "Change the details" }).click();
  await meet(page, "Details");
  await page.getByLabel("Grade", { exact: true }).selectOption({ label: "Grade 6" });
  await page.getByLabel("Hours").fill("37 hours a week");
  await page.getByLabel("Reports to").fill("Housing manager");
  await page.getByRole("button", { name: "Save the details" }).click();
  await expect(section(page, "Details")).toContainText("37 hours a week");
  await expect(section(page, "Details")).toContainText("Grade 6");
});

test("an author adds an item of every kind, then sends the profile for review", async ({ as, mark }) => {
  const title = `Allocations officer ${mark}`;
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByLabel("Job title").fill(title);
  await page.getByLabel("Unit").selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();

  await add(page, "Purpose of the job", "paragraph", (form) => form.getByLabel("Paragraph").fill("Lets homes fairly."));
  await add(page, "Main duties", "duty", (form) => form.getByLabel("Duty").fill("Reads applications."));
  await add(page, "Main duties", "group of duties", (form) => form.getByLabel("Heading of the group").fill("Letting"));
  await more(page, "Letting");
  await meet(page, title);
  await line(page, "Letting").getByRole("link", { name: /^Add a duty below/ }).click();
  await page.locator("#new").getByLabel("Duty").fill("Shows homes to applicants.");
  await meet(page, title);
  await page.getByRole("button", { name: "Add it" }).click();
  await add(page, "Person specification", "criterion", async (form) => {
    await form.getByLabel("Criterion").fill("Drives a car.");
    await form.getByLabel("Desirable").check();
    await form.getByLabel("Interview").check();
  });
  for (const [kind, item, fields] of MORE) {
    await page.getByLabel("What it holds").selectOption({ label: kind });
    await page.getByRole("button", { name: "Add the section" }).click();
    await says(page, `Added the section ${kind}`);
    await add(page, kind, item, async (form) => {
      for (const [label, text] of Object.entries(fields)) await form.getByLabel(label, { exact: true }).fill(text);
      if (item === "demand") await form.getByLabel("Yes").check();
    });
  }
  await meet(page, title);

  await page.getByRole("button", { name: "See what is left to do" }).click();
  await meet(page, "Not ready to send yet");
  await page.getByRole("link", { name: "Choose the grade" }).click();
  await page.getByLabel("Grade", { exact: true }).selectOption({ label: "Grade 5" });
  await page.getByRole("button", { name: "Save the details" }).click();

  await page.getByRole("button", { name: "Send for review" }).click();
  await meet(page, "Send for review");
  await page.getByLabel("What does this version change, and why?").fill("A new post, agreed by cabinet.");
  await page.getByLabel("Major").check();
  await page.getByRole("radio", { name: "No", exact: true }).check();
  await page.getByRole("button", { name: "Send for review" }).click();
  await says(page, `Sent to ${people.manager.name} for review`);
  await meet(page, title);
});

test("an author moves, deletes and puts back lines", async ({ as, mark }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByLabel("Job title").fill(`Rents officer ${mark}`);
  await page.getByLabel("Unit").selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();
  for (const duty of ["Collects rent.", "Writes to tenants.", "Visits tenants."]) {
    await add(page, "Main duties", "duty", (form) => form.getByLabel("Duty").fill(duty));
  }
  const duties = section(page, "Main duties").locator("li.rb-item .rb-item__text p");

  await line(page, "Visits tenants.").getByRole("button", { name: /^Move up/ }).click();
  await expect(duties).toHaveText(["Collects rent.", "Visits tenants.", "Writes to tenants."]);
  await line(page, "Collects rent.").getByRole("button", { name: /^Move down/ }).click();
  await expect(duties).toHaveText(["Visits tenants.", "Collects rent.", "Writes to tenants."]);
  await more(page, "Collects rent.");
  await line(page, "Collects rent.").getByRole("button", { name: /^Delete/ }).click();
  await says(page, "Deleted: Collects rent. You can put it back.");
  await expect(duties).toHaveText(["Visits tenants.", "Writes to tenants."]);
  await meet(page, `Rents officer ${mark}`);
  await page.getByRole("button", { name: "Put it back Collects rent." }).click();
  await says(page, "Put back");
  await expect(duties).toHaveText(["Visits tenants.", "Collects rent.", "Writes to tenants."]);

  await section(page, "Purpose of the job").getByRole("button", { name: "Delete Purpose of the job" }).click();
  await says(page, "Deleted the section Purpose of the job");
  await page.getByRole("button", { name: /^Put it back/ }).first().click();
  await expect(section(page, "Purpose of the job")).toBeVisible();
});

test("an author writes one duty after another, and each message stands at its line", async ({ as, mark, scripted }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByLabel("Job title").fill(`Estates officer ${mark}`);
  await page.getByLabel("Unit").selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();

  await section(page, "Main duties").getByRole("link", { name: "Add a duty to Main duties" }).click();
  for (const duty of ["Inspects every block each month.", "Orders repairs.", "Meets tenants."]) {
    const field = page.locator("#new").getByLabel("Duty");
    if (scripted) await expect(field).toBeFocused();
    await field.fill(duty);
    await page.locator("#new").getByRole("button", { name: "Add and start another" }).click();
    await says(page, `Added: ${duty}`);
    await expect(page.locator("#new").getByLabel("Duty")).toHaveValue("");
  }
  if (scripted) await expect(page.locator("#new #flash")).toBeVisible();
  await meet(page, `Estates officer ${mark}`);
  await page.locator("#new").getByRole("link", { name: /Cancel|Close/ }).click();
  await expect(section(page, "Main duties").locator("li.rb-item p:first-child")).toHaveText([
    "Inspects every block each month.",
    "Orders repairs.",
    "Meets tenants.",
  ]);
});
