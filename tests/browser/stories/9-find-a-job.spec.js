// Looking for a job: by words, place and filters; reading one; asking oneself whether it fits; and what it weighs.
import { gzipSync } from "node:zlib";
import { meet } from "../support/meet.js";
import { expect, test } from "../support/story.js";

/** Compressed bytes that a page may bring on the first visit and on the next. */
const FIRST_VISIT = 100_000;
const NEXT_VISIT = 15_000;

test("a job is found near a place, with a slip of the pen", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs");
  await meet(page, "Jobs");
  await page.getByLabel("Job title or other words").fill("helath visiter");
  await page.getByLabel("Town or postcode").fill("HX2 0AA");
  await page.getByLabel("Within", { exact: true }).selectOption("20");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText("so this looks for “health”")).toBeVisible();
  await expect(page).toHaveURL(/place=HX2(&|$)/);
  await expect(page.getByRole("heading", { level: 2, name: "Health visitor" })).toBeVisible();
  await meet(page, "Jobs");
});

test("filters narrow a search, and one that finds nothing says what to do without", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs?words=health");
  await page.getByLabel(/^Job share/).check();
  await page.getByLabel(/^Closing within/).check();
  await page.getByRole("button", { name: "Use these filters" }).click();
  await expect(page).toHaveURL(/flexible=job_share/);
  await page.goto("/jobs?words=homelessness&contract=bank");
  await expect(page.getByRole("status").filter({ hasText: "No open job matches." })).toBeVisible();
  await meet(page, "Jobs");
  await page.getByRole("link", { name: "Search without “Bank or casual”" }).click();
  await expect(page.getByRole("heading", { level: 2, name: /housing options/i })).toBeVisible();
});

test("somebody asks whether a job could be for them", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs?words=homelessness");
  await page.getByRole("link", { name: /housing options/i }).click();
  await meet(page, /housing options/i);
  await page.getByRole("link", { name: "Could this be for me?" }).click();
  await meet(page, "Could this be for me?");
  for (const group of await page.getByRole("group").all()) {
    await group.getByRole("radio", { name: "Yes", exact: true }).check();
  }
  await page.getByRole("button", { name: "See what that comes to" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "This looks like a job for you" })).toBeVisible();
  await meet(page, "Could this be for me?");
});

test("towns have pages", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs/in");
  await meet(page, "Jobs by place");
  await page.getByRole("link", { name: "Halifax", exact: true }).click();
  await meet(page, "Jobs in and near Halifax");
});

test("an advert is light, and asks nobody else", async ({ as }) => {
  const page = await as();
  await page.goto("/jobs?words=homelessness");
  const job = await page.getByRole("link", { name: /housing options/i }).getAttribute("href");
  const reader = await as();
  const kept = new Set();
  const first = await weight(reader, job, kept);
  const next = await weight(reader, "/jobs?words=library", kept);
  expect(first.hosts).toEqual([new URL(page.url()).host]);
  expect(first.bytes, "the first visit").toBeLessThanOrEqual(FIRST_VISIT);
  expect(next.bytes, "the next page").toBeLessThanOrEqual(NEXT_VISIT);
});

/** What opening a page brings over the line where everything is compressed, and from which hosts; `kept` is what the
 * browser was told to keep for a day. */
async function weight(page, path, kept) {
  const responses = [];
  const keep = (response) => responses.push(response);
  page.on("response", keep);
  await page.goto(path, { waitUntil: "networkidle" });
  page.off("response", keep);
  let bytes = 0;
  for (const response of responses) {
    const url = response.url();
    if (kept.has(url)) continue;
    if (response.headers()["cache-control"]?.includes("max-age=")) kept.add(url);
    const body = await response.body().catch(() => Buffer.alloc(0));
    bytes += url.includes(".woff2") ? body.length : gzipSync(body).length;
  }
  return { bytes, hosts: [...new Set(responses.map((response) => new URL(response.url()).host))] };
}
