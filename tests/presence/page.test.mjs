// The page to try notes on.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";

import { PACKAGE, open } from "./package.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core");

let browser;
let page;
before(async () => {
  browser = await open({ presence: PACKAGE });
  page = await browser.newPage("/presence/index.html");
  await page.waitForSelector("#everybody tr");
});
after(() => browser.close());

const text = (selector) => page.$eval(selector, (found) => found.innerText);
const lines = (selector) => page.$$eval(`${selector} li`, (all) => all.map((one) => one.innerText));

test("shows what a viewer sees, in whatever language and zone", async () => {
  await page.fill("#note", "Busy until 12:30 #busy #until:1514374200000");
  await page.fill("#locale", "de");
  await page.fill("#time-zone", "Europe/Berlin");
  await page.fill("#now", "2017-12-27T09:00");
  assert.equal(await text("#shown"), "Beschäftigt bis 12:30");
  assert.equal(await text("#change"), "Another text from 2017-12-27 23:00 UTC on.");
  assert.match(await text("#fields"), /activity\s+busy\s+title\s+none\s+until\s+2017-12-27 11:30 UTC \(1514374200000\)/);
  assert.deepEqual(await lines("#deviations"), ["None."]);
  assert.match(await text("#everybody"), /fr\s+Occupé jusque 12:30/);
  await page.fill("#time-zone", "Mars");
  assert.match(await text("#wrong"), /Mars/);
  await page.fill("#time-zone", "Europe/Berlin");
  assert.equal(await text("#wrong"), "");
});

test("explains the deviations", async () => {
  const explained = async (note) => {
    await page.fill("#note", note);
    return lines("#deviations");
  };
  assert.deepEqual(await explained("no tags"), ["None."]);
  assert.deepEqual(await explained("Über #Busy #len:4:4 #until:5 #until:6 #x"), [
    "#Busy: read as #busy.",
    "#until:5: so small a figure is in seconds.",
    "#until:6: so small a figure is in seconds.",
    "#x: not one of our tags, skipped.",
    "#until:6: #until a second time, skipped.",
    "#len:4:4: the bytes disagree with the code points, which win.",
  ]);
  assert.deepEqual(await explained("Über #busy  #until:x #len:5:5 #next-activityaway #free"), [
    "#until:x: not well-formed, as if it were not there.",
    "#next-activityaway: without the colon that the examples have; read the same.",
    "#free: a second activity, skipped.",
    "More than one blank, or another than U+0020, between tags: read as one.",
    "The grammar has the tags in this order: #activity #len #until #whole-day #next-activity #next.",
    "#len:5:5: the code points do not fit, so the bytes are read.",
  ]);
  assert.deepEqual(await explained("Über #busy #len:9:9"), ["#len:9:9: fits neither in code points nor in bytes; no title."]);
});

test("can be used by everybody", async () => {
  await page.addScriptTag({ path: axe });
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], colorScheme);
  }
  await page.setViewportSize({ width: 400, height: 800 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= 400));
  assert.deepEqual(page.errors, []);
});
