// What colleagues see, beside the form.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { choose, chosen, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const panel = (page) => page.locator("#colleagues");
const people = (page) => panel(page).getByRole("listitem");
const person = (page, name) => people(page).filter({ hasText: name });
const status = (page) => panel(page).getByRole("status");

/** What the line of somebody says: name, activity, presence. */
const says = (page, name) => person(page, name).innerText().then((text) => text.split("\n").map((part) => part.trim()));

/** The first day that does not belong to Chiara Rossi's vacation any more: ten days from today in Berlin. */
function afterVacation(locale) {
  const berlin = (time, options) => new Intl.DateTimeFormat(locale, { timeZone: "Europe/Berlin", ...options }).format(time);
  return berlin(Date.now() + 10 * 86_400_000, { day: "2-digit", month: "2-digit", year: "numeric" });
}

async function demo(world, options) {
  const page = await world.tryOut(await world.service({ demo: true }), options);
  await eventually(async () => assert.equal(await people(page).count(), 12));
  return page;
}

scenario("the demo lists a dozen colleagues, and saving another mapping changes what is seen of them", async (world) => {
  const page = await demo(world);
  const vacation = `Vacation in Apulia until ${afterVacation("en-GB")}`;
  await eventually(async () => {
    assert.deepEqual(await says(page, "Chiara Rossi"), ["Chiara Rossi", "Away", vacation]);
    assert.deepEqual(await says(page, "Karl Weiss"), ["Karl Weiss", "No permission to read the mailbox"]);
    assert.deepEqual(await says(page, "Reception"), ["Reception", "No mailbox"]);
  });
  assert.equal(await status(page).innerText(), "");

  await choose(page, "Out of office", "Do not disturb");
  await save(page).click();
  await eventually(async () => {
    assert.deepEqual(await says(page, "Chiara Rossi"), ["Chiara Rossi", "Do not disturb", vacation]);
  });
});

scenario("everybody sees it in the own language and time zone", async (world) => {
  const page = await demo(world);
  await page.getByLabel("Language", { exact: true }).selectOption("de");
  await eventually(async () => {
    const expected = ["Chiara Rossi", "Abwesend", `Vacation in Apulia bis ${afterVacation("de")}`];
    assert.deepEqual(await says(page, "Chiara Rossi"), expected);
  });
  // His day and his night both tell a time.
  const times = async () => (await says(page, "Henry Wu"))[2];
  const zone = page.getByLabel("Zeitzone", { exact: true });
  await zone.selectOption("UTC");
  const inUtc = await times();
  await zone.selectOption("Asia/Kabul");
  // Half an hour beside: no time is the same.
  await eventually(async () => assert.notEqual(await times(), inUtc));
  await page.reload();
  assert.equal(await zone.inputValue(), "Asia/Kabul");
  assert.equal(await page.locator("html").getAttribute("lang"), "de");
});

scenario("without a PBX nobody is there, and the panel says what to do", async (world) => {
  const page = await world.tryOut(await world.service());
  await eventually(async () => assert.match(await status(page).innerText(), /^Nobody is here\./));
  assert.equal(await people(page).count(), 0);
});

scenario("a service that is away is said to be, and comes back by itself", async (world) => {
  world.expect(/WebSocket (connection to|is already in)/);
  world.expect(/Failed to load resource/);
  const service = await world.service({ demo: true });
  const page = await world.tryOut(service);
  await eventually(async () => assert.equal(await people(page).count(), 12));
  await service.kill();
  await eventually(async () => assert.match(await status(page).innerText(), /^The service cannot be reached/));
  assert.equal(await people(page).count(), 12, "what was known stays");
  await service.restart();
  await eventually(async () => {
    assert.equal(await status(page).innerText(), "");
    assert.equal(await people(page).count(), 12);
  }, 20_000);
});

scenario("without the presence package the panel says how to build it", async (world) => {
  world.expect(/Failed to load resource/);
  const page = await world.page();
  await page.route("**/presence/**", (route) => route.abort());
  await (await world.service()).enter(page);
  await eventually(async () => assert.match(await status(page).innerText(), /cargo xtask build/));
});

const trial = (page, name) => page.locator("#trials li").filter({ hasText: name });
const put = (page, name) => trial(page, name).getByRole("button");

/** How many presences a trial says have changed. */
const changed = async (page, name) => {
  const text = await trial(page, name).getByRole("status").innerText();
  return Number(/^(\d+) presences? changed\.$/.exec(text)?.[1] ?? NaN);
};

scenario("the demo says once that it is one, its clock runs, and days are strips", async (world) => {
  const page = await demo(world, { timezoneId: "Europe/Berlin" });
  assert.equal((await page.locator("body").innerText()).match(/\bDEMO\b/g).length, 1);
  const clock = page.locator("#clock");
  const before = await clock.innerText();
  assert.match(before, /^\d\d:\d\d:\d\d$/);
  await eventually(async () => assert.notEqual(await clock.innerText(), before));
  // Her vacation is the whole day, and there is nothing of somebody whose calendar is not read.
  const day = (name) => person(page, name).getByRole("img");
  await eventually(async () => {
    assert.equal(await day("Chiara Rossi").getAttribute("aria-label"), "00:00 Away");
    assert.match(await day("Greta Olsen").getAttribute("aria-label"), /08:00 Busy, 18:00 Available$/);
  });
  assert.equal(await day("Karl Weiss").count(), 0);
});

scenario("one click shows Busy as Do not disturb, tells how many presences changed, and is put back", async (world) => {
  const page = await demo(world, { timezoneId: "Europe/Berlin" });
  const name = "Show Busy as Do not disturb";
  const greta = () => person(page, "Greta Olsen").getByRole("img").getAttribute("aria-label");
  await eventually(async () => assert.match(await greta(), /08:00 Busy/));
  await put(page, name).click();
  await eventually(async () => {
    assert.match(await greta(), /08:00 Do not disturb/);
    assert.ok(await changed(page, name) > 0);
    assert.equal(await chosen(page, "Busy"), "Do not disturb", "the form shows it as well");
  });
  // Another visit finds what is to be put back.
  await page.reload();
  await put(page, `Put back: ${name}`).click();
  await eventually(async () => {
    assert.match(await greta(), /08:00 Busy/);
    assert.equal(await put(page, name).innerText(), name);
    assert.equal(await chosen(page, "Busy"), "Busy");
  });
});

scenario("one click hides titles, and puts them back", async (world) => {
  const page = await demo(world);
  const titles = /Budget 2027|Vacation in Apulia/;
  await eventually(async () => assert.match(await panel(page).innerText(), titles));
  await put(page, "Hide titles").click();
  await eventually(async () => {
    assert.doesNotMatch(await panel(page).innerText(), titles);
    assert.ok(await changed(page, "Hide titles") > 0);
  });
  await put(page, "Put back: Hide titles").click();
  await eventually(async () => assert.match(await panel(page).innerText(), titles));
});

for (const [calendars, credential] of [[true, "clientSecret"], ["exchange", "password"]]) {
  scenario(`one click breaks the secret of the demo's calendars, and mends it: ${credential}`, async (world) => {
    const service = await world.service({ demo: calendars });
    const page = await world.tryOut(service);
    const admin = await world.client(service);
    const until = (sync) => eventually(async () => {
      assert.equal((await admin.request({ mt: "GetStatus", api: "Calendar" })).sync, sync);
    }, 60_000);
    await eventually(async () => assert.equal(await people(page).count(), 12));
    await until("running");
    await put(page, "Break the secret").click();
    await until("error");
    await put(page, "Put back: Break the secret").click();
    await until("running");
  });
}

for (const [name, options] of Object.entries({
  "light, wide": { colorScheme: "light", viewport: { width: 1600, height: 900 } },
  "dark, narrow": { colorScheme: "dark", viewport: { width: 320, height: 800 }, reducedMotion: "reduce" },
})) {
  scenario(`the demo page is accessible and fits: ${name}`, async (world) => {
    const page = await demo(world, options);
    await assertAccessible(page);
    const [form, list] = await Promise.all([page.locator(".manager"), panel(page)].map((part) => part.boundingBox()));
    if (options.viewport.width > 1200) assert.ok(list.x > form.x && list.height === form.height, "beside the form");
    else assert.ok(list.y < form.y, "above the form, so that what a trial does is seen");
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await panel(page).getByRole("list").focus();
  });
}
