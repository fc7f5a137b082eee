// Nothing waits: saying when one is away, the board of what waits, how long it may take, and the mail.
import { openTask, says, send, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

/** As a date field holds it. */
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test("somebody says when they are away, and takes it back", async ({ as, scripted }) => {
  // Each of the two runs has days of its own: the stories share the person.
  const first = scripted ? 40 : 60;
  const manager = await as(people.otherManager);
  await manager.goto("/staff/marlowe/work");
  await manager.getByRole("link", { name: "Say when you are away" }).click();
  await meet(manager, "When you are away");
  await manager.getByLabel("First day away").fill(day(first));
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.getByRole("alert")).toContainText("Choose who decides instead");
  await meet(manager, "When you are away");
  await manager.getByLabel("Last day away").fill(day(first + 5));
  await manager.getByLabel("Who decides instead").selectOption({ label: people.manager.name });
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.locator("#flash")).toContainText(`${people.manager.name} decides instead`);
  await meet(manager, "When you are away");
  for (const button of await manager.getByRole("button", { name: "Take it back" }).all()) {
    if (await button.isVisible()) {
      await button.click();
      break;
    }
  }
  await says(manager, "Ended: what comes from now on waits for you");
});

test("the board shows what waits, and whoever was asked gives it to somebody else", async ({ as, mark }) => {
  const title = `Wardens' lead ${mark}`;
  const author = await as(people.author);
  await write(author, title, "Visits tenants at home.");
  await send(author, "A new post.");
  const manager = await as(people.manager);
  await manager.goto("/staff/marlowe/reviews");
  await meet(manager, "Reviews");
  await manager.getByRole("link", { name: /^Mine/ }).click();
  expect(manager.url()).toContain("show=mine");
  await expect(manager.getByRole("link", { name: title })).toBeVisible();
  await openTask(manager, title);
  await manager.getByRole("link", { name: "Not me" }).click();
  await meet(manager, "Not yours to decide?");

  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/reviews");
  await meet(admin, "Reviews");
  await admin.getByRole("link", { name: "How long reviews may take" }).click();
  await meet(admin, "How long reviews may take");
  await admin.getByLabel("Working days that a review may take").fill("none");
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByRole("alert")).toContainText("Type a whole number from 1 to 60");
  await meet(admin, "How long reviews may take");
  await admin.goto("/staff/marlowe/mail");
  await meet(admin, "Mail");
});
