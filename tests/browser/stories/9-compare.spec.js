// Versions read against each other: by accessible names, side by side, and on a narrow screen; and an old text as a new draft.
import { issue, line, says, versionPath } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

/** A profile in force with its next draft, whose one duty is reworded. */
async function reworded(as, title) {
  const author = await as(people.author);
  const manager = await as(people.manager);
  await issue(author, manager, title, "Walks the estates each week.");
  const profile = versionPath(author).replace(/\/versions\/.*/, "");
  await author.goto(profile);
  await author.getByRole("button", { name: "Start the next draft" }).click();
  await line(author, "Walks the estates each week.").getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Duty").fill("Walks the estates every day.");
  await author.getByRole("button", { name: "Save", exact: true }).click();
  return { author, profile };
}

test("a comparison is read by its names and words, inline and side by side", async ({ as, mark }) => {
  const { author, profile } = await reworded(as, `Estate warden ${mark}`);
  await author.goto(`${profile}/versions/2`);
  await meet(author, `Estate warden ${mark}`);
  await author.getByRole("link", { name: "Compare with…" }).click();
  await meet(author, "Compare with…");
  await author.getByRole("link", { name: "Version 1" }).click();
  await meet(author, "What changed");
  await expect(author.getByText("1 reworded.")).toBeVisible();

  // By ear: the words "removed" and "added" are there, not colour alone.
  const changed = author.getByRole("listitem").filter({ hasText: "Reworded" }).filter({ hasText: "Walks the estates" }).last();
  await expect(changed).toContainText("[removed: each week.]");
  await expect(changed).toContainText("[added: every day.]");
  await expect(changed.getByRole("deletion")).toHaveCount(1);
  await expect(changed.getByRole("insertion")).toHaveCount(1);
  await author.getByRole("link", { name: "Duty: Walks the estates every day." }).click();
  await expect(author).toHaveURL(/#item-\d+$/);

  await author.getByRole("link", { name: "Show side by side" }).click();
  await meet(author, "What changed");
  await expect(author.locator(".rb-sides__old").filter({ hasText: "each week" })).toBeVisible();
  await expect(author.locator(".rb-sides__new .rb-removed").filter({ hasText: "each week" })).toBeHidden();
  await author.setViewportSize({ width: 320, height: 640 });
  await expect(author.locator(".rb-sides__old").filter({ hasText: "each week" })).toBeHidden();
  await expect(author.locator(".rb-sides__new .rb-removed").filter({ hasText: "each week" })).toBeVisible();
});

test("on paper everything is unfolded", async ({ as }) => {
  const author = await as(people.author);
  await author.goto("/staff/marlowe/profiles/JP-0001/versions/2/compare?with=1");
  const folded = author.locator("details.rb-folded").first();
  await expect(folded.locator("summary")).toContainText(/\d+ lines unchanged/);
  await expect(folded.locator("li").first()).toBeHidden();
  await author.emulateMedia({ media: "print" });
  await expect(folded.locator("li").first()).toBeVisible();
  await author.emulateMedia({ media: "screen" });
  await author.getByRole("link", { name: "Show what did not change too" }).click();
  await expect(author.locator("details.rb-folded").first().locator("li").first()).toBeVisible();
});

test("the life of a profile is on one line, and an old text starts a new draft", async ({ as, mark }) => {
  const { author, profile } = await reworded(as, `Estate keeper ${mark}`);
  await author.goto(profile);
  await meet(author, `Estate keeper ${mark}`);
  const life = author.getByRole("list", { name: "What happened to version 1" });
  for (const word of ["Created", "Sent for review", "Approved", "Grade decided", "Issued"]) {
    await expect(life.getByText(word, { exact: true })).toBeVisible();
  }
  await author.goto(`${profile}/versions/1`);
  await expect(author.getByText(`Under way: version 2, started by ${people.author.name}`)).toBeVisible();
  await author.goto(`${profile}/versions/2/discard`);
  await author.getByRole("button", { name: "Discard the draft" }).click();
  await author.goto(`${profile}/versions/2`);
  await author.getByRole("button", { name: "Start a new draft from this version" }).click();
  await says(author, "Version 3 is a draft with the text of version 2. Version 1 stays in force meanwhile.");
  await expect(author.getByText("Walks the estates every day.")).toBeVisible();
});
