// From the message to the decision without a password, on a phone; and mail when one wants it.
import { send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

/** What the newest message with that subject says there, once it has left. */
async function secret(page, about, pattern) {
  let found;
  await expect(async () => {
    await page.goto("/demonstration/mail");
    const message = page.locator("article").filter({ has: page.getByRole("heading", { name: about }) }).first();
    found = (await message.innerText()).match(pattern);
    expect(found).not.toBeNull();
  }).toPass({ timeout: 30_000 });
  return found[0];
}

test("a manager decides from the link in the message", async ({ as, mark }) => {
  const title = `Tenancy officer ${mark}`;
  const author = await as(people.author);
  await write(author, title);
  const version = versionPath(author);
  await send(author, "A new post.");

  const mails = await as();
  const manager = await as();
  await manager.setViewportSize({ width: 320, height: 640 });
  await manager.goto(await secret(mails, `To approve: ${title}`, /\/decide\/\w+/));
  await meet(manager, `Review and decide: ${title}`);
  await manager.getByRole("button", { name: "Send me a code" }).click();
  await meet(manager, `Review and decide: ${title}`);
  await manager.getByLabel("Code").fill("12");
  await manager.getByRole("button", { name: `Go on as ${people.manager.name}` }).click();
  await expect(manager.getByRole("alert")).toContainText("Type the six digits of the code");
  await meet(manager, `Review and decide: ${title}`);
  const code = (await secret(mails, "Your code for a job profile", /code is \d{6}/)).slice(-6);
  await manager.getByLabel("Code").fill(code);
  await manager.getByRole("button", { name: `Go on as ${people.manager.name}` }).click();
  await meet(manager, title);
  await expect(manager.getByText("It opens this review alone")).toBeVisible();
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(manager.locator("#flash")).toContainText(`You approved ${title}`);
  await meet(manager, "Nothing more to do here");
  await manager.goBack();
  await author.goto(version);
  await expect(author.getByText("Approved").first()).toBeVisible();
});

test("somebody chooses when mail about their work comes", async ({ as }) => {
  const manager = await as(people.otherManager);
  await manager.goto("/account/mail");
  await meet(manager, "Mail about your work");
  await manager.getByRole("radio", { name: "One message each working day" }).check();
  await manager.getByLabel("Quiet hours from").selectOption({ label: "10pm" });
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.getByRole("alert")).toContainText("Choose when the quiet hours end");
  await meet(manager, "Mail about your work");
  await manager.getByLabel("Quiet hours until").selectOption({ label: "7am" });
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.locator("#flash")).toContainText("from 8am; nothing from 10pm to 7am");
  await meet(manager, "Your account");
  await manager.goto("/account/mail");
  await manager.getByRole("radio", { name: "Each message at once" }).check();
  await manager.getByLabel("Quiet hours from").selectOption({ label: "No quiet hours" });
  await manager.getByLabel("Quiet hours until").selectOption({ label: "No quiet hours" });
  await manager.getByRole("button", { name: "Save" }).click();
  await expect(manager.locator("#flash")).toContainText("Each message at once");
});
