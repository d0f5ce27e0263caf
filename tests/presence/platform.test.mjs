// Dates and times equal Intl.DateTimeFormat in Node and in Chromium, each compared with itself.

import assert from "node:assert/strict";
import { test } from "node:test";

import { PACKAGE, load, open } from "./package.mjs";
import { LOCALES, compare } from "./platform.mjs";

test("every date and time is as Node writes it", async () => {
  assert.ok(LOCALES.length >= 30);
  const { differences, compared } = compare(await load());
  assert.deepEqual(differences, []);
  assert.ok(compared > 100_000, `${compared} texts`);
});

test("every date and time is as Chromium writes it", async () => {
  const browser = await open({ presence: PACKAGE, tests: new URL("./", import.meta.url) });
  try {
    const page = await browser.newPage();
    const { differences, compared } = await page.evaluate(async () => {
      const presence = await import("/presence/presence.js");
      await presence.default();
      const { compare } = await import("/tests/platform.mjs");
      return compare(presence);
    });
    assert.deepEqual(differences, []);
    assert.ok(compared > 100_000, `${compared} texts`);
  } finally {
    await browser.close();
  }
});
