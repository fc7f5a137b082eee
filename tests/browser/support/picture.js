// Pictures of every page met, for looking at: PICTURES=folder make test-browser.
import { join } from "node:path";
import { test } from "@playwright/test";

let story;
let count = 0;

export async function picture(page, width) {
  if (!process.env.PICTURES) return;
  const { project, title } = test.info();
  if (story !== title) [story, count] = [title, 0];
  count += 1;
  const name = `${String(Math.ceil(count / 2)).padStart(2, "0")}-${width}.png`;
  await page.screenshot({ path: join(process.env.PICTURES, project.name, title, name), fullPage: true });
}
