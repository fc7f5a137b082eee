// What axe finds. It needs script of its own: where the story runs without, the same HTML is read in a second
// window, in which axe's script runs and the page's does not.
import { AxeBuilder } from "@axe-core/playwright";
import { test } from "@playwright/test";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

export async function accessibility(page) {
  if (test.info().project.use.javaScriptEnabled !== false) return violations(page);
  const context = await page.context().browser().newContext({
    viewport: page.viewportSize(),
    reducedMotion: "reduce",
    javaScriptEnabled: true,
    storageState: await page.context().storageState(),
  });
  try {
    return await violations(await again(context, page));
  } finally {
    await context.close();
  }
}

/** The page as it stands, in another window. */
async function again(context, page) {
  const address = page.url().split("#")[0];
  const body = await page.content();
  const copy = await context.newPage();
  await copy.route("**/*.js", (route) => route.abort());
  await copy.route(address, (route) => route.fulfill({ body, contentType: "text/html; charset=utf-8" }));
  await copy.goto(address);
  return copy;
}

async function violations(page) {
  const report = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
  return report.violations.flatMap((violation) =>
    violation.nodes.map((node) => {
      const [why] = [...node.any, ...node.all, ...node.none];
      return `axe ${violation.id}: ${why?.message ?? violation.help}: ${node.html.slice(0, 200)}`;
    }),
  );
}
