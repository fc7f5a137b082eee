// Units that move, the chart of a post, and a clause of another employer.
import { says, start } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { UNIT, people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const NEIGHBOUR = { name: "Joanne Blackwood", email: "joanne.blackwood@calder-vale.example", employer: "calder-vale" };

test("a unit is renamed and moves, and says what it was", async ({ as, mark }) => {
  const admin = await as(people.administrator);
  await admin.goto("/staff/marlowe/units/new");
  await admin.getByLabel("Name").fill(`Allotments ${mark}`);
  await admin.getByRole("button", { name: "Add" }).click();
  await says(admin, "is added");
  const unit = admin.url();
  await admin.getByLabel("Name").fill(`Gardens ${mark}`);
  await admin.getByLabel("Part of").selectOption({ label: UNIT });
  await admin.getByRole("button", { name: "Save the unit" }).click();
  await says(admin, "is saved");
  await admin.goto(unit);
  await meet(admin, `Gardens ${mark}`);
  await expect(admin.locator("main")).toContainText(`Allotments ${mark}, at the top: until`);
});

test("the chart of a post is drawn, with the same in words", async ({ as, mark }) => {
  const author = await as(people.author);
  const title = `Ranger ${mark}`;
  await start(author, title);
  await author.getByRole("link", { name: "Change the details" }).click();
  await author.getByLabel("Reports to").fill("Head of parks");
  await author.getByLabel("Responsible for").fill("2 assistant rangers");
  await author.getByRole("button", { name: "Save the details" }).click();
  await says(author, "Saved");
  await author.goto(author.url().replace(/\/edit.*$/, ""));
  await meet(author, title);
  const words = `${title} reports to Head of parks. ${title} leads 2 assistant rangers.`;
  await expect(author.locator("figure figcaption")).toHaveText(words);
  const box = await author.locator("figure svg").boundingBox();
  expect(box?.width).toBeLessThan(300);
});

test("a clause is offered to another employer, which decides", async ({ as }) => {
  test.slow();
  const [giver, taker] = [await as(NEIGHBOUR), await as(people.administrator)];
  await giver.goto("/staff/calder-vale/clauses");
  const link = giver.getByRole("rowheader").getByRole("link").first();
  const name = (await link.textContent()) ?? "";
  await link.click();
  await giver.getByRole("link", { name: "Share it" }).click();
  await meet(giver, `Share ${name}`);
  const ends = giver.getByRole("button", { name: /^Stop sharing it/ });
  while (await ends.count()) await ends.first().click();
  await giver.getByRole("button", { name: "Offer it" }).click();
  await expect(giver.getByRole("alert")).toContainText("Type the employer’s name");
  await giver.getByLabel("Employer").fill("Marlowe Borough Council");
  await giver.getByRole("button", { name: "Offer it" }).click();
  await says(giver, "Offered to Marlowe Borough Council");

  await taker.goto("/staff/marlowe/work");
  await taker.getByRole("link", { name: `Take or decline what is shared: ${name}` }).first().click();
  await meet(taker, "Shared by others");
  await taker.getByRole("article").filter({ hasText: name }).getByRole("button", { name: "Decline it" }).first().click();
  await says(taker, "Declined");
  await giver.reload();
  await expect(giver.locator("main")).toContainText("Declined on");
});
