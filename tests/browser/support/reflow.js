// What 400% zoom leaves of a window of 1,280 by 1,024: 320 by 256 CSS pixels (WCAG 2.2, 1.4.10). Everything is there,
// scrolls one way alone, and nothing that stays in place hides what is read.
import { accessibility } from "./accessibility.js";
import { frame } from "./frame.js";
import { keyboard } from "./keyboard.js";
import { expect } from "@playwright/test";

export const ZOOMED = { width: 320, height: 256 };

/** Checks the page that is open, in a window of that size. */
export async function reflows(page, heading) {
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
  const wrong = [...(await lost(page)), ...(await frame(page)), ...(await keyboard(page)), ...(await accessibility(page))];
  expect.soft(wrong, `${page.url()} at 400%`).toEqual([]);
}

/** What a window of that size loses of the page. */
export async function lost(page) {
  await page.setViewportSize(ZOOMED);
  return page.evaluate(reflow);
}

/** Runs in the page. */
function reflow() {
  const wrong = [];
  const name = (element) => `<${element.localName} class="${element.className}"> “${element.textContent.trim().replace(/\s+/g, " ").slice(0, 50)}”`;
  let inTheWay = 0;
  for (const element of document.body.querySelectorAll("*")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    // A table or a chart may scroll by itself: its meaning is in two directions. Text may not.
    const wide = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1;
    const twoWays = element.matches("table, table *, svg, pre, [role=region]") || element.querySelector("table, svg");
    if (wide && !twoWays && ["auto", "scroll"].includes(style.overflowX)) wrong.push(`${name(element)} scrolls sideways`);
    const field = element.matches("input, select, textarea, .govuk-visually-hidden, .govuk-skip-link");
    const cut = (wide && ["hidden", "clip"].includes(style.overflowX)) ||
      (element.scrollHeight > element.clientHeight + 1 && element.clientHeight > 1 && ["hidden", "clip"].includes(style.overflowY));
    if (cut && !field && element.textContent.trim() !== "") wrong.push(`${name(element)} is cut off`);
    if (["fixed", "sticky"].includes(style.position) && !field) inTheWay += element.getBoundingClientRect().height;
  }
  if (inTheWay > window.innerHeight / 3) wrong.push(`${Math.round(inTheWay)} of ${window.innerHeight} px stay in place`);
  return wrong;
}
