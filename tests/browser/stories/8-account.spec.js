// An account of one's own: made, confirmed by mail, changed, looked into, recovered and deleted.
import { says } from "../support/draft.js";
import { meet } from "../support/meet.js";
import { PASSWORD } from "../support/people.js";
import { expect, signIn, test } from "../support/story.js";

/** Follows the link of the newest message to that address. */
async function followMail(page, email, subject) {
  await page.goto("/demonstration/mail");
  const messages = page.getByRole("article").filter({ hasText: `To ${email}` });
  await messages.filter({ has: page.getByRole("heading", { name: subject }) }).first().getByRole("link").click();
}

test("a person makes an account, changes it, recovers it and deletes it", async ({ as, mark }) => {
  const person = { email: `edith.${mark.replace(/\W/g, ".")}@mail.example` };
  const page = await as();
  await page.goto("/sign-up");
  await meet(page, "Make an account");
  await page.getByRole("button", { name: "Make the account" }).click();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(3);
  await meet(page, "Make an account");
  await page.getByLabel("Your name").fill("Edith Marsh");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Make the account" }).click();
  await meet(page, "Look at your e-mail");
  await followMail(page, person.email, /confirm/i);
  await meet(page, "Confirm your address");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Confirm and sign in" }).click();
  await says(page, "Your address is confirmed and you are signed in");

  await page.getByRole("link", { name: "Change your name" }).click();
  await meet(page, "Change your name");
  await page.getByLabel("Your name").fill("Edith Marsh-Cole");
  await page.getByRole("button", { name: "Save the name" }).click();
  await says(page, "Your name is changed");
  await page.getByRole("link", { name: "Change your password" }).click();
  await meet(page, "Change your password");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("link", { name: "What is stored about you" }).click();
  await meet(page, "What is stored about you");
  await expect(page.getByRole("main")).toContainText(person.email);

  await page.getByRole("button", { name: "Sign out" }).click();
  await says(page, "You are signed out");
  await page.getByRole("link", { name: "I forgot my password" }).click();
  await meet(page, "Reset your password");
  await page.getByLabel("E-mail address").fill(person.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await meet(page, "Look at your e-mail");
  await followMail(page, person.email, /password/i);
  await meet(page, "Choose a new password");
  await page.getByLabel("New password").fill("a kettle by the window");
  await page.getByRole("button", { name: "Save the password" }).click();
  await says(page, "Your password is changed: sign in with it");
  await signIn(page, person, "a kettle by the window");

  await page.goto("/account/delete");
  await meet(page, "Delete your account");
  await page.getByLabel("Your password").fill("a kettle by the window");
  await page.getByRole("button", { name: "Delete my account" }).click();
  await says(page, "Your account is deleted");
});

test("the statements are read by anybody", async ({ as }) => {
  const page = await as();
  await page.goto("/accessibility");
  await meet(page, "Accessibility");
  await page.goto("/privacy");
  await meet(page, /\S/);
  await page.goto("/employers/marlowe");
  await meet(page, "Marlowe Borough Council");
});
