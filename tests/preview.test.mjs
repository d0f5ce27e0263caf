// The preview of the rules: an example day with the settings as typed, walked through with the keyboard alone.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { choose, field, ready } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const button = (page, name) => page.getByRole("button", { name, exact: true });

/** Opens the preview as somebody without a mouse does. */
async function open(page, name) {
  await button(page, name).focus();
  await page.keyboard.press("Enter");
  await page.locator(".pair").waitFor();
}

/** Focuses what is named and presses keys. */
async function press(page, target, ...keys) {
  await target.focus();
  for (const key of keys) await page.keyboard.press(key);
}

/** Chooses an option as somebody without a mouse does: by typing its name. */
async function type(page, target, text) {
  await target.focus();
  await page.keyboard.type(text);
}

/** What colleagues see with the saved settings, and with those as typed. */
const seen = (page) => page.locator(".pair .says").allInnerTexts();
const sees = (page, saved, typed = saved) => eventually(async () => {
  const [before, after] = await seen(page);
  assert.match(before, saved);
  assert.match(after, typed);
});

const verdict = (page, expected) => eventually(async () => assert.equal(await page.locator(".verdict").innerText(), expected));
const reasons = (page) => page.locator(".result .reasons li").allInnerTexts();

scenario("the preview is loaded once the form is there, and shows before and after at any time of the day", async (world) => {
  const page = await world.page();
  const files = [];
  page.on("request", (request) => files.push(new URL(request.url()).pathname.split("/").at(-1)));
  await (await world.service()).enter(page);
  await ready(page);
  const isOfPages = (file) => file.startsWith("pbxcalendar.pages");
  assert.ok(files.findIndex(isOfPages) > files.indexOf("pbxcalendar.form_bg.wasm") || !files.some(isOfPages));
  await open(page, "Preview: what colleagues see");
  const loaded = files.filter(isOfPages).sort();
  assert.deepEqual(loaded, ["pbxcalendar.pages.en.json", "pbxcalendar.pages.js", "pbxcalendar.pages_bg.wasm"]);

  await sees(page, /^Busy until 11:00$/);
  await verdict(page, "Your changes make no difference on this day.");
  await press(page, field(page, "Busy").getByRole("radio", { checked: true }), "ArrowRight");
  await sees(page, /^Busy until 11:00$/, /^Away until 11:00$/);
  // Before the last meeting the next activity is announced, so the free time differs too.
  await verdict(page, "With your changes colleagues see something else: 00:00–11:00.");
  await press(page, page.getByRole("checkbox", { name: "Subject", exact: true }), "Space");
  await sees(page, /^Busy until 11:00$/, /^Project review until 11:00$/);

  const slider = page.getByRole("slider", { name: "Time of day" });
  await press(page, slider, "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft");
  await sees(page, /^Free until 10:00 \(Busy\)$/, /^Free until 10:00 \(Away: Project review\)$/);
  assert.equal(await slider.getAttribute("aria-valuetext"), "09:55");
  await press(page, slider, "End");
  await sees(page, /^Free$/);
  await press(page, slider, "Home");
  await sees(page, /^Free until 09:00 \(Busy\)$/, /^Free until 09:00 \(Away: Stand-up\)$/);

  await press(page, button(page, "Holiday"), "Space");
  // Both are away as typed, and of two alike the later one leads.
  await sees(page, /^Away until \d\d\/\d\d\/\d{4}$/, /^Project review until 11:00$/);
  assert.equal(await button(page, "Holiday").getAttribute("aria-pressed"), "true");
  await type(page, page.getByLabel("The colleague reads"), "German");
  await sees(page, /^Abwesend bis \d\d\.\d\d\.\d{4}$/, /^Project review bis 11:00$/);
});

scenario("appointments are moved, changed, added and removed by keyboard", async (world) => {
  const page = await world.tryOut(await world.service());
  await open(page, "Preview: what colleagues see");
  await press(page, button(page, "Back-to-back meetings"), "Enter");
  await press(page, button(page, "Project review, 10:00–11:00, Busy"), "ArrowRight", "Shift+ArrowRight");
  const moved = button(page, "Project review, 10:15–11:30, Busy");
  assert.equal(await moved.getAttribute("aria-pressed"), "true");
  assert.equal(await page.getByLabel("From", { exact: true }).inputValue(), "10:15");
  assert.equal(await page.getByLabel("To", { exact: true }).inputValue(), "11:30");
  await sees(page, /^Busy until 11:00$/);
  await press(page, moved, "Delete");
  await sees(page, /^Free until 11:00 \(Busy\)$/);
  // The keyboard goes on at the neighbour.
  assert.equal(await page.evaluate(() => {
    let focused = document.activeElement;
    while (focused?.shadowRoot) focused = focused.shadowRoot.activeElement;
    return focused.getAttribute("aria-label");
  }), "Ideas, 10:30–11:30, Tentative");

  // The tentative one is ignored until it is busy.
  await press(page, button(page, "Ideas, 10:30–11:30, Tentative"), "Enter");
  await type(page, page.getByLabel("Show as"), "Out");
  await sees(page, /^Away until 11:30$/);
  assert.deepEqual(await reasons(page), ["Stand-up is over", "Ideas is shown", "Planning waits behind “Ideas”: Away comes before Do not disturb, Busy and Available"]);

  await press(page, button(page, "Add appointment"), "Enter");
  await page.getByLabel("Title", { exact: true }).fill("Fire drill");
  await press(page, page.getByRole("checkbox", { name: "All day" }), "Space");
  await page.getByLabel("Days", { exact: true }).fill("2");
  await press(page, field(page, "Subject"), "Space");
  await press(page, page.getByRole("slider", { name: "Time of day" }), "Home");
  await sees(page, /^Busy until \d\d:\d\d$/, /^Fire drill until 09:00$/);
  await press(page, page.getByRole("checkbox", { name: "Private" }), "Space");
  await sees(page, /^Busy until 09:00$/, /^Private until 09:00$/);
  for (let left = await page.locator(".bar").count(); left > 0; left -= 1) await press(page, button(page, "Remove"), "Enter");
  await sees(page, /^Free$/);
});

scenario("a bar follows the pointer, and its end alone where that is taken", async (world) => {
  const page = await world.tryOut(await world.service(), { viewport: { width: 1400, height: 900 } });
  await open(page, "Preview: what colleagues see");
  const bar = page.locator(".bar").nth(1);
  await bar.scrollIntoViewIfNeeded();
  const label = () => bar.getAttribute("aria-label");
  const drag = async (grip, hours) => {
    const { x, y, width, height } = await bar.boundingBox();
    const day = (await page.locator(".appointments").boundingBox()).width;
    const from = x + (grip === "end" ? width - 3 : width / 2);
    await page.mouse.move(from, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(from + (day / 24) * hours, y + height / 2, { steps: 5 });
    await page.mouse.up();
  };
  await drag("middle", 2);
  assert.equal(await label(), "Project review, 12:00–13:00, Busy");
  await drag("end", 1.5);
  assert.equal(await label(), "Project review, 12:00–14:30, Busy");
  await drag("middle", 20);
  assert.equal(await label(), "Project review, 21:30–00:00, Busy");
});

scenario("a sick note by HR, in German", async (world) => {
  const page = await world.tryOut(await world.service(), { locale: "de-DE" });
  await open(page, "Vorschau: was Kollegen sehen");
  await press(page, button(page, "Krankmeldung durch die Personalabteilung"), "Enter");
  await sees(page, /^Beschäftigt bis 11:00$/);
  await verdict(page, "Ihre Änderungen wirken sich an diesem Tag nicht aus.");
  await type(page, field(page, "Ausnahmen für „mit Vorbehalt“ (Organisator)"), "personal@example.com");
  await sees(page, /^Beschäftigt bis 11:00$/, /^Abwesend bis \d\d\.\d\d\.\d{4}$/);
  assert.deepEqual(await reasons(page), [
    "Krankmeldung wird angezeigt",
    "Projektbesprechung wartet hinter „Krankmeldung“: Abwesend kommt vor Nicht stören, Beschäftigt und Verfügbar",
  ]);
  await type(page, page.getByLabel("Der Kollege liest"), "Englisch");
  await sees(page, /^Busy until 11:00$/, /^Away until \d\d\/\d\d\/\d{4}$/);
  // The host speaks another language: what nobody has typed follows.
  await page.locator("#language").selectOption("en");
  await button(page, "Sick note from HR").waitFor();
  await eventually(async () => assert.equal((await reasons(page))[0], "Sick leave is shown"));
});

for (const scheme of ["light", "dark"]) {
  scenario(`the preview is accessible, ${scheme}`, async (world) => {
    const page = await world.tryOut(await world.service(), { colorScheme: scheme });
    await open(page, "Preview: what colleagues see");
    await assertAccessible(page);
    await choose(page, "Busy", "Do not disturb");
    await page.locator('.pair[data-same="false"]').waitFor();
    await assertAccessible(page);
    for (const preset of ["Holiday", "Home office"]) {
      await button(page, preset).click();
      await assertAccessible(page);
    }
  });
}

scenario("where nothing may be fetched the preview opens from its single file", async (world) => {
  world.expect(/CORS policy|net::ERR_FAILED/);
  const service = await world.service();
  const server = await world.pluginServer(service, { cors: false });
  const page = await world.host();
  await page.evaluate((from) => host.open(from, "form"), server.url);
  await ready(page);
  await open(page, "Preview: what colleagues see");
  await sees(page, /^Busy until 11:00$/);
});

scenario("where it cannot be loaded a sentence says so, and trying again works", async (world) => {
  world.expect(/Failed to load resource|MIME type|Calendar plugin/);
  const service = await world.service();
  const hidden = ["pbxcalendar.pages.js", "pbxcalendar.pages.single.js"];
  const server = await world.pluginServer(service, { cors: true, hidden });
  const page = await world.host();
  await page.evaluate((from) => host.open(from, "form"), server.url);
  await ready(page);
  await button(page, "Preview: what colleagues see").click();
  const mapping = page.locator('section[aria-labelledby="mapping"]');
  await mapping.getByRole("alert").filter({ hasText: "could not be loaded" }).waitFor();
  hidden.length = 0;
  await button(mapping, "Try again").click();
  await sees(page, /^Busy until 11:00$/);
});
