// Opens the form of a running service in a browser, for `cargo xtask package --check`.
//
//     node packaging/open-form.mjs http://127.0.0.1:8080/ before|after
//
// `before` stores something by the form, `after` finds it there. PASSWORD is the instance password.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { field, ready, save } from "../tests/support/form.mjs";

const [url, when] = process.argv.slice(2);
const NAME = "kept-over-the-upgrade";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ locale: "en-US" });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await page.goto(url);
  await page.locator("input[type=password]").first().fill(process.env.PASSWORD);
  await page.keyboard.press("Enter");
  await ready(page);
  const name = field(page, "Master PBX Name");
  if (when === "before") {
    await name.fill(NAME);
    await save(page).click();
    await page.waitForFunction(() => true);
  }
  await page.reload();
  if (await page.locator("input[type=password]").first().isVisible()) {
    await page.locator("input[type=password]").first().fill(process.env.PASSWORD);
    await page.keyboard.press("Enter");
  }
  await ready(page);
  assert.equal(await name.inputValue(), NAME);
  assert.deepEqual(errors, []);
} finally {
  await browser.close();
}
