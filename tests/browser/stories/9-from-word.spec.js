// Files out of Word's own life: changes tracked and commented on, choices on the report, fifty at once in a zip.
import { says, versionPath } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, test } from "../support/story.js";
import { docx, word, zip } from "../support/word.js";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

async function upload(page, name, mimeType, buffer) {
  await page.goto("/staff/marlowe/import");
  await page.getByLabel("Job description").setInputFiles({ name, mimeType, buffer });
  await page.getByRole("button", { name: "Read the document" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`What was read from ${name}`);
}

async function make(page) {
  await page.getByLabel("Unit", { exact: true }).selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Make the job profile" }).click();
  await says(page, "is a draft made of");
}

test("a tracked change in Word ends as an accepted suggestion", async ({ as, mark }) => {
  const page = await as(people.author);
  const file = docx(
    [
      word.heading("Job description"),
      word.line(`Job title: Records keeper ${mark}`),
      word.heading("Main duties"),
      word.line(word.run("Answers letters") + word.deleted(" within a month") + word.added(" within ten working days") + word.run(".")),
      word.line(word.commented("Keeps the register of visitors to the archive.")),
      word.heading("Person specification"),
      word.line("Essential"),
      word.line("Can write a clear letter."),
    ],
    "Is the register still on paper?",
  );
  await upload(page, `records ${mark}.docx`, WORD, file);
  await expect(page.getByText("1 suggestion and 1 comment will come over to the draft")).toBeVisible();
  await expect(page.getByText("Priya Nair, 5 January 2026, 10:04am suggests new words")).toBeVisible();
  await meet(page, `What was read from records ${mark}.docx`);
  await make(page);
  await says(page, "1 suggestion and 1 comment were carried over from the document");
  await meet(page, `Records keeper ${mark}`);
  const version = versionPath(page);
  await page.goto(`${version}/remarks`);
  await expect(page.getByText("Is the register still on paper?")).toBeVisible();
  const suggestion = page.getByRole("article", { name: "Suggestion" });
  await expect(suggestion).toContainText("Priya Nair (in the document, brought in by Rebecca Thornton)");
  await meet(page, "Suggestions and comments");
  await suggestion.getByRole("button", { name: /^Accept/ }).click();
  await says(page, "Accepted");
  await page.goto(`${version}/edit`);
  await expect(page.locator("li.rb-item").filter({ hasText: "Answers letters within ten working days." })).toBeVisible();
});

test("a line without a place gets one on the report, and goes into the draft unsaved", async ({ as, mark, scripted }) => {
  const duties = [
    "1. Opens the hall at seven each morning, on every day of the week but Sunday.",
    "2. Walks round the whole building before it is locked, and turns down the heating.",
    "3. Answers the questions of those who come, and doesnt leave anybody waiting.",
  ];
  const text = ["JOB DESCRIPTION", "", `Job title: Hall keeper ${mark}`, "", "Main duties", "", ...duties, "", "The hall is run by a team of five.", "", "Main duties", "", ...duties, "", "Person specification", "", "Essential", "- Good English", ""];
  const page = await as(people.author);
  await upload(page, `hall ${mark}.txt`, "text/plain", Buffer.from(text.join("\n")));
  const row = page.locator("[data-drag-lines] > li").filter({ hasText: "Walks round the whole building" });
  const place = row.getByLabel(/^Place/);
  if (scripted) {
    await drag(page, row.locator(".rb-import__from"), "Duty in “Main duties”");
    await expect(place).toHaveValue(/^duty-/);
  } else {
    await place.selectOption({ label: "Duty in “Main duties”" });
  }
  await page.getByLabel("Change it to: doesn’t").check();
  await meet(page, `What was read from hall ${mark}.txt`);
  await make(page);
  await expect(page.locator("li.rb-item").filter({ hasText: "Walks round the whole building" })).toHaveCount(2);
  await expect(page.locator("li.rb-item").filter({ hasText: "and doesn’t leave anybody waiting" })).not.toHaveCount(0);
});

/** Drags a line with the mouse onto the place of that name, which shows only while something is dragged. */
async function drag(page, line, place) {
  await line.scrollIntoViewIfNeeded();
  await line.hover();
  await page.mouse.down();
  const box = await line.boundingBox();
  await page.mouse.move(box.x + 30, box.y + 12, { steps: 4 });
  const target = page.locator("[data-place]").filter({ hasText: place }).first();
  await expect(target).toBeVisible();
  const there = await target.boundingBox();
  await page.mouse.move(there.x + 10, there.y + 5, { steps: 6 });
  await page.mouse.up();
}

test("fifty documents in a zip, two of them broken", async ({ as, mark }) => {
  test.setTimeout(300_000);
  const file = (at) => `Job title: Warden ${at} ${mark}\n\nMain duties\n\n1. Walks round the park number ${at} at dusk.\n2. Talks to those who come.\n`;
  const files = Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`wardens/warden ${at}.txt`, file(at)]));
  files["wardens/broken.docx"] = "PK\u0003\u0004 is how a Word file begins, and no more";
  files["wardens/old.doc"] = Buffer.from("d0cf11e0a1b11ae1", "hex");
  const page = await as(people.author);
  await page.goto("/staff/marlowe/import/batches");
  await expect(page).toHaveURL(/\/import$/);
  await page.getByText("Import many at once").click();
  await page.getByLabel("Several documents").setInputFiles({ name: "all.zip", mimeType: "application/zip", buffer: zip(files) });
  await page.getByRole("button", { name: "Read them all" }).click();
  await says(page, "50 documents came");
  const here = page.url();
  // The progress goes on while nobody looks.
  await page.goto("/staff/marlowe/work");
  await expect(async () => {
    await page.goto(here);
    await expect(page.getByText("All 50 documents are done.")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 240_000 });
  await meet(page, "Documents that came together");
  await expect(page.getByText("broken.docx", { exact: false })).toBeVisible();
  await expect(page.getByText("old.doc", { exact: false })).toBeVisible();
  await expect(page.getByLabel(/^Make a profile of warden/)).toHaveCount(48);
});
