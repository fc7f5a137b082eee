// Copies on the device: they outlive the tab, belong to one person, and say so where there can be none.
import { line, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, signIn, test } from "../support/story.js";
import { authors, change, networkGone, oneDuty, saving, sessionEnds, signedIn } from "../support/typing.js";

test("a tab that was closed leaves its words on the device", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "the device keeps copies with script alone");
  const page = await signedIn(as, authors.first);
  const version = await oneDuty(page, `Clerk of works ${mark}`, "Inspects.");
  const field = await change(page, version, "Inspects.");
  // With a session or a network a closing tab still sends what it holds.
  await sessionEnds(page);
  await field.fill("Inspects roofs.");
  await expect(saving(page)).toContainText("kept on this device");
  const later = await page.context().newPage();
  await page.close();
  await later.goto("/sign-in");
  await signIn(later, authors.second);
  await later.goto(`${version}/edit`);
  await later.waitForTimeout(3000);
  await expect(later.locator(".rb-offer")).toHaveCount(0);
  await later.getByRole("button", { name: "Sign out" }).click();
  await signIn(later, authors.first);
  await later.goto(`${version}/edit`);
  const offer = line(later, "Inspects.").locator(".rb-offer");
  await expect(offer).toContainText("it was not saved");
  await meet(later, `Clerk of works ${mark}`);
  await offer.getByRole("button", { name: "Save it" }).click();
  await says(later, "Saved");
  await expect(line(later, "Inspects roofs.")).toBeVisible();

  await later.getByRole("link", { name: "Add a duty to Main duties" }).click();
  await later.locator("#new").getByLabel("Duty").fill("Reports damp.");
  // A page that goes still sends what it holds: a new line too stands in the draft then, and is offered nowhere.
  await later.goto(`${version}/edit`);
  await expect(async () => {
    await later.reload();
    await expect(line(later, "Reports damp.")).toBeVisible({ timeout: 500 });
  }).toPass();
  await expect(later.locator(".rb-offer")).toHaveCount(0);
});

test("a device that keeps nothing is named", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "the device keeps copies with script alone");
  const page = await as(authors.first);
  const version = await oneDuty(page, `Dog warden ${mark}`, "Walks dogs.");
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  const field = await change(page, version, "Walks dogs.");
  const back = await networkGone(page);
  await field.fill("Walks stray dogs.");
  await expect(saving(page)).toHaveText(
    "Not saved: trying again. This device can't keep it: its storage is full or closed. Leave this page open.",
  );
  await back();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(saving(page)).toHaveText(/^Saved \d/);
});

test("what came too late for a version can still be copied from it", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "the device keeps copies with script alone");
  const page = await as(people.author);
  await write(page, `Lettings clerk ${mark}`, "Lets homes.");
  const version = versionPath(page);
  const field = await change(page, version, "Lets homes.");
  const back = await networkGone(page);
  await field.fill("Lets homes and garages.");
  await expect(saving(page)).toContainText("Saved on this device only");
  const other = await page.context().newPage();
  await other.goto(`${version}/edit`);
  await send(other, "A new post.");
  await other.close();
  await back();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(saving(page)).toContainText("is in review now, so it can't be edited");
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto(version);
  const offer = page.locator(".rb-offer");
  await expect(offer).toContainText("This version can't be edited any more: copy from here what you need.");
  await expect(offer).toContainText("Lets homes and garages.");
  await meet(page, `Lettings clerk ${mark}`);
});
