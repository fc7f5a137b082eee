// Templates: begun on, changed beside the one in use, tried on real profiles, and brought into use with every draft.
import { line, says, versionPath } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

test("a template is made, a draft begins on it, and a change moves the draft without a loss", async ({ as, mark }) => {
  test.slow();
  const [name, title] = [`Porters ${mark}`, `Porter ${mark}`];
  const [author, admin] = [await as(people.author), await as(people.administrator)];
  await admin.goto("/staff/marlowe/templates");
  await meet(admin, "Templates");
  await admin.getByRole("button", { name: "Make a template" }).click();
  await admin.getByRole("button", { name: "Make the template" }).click();
  await expect(admin.getByRole("alert")).toContainText("Give the template a name");
  await meet(admin, "Make a template");
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("Begins as").selectOption({ label: "Ready: Council post specification" });
  await admin.getByRole("button", { name: "Make the template" }).click();
  await says(admin, "Made.");
  await meet(admin, `Change ${name}`);
  await admin.getByRole("button", { name: "Add a section" }).click();
  await meet(admin, "Add a section");
  await admin.getByLabel("Heading", { exact: true }).fill("Where the work is done");
  await admin.getByLabel("What it holds").selectOption({ label: "Text" });
  await admin.getByRole("button", { name: "Save the section" }).click();
  await says(admin, "Saved the section Where the work is done");
  await use(admin, "For porters.");

  await author.goto("/staff/marlowe/profiles/new");
  await author.getByLabel("Job title").fill(title);
  await author.getByLabel("Unit").selectOption({ index: 1 });
  await author.getByLabel("Template").selectOption({ label: name });
  await author.getByRole("button", { name: "Start the draft" }).click();
  await says(author, `Started ${title}.`);
  const version = versionPath(author);
  await author.getByRole("link", { name: "Add a paragraph to Where the work is done" }).click();
  await author.getByRole("textbox", { name: "Paragraph" }).fill("In three buildings.");
  await author.getByRole("button", { name: "Add it" }).click();
  await author.goto(`${version}/edit`);
  await meet(author, title);

  await admin.getByRole("button", { name: "Begin a change" }).click();
  await admin.getByRole("button", { name: "Remove Where the work is done" }).click();
  await says(admin, "Removed the section");
  await admin.getByRole("button", { name: "See what it changes" }).click();
  await expect(admin.getByText("Loses its place, and is kept in sight").first()).toBeVisible();
  await meet(admin, `What ${name} changes`);
  await admin.goBack();
  await use(admin, "It is said elsewhere.");

  await author.goto(`${version}/edit`);
  await expect(author.getByText("Kept from the earlier template.")).toBeVisible();
  await expect(line(author, "In three buildings.")).toBeVisible();
  await meet(author, title);
  await author.getByLabel("Where Where the work is done goes").selectOption({ label: "Into Purpose of the post" });
  await author.getByRole("button", { name: "Place it" }).click();
  await says(author, "Placed Where the work is done into Purpose of the post.");
  await author.goto(`${version}/template`);
  await meet(author, "Template");
});

/** Tries what is being written and brings it into use; ends on the template's page. */
async function use(admin, why) {
  await admin.getByRole("button", { name: "See what it changes" }).click();
  await admin.getByLabel("Why it changes").fill(why);
  await admin.getByRole("button", { name: "Bring it into use" }).click();
  await says(admin, "In use from now on.");
}
