// A draft of one line that two authors share, and what goes wrong while it is being written.
import { expect } from "@playwright/test";
import { line, says, versionPath } from "./draft.js";
import { signIn } from "./story.js";

/** A unit in which both of these write. */
export const SHARED_UNIT = "Place and Environment";
export const authors = {
  first: { name: "Rebecca Thornton", email: "rebecca.thornton@marlowe.example", employer: "marlowe" },
  second: { name: "Kofi Mensah", email: "kofi.mensah@marlowe.example", employer: "marlowe" },
};

/** Starts a profile with one duty; gives the version's address. */
export async function oneDuty(page, title, duty) {
  await page.goto("/staff/marlowe/profiles/new");
  await page.getByLabel("Job title").fill(title);
  await page.getByLabel("Unit").selectOption({ label: SHARED_UNIT });
  await page.getByRole("button", { name: "Start the draft" }).click();
  await page.getByRole("link", { name: "Add a duty to Main duties" }).click();
  await page.locator("#new").getByLabel("Duty").fill(duty);
  await page.getByRole("button", { name: "Add it" }).click();
  await says(page, "Added");
  return versionPath(page);
}

/** Opens the line that says so, in place; gives its field. */
export async function change(page, version, words) {
  await page.goto(`${version}/edit`);
  await line(page, words).getByRole("link", { name: /^Change/ }).click();
  const field = page.getByLabel("Duty", { exact: true });
  await expect(field).toBeVisible();
  return field;
}

/** The state of the save, beside the form. */
export function saving(page) {
  return page.locator(".rb-saving");
}

/** Every save from this window meets a network that is gone, until it is let back. */
export async function networkGone(page) {
  await page.context().route(/\/(save|details|kept)(\?|$)/, (route) => route.abort());
  return () => page.context().unrouteAll();
}

/** The session ends, as when it was ended elsewhere: the browser's cookie is worth nothing. */
export async function sessionEnds(page) {
  const cookies = await page.context().cookies();
  await page.context().addCookies(cookies.map((cookie) => ({ ...cookie, value: "0".repeat(64) })));
}

/** A window of an author whose session this story may end. */
export async function signedIn(as, person) {
  const page = await as();
  await page.goto("/sign-in");
  await signIn(page, person);
  return page;
}
