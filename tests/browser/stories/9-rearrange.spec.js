// An author rearranges a draft: splitting, merging, moving, pasting, marking words, and undoing each.
import { readFileSync } from "node:fs";
import { line, more, says, section, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const word = readFileSync(new URL("../../../src/documents/paste/tests/word.html", import.meta.url), "utf8");
const libreoffice = readFileSync(new URL("../../../src/documents/paste/tests/libreoffice.html", import.meta.url), "utf8");

/** Pastes as a browser does: the HTML in the event, the plain words into the field. */
async function paste(field, html, text) {
  await field.focus();
  await field.evaluate(
    (element, { html, text }) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/html", html);
      clipboardData.setData("text/plain", text);
      const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
      if (element.dispatchEvent(event)) element.setRangeText(text);
    },
    { html, text },
  );
}

async function open(page, words, link) {
  await more(page, words);
  await line(page, words).getByRole("link", { name: link }).click();
}

const duties = (page) => section(page, "Main duties").locator("li.rb-item .rb-item__text");

test("a line is split, merged again, and both are undone", async ({ as, mark }) => {
  const page = await as(people.author);
  await write(page, `Stores officer ${mark}`, "Orders stock.");
  await open(page, "Orders stock.", "Split");
  await meet(page, "Split a duty");
  await page.getByLabel("The parts, a line each").fill("Orders stock\n  weekly\nCounts it");
  await page.getByRole("button", { name: "Show what comes of it" }).click();
  await expect(page.locator(".rb-piece")).toHaveCount(3);
  await meet(page, "Split a duty");
  await page.getByRole("button", { name: "Split into 3 duties" }).click();
  await says(page, "Split into 3 duties");
  await expect(duties(page)).toHaveText(["Orders stock", "weekly", "Counts it"]);
  await more(page, "Counts it");
  await line(page, "Counts it").getByRole("button", { name: "Merge with the line before" }).click();
  await says(page, "Merged with the line before");
  await expect(duties(page)).toHaveCount(2);
  await page.locator("#flash").getByRole("button", { name: "Undo" }).click();
  await says(page, "Undone: Merged");
  await expect(duties(page)).toHaveText(["Orders stock", "weekly", "Counts it"]);
  await page.getByRole("link", { name: "History", exact: true }).click();
  await meet(page, "Changes to this draft");
  const split = page.locator(".rb-step").filter({ hasText: "Split: Orders stock" });
  await split.getByRole("button", { name: "Undo this" }).click();
  await says(page, "Undone: Split");
  await expect(duties(page)).toHaveText(["Orders stock."]);
});

test("a list of Word is pasted with its levels", async ({ as, mark, scripted }) => {
  const page = await as(people.author);
  await write(page, `Ward clerk ${mark}`);
  await section(page, "Main duties").getByRole("link", { name: "Paste a list" }).click();
  await meet(page, "Paste a list into Main duties");
  const field = page.getByLabel("The list");
  const plain = "·\tAnswers the telephone\n\t\to\tWrites down who called\n·\tOrders paper";
  if (scripted) await paste(field, word, plain);
  else await field.fill("• Answers the telephone\n\t- Writes down who called\n• Orders paper");
  await page.getByRole("button", { name: "Show what is read" }).click();
  if (scripted) await expect(page.locator(".rb-note")).toContainText("1 picture");
  await expect(page.locator(".rb-piece").nth(1)).toContainText("level 2");
  await meet(page, "Paste a list into Main duties");
  await page.getByRole("button", { name: scripted ? "Add these 5 duties" : "Add these 3 duties" }).click();
  await says(page, "Added");
  await expect(line(page, "Writes down who called")).toHaveClass(/rb-item--depth-1/);
  if (scripted) await expect(line(page, "Answers the telephone").locator("strong")).toHaveText("telephone");
});

test("a list of LibreOffice is pasted with its levels", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script a browser hands over plain text alone");
  const page = await as(people.author);
  await write(page, `Support worker ${mark}`);
  await section(page, "Main duties").getByRole("link", { name: "Paste a list" }).click();
  await paste(page.getByLabel("The list"), libreoffice, "Visits people");
  await page.getByRole("button", { name: "Show what is read" }).click();
  await page.getByRole("button", { name: "Add these 6 lines" }).click();
  await expect(line(page, "Agrees who does what.")).toHaveClass(/rb-item--depth-1/);
  await expect(line(page, "Leading").getByRole("heading")).toBeVisible();
});

test("lines are put in another order by keyboard", async ({ as, mark, scripted }) => {
  const page = await as(people.author);
  await write(page, `Registrar ${mark}`, "First.");
  await section(page, "Main duties").getByRole("link", { name: "Paste a list" }).click();
  await page.getByLabel("The list").fill("Second.\nThird.");
  await page.getByRole("button", { name: "Show what is read" }).click();
  await page.getByRole("button", { name: "Add these 2 duties" }).click();
  if (!scripted) {
    await line(page, "First.").getByRole("button", { name: "Move down" }).click();
    await expect(duties(page)).toHaveText(["Second.", "First.", "Third."]);
    return;
  }
  const handle = line(page, "First.").getByRole("button", { name: "Move duty 1", exact: true });
  await handle.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("status").filter({ hasText: "Lifted Duty 1 of 3" })).toBeAttached();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("status").filter({ hasText: "Duty 2 of 3" })).toBeAttached();
  await page.keyboard.press("Escape");
  await expect(duties(page)).toHaveText(["First.", "Second.", "Third."]);
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await says(page, "Moved: First.");
  await expect(duties(page)).toHaveText(["Second.", "Third.", "First."]);
  await expect(line(page, "First.").locator(".rb-handle")).toBeFocused();
});

test("a line is dragged into a group", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script the page “Move elsewhere” does it");
  const page = await as(people.author);
  await write(page, `Driver ${mark}`, "Drives.");
  await section(page, "Main duties").getByRole("link", { name: "Add a group of duties to Main duties" }).click();
  await page.getByLabel("Heading of the group").fill("On the road");
  await page.getByRole("button", { name: "Add it" }).click();
  await says(page, "Added");
  const [handle, group] = [line(page, "Drives.").locator(".rb-handle"), line(page, "On the road")];
  await handle.scrollIntoViewIfNeeded();
  const [from, to] = [await handle.boundingBox(), await group.boundingBox()];
  await page.mouse.move(from.x + 5, from.y + 5);
  await page.mouse.down();
  await page.mouse.move(from.x + 8, from.y + 40, { steps: 4 });
  await expect(page.locator(".rb-landing")).toBeVisible();
  await page.mouse.move(from.x + 8, to.y + to.height - 2, { steps: 6 });
  await page.mouse.up();
  await says(page, "Moved: Drives.");
  await expect(line(page, "Drives.")).toHaveClass(/rb-item--depth-1/);
});

test("a line goes to another section and its history says so", async ({ as, mark }) => {
  const page = await as(people.author);
  await write(page, `Caretaker ${mark}`, "Keeps the hall.");
  await open(page, "Keeps the hall.", "Move elsewhere");
  await meet(page, "Move a duty");
  await page.getByLabel("Where to").selectOption({ label: "Purpose of the job, as a paragraph" });
  await page.getByRole("button", { name: "Move it there" }).click();
  await says(page, "It is a paragraph now.");
  await open(page, "Keeps the hall.", "History");
  await meet(page, "History of a line");
  await expect(page.getByText("from Main duties, place 1 to Purpose of the job, place 2")).toBeVisible();
});

test("words are marked bold, italic and as links", async ({ as, mark, scripted }) => {
  const page = await as(people.author);
  await write(page, `Librarian ${mark}`, "Lends books.");
  await line(page, "Lends books.").getByRole("link", { name: /^Change/ }).click();
  const field = page.getByLabel("Duty", { exact: true });
  if (scripted) {
    await field.evaluate((element) => element.setSelectionRange(6, 11));
    await field.press("ControlOrMeta+b");
    await expect(field).toHaveValue("Lends **books**.");
    await page.getByRole("button", { name: "Bold" }).click();
    await expect(field).toHaveValue("Lends books.");
    await page.getByRole("button", { name: "Bold" }).click();
    await meet(page, `Librarian ${mark}`);
    await field.press("End");
    await field.press("ControlOrMeta+End");
    await page.keyboard.type(" ");
    await field.press("ControlOrMeta+k");
    await page.keyboard.type("https://library.example/");
  } else {
    await field.fill("Lends **books**. [words](https://library.example/)");
  }
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const shown = line(page, "Lends books.");
  await expect(shown.locator("strong")).toHaveText("books");
  await expect(shown.getByRole("link", { name: "words" })).toHaveAttribute("href", "https://library.example/");
});

test("one section is shown alone, and the draft is previewed in three ways", async ({ as, mark }) => {
  const page = await as(people.author);
  const title = `Porter ${mark}`;
  await write(page, title);
  await section(page, "Main duties").getByRole("link", { name: "Show alone" }).click();
  await expect(section(page, "Person specification")).toBeHidden();
  await expect(page.getByText("Guidance for this section")).toBeVisible();
  await meet(page, title);
  await page.getByRole("link", { name: "Show all sections" }).click();
  await meet(page, title);
  await page.getByRole("link", { name: "Preview" }).click();
  await meet(page, "Preview");
  await page.getByRole("link", { name: "As readers of an advert" }).click();
  await meet(page, "Preview");
  await page.getByRole("link", { name: "On a phone" }).click();
  await meet(page, "Preview");
});
