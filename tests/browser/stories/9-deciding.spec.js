// What several people do to one review: asked again only where it concerns them, two at the same moment, somebody on
// leave, and a version taken back under the eyes of whoever decides.
import { day, line, openTask, says, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";
import { addRoute, addUnit, moveTo, openAny, sendOnItsWay } from "../support/ways.js";

test("only those concerned are asked again, and two who approve at the same moment both count", async ({ as, mark }) => {
  const [title, unit] = [`Rents officer ${mark}`, `Rents ${mark}`];
  const admin = await as(people.administrator);
  await addUnit(admin, unit, "Housing Options");
  const [first, second] = [people.manager, people.belowManager];
  const steps = [
    ["Review and comment", second.name, "1"],
    ["Approve", first.name, "2"],
    ["Approve", second.name, "2"],
  ];
  await addRoute(admin, unit, steps, { keeps: true });
  const author = await as(people.author);
  await write(author, title, "Answers tenants about their rent.");
  const version = await moveTo(author, unit);
  await sendOnItsWay(author, version, "A new post.");
  await says(author, `Sent to ${second.name} for review`);

  const reviewer = await as(second);
  await openAny(reviewer, title);
  await meet(reviewer, title);
  await reviewer.getByRole("button", { name: "I have reviewed it" }).click();
  await says(reviewer, `You reviewed ${title}`);
  const manager = await as(first);
  await openTask(manager, title);
  await manager.getByLabel("If something has to change first").fill("Say how soon they answer.");
  await manager.getByRole("button", { name: "Request changes" }).click();
  await says(manager, `Sent back to ${people.author.name} with your reason`);

  await author.goto(`${version}/edit`);
  await line(author, "Answers tenants about their rent.").getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Duty").fill("Answers tenants about their rent within a day.");
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await sendOnItsWay(author, version, "Says how soon.");
  await says(author, "1 step keeps the decision from before the changes");
  await author.goto(`${version}/review`);
  await meet(author, `The review of ${title}`);

  await openTask(manager, title);
  await openTask(reviewer, title);
  const press = (page) => page.getByRole("button", { name: "Approve", exact: true }).click();
  await Promise.all([press(manager), press(reviewer)]);
  await says(manager, `You approved ${title}`);
  await says(reviewer, `You approved ${title}`);
  await author.goto(version);
  await expect(author.locator(".rb-head")).toContainText("Approved");
});

test("what goes to somebody on leave goes to whoever stands in, and the sender sees it first", async ({ as, mark }) => {
  const title = `Allocations officer ${mark}`;
  const [away, instead] = [people.belowManager, people.manager];
  const absent = await as(away);
  await absent.goto("/staff/marlowe/away");
  await absent.getByLabel("First day away").fill(day(0));
  await absent.getByLabel("Last day away").fill(day(3));
  await absent.getByLabel("Who decides instead").selectOption({ label: instead.name });
  await absent.getByRole("button", { name: "Save" }).click();
  await says(absent, `${instead.name} decides instead`);

  const author = await as(people.author);
  await write(author, title);
  const version = await moveTo(author, "Housing Options");
  await author.goto(`${version}/submit`);
  const offered = await author.getByLabel("Who approves it").locator("option").allTextContents();
  const seen = offered.find((text) => text.startsWith(away.name));
  expect(seen).toMatch(new RegExp(`away until .+: it goes to ${instead.name}`));
  await meet(author, "Send for review");
  // The unit's manager stands there already.
  await sendOnItsWay(author, version, "A new post.");
  await says(author, `Sent to ${instead.name} for review. ${away.name} is away until`);

  const manager = await as(instead);
  await openTask(manager, title);
  await expect(manager.getByText(`${away.name} was asked first; it came to you in their place.`)).toBeVisible();
  await meet(manager, title);
  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await says(manager, `You approved ${title}`);
  await absent.goto("/staff/marlowe/away");
  await absent.getByRole("button", { name: /^End it now/ }).click();
  await says(absent, "Ended");
});

test("a version is taken back while somebody has it open to decide", async ({ as, mark }) => {
  const title = `Repairs officer ${mark}`;
  const author = await as(people.author);
  await write(author, title);
  const version = versionPath(author);
  await send(author, "A new post.");
  const manager = await as(people.manager);
  await openTask(manager, title);
  await author.goto(version);
  await author.getByRole("button", { name: "Recall" }).click();
  await says(author, "draft again");

  await manager.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(manager.locator("#flash")).toContainText("It was decided on already, or taken back: nothing waits for you there");
  await meet(manager, "My work");
  await author.goto(version);
  await expect(author.locator(".rb-head")).toContainText("Draft");
});
