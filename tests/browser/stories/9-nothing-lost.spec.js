// Whatever happens while somebody types, what they typed is there afterwards, or offered.
import { accessibility } from "../support/accessibility.js";
import { line, says } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { picture } from "../support/picture.js";
import { expect, signIn, test } from "../support/story.js";
import { authors, change, networkGone, oneDuty, saving, sessionEnds, signedIn } from "../support/typing.js";

test("a line saves itself and says so", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script the button saves");
  const page = await as(authors.first);
  const version = await oneDuty(page, `Ranger ${mark}`, "Walks.");
  const field = await change(page, version, "Walks.");
  await field.pressSequentially(" Talks to visitors.");
  await expect(saving(page)).toHaveText(/^Saved \d+:\d\d[ap]m$/);
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toHaveCount(1);
  await meet(page, `Ranger ${mark}`);
  await field.fill("");
  await expect(saving(page)).toHaveText(/Not saved yet: something is wrong with it. Saved on this device only./);
  await expect(page.getByText("Write the duty, or cancel and delete it")).toBeVisible();
  await meet(page, `Ranger ${mark}`);
  await field.fill("Walks. Talks to visitors. Counts birds.");
  await page.getByRole("link", { name: "Close" }).click();
  await expect(line(page, "Counts birds.")).toBeVisible();
  await expect(page.locator(".rb-offer")).toHaveCount(0);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((name) => name.startsWith("rolebook.copy")))).toEqual([]);
});

test("a new line is saved while it is typed, and stays one line", async ({ as, mark, scripted }) => {
  const page = await as(authors.first);
  const version = await oneDuty(page, `Keeper ${mark}`, "Walks.");
  await page.goto(`${version}/edit`);
  await page.getByRole("link", { name: "Add a duty to Main duties" }).click();
  const field = page.locator("#new").getByLabel("Duty", { exact: true });
  await field.fill("Counts birds.");
  if (scripted) await expect(saving(page)).toHaveText(/^Saved \d+:\d\d[ap]m$/);
  await meet(page, `Keeper ${mark}`);
  await field.fill("Counts birds and bats.");
  await page.getByRole("button", { name: "Add it" }).click();
  await says(page, "Added: Counts birds and bats.");
  await expect(page.locator("li[data-kind=duty]")).toHaveCount(2);
  await expect(page.locator(".rb-offer")).toHaveCount(0);
});

test("the details save themselves too", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script the button saves");
  const page = await as(authors.first);
  const version = await oneDuty(page, `Warden ${mark}`, "Walks.");
  await page.goto(`${version}/details`);
  await page.getByLabel("Hours").fill("30 hours a week");
  await expect(saving(page)).toHaveText(/^Saved/);
  await page.getByLabel("Location").fill("Marlowe Woods");
  await page.getByRole("link", { name: "Close" }).click();
  await expect(page.locator("#details")).toContainText("30 hours a week");
  await expect(page.locator("#details")).toContainText("Marlowe Woods");
});

test("typing goes on through the end of a session", async ({ as, mark, scripted }) => {
  const page = await signedIn(as, authors.first);
  const version = await oneDuty(page, `Gardener ${mark}`, "Plants trees.");
  const field = await change(page, version, "Plants trees.");
  await sessionEnds(page);
  await field.fill("Plants trees and “hedges”.");
  if (scripted) {
    await expect(saving(page)).toContainText("You are signed out. What you typed is kept on this device.");
    await meet(page, `Gardener ${mark}`);
    page.once("dialog", (dialog) => dialog.accept());
    await saving(page).getByRole("link", { name: "Sign in" }).click();
    await signIn(page, authors.first);
    const offer = page.locator(".rb-offer");
    await expect(offer).toContainText(/You typed this on \d+ \w+ at \d+:\d\d[ap]m; it was not saved\./);
    await offer.getByText("Show").click();
    await expect(offer).toContainText("Plants trees and “hedges”.");
    await meet(page, `Gardener ${mark}`);
    await offer.getByRole("button", { name: "Save it" }).click();
  } else {
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await meet(page, "Sign in");
    await expect(page.locator("#why")).toContainText("Nothing is lost");
    await signIn(page, authors.first);
    await meet(page, "Nothing is lost: this was not saved yet");
    await expect(page.getByRole("main")).toContainText("Plants trees and “hedges”.");
    await page.getByRole("button", { name: "Send it now" }).click();
  }
  await says(page, "Saved");
  await expect(line(page, "Plants trees and “hedges”.")).toBeVisible();
  await expect(page.locator(".rb-offer")).toHaveCount(0);
});

test("saves wait for the network to come back", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script the browser keeps the form");
  const page = await as(authors.first);
  const version = await oneDuty(page, `Surveyor ${mark}`, "Measures.");
  const field = await change(page, version, "Measures.");
  const back = await networkGone(page);
  await field.fill("Measures land.");
  await expect(saving(page)).toHaveText("Not saved: trying again. Saved on this device only.");
  await field.fill("Measures land and water.");
  await back();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(saving(page)).toHaveText(/^Saved \d/);
  await page.goto(`${version}/edit`);
  await expect(line(page, "Measures land and water.")).toBeVisible();
});

test("an answer that is lost after the save does no harm", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script there is one answer to wait for");
  const page = await as(authors.first);
  const version = await oneDuty(page, `Bailiff ${mark}`, "Visits.");
  const field = await change(page, version, "Visits.");
  await page.route("**/save", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await field.fill("Visits and");
  await expect(saving(page)).toContainText("trying again");
  await field.fill("Visits and writes.");
  await expect(saving(page)).toContainText("trying again");
  await page.unrouteAll();
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect(saving(page)).toHaveText(/^Saved \d/);
  await page.goto(`${version}/edit`);
  await expect(line(page, "Visits and writes.")).toBeVisible();
});

test("two people, or two tabs, choose between their words", async ({ as, mark, scripted }) => {
  const mine = await as(authors.first);
  const version = await oneDuty(mine, `Planner ${mark}`, "Reads plans of houses every week.");
  const theirs = await as(authors.second);
  const myField = await change(mine, version, "Reads plans");
  const theirField = await change(theirs, version, "Reads plans");
  await theirField.fill("Reads plans of houses every day.");
  await theirs.getByRole("button", { name: "Save", exact: true }).click();
  await says(theirs, "Saved");
  await myField.fill("Reads plans of houses and roads every week.");
  if (scripted) {
    await expect(saving(mine)).toContainText("Kofi Mensah changed this meanwhile. What you typed is kept.");
    await meet(mine, `Planner ${mark}`);
    await mine.getByRole("button", { name: "See both wordings" }).click();
  } else {
    await mine.getByRole("button", { name: "Save", exact: true }).click();
  }
  await meet(mine, "Somebody else saved this while you were editing it");
  await expect(mine.getByLabel("Both texts, to edit")).toHaveValue("Reads plans of houses and roads every day.");
  await mine.getByRole("button", { name: "Keep both" }).click();
  await says(mine, "Saved");
  await expect(line(mine, "Reads plans of houses and roads every day.")).toBeVisible();
  await expect(mine.locator(".rb-offer")).toHaveCount(0);

  const one = await mine.context().newPage();
  const other = await mine.context().newPage();
  const inOne = await change(one, version, "Reads plans");
  const inOther = await change(other, version, "Reads plans");
  await inOne.fill("Reads plans in one tab.");
  await one.getByRole("button", { name: "Save", exact: true }).click();
  await says(one, "Saved");
  await inOther.fill("Reads plans in another tab.");
  if (scripted) await other.getByRole("button", { name: "See both wordings" }).click();
  else await other.getByRole("button", { name: "Save", exact: true }).click();
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Somebody else saved this while you were editing it");
  await other.getByRole("link", { name: "Keep theirs" }).click();
  await expect(line(other, "Reads plans in one tab.")).toBeVisible();
  await other.reload();
  await expect(other.locator(".rb-offer")).toHaveCount(0);
});

test("authors see who else is here", async ({ as, mark }) => {
  const mine = await as(authors.first);
  const version = await oneDuty(mine, `Forester ${mark}`, "Fells trees.");
  const theirs = await as(authors.second);
  await change(theirs, version, "Fells trees.");
  await mine.goto(`${version}/edit`);
  await expect(mine.locator("#others")).toHaveText("Kofi Mensah is here, in Main duties");
  await meet(mine, `Forester ${mark}`);
});

test("an open editor hears who comes", async ({ as, mark, scripted }) => {
  test.skip(!scripted, "without script one hears at the next page");
  const mine = await as(authors.first);
  const version = await oneDuty(mine, `Verderer ${mark}`, "Counts deer.");
  await mine.clock.install();
  await mine.goto(`${version}/edit`);
  await expect(mine.locator("#others")).toBeHidden();
  await change(await as(authors.second), version, "Counts deer.");
  await mine.clock.fastForward("00:21");
  await expect(mine.locator("#others")).toHaveText("Kofi Mensah is here, in Main duties");
});

test("a session's end is announced, and can be put off", async ({ as, scripted }) => {
  test.skip(!scripted, "without script the next page says so");
  const page = await as(authors.first);
  const other = await page.context().newPage();
  const dialog = page.getByRole("dialog");
  // Both tabs go by one clock.
  await page.clock.install();
  for (const tab of [page, other]) await tab.goto("/staff/marlowe/work");
  await page.clock.fastForward("01:55:00");
  await expect(other.getByRole("dialog")).toBeVisible();
  await expect(dialog.getByRole("heading")).toContainText("You will be signed out at");
  await expect(dialog.getByRole("button", { name: "Stay signed in" })).toBeFocused();
  // The dialog holds the Tab key, as it should; so the walk over the page waits.
  expect(await accessibility(page)).toEqual([]);
  await picture(page, 1280);
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Not now" })).toBeFocused();
  await dialog.getByRole("button", { name: "Stay signed in" }).click();
  await expect(dialog).toBeHidden();
  await expect(other.getByRole("dialog")).toBeHidden();
  await page.clock.fastForward("01:55:00");
  await expect(dialog).toBeVisible();
  await page.clock.fastForward("00:06:00");
  await expect(dialog.getByRole("heading")).toHaveText("You are signed out");
  await expect(dialog.getByRole("link", { name: "Sign in" })).toBeVisible();
});
