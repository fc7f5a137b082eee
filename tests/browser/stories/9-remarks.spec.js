// A manager comments and suggests beside the lines; the author answers, accepts and rejects.
import { line, openTask, says, section, send, versionPath, write } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const DUTY = "Answers the enquiries of tenants.";
const CRITERION = "Can write a clear letter.";

/** The line of the document with those words, wherever it stands. */
function printed(page, words) {
  return page.locator("[id^=item-]").filter({ hasText: words }).last();
}

/** Opens a form beside a line: "Comment", "Suggest a change". */
async function beside(page, what, words) {
  await printed(page, words).getByRole("link", { name: new RegExp(`^${what}`) }).click();
  await expect(page.locator("#remark")).toBeVisible();
}

async function suggest(page, words, label, other, why) {
  await beside(page, "Suggest a change", words);
  const form = page.locator("#remark");
  await form.getByLabel(label, { exact: true }).fill(other);
  await form.getByLabel("Why? (optional)").fill(why);
  await form.getByRole("button", { name: "Suggest it" }).click();
  await says(page, "Suggested.");
}

/** A profile that waits for the manager, with their task open. */
async function inReview(as, title) {
  const author = await as(people.author);
  await write(author, title, DUTY);
  const version = versionPath(author);
  await send(author, "A new post.");
  const manager = await as(people.manager);
  await openTask(manager, title);
  return { author, manager, version };
}

test("a comment calls its author, is answered and resolved", async ({ as, mark }) => {
  const title = `Tenancy officer ${mark}`;
  const { author, manager, version } = await inReview(as, title);
  await beside(manager, "Comment", DUTY);
  await meet(manager, title);
  await manager.locator("#remark").getByRole("button", { name: "Add the comment" }).click();
  await meet(manager, "Your comment");
  await expect(manager.getByRole("alert")).toContainText("Write the comment");
  await manager.getByLabel(/^Your comment on/).fill("By telephone or in person?");
  await manager.getByLabel("Who should be told?").selectOption({ label: people.author.name });
  await manager.getByRole("button", { name: "Add the comment" }).click();
  await says(manager, "Your comment is there");
  await manager.getByLabel("If something has to change first").fill("See my comment.");
  await manager.getByRole("button", { name: "Request changes" }).click();
  await says(manager, "Sent back to");

  await author.goto(`${version}/edit`);
  const duty = line(author, DUTY);
  await duty.getByText(/^Reply/).click();
  await duty.getByLabel("Your answer").fill("Both.");
  await meet(author, title);
  await duty.getByRole("button", { name: "Send the answer" }).click();
  await says(author, "Your answer is there");
  await line(author, DUTY).getByRole("link", { name: "Edit your comment" }).click();
  await meet(author, "Change your comment");
  await author.getByLabel("Your comment").fill("Both, mostly by telephone.");
  await author.getByRole("button", { name: "Save the comment" }).click();
  await says(author, "Your comment is changed");
  await line(author, DUTY).getByRole("button", { name: /^Resolve/ }).click();
  await says(author, "Resolved");
  await manager.goto(version);
  await manager.getByText(`Comment resolved by ${people.author.name}`).click();
  await expect(manager.getByText("Both, mostly by telephone.")).toBeVisible();
  await manager.getByRole("button", { name: /^Reopen/ }).click();
  await says(manager, "Open again");
  await expect(manager.getByText("Comment resolved by")).toBeHidden();
});

test("suggestions are accepted and rejected with a reason", async ({ as, mark }) => {
  const title = `Housing officer ${mark}`;
  const { author, manager, version } = await inReview(as, title);
  await beside(manager, "Suggest a change", DUTY);
  await meet(manager, title);
  await manager.getByRole("link", { name: "Cancel" }).click();
  await suggest(manager, DUTY, "Duty", "Answers the enquiries of tenants and leaseholders.", "There are many leaseholders.");
  await expect(manager.locator(".rb-suggestion ins")).toContainText("leaseholders");
  await suggest(manager, CRITERION, "Criterion", "Can write a clear letter in Welsh.", "");
  await meet(manager, title);
  await manager.getByLabel("If something has to change first").fill("See my suggestions.");
  await manager.getByRole("button", { name: "Request changes" }).click();
  await says(manager, "Sent back to");

  await author.goto("/staff/marlowe/work");
  await author.getByRole("link", { name: `2 suggestions to decide: ${title}` }).click();
  await meet(author, "Suggestions and comments");
  await author.goto(`${version}/edit`);
  await meet(author, title);
  await line(author, DUTY).getByRole("button", { name: /^Accept/ }).click();
  await says(author, "Accepted");
  await expect(line(author, "tenants and leaseholders.").first()).toBeVisible();
  await author.goto(`${version}/remarks`);
  await author.getByText(/^Reject/).first().click();
  await author.getByRole("button", { name: "Reject it" }).click();
  await meet(author, `Decide on the suggestion of ${people.manager.name}`);
  await author.getByLabel("If you do not take it: why not?").fill("English is enough for this post.");
  await author.getByRole("button", { name: "Reject it" }).click();
  await says(author, "Rejected.");
  await author.getByRole("link", { name: "All", exact: true }).click();
  await expect(author.getByText(`rejected by ${people.author.name}`)).toBeVisible();
  await author.goto(`${version}/edit`);
  await expect(section(author, "Person specification")).toContainText(CRITERION);
  await manager.goto(version);
  await expect(manager.getByText(`Proposed by ${people.manager.name}, accepted by ${people.author.name}`)).toBeVisible();
  await meet(manager, title);
});

test("where both changed the same words, the author sees all three and writes the line", async ({ as, mark }) => {
  const title = `Lettings officer ${mark}`;
  const author = await as(people.author);
  await write(author, title, DUTY);
  const version = versionPath(author);
  const manager = await as(people.manager);
  await manager.goto(version);
  await suggest(manager, DUTY, "Duty", "Answers the enquiries of residents.", "");

  await line(author, DUTY).getByRole("link", { name: /^Change/ }).click();
  await author.getByLabel("Duty", { exact: true }).fill("Answers the enquiries of leaseholders.");
  await author.getByRole("button", { name: "Save", exact: true }).click();
  await author.goto(`${version}/edit`);
  await expect(author.getByText("it no longer fits")).toBeVisible();
  await author.getByRole("link", { name: /^See all three wordings/ }).click();
  await meet(author, `Decide on the suggestion of ${people.manager.name}`);
  await author.getByLabel("Duty", { exact: true }).fill("Answers the enquiries of residents and leaseholders.");
  await author.getByRole("button", { name: "Save this and accept" }).click();
  await says(author, "Accepted");
});
