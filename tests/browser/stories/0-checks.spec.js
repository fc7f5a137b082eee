// The checks themselves: each finds what it is there to find, and nothing on a page that is right.
import { accessibility } from "../support/accessibility.js";
import { frame } from "../support/frame.js";
import { keyboard } from "../support/keyboard.js";
import { lost } from "../support/reflow.js";
import { expect, test } from "../support/story.js";

const RIGHT = `<h1>Jobs</h1><p>Read <a href="/a">the first</a> and <a href="/b">the second</a>.</p>
  <form><label for="words">Words</label> <input id="words"> <button>Search the jobs</button></form>`;

const WRONG = [
  ["it scrolls sideways", `${RIGHT}<p style="width: 3000px">Wide</p>`],
  ["too small to hit", `${RIGHT}<button style="width: 20px; height: 20px; padding: 0">x</button>`],
  ["too small to hit", `${RIGHT}<ul><li><a href="/c" style="font-size: 10px">Alone</a></li></ul>`],
  ["2 headings of the first level", `${RIGHT}<h1>Jobs</h1>`],
  ["looks the same with the focus", `${RIGHT}<style>:focus { outline: none }</style>`],
  ["has a place of its own in the tab order", `${RIGHT}<button tabindex="3">First</button>`],
  ["instead of", `${RIGHT}<button tabindex="3">First</button>`],
  ["Tab comes to it later", `<div style="display: flex; flex-direction: column-reverse"><p><a href="/c">Second</a></p>${RIGHT}</div>`],
  ["has the focus but lies under", `${RIGHT}<div style="position: fixed; inset: 0; background: white"></div>`],
];

async function found(page, body) {
  await page.setContent(`<!DOCTYPE html><html lang="en-GB"><title>Jobs – Rolebook</title>
    <style>button, input { min-height: 30px }</style><main>${body}</main></html>`);
  return [...(await frame(page)), ...(await keyboard(page))];
}

test("a page that is right has nothing to report", async ({ as }) => {
  expect(await found(await as(), RIGHT)).toEqual([]);
});

for (const [what, body] of WRONG) {
  test(`“${what}” is reported of ${body.slice(-60)}`, async ({ as }) => {
    expect((await found(await as(), body)).join("\n")).toContain(what);
  });
}

test("what 400% zoom loses is reported, and tables may scroll", async ({ as }) => {
  const page = await as();
  const all = async (body) => {
    await page.setContent(`<!DOCTYPE html><html lang="en-GB"><title>Jobs – Rolebook</title><main>${body}</main></html>`);
    return (await lost(page)).join("\n");
  };
  const wide = '<p style="width: 900px">Wide</p>';
  expect(await all(RIGHT)).toBe("");
  expect(await all(`<div style="overflow-x: auto"><table><tr><td>${wide}</td></tr></table></div>`)).toBe("");
  expect(await all(`<div style="overflow-x: auto">${wide}</div>`)).toContain("scrolls sideways");
  expect(await all(`<div style="overflow: hidden; height: 20px"><p>Above</p><p>Below</p></div>`)).toContain("is cut off");
  expect(await all(`${RIGHT}<div style="position: sticky; bottom: 0; height: 120px">Stays</div>`)).toContain("stay in place");
});

test("axe reports a picture without words", async ({ as }) => {
  const page = await as();
  await page.goto("/sign-in");
  await page.evaluate(() => document.querySelector("h1").append(document.createElement("img")));
  expect((await accessibility(page)).join("\n")).toContain("axe image-alt");
});
