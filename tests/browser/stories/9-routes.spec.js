// Routes to approval: an administrator says the way, the sender sees it, a guest agrees by a link, a manager approves.
import { openTask, says, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, test } from "../support/story.js";

test("a route with a guest, from its form to the approval", async ({ as, mark }) => {
  const [title, unit] = [`Lettings officer ${mark}`, `Lettings ${mark}`];
  const jo = `jo.${mark.replace(" ", ".")}@union.example`;
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/units/new");
  await admin.getByLabel("Name").fill(unit);
  await admin.getByLabel("Part of").selectOption({ label: (await admin.getByLabel("Part of").locator("option").allTextContents()).find((one) => one.endsWith(UNIT)) });
  await admin.getByRole("button", { name: "Add the unit" }).click();

  await admin.goto("/staff/marlowe/routes");
  await meet(admin, "Routes to approval");
  await admin.getByRole("button", { name: "Add a route" }).first().click();
  await meet(admin, "A new route to approval");
  await admin.getByLabel("Name of the route").fill(`Lettings ${mark}`);
  const whose = admin.getByLabel("Whose profiles take it");
  await whose.selectOption({ label: (await whose.locator("option").allTextContents()).find((one) => one.endsWith(unit)) });
  await admin.getByLabel("What it asks").selectOption({ label: "Agree" });
  await admin.getByLabel("Who is asked", { exact: true }).selectOption({ label: "A guest without an account, named below" });
  await admin.getByText("Its name, a guest, when it is taken").click();
  await admin.getByLabel("The guest’s name").fill("Jo Branch");
  await admin.getByLabel("Plain questions").fill("Main duties: Do they still answer tenants?");
  await admin.getByRole("button", { name: "Add a step" }).click();
  const second = admin.locator("fieldset.rb-box").nth(1);
  // By name: other stories bring more hiring managers in, and the role alone may find one of those.
  await second.getByLabel("Who is asked", { exact: true }).selectOption({ label: "A person, named below" });
  await second.getByLabel("The person, where one is named").selectOption({ label: people.manager.name });
  await admin.getByRole("button", { name: "Save the route" }).click();
  await expect(admin.getByRole("alert")).toContainText("a guest needs a name and an e-mail address");
  await meet(admin, "A new route to approval");
  await admin.getByLabel("The guest’s e-mail address").first().fill(jo);
  await admin.getByRole("button", { name: "Save the route" }).click();
  await says(admin, `Saved “Lettings ${mark}”`);

  const author = await as(people.author);
  await write(author, title);
  const version = versionPath(author);
  await author.goto(`${version.replace(/\/versions.*/, "")}/change`);
  const where = author.getByLabel("Unit");
  await where.selectOption({ label: (await where.locator("option").allTextContents()).find((one) => one.endsWith(unit)) });
  await author.getByRole("button", { name: "Save" }).click();
  await admin.goto("/staff/marlowe/routes");
  await admin.getByLabel("Draft").selectOption({ label: (await admin.getByLabel("Draft").locator("option").allTextContents()).find((one) => one.startsWith(title)) });
  await admin.getByRole("button", { name: "Show who would get it, and when" }).click();
  await meet(admin, "Who would get it");
  await expect(admin.getByText("1. Agree")).toBeVisible();

  await author.goto(`${version}/submit`);
  await meet(author, "Send for review");
  await author.getByLabel("What does this version change, and why?").fill("A new post.");
  await author.getByLabel("Major").check();
  await author.getByRole("radio", { name: "No", exact: true }).check();
  await author.getByRole("button", { name: "Send for review" }).click();
  await says(author, "Sent to Jo Branch for review");
  await author.goto(`${version}/review`);
  await meet(author, `The review of ${title}`);

  const guest = await as();
  const mails = await as();
  await guest.goto(await secret(mails, jo, /\/guest\/\w+/));
  await meet(guest, "Marlowe Borough Council asks you to look at a job profile");
  await guest.getByRole("button", { name: "Send me a code" }).click();
  await meet(guest, "Marlowe Borough Council asks you to look at a job profile");
  await guest.getByLabel("Code").fill((await secret(mails, jo, /code is \d{6}/)).slice(-6));
  await guest.getByRole("button", { name: "Go on" }).click();
  await meet(guest, title);
  await guest.getByRole("button", { name: "Agree to it" }).click();
  await expect(guest.getByRole("alert")).toContainText("Answer “Main duties: Do they still answer tenants?”");
  await meet(guest, title);
  await guest.getByRole("radio", { name: "Yes" }).check();
  await guest.getByRole("button", { name: "Agree to it" }).click();
  await meet(guest, "Thank you: it is recorded");

  const manager = await as(people.manager);
  await manager.setViewportSize({ width: 320, height: 640 });
  await openTask(manager, title);
  await meet(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);
  await author.goto(`${version}/review`);
  await expect(author.getByText("Main duties: Do they still answer tenants? Yes.")).toBeVisible();
});

/** What the newest message to an address says there. */
async function secret(page, address, pattern) {
  await page.goto("/demonstration/mail");
  const texts = await page.locator("main").innerText();
  const own = texts.slice(texts.indexOf(address));
  return own.match(pattern)[0];
}
