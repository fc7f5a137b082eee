// The HR administrator brings somebody in, changes their roles, hands a task on and reads the record.
import { openTask, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { PASSWORD, UNIT, people } from "../support/people.js";
import { expect, test } from "../support/story.js";

test("an administrator invites a manager, and hands a review to them", async ({ as, mark }) => {
  const name = `Ines Adeyemi ${mark}`;
  const email = `ines.${mark.replace(/\W/g, ".")}@marlowe.example`;
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/work");
  await admin.goto("/staff/marlowe/people");
  await meet(admin, "People");
  await admin.getByRole("button", { name: "Invite a person" }).click();
  await meet(admin, "Invite a person");
  await admin.getByLabel("Name").fill(name);
  await admin.getByLabel("E-mail address").fill(email);
  await admin.getByLabel("Hiring manager").check();
  await admin.getByLabel("Where").selectOption({ label: UNIT });
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await says(admin, `${name} is invited: the message goes to ${email}`);
  await meet(admin, name);

  const invited = await as();
  await invited.goto("/demonstration/mail");
  await meet(invited, "Mail of this demonstration");
  const message = invited.getByRole("article").filter({ hasText: email });
  await message.getByRole("link").first().click();
  await meet(invited, "Begin with Rolebook");
  await invited.getByLabel("Password").fill("short");
  await invited.getByRole("button", { name: "Save and sign in" }).click();
  await expect(invited.getByRole("alert")).toContainText("There is a problem");
  await meet(invited, "Begin with Rolebook");
  await invited.getByLabel("Password").fill(PASSWORD);
  await invited.getByRole("button", { name: "Save and sign in" }).click();
  await meet(invited, "My work");

  const title = `Resettlement officer ${mark}`;
  const author = await as(people.author);
  await write(author, title);
  await send(author, "A new post.");
  await admin.goto(versionPath(author));
  await admin.getByRole("link", { name: "Give the review to somebody else" }).or(
    admin.getByRole("button", { name: "Give the review to somebody else" })).click();
  await meet(admin, "Give this review to somebody else");
  await admin.getByLabel("Who decides instead").selectOption({ label: name });
  await admin.getByLabel("Why?").fill("Patricia is away.");
  await admin.getByRole("button", { name: "Give it to them" }).click();
  await says(admin, `${name} decides on ${title} now`);
  await openTask(invited, title);
  await invited.getByRole("button", { name: "Approve", exact: true }).click();
  await says(invited, `You approved ${title}`);
});

test("an administrator gives and takes a role, and the record says so", async ({ as, mark }) => {
  const name = `Tomos Price ${mark}`;
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/people/invite");
  await admin.getByLabel("Name").fill(name);
  await admin.getByLabel("E-mail address").fill(`tomos.${mark.replace(/\W/g, ".")}@marlowe.example`);
  await admin.getByLabel("HR author").check();
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await says(admin, `${name} is invited`);

  await admin.getByLabel("Job evaluation panel").check();
  await admin.getByRole("button", { name: "Give the role" }).click();
  await says(admin, `${name} is now Job evaluation panel`);
  await meet(admin, name);
  await admin.getByRole("button", { name: /^Take away HR author/ }).click();
  await says(admin, `${name} is no longer HR author`);
  await admin.getByRole("link", { name: "What they did" }).click();
  await meet(admin, "Audit");
  await admin.goto("/staff/marlowe/audit");
  await meet(admin, "Audit");
  const record = admin.getByRole("row").filter({ hasText: name });
  await expect(record).toHaveCount(3);

  await admin.goto("/staff/marlowe/units");
  await meet(admin, "Units");
  await admin.getByRole("link", { name: "Housing Options" }).click();
  await meet(admin, "Housing Options");
  await admin.goto("/staff/marlowe/units/new");
  await meet(admin, "Add a unit");
});

test("a short form is added to the glossary, and changed", async ({ as, mark }) => {
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/profiles");
  await admin.getByRole("link", { name: "Glossary" }).click();
  await meet(admin, "Glossary");
  await admin.getByRole("button", { name: "Add it" }).click();
  await meet(admin, "Glossary");
  const short = `Q${mark.replace(/\W/g, "").slice(-8)}`;
  await admin.getByRole("textbox", { name: "Short form" }).fill(short);
  await admin.getByRole("textbox", { name: "What it stands for" }).fill("question of the day");
  await admin.getByRole("button", { name: "Add it" }).click();
  await says(admin, `${short} is added`);
  await meet(admin, "Glossary");
  await admin.getByRole("link", { name: `Change ${short}` }).click();
  await meet(admin, `Change ${short}`);
  await admin.getByRole("button", { name: `Remove ${short}` }).click();
  await says(admin, `${short} (question of the day) is removed`);
});
