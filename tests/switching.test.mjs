// The host changes language and scheme while somebody is at work in the form.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, focused, problem, ready, save, summary } from "./support/form.mjs";
import { assertAccessible } from "./support/axe.mjs";
import { scenario } from "./support/scenario.mjs";

const ENGLISH = {
  problem: "An ID looks like 1b4e28ba-2fa1-…; copy it from the overview page.",
  line: "Client ID: An ID looks like 1b4e28ba-2fa1-…; copy it from the overview page.",
  refused: "Not saved: 4 fields need your attention.",
  notice: "6 unsaved changes",
  more: "More about this (Client ID)",
  preview: "Preview: what colleagues see",
  reason: "Stand-up is over",
};
const GERMAN = {
  problem: "Eine ID sieht aus wie 1b4e28ba-2fa1-…; kopieren Sie sie von der Übersichtsseite.",
  line: "Client-ID: Eine ID sieht aus wie 1b4e28ba-2fa1-…; kopieren Sie sie von der Übersichtsseite.",
  refused: "Nicht gespeichert: 4 Felder sind zu berichtigen.",
  notice: "6 ungespeicherte Änderungen",
  more: "Mehr dazu (Client-ID)",
  preview: "Vorschau: was Kollegen sehen",
  reason: "Stand-up ist vorbei",
};

const INPUT = {
  pbxName: "hq.example.com", presenceTimeZone: "ber", clientId: "no GUID", clientSecret: "s3cret", syncType: "graph",
};

/** What was typed and opened. */
async function assertKept(page) {
  for (const [id, value] of Object.entries(INPUT)) assert.equal(await page.locator(`#${id}`).inputValue(), value, id);
  assert.equal(await page.locator("#mapBusy").getByRole("radio", { checked: true }).getAttribute("value"), "away");
  assert.equal((await focused(page))?.id, "presenceTimeZone");
  assert.equal(await page.locator("#time-zones").isVisible(), true);
  assert.equal(await page.locator("#presenceTimeZone").getAttribute("aria-expanded"), "true");
}

async function assertSays(page, words) {
  await eventually(async () => assert.equal(await problem(page.locator("#clientId")), words.problem));
  assert.ok((await summary(page).allInnerTexts()).includes(words.line));
  await page.getByText(words.notice, { exact: true }).waitFor();
  const explanation = page.locator("details.more", { has: page.getByText(words.more) });
  assert.equal(await explanation.getAttribute("open"), "");
  assert.equal(await page.getByRole("button", { name: words.preview, exact: true }).getAttribute("aria-expanded"), "true");
  await eventually(async () => assert.equal(await page.locator(".result .reasons li").first().innerText(), words.reason));
}

/** Colours of the form's text, of a field, of the bar and of the preview. */
const colours = (page) => Promise.all([
  ["form.calendar", "color"], ["#pbxName", "backgroundColor"], ["footer", "backgroundColor"], [".pair", "color"],
].map(([selector, property]) => page.locator(selector).evaluate((element, of) => getComputedStyle(element)[of], property)));

scenario("language and scheme change under a form with input, errors and open parts, and nothing of it is lost", async (world) => {
  const service = await world.service();
  const page = await world.host();
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await ready(page);
  await field(page, "Master PBX Name").fill("hq.example.com");
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill("no GUID");
  await field(page, "Client Secret").fill("s3cret");
  await choose(page, "Busy", "Away");
  await page.getByText(ENGLISH.more).click();
  await page.getByRole("button", { name: ENGLISH.preview, exact: true }).click();
  await page.locator(".pair").waitFor();
  await field(page, "Presence timezone").fill("nowhere");
  await save(page).click();
  await eventually(async () => assert.equal((await focused(page)).id, "pbxName"));
  for (const [language, { refused }] of [["de", GERMAN], ["en", ENGLISH]]) {
    await page.evaluate((to) => host.speak(to), language);
    await page.getByText(refused).waitFor();
  }
  await field(page, "Presence timezone").fill("ber");
  await page.locator("#time-zones").getByRole("option", { name: /^Europe\/Berlin/ }).waitFor();
  await assertKept(page);
  await assertSays(page, ENGLISH);
  const dark = await colours(page);

  await page.evaluate(() => host.dress("light"));
  await eventually(async () => {
    for (const [index, colour] of (await colours(page)).entries()) assert.notEqual(colour, dark[index], `${index}`);
  });
  await assertKept(page);
  await assertSays(page, ENGLISH);
  await assertAccessible(page, "#form");

  await page.evaluate(() => host.speak("de"));
  await assertSays(page, GERMAN);
  await assertKept(page);
  await assertAccessible(page, "#form");

  // Both at once, and back.
  await page.evaluate(() => {
    host.speak("en");
    host.dress("dark");
  });
  await assertSays(page, ENGLISH);
  await assertKept(page);
  await eventually(async () => assert.deepEqual(await colours(page), dark));
});
