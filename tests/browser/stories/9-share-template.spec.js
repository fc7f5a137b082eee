// A template between two employers: offered, taken as their own, tried there, offered again with each later version, and
// kept when sharing ends. And what a template does with a check: switched off, pointed out, or asked for.
import { says, versionPath } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const NEIGHBOUR = { name: "Joanne Blackwood", email: "joanne.blackwood@calder-vale.example", employer: "calder-vale" };

test("a template is offered, taken, and offered again when it changes", async ({ as, mark }) => {
  test.slow();
  const name = `Drivers ${mark}`;
  const [giver, taker] = [await as(NEIGHBOUR), await as(people.administrator)];
  await made(giver, "calder-vale", name);
  await use(giver, "For drivers.");
  const mine = giver.url();
  await giver.getByRole("link", { name: "Share it" }).click();
  await meet(giver, `Share ${name}`);
  await giver.getByLabel("Employer").fill("Marlowe Borough Council");
  await giver.getByRole("button", { name: "Offer it" }).click();
  await says(giver, "Offered to Marlowe Borough Council");

  await taker.goto("/staff/marlowe/work");
  await taker.getByRole("link", { name: `Take or decline what is shared: ${name}` }).click();
  await meet(taker, "Shared by others");
  const offer = taker.getByRole("article").filter({ hasText: name });
  await offer.getByRole("button", { name: "Take it as a template of ours" }).click();
  await says(taker, "Taken. It is not in use yet");
  await meet(taker, name);
  const theirs = taker.url();
  await taker.getByRole("button", { name: "Go on with the change" }).click();
  await use(taker, "As our neighbours have it.");

  await giver.goto(mine);
  await giver.getByRole("button", { name: "Begin a change" }).click();
  await giver.getByRole("button", { name: "Remove Working arrangements" }).click();
  await use(giver, "It is said elsewhere.");
  await taker.goto(theirs);
  await expect(taker.getByRole("heading", { name: /^A later version from Calder Vale/ })).toBeVisible();
  await meet(taker, name);
  await taker.getByRole("button", { name: "Begin a change with it" }).click();
  await says(taker, "This is how it is there.");
  await expect(taker.getByRole("heading", { name: "Working arrangements" })).toHaveCount(0);
  await use(taker, "We follow.");

  await giver.getByRole("link", { name: "Share it" }).click();
  await giver.getByRole("button", { name: /^Stop sharing it/ }).click();
  await says(giver, "keeps what it has, and gets nothing new");
  await taker.goto(theirs);
  await expect(taker.locator("main")).toContainText("who stopped sharing it on");
});

test("a check is pointed out where the template does not insist on it", async ({ as, mark }) => {
  test.slow();
  const [name, title] = [`Checked ${mark}`, `Rider ${mark}`];
  const [admin, author] = [await as(people.administrator), await as(people.author)];
  await made(admin, "marlowe", name);
  await expect(admin.getByRole("heading", { name: "Checks that always hold" })).toBeVisible();
  await admin.getByRole("link", { name: "Change Purpose of the post" }).click();
  await meet(admin, "Change Purpose of the post");
  await admin.getByLabel("No line is longer than 60 words").selectOption({ label: "Pointed out, stops nothing" });
  await admin.getByRole("button", { name: "Save the section" }).click();
  await says(admin, "Saved the section Purpose of the post");
  await use(admin, "Long lines are a matter of taste.");

  await author.goto("/staff/marlowe/profiles/new");
  await author.getByLabel("Job title").fill(title);
  await author.getByLabel("Unit").selectOption({ index: 1 });
  await author.getByLabel("Template").selectOption({ label: name });
  await author.getByRole("button", { name: "Start the draft" }).click();
  await says(author, `Started ${title}.`);
  const version = versionPath(author);
  await author.getByRole("link", { name: "Add a paragraph to Purpose of the post" }).click();
  await author.getByRole("textbox", { name: "Paragraph" }).fill("Rides out. ".repeat(40));
  await author.getByRole("button", { name: "Add it" }).click();
  await author.goto(`${version}/submit`);
  await expect(author.getByRole("region", { name: "Worth a look" })).toContainText("is longer than 60 words");
  await meet(author, "Not ready to send yet");
  await author.goto(`${version}/edit`);
  await expect(author.getByRole("heading", { name: "Worth a look" })).toBeVisible();
  await meet(author, title);
});

/** Makes a template of the ready one for posts; ends on the page that changes it. */
async function made(page, employer, name) {
  await page.goto(`/staff/${employer}/templates/new`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Begins as").selectOption({ label: "Ready: Council post specification" });
  await page.getByRole("button", { name: "Make the template" }).click();
  await says(page, "Made.");
}

/** Brings what is being written into use; ends on the template's page. */
async function use(page, why) {
  await page.getByRole("button", { name: "See what it changes" }).click();
  await page.getByLabel("Why it changes").fill(why);
  await page.getByRole("button", { name: "Bring it into use" }).click();
  await says(page, "In use from now on.");
}
