// Meeting a page: every check that holds for all pages, at the widths of a desk and of a phone.
import { expect } from "@playwright/test";
import { accessibility } from "./accessibility.js";
import { frame } from "./frame.js";
import { keyboard } from "./keyboard.js";
import { picture } from "./picture.js";

const WIDTHS = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
];

/**
 * Waits for the page with that heading, then checks it. What is wrong is gathered, so that a story that finds
 * something still tells the rest.
 */
export async function meet(page, heading) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  await page.waitForLoadState("load");
  const focus = await page.evaluateHandle(() => document.activeElement);
  const wrong = [];
  for (const size of WIDTHS) {
    await page.setViewportSize(size);
    const found = [...(await frame(page)), ...(await keyboard(page)), ...(await accessibility(page))];
    wrong.push(...found.map((what) => `${size.width} px: ${what}`));
    await picture(page, size.width);
  }
  await page.setViewportSize(WIDTHS[0]);
  await focus.evaluate((element) => element?.focus?.());
  const { pathname, search } = new URL(page.url());
  expect.soft(wrong, `${pathname}${search}, “${await page.title()}”`).toEqual([]);
}
