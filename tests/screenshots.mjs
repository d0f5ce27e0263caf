// Pictures of the form for the eye: `cargo xtask build`, then `node tests/screenshots.mjs`. No part of the test run.

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { project } from "./support/common.mjs";
import { SYNC_TYPES, ready, save } from "./support/form.mjs";
import { Service } from "./support/service.mjs";

const folder = join(process.env.CARGO_TARGET_DIR ?? join(project, "target"), "screenshots");
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];

const PICTURES = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  "narrow-400": { viewport: { width: 400, height: 900 } },
  "wide-1400": { viewport: { width: 1400, height: 900 } },
  german: { locale: "de-DE" },
  "graph-errors": { type: "graph" },
  "graph-errors-dark-end": { type: "graph", colorScheme: "dark", end: true },
  "cloud-errors-400": { type: "cloud", viewport: { width: 400, height: 6000 } },
  "on-premises-errors-german": { type: "onPremises", locale: "de-DE" },
  "on-premises-errors-german-end": { type: "onPremises", locale: "de-DE", end: true },
};

async function picture(browser, service, name, { type, end, ...options }) {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, locale: "en-GB", ...options });
  const page = await context.newPage();
  await page.goto(service.url);
  await ready(page);
  if (type) {
    await page.getByLabel(/^Sync-Typ/).selectOption({ index: Object.keys(SYNC_TYPES).indexOf(type) });
    if (await save(page).isEnabled()) await save(page).click();
  }
  // The form scrolls in a frame of its own.
  if (end) await page.locator("form select").last().scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  await context.close();
}

await mkdir(folder, { recursive: true });
const service = await Service.start();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
for (const [name, options] of Object.entries(PICTURES)) await picture(browser, service, name, options);
await browser.close();
await service.close();
console.log(folder);
