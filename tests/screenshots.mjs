// Pictures of the form in its states, for the README and for the eye: `cargo xtask build`, `cargo build -p pbx-calendar`,
// then `node --experimental-websocket tests/screenshots.mjs`. No part of the test run.

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { project } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, ready, save, unfold } from "./support/form.mjs";
import { Service } from "./support/service.mjs";

const folder = join(project, "docs/images");
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const NARROW = { viewport: { width: 420, height: 1100 } };

/** Opens what a button loads, and brings it into view. */
async function open(page, name, text) {
  const button = page.getByRole("button", { name });
  await button.click();
  await page.getByText(text).first().waitFor();
  await button.evaluate((shown) => shown.scrollIntoView({ block: "start" }));
}

const PICTURES = {
  "first-steps-light": { demo: false },
  "form-dark": { colorScheme: "dark" },
  "form-german-narrow": { locale: "de-DE", ...NARROW },
  "errors-light": {
    demo: false,
    async act(page) {
      await choose(page, "Sync-Type", SYNC_TYPES.graph);
      await save(page).click();
      await field(page, "Client ID").scrollIntoViewIfNeeded();
    },
  },
  "guidance-dark": {
    demo: false,
    colorScheme: "dark",
    async act(page) {
      await choose(page, "Sync-Type", SYNC_TYPES.cloudAppOnly);
      await field(page, "Client ID").fill("clientId=7c9e6679-7425-40de-944b-e07fc1f90ae7");
      await field(page, "Tenant ID").fill("7c9e6679-7425-40de-944b-e07fc1f90ae7");
      await field(page, "Client Secret").focus();
      await field(page, "Tenant ID").evaluate((shown) => shown.scrollIntoView({ block: "center" }));
    },
  },
  "time-zones-light": {
    async act(page) {
      await field(page, "Presence timezone").fill("ber");
      await page.keyboard.press("ArrowDown");
    },
  },
  "mapping-light": {
    act: (page) => field(page, "Tentative exceptions (organizer)").evaluate((shown) => shown.scrollIntoView({ block: "start" })),
  },
  "preview-light": { act: (page) => open(page, /^Preview/, "Back-to-back meetings") },
  "preview-dark-narrow": { colorScheme: "dark", ...NARROW, act: (page) => open(page, /^Preview/, "Back-to-back meetings") },
  "users-light": { act: (page) => open(page, "Show the users", "Anna Berg") },
  "import-light": {
    async act(page) {
      await open(page, "Export and import", "Nothing is saved before");
      const settings = { presenceLanguage: "de", showSubject: false, maxSubscriptions: 50, mapOutOfOffice: "doNotDisturb" };
      await field(page, "Or paste its text").fill(JSON.stringify({ format: "pbx-calendar settings", version: 1, settings }));
      await page.locator(".told").evaluate((shown) => shown.scrollIntoView({ block: "center" }));
    },
  },
  "certificates-dark": {
    colorScheme: "dark",
    async act(page) {
      await unfold(page);
      const files = ["root", "expired"].map((name) => readFile(join(project, "tests/certificates", `${name}.pem`), "utf8"));
      await field(page, "Certificate authority (PEM)").fill((await Promise.all(files)).join(""));
      await page.getByText("Corp Root CA").waitFor();
      await field(page, "Microsoft cloud").evaluate((shown) => shown.scrollIntoView({ block: "start" }));
    },
  },
  "objects-dark": { colorScheme: "dark", act: (page) => open(page, "Create and check App objects", "Works") },
};

async function picture(browser, services, name, { act, demo = true, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1100, height: 1100 }, locale: "en-GB", colorScheme: "light", ...options });
  const page = await context.newPage();
  await services[demo ? "demo" : "fresh"].enter(page);
  await ready(page);
  await act?.(page);
  // Let what follows the last click come to rest.
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(folder, `${name}.jpg`), type: "jpeg", quality: 55 });
  await context.close();
}

await mkdir(folder, { recursive: true });
const services = { demo: await Service.start({ demo: true }), fresh: await Service.start() };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
for (const [name, options] of Object.entries(PICTURES)) {
  await picture(browser, services, name, options).catch((error) => console.error(name, error.message.split("\n")[0]));
}
await browser.close();
await Promise.all(Object.values(services).map((service) => service.close()));
console.log(folder);
