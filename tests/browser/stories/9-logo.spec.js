// The employer's look: an administrator tries what can't be a logo, saves one, and visitors meet it.
import { says } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { people } from "../support/people.js";
import { expect, test } from "../support/story.js";

const LOOK = "/staff/marlowe/brand";
const ALT = "Marlowe Council, a bridge over water";
const svg = (inside) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 100">${inside}</svg>`);
const BRIDGE = svg('<rect width="400" height="60" fill="#7a1712"/><rect y="80" width="400" height="20"/>');

const save = (page) => page.getByRole("button", { name: "Save the look" }).click();

async function choose(page, name, buffer) {
  await page.getByLabel("Logo", { exact: true }).setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

/** Whether the file at that address draws a picture. */
async function drawsAPicture(page, href) {
  // Unoptimised, the typesetter takes its time.
  const file = await page.request.get(href, { timeout: 100_000 });
  const bytes = (await file.body()).toString("latin1");
  expect(bytes.startsWith("%PDF-")).toBe(true);
  return /\/Subtype\s*\/Image\b/.test(bytes);
}

/** No logo and no colour of their own, whatever was before. */
async function plain(admin) {
  await admin.goto(LOOK);
  const none = admin.getByLabel("Use no logo");
  if ((await none.count()) > 0) await none.check();
  await admin.getByLabel("Colour of headings, links and buttons").fill("");
  await save(admin);
  await says(admin, "The look of documents and adverts is saved");
}

/** The first advert of the employer, as a visitor finds it. */
async function advert(page) {
  await page.goto("/employers/marlowe");
  await page.locator(".rb-job a, .rb-row__title a").first().click();
  await expect(page.getByText("To keep, with the whole job description")).toBeVisible();
  return page.getByRole("link", { name: "PDF", exact: true }).getAttribute("href");
}

test("what can't be a logo or a colour is told, and nothing typed is lost", async ({ as }) => {
  const admin = await as(people.administrator);
  await admin.goto(LOOK);
  await meet(admin, "Logo and colour");
  for (const [name, buffer, said] of [
    ["broken.png", Buffer.from("\x89PNG\r\n\x1a\nand no picture", "latin1"), /damaged|can.t be read/],
    ["animated.gif", Buffer.from("GIF89a"), "must be a PNG, JPEG or SVG"],
    ["huge.png", Buffer.alloc(1_100_000, 7), "larger than 1 MB"],
    ["scripted.svg", svg("<script>alert(1)</script>"), "The SVG holds a script"],
  ]) {
    await choose(admin, name, buffer);
    await admin.getByLabel("What the logo shows").fill(ALT);
    await admin.getByLabel("Colour of headings, links and buttons").fill("#ffcc00");
    await save(admin);
    const alert = admin.getByRole("alert");
    await expect(alert).toContainText(said);
    await expect(alert).toContainText("The contrast of #ffcc00 with the page is 1.3 to 1");
    await expect(admin.getByLabel("What the logo shows")).toHaveValue(ALT);
    await expect(admin.getByLabel("Colour of headings, links and buttons")).toHaveValue("#ffcc00");
  }
  await meet(admin, "Logo and colour");
  await alertLeadsTo(admin, "Colour of headings, links and buttons");
});

/** A link of the summary puts the focus where the problem is. */
async function alertLeadsTo(page, label) {
  await page.getByRole("alert").getByRole("link", { name: /contrast/ }).click();
  await expect(page.getByLabel(label)).toBeFocused();
}

test("a logo and a colour reach the public page, an advert and its PDF", async ({ as }) => {
  const [admin, visitor] = [await as(people.administrator), await as()];
  await plain(admin);
  const pack = await advert(visitor);
  expect(await drawsAPicture(visitor, pack)).toBe(false);

  await admin.goto(LOOK);
  await choose(admin, "bridge.svg", BRIDGE);
  await admin.getByLabel("What the logo shows").fill(ALT);
  await admin.getByLabel("Colour of headings, links and buttons").fill("#7a1712");
  await save(admin);
  await says(admin, "The look of documents and adverts is saved");
  await expect(admin.getByRole("img", { name: ALT })).toBeVisible();
  await meet(admin, "Logo and colour");

  try {
    await visitor.reload();
    const logo = visitor.getByRole("img", { name: ALT });
    await expect(logo).toBeVisible();
    expect(await logo.evaluate((image) => image.complete && image.naturalWidth > 0)).toBe(true);
    await meet(visitor, await visitor.getByRole("heading", { level: 1 }).innerText());
    expect(await drawsAPicture(visitor, pack)).toBe(true);
    await visitor.goto("/employers/marlowe");
    await expect(visitor.getByRole("img", { name: ALT })).toBeVisible();
    await meet(visitor, await visitor.getByRole("heading", { level: 1 }).innerText());
  } finally {
    // Other stories look at pages without a logo.
    await plain(admin);
  }
  await visitor.reload();
  await expect(visitor.getByRole("img", { name: ALT })).toHaveCount(0);
});
