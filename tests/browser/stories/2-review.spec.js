// The hiring manager asks for changes with a reason, sees what was changed, and approves.
import { issue, line, openTask, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const REASON = "Say how often the post holder visits tenants.";

test("a manager asks for changes, reads what changed, and approves", async ({ as, mark }) => {
  const title = `Visiting officer ${mark}`;
  const author = await as(people.author);
  await write(author, title, "Visits tenants at home.");
  const version = versionPath(author);
  await send(author, "A new post.");

  const manager = await as(people.manager);
  await manager.goto("/staff/marlowe/work");
  await meet(manager, "My work");
  await openTask(manager, title);
  await expect(manager.getByText("This is the first version of the profile: all of it is new.")).toBeVisible();
  await meet(manager, title);
  await manager.getByRole("button", { name: "Request changes" }).click();
  await expect(manager.getByRole("alert")).toContainText("There is a problem");
  await meet(manager, title);
  await manager.getByLabel("If something has to change first").fill(REASON);
  await manager.getByRole("button", { name: "Request changes" }).click();
  await says(manager, `Sent back to ${people.author.name} with your reason`);

  await author.goto("/staff/marlowe/work");
  await author.getByRole("link", { name: title }).click();
  await expect(author.getByText(REASON)).toBeVisible();
  await expect(author.getByRole("heading", { name: `${people.manager.name} asked for changes` })).toBeVisible();
  await meet(author, title);
  await line(author, "Visits tenants at home.").getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Duty").fill("Visits tenants at home twice a year.");
  await meet(author, title);
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await send(author, "Says how often.");

  await openTask(manager, title);
  await meet(manager, title);
  await expect(manager.getByText("Visits tenants at home twice a year.", { exact: true })).toBeVisible();
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);
  await manager.goto(version);
  await expect(manager.locator(".rb-head")).toContainText("Approved");
  await meet(manager, title);
});

test("the words that a next version changes are marked", async ({ as, mark }) => {
  const title = `Estate officer ${mark}`;
  const author = await as(people.author);
  const manager = await as(people.manager);
  await issue(author, manager, title, "Walks the estates each week.");
  const version = versionPath(author);

  await author.goto(version.replace(/\/versions\/.*/, ""));
  await meet(author, title);
  await author.getByRole("button", { name: "Start the next draft" }).click();
  await line(author, "Walks the estates each week.").getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Duty").fill("Walks the estates every day.");
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await author.getByRole("link", { name: "What changed" }).click();
  await meet(author, "What changed");
  await author.goBack();
  await send(author, "Tenants asked for daily walks.");

  await openTask(manager, title);
  await meet(manager, title);
  await expect(manager.locator("del", { hasText: "each week" })).toBeVisible();
  await expect(manager.locator("ins", { hasText: "every day" })).toBeVisible();
  await expect(manager.getByRole("link", { name: "Duty: Walks the estates every day." })).toBeVisible();
});
