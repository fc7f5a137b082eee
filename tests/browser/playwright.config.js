// How the stories run: one after another in Chromium, with script on and again with script off.
// scripts/browser-tests.sh starts the server that they walk through and sets PUBLIC_URL.
import { defineConfig } from "@playwright/test";

if (!process.env.PUBLIC_URL) throw new Error("Run the browser tests with: make test-browser");

export default defineConfig({
  testDir: "stories",
  outputDir: "../../test-results",
  // A page is checked at two widths with every key press; two slow cores need their time for that.
  timeout: 150_000,
  expect: { timeout: 10_000 },
  // The stories share one server, so they take turns.
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: "list",
  use: {
    baseURL: process.env.PUBLIC_URL,
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "Europe/London",
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--lang=en-GB",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "script on" },
    { name: "script off", use: { javaScriptEnabled: false } },
  ],
});
