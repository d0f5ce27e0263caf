// Opens the form of a running service in a browser, for `cargo xtask package --check`.
//
//     node packaging/open-form.mjs http://127.0.0.1:8080/ before|after
//
// `before` stores something by the form, `after` finds it there. PASSWORD is the instance password.

import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { within } from "../tests/support/common.mjs";
import { field, ready, save } from "../tests/support/form.mjs";

const [url, when] = process.argv.slice(2);
const NAME = "kept-over-the-upgrade";

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });

/** The form in a page of its own, logged in. */
async function open(heard = () => {}) {
  const page = await browser.newPage({ locale: "en-US" });
  page.on("pageerror", (error) => { throw error; });
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => heard(String(payload))));
  await page.goto(url);
  const password = page.locator("input[type=password]").first();
  await password.fill(process.env.PASSWORD);
  await password.press("Enter");
  await ready(page);
  return page;
}

try {
  if (when === "before") {
    let written;
    const answer = new Promise((resolve) => { written = resolve; });
    const page = await open((text) => { if (text.includes("WriteConfigResult")) written(JSON.parse(text)); });
    await field(page, "Master PBX Name").fill(NAME);
    await save(page).click();
    const { result } = await within(60_000, "the answer to the save", answer);
    assert.equal(result, "ok");
  }
  const page = await open();
  assert.equal(await field(page, "Master PBX Name").inputValue(), NAME);
} finally {
  await browser.close();
}
