// Routes to approval that stories make for themselves, each for a unit of its own, so that no other story meets them.
import { says, versionPath } from "./draft.js";

/** The option of a select whose text ends so: units are indented by their place in the tree. */
async function pick(select, ending) {
  const texts = await select.locator("option").allTextContents();
  await select.selectOption({ label: texts.find((text) => text.endsWith(ending)) });
}

/** A unit below another. */
export async function addUnit(admin, name, parent) {
  await admin.goto("/staff/marlowe/units/new");
  await admin.getByLabel("Name").fill(name);
  await pick(admin.getByLabel("Part of"), parent);
  await admin.getByRole("button", { name: "Add the unit" }).click();
}

/** A route for a unit: each step what it asks, of which person by name, and its number in the order. */
export async function addRoute(admin, unit, steps, { keeps }) {
  await admin.goto("/staff/marlowe/routes/new");
  await admin.getByLabel("Name of the route").fill(`The way of ${unit}`);
  await pick(admin.getByLabel("Whose profiles take it"), unit);
  if (keeps) await admin.locator('input[name="keeps"][value="yes"]').check();
  for (const [at, [asks, person, place]] of steps.entries()) {
    if (at > 0) await admin.getByRole("button", { name: "Add a step" }).click();
    const step = admin.locator("fieldset.rb-box").nth(at);
    await step.getByLabel("What it asks").selectOption({ label: asks });
    await step.getByLabel("Who is asked", { exact: true }).selectOption({ label: "A person, named below" });
    await step.getByLabel("The person, where one is named").selectOption({ label: person });
    await step.getByLabel("Number in the order").fill(place);
  }
  await admin.getByRole("button", { name: "Save the route" }).click();
  await says(admin, "Saved “The way of");
}

/** Moves the profile that the editor shows to a unit; ends on its version's path, which it gives. */
export async function moveTo(author, unit) {
  const version = versionPath(author);
  await author.goto(`${version.replace(/\/versions.*/, "")}/change`);
  await pick(author.getByLabel("Unit"), unit);
  await author.getByRole("button", { name: "Save" }).click();
  return version;
}

/** Sends a version whose route says who decides. */
export async function sendOnItsWay(author, version, note) {
  await author.goto(`${version}/submit`);
  await author.getByLabel("What does this version change, and why?").fill(note);
  await author.getByLabel("Major").check();
  await author.getByRole("radio", { name: "No", exact: true }).check();
  await author.getByRole("button", { name: "Send for review" }).click();
}

/** The person's task about that job, whatever it asks. */
export async function openAny(page, title) {
  await page.goto("/staff/marlowe/work");
  await page.getByRole("link", { name: new RegExp(`: ${title}$`) }).click();
}
