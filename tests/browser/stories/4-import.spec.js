// Documents come in: each is read, reported word for word, and made a profile or the next version of one.
import { existsSync, readdirSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { issue, line, says } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const root = join(import.meta.dirname, "../../..");

/** The documents of a folder; none where there is no such folder. */
function documents(folder) {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /\.(docx|odt|rtf|pdf|txt)$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Uploads a file and ends on its report. */
async function upload(page, file) {
  await page.goto("/staff/marlowe/import");
  await page.getByLabel("Job description").setInputFiles(file);
  await page.getByRole("button", { name: "Read the document" }).click();
  const name = typeof file === "string" ? basename(file) : file.name;
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`What was read from ${name}`);
}

/** A kind of file that the page does not promise to read is refused in one sentence. */
async function refused(page, file) {
  await page.getByLabel("Job description").setInputFiles(file);
  await page.getByRole("button", { name: "Read the document" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveText([/: save .+ as \.docx or plain text and use that file\.$/]);
}

/** Makes a profile of the report that the page shows. */
async function makeProfile(page) {
  await page.getByLabel("Unit", { exact: true }).selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Make the job profile" }).click();
  await says(page, "is a draft made of");
}

const ours = documents(join(root, "tests/golden/documents"));
const others = documents(join(root, "../shared/sources"));

for (const [whose, file] of [...ours.map((file) => ["our", file]), ...others.map((file) => ["the real", file])]) {
  test(`${whose} ${basename(file)} becomes a profile, or is refused where its kind is not read`, async ({ as, scripted }) => {
    // Without script the pages of our own documents stand for those of the real ones.
    const look = scripted || whose === "our";
    const page = await as(people.author);
    await page.goto("/staff/marlowe/import");
    const accepted = (await page.getByLabel("Job description").getAttribute("accept")).split(",");
    if (!accepted.includes(extname(file))) return refused(page, file);
    await upload(page, file);
    await expect(page.locator(".rb-counts li").first()).toHaveText(/^[1-9]\d* recognised$/);
    if (look) await meet(page, `What was read from ${basename(file)}`);
    await makeProfile(page);
    await expect(page.locator(".rb-duties--edit li").first()).toBeVisible();
    if (look) await meet(page, /\S/);
  });
}
if (others.length === 0) console.log("There is no folder ../shared/sources, so no real document is imported here.");

test("a document becomes the next version of a profile, with a match put right", async ({ as, mark }) => {
  const title = `Caretaker ${mark}`;
  const author = await as(people.author);
  const manager = await as(people.manager);
  await issue(author, manager, title, "Unlocks the building at seven each morning.");
  const text = [
    `Job title: ${title}`,
    "Grade: Grade 6",
    "",
    "Main duties",
    "",
    "1. Unlocks the building at six each morning.",
    "2. Keeps the boiler log.",
    "",
    "Person specification",
    "",
    "Essential",
    "- Can write a clear letter.",
    "",
  ];
  await upload(author, { name: `caretaker ${mark}.txt`, mimeType: "text/plain", buffer: Buffer.from(text.join("\n")) });
  await author.getByLabel("Job profile", { exact: true }).selectOption({ label: await option(author, title) });
  await author.getByRole("button", { name: "Match it line by line" }).click();
  await meet(author, /^Match caretaker/);
  await expect(author.getByText("% alike")).toBeVisible();
  await author.getByLabel("Goes on from: Unlocks the building at six").selectOption({ label: "None: it is new" });
  await author.getByRole("button", { name: "Make the draft" }).click();
  await says(author, "is a draft made of the document");
  await meet(author, title);
  await expect(line(author, "Keeps the boiler log.")).toBeVisible();
  await author.getByRole("link", { name: "What changed" }).click();
  await meet(author, "What changed");
  const changed = (words) => author.locator(".rb-changed").filter({ hasText: words });
  await expect(changed("six each morning")).toContainText("Added");
  await expect(changed("seven each morning")).toContainText("Removed");
});

/** The text of the option that names the profile. */
async function option(page, title) {
  const options = await page.getByLabel("Job profile", { exact: true }).locator("option").allTextContents();
  return options.find((text) => text.includes(title));
}

test("what is no job description is refused in one sentence", async ({ as }) => {
  const page = await as(people.author);
  await page.goto("/staff/marlowe/import");
  await meet(page, "Import a document");
  await page.getByRole("button", { name: "Read the document" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose the document to import");
  await meet(page, "Import a document");
  // The first bytes of a Word file of before 2007.
  const old = { name: "old.doc", mimeType: "application/msword", buffer: Buffer.from("d0cf11e0a1b11ae1", "hex") };
  await refused(page, old);
  await meet(page, "Import a document");
});

test("several documents at once: each is read, and those ticked become profiles", async ({ as, mark }) => {
  const page = await as(people.author);
  const text = (title) => `Job title: ${title} ${mark}\n\nMain duties\n\n1. Opens the doors.\n2. Locks them.\n`;
  const file = (name, words) => ({ name, mimeType: "text/plain", buffer: Buffer.from(words) });
  await page.goto("/staff/marlowe/import");
  await page.getByText("Import many at once").click();
  await meet(page, "Import a document");
  await page.getByLabel("Several documents").setInputFiles([
    file(`porter ${mark}.txt`, text("Porter")),
    file(`broken ${mark}.docx`, "PK\u0003\u0004"),
    file(`warden ${mark}.txt`, text("Warden").replace("Opens the doors", "Walks the whole park at dusk and talks to visitors")),
  ]);
  await page.getByRole("button", { name: "Read them all" }).click();
  await says(page, "3 documents came");
  const here = page.url();
  await done(page, here);
  await meet(page, "Documents that came together");
  await expect(page.getByText("The file is damaged")).toBeVisible();
  await page.getByLabel(`Make a profile of porter ${mark}.txt`).check();
  await page.getByLabel("Unit", { exact: true }).selectOption({ label: UNIT });
  await page.getByRole("button", { name: "Make the job profiles" }).click();
  await says(page, "1 profile is being made");
  await done(page, here);
  await expect(page.getByText(/^Became JP-/)).toHaveCount(1);
  await page.getByRole("link", { name: `porter ${mark}.txt` }).click();
  await page.getByRole("link", { name: "See it line by line" }).click();
  await meet(page, `porter ${mark}.txt line by line`);
});

/** Looks again until nothing is left to do. */
async function done(page, here) {
  await expect(async () => {
    await page.goto(here);
    await expect(page.getByText("All 3 documents are done.")).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}
