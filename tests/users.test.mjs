// The users and the dry run, with the dozen colleagues of the demo and with ten thousand that are made up.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { choose, ready } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";

const users = (page) => page.locator(".rows > li:not(.missing)");
const user = (page, name) => users(page).filter({ hasText: name });
const names = (page) => users(page).locator(".name").allInnerTexts();
const form = (page) => page.locator("#panel");

async function open(world, options, name = "Show the users") {
  const page = await world.tryOut(await world.service({ demo: true }), options);
  await form(page).getByRole("button", { name, exact: true }).click();
  return page;
}

/** All colleagues are there, and the calendars were read. */
async function complete(page) {
  await eventually(async () => {
    assert.equal(await users(page).count(), 12);
    assert.match(await user(page, "Henry Wu").innerText(), /now|seconds ago/);
    assert.match(await user(page, "Karl Weiss").innerText(), /No permission to read/);
    assert.match(await user(page, "Reception").innerText(), /No mailbox found/);
  });
}

scenario("each user is a row of 48 px with name, address, presence, day, state and age", async (world) => {
  const page = await open(world, { timezoneId: "Europe/Berlin" });
  await complete(page);
  const henry = await user(page, "Henry Wu").innerText();
  assert.match(henry, /henry\.wu@example\.com/);
  assert.match(henry, /Support shift until 23:00|Free until [\d/ ]*00:00/);
  assert.match(await user(page, "Chiara Rossi").innerText(), /Vacation in Apulia until \d\d\/\d\d\/\d{4}/);
  assert.equal(await form(page).locator(".users > .about").first().innerText(), "12 users");
  // Those with a problem come first, then by name.
  assert.deepEqual((await names(page)).slice(0, 4), ["Karl Weiss", "Reception", "Anna Berg", "Béla Kovács"]);
  for (const width of [360, 720, 1400]) {
    await page.setViewportSize({ width, height: 900 });
    for (const row of await users(page).all()) assert.ok((await row.boundingBox()).height <= 48, `${width} px`);
  }
});

scenario("the day is a strip whose text names the changes, with a line for now", async (world) => {
  const page = await open(world);
  await complete(page);
  const day = (name) => user(page, name).getByRole("img");
  assert.match(await day("Greta Olsen").getAttribute("aria-label"), /08:00 Busy, 18:00 Free$/);
  assert.equal(await day("Chiara Rossi").getAttribute("aria-label"), "00:00 Away");
  assert.equal(await day("Karl Weiss").count(), 0, "nothing is known of his day");
  const left = (selector) => user(page, "Greta Olsen").locator(selector).evaluate((part) => {
    const strip = part.parentElement.getBoundingClientRect();
    return (part.getBoundingClientRect().left - strip.left) / strip.width;
  });
  assert.ok(Math.abs(await left("[data-activity='busy']") - 8 / 24) < 0.01);
  const berlin = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Berlin", hour: "2-digit", minute: "2-digit" });
  const [hour, minute] = berlin.format(Date.now()).split(":").map(Number);
  assert.ok(Math.abs(await left(".now") - (hour + minute / 60) / 24) < 0.01);
});

scenario("users are found by a part of their name in any Unicode form, and by their state with its count", async (world) => {
  const page = await open(world);
  await complete(page);
  const search = page.getByLabel("Search by name or address");
  const chip = (name) => form(page).getByRole("group", { name: "Calendar" }).getByRole("button", { name, exact: true });
  const found = (expected) => eventually(async () => assert.deepEqual(await names(page), expected));
  await search.fill("WEI");
  await found(["Karl Weiss"]);
  await search.fill("béla kov".normalize("NFD"));
  await found(["Béla Kovács"]);
  await search.fill("nobody of this name");
  await page.getByText("No user found. Change the search or the state.").waitFor();
  await search.fill("");
  await eventually(async () => assert.deepEqual(
    await form(page).getByRole("group", { name: "Calendar" }).getByRole("button").allInnerTexts(),
    ["All 12", "Up to date 10", "No mailbox found 1", "No permission to read 1"],
  ));
  await chip("No mailbox found 1").click();
  await found(["Reception"]);
  assert.equal(await chip("No mailbox found 1").getAttribute("aria-pressed"), "true");
  await chip("All 12").click();
  await eventually(async () => assert.equal(await users(page).count(), 12));
});

scenario("in a narrow form the state stands in the place of the presence where there is none", async (world) => {
  const page = await open(world, { viewport: { width: 400, height: 900 } });
  await eventually(async () => assert.match(await user(page, "Karl Weiss").innerText(), /No permission to read/));
  await user(page, "Anna Berg").locator(".says").waitFor();
  const isShown = (name, part) => user(page, name).locator(part).isVisible();
  assert.deepEqual([await isShown("Karl Weiss", ".health"), await isShown("Karl Weiss", ".says")], [true, false]);
  assert.deepEqual([await isShown("Anna Berg", ".health"), await isShown("Anna Berg", ".says")], [false, true]);
});

const toggle = (page, name) => user(page, name).getByRole("button", { name, exact: true });

scenario("a user opens to what is shown, why, and what comes next, without titles and identifiers", async (world) => {
  const page = await open(world, { timezoneId: "Europe/Berlin", permissions: ["clipboard-read", "clipboard-write"] });
  await complete(page);
  await toggle(page, "Chiara Rossi").click();
  const chiara = user(page, "Chiara Rossi").locator(".why");
  await eventually(async () => assert.match(
    await chiara.locator(".reasons").innerText(),
    /^\d\d\/\d\d\/\d{4}–\d\d\/\d\d\/\d{4}, all day · Out of office · is shown; the keyword “Vacation” gives it higher priority$/m,
  ));
  assert.doesNotMatch(await chiara.locator(".reasons").innerText(), /Apulia/);
  assert.match(await chiara.locator("code").innerText(), /^Vacation in Apulia until .* #away #len:18:18 #until:\d+ #whole-day$/);
  await chiara.getByText("Nothing changes within 48 hours.").waitFor();
  await chiara.getByRole("button", { name: "Read again Chiara Rossi" }).click();
  await chiara.getByText("The calendar is being read again.").waitFor();
  await chiara.getByRole("button", { name: "Copy as text" }).click();
  await chiara.getByRole("button", { name: "Copied" }).waitFor();
  const text = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /^Chiara Rossi\nchiara\.rossi@example\.com\nUp to date\nVacation in Apulia until .*\n\nWhy:\n- .* · Out of office · is shown/);
  // One is open at a time.
  await toggle(page, "Greta Olsen").click();
  const greta = user(page, "Greta Olsen").locator(".why");
  await eventually(async () => assert.match(
    await greta.locator(".reasons").innerText(),
    /tomorrow 08:00–18:00 · Busy · (is announced as next|waits: it starts later)/,
  ));
  assert.match(await greta.locator(".next").innerText(), /08:00 · Busy · Budget 2027 until 18:00/);
  assert.equal(await chiara.count(), 0);
  await toggle(page, "Greta Olsen").click();
  assert.equal(await greta.count(), 0);
});

scenario("where nothing was read the reasons say so, and what to do", async (world) => {
  const page = await open(world);
  await complete(page);
  for (const [name, advice] of [["Karl Weiss", /^Other mailboxes may be read, but not that of karl\.weiss@example\.com\. /],
    ["Reception", /^No account has the address reception@example\.com\. /]]) {
    await toggle(page, name).click();
    const why = user(page, name).locator(".why");
    await why.getByText("The calendar was not read, so nothing is known of appointments.").waitFor();
    assert.match(await why.locator(".advised").first().innerText(), advice);
    assert.doesNotMatch(await why.innerText(), /no appointments|Nothing changes/i);
  }
});

scenario("what is wrong is told in the language of the form, and what only a newer service knows as it says it", async (world) => {
  const page = await open(world, { locale: "de-DE" }, "Benutzer anzeigen");
  await eventually(async () => assert.equal(await users(page).count(), 12));
  await toggle(page, "Reception").click();
  await user(page, "Reception").getByText("Kein Konto hat die Adresse reception@example.com.").waitFor();
  assert.equal(await user(page, "Reception").locator(".advised").getAttribute("lang"), "de");
  const other = await made(world, () => ({
    users: [{ ...person(1), state: "failed", error: "ofTomorrow", errorText: "Something new is wrong.", facts: { depth: 3 } }],
    counts: { failed: 1 },
  }));
  await toggle(other, "Person 1").click();
  assert.equal(await user(other, "Person 1").locator(".advised").innerText(), "Something new is wrong.");
  assert.equal(await user(other, "Person 1").locator(".advised").getAttribute("lang"), "en");
});

scenario("why is told in six languages, and names nothing by an identifier", async (world) => {
  const service = await world.service({ demo: true });
  const heard = new Set();
  for (const locale of ["en-GB", "de-DE", "es-ES", "fr-FR", "it-IT", "nl-NL"]) {
    const page = await world.page({ locale, timezoneId: "Europe/Berlin" });
    await service.enter(page);
    await page.locator('[aria-labelledby="users"] button.disclosure').click();
    await eventually(async () => assert.equal(await users(page).count(), 12), 30_000);
    await toggle(page, "Greta Olsen").click();
    const reasons = user(page, "Greta Olsen").locator(".reasons");
    await eventually(async () => assert.match(await reasons.innerText(), / 08:00–18:00 · /));
    const told = await reasons.innerText();
    assert.doesNotMatch(told, /[A-Za-z0-9_-]{20,}|Budget/);
    heard.add(told);
    await page.close();
  }
  assert.equal(heard.size, 6);
});

scenario("at a glance everybody has a row with the hours of today, which leads to the user", async (world) => {
  const page = await open(world, { timezoneId: "Europe/Berlin" });
  await complete(page);
  await form(page).getByRole("button", { name: "Today at a glance" }).click();
  const rows = form(page).getByRole("list", { name: "Today at a glance" }).getByRole("listitem");
  assert.equal(await rows.count(), 12);
  const greta = rows.filter({ hasText: "Greta Olsen" });
  await greta.getByRole("button", { name: /^Greta Olsen: .*08:00 Busy, 18:00 Free$/ }).waitFor();
  const hours = await greta.locator("i").evaluateAll((cells) => cells.map((cell) => [cell.dataset.activity, cell.style.gridColumn]));
  assert.deepEqual(hours.filter(([, place]) => place === "10 / 20"), [["busy", "10 / 20"]]);
  await rows.filter({ hasText: "Karl Weiss" }).getByRole("button", { name: "Karl Weiss: No permission to read" }).waitFor();
  await assertAccessible(page);
  await greta.locator("i").first().click();
  await user(page, "Greta Olsen").locator(".reasons li").first().waitFor();
  await eventually(async () => assert.ok(await toggle(page, "Greta Olsen").evaluate((it) => it.getRootNode().activeElement === it)));
});

scenario("the menu of a row is walked with the keyboard", async (world) => {
  const page = await open(world, { permissions: ["clipboard-read", "clipboard-write"] });
  await complete(page);
  const opener = user(page, "Anna Berg").getByRole("button", { name: "Actions for Anna Berg" });
  await opener.focus();
  await page.keyboard.press("Enter");
  const items = page.getByRole("menuitem");
  assert.deepEqual(await items.allInnerTexts(), ["Why?", "Read again", "Copy as text"]);
  const focused = (locator) => eventually(async () =>
    assert.ok(await locator.evaluate((item) => item.getRootNode().activeElement === item)));
  await focused(items.nth(0));
  await page.keyboard.press("ArrowUp");
  await focused(items.nth(2));
  await page.keyboard.press("Escape");
  await focused(opener);
  assert.equal(await items.count(), 0);
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByText("Anna Berg: The calendar is being read again.").waitFor();
  await opener.click();
  await items.nth(2).click();
  await page.getByText("Anna Berg: Copied").waitFor();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^Anna Berg\nanna\.berg@/);
  await opener.click();
  await items.nth(0).click();
  await user(page, "Anna Berg").locator(".reasons li").first().waitFor();
});

scenario("the dry run names the users that would be shown differently, before anything is saved", async (world) => {
  const page = await open(world);
  await complete(page);
  await form(page).getByRole("button", { name: "Who would be affected?" }).click();
  await page.getByText("Change a mapping or keyword, and the users affected appear here.").waitFor();
  await choose(form(page), "Out of office", "Do not disturb");
  await page.getByText(/^Within 48 hours /).waitFor();
  const changed = () => form(page).locator(".change").filter({ hasText: "Chiara Rossi" });
  await eventually(async () => {
    const text = await changed().innerText();
    assert.match(text, /Saved · Away\s+Vacation in Apulia until [\d/]+\s+With your changes · Do not disturb\s+Vacation in Apulia until [\d/]+/);
  });
  // What is not free to be shown differently is not listed.
  assert.equal(await form(page).locator(".change").filter({ hasText: "Greta Olsen" }).count(), 0);
  // Nothing was saved by asking.
  assert.equal(await user(page, "Chiara Rossi").getAttribute("data-activity"), "away");
  assert.deepEqual(await writes(page), []);
});

for (const scheme of ["light", "dark"]) {
  scenario(`users and dry run are accessible, ${scheme}`, async (world) => {
    const page = await open(world, { colorScheme: scheme });
    await complete(page);
    await toggle(page, "Chiara Rossi").click();
    await user(page, "Chiara Rossi").locator(".reasons li").first().waitFor();
    await user(page, "Chiara Rossi").getByRole("button", { name: /^Actions/ }).click();
    await form(page).getByRole("button", { name: "Who would be affected?" }).focus();
    await form(page).getByRole("button", { name: "Who would be affected?" }).click();
    await choose(form(page), "Out of office", "Do not disturb");
    await form(page).locator(".change").first().waitFor();
    await assertAccessible(page);
  });
}

/** Lets a page see other users than those of the service: what `answer` makes of the question. */
async function withUsers(page, answer) {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    const questions = [];
    socket.onMessage((text) => {
      const message = JSON.parse(text);
      if (message.mt === "GetUsers") questions.push(message);
      server.send(text);
    });
    server.onMessage((text) => {
      const message = JSON.parse(text);
      if (message.mt !== "GetUsersResult") return socket.send(text);
      return socket.send(JSON.stringify({ ...message, ...answer(questions.shift()) }));
    });
  });
}

const person = (number) => ({ guid: `${number}`, name: `Person ${number}`, addresses: [`p${number}@example.com`], state: "matched" });
const people = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => person(first + index));

/** Opens the table of users that a test makes up. */
async function made(world, answer) {
  const service = await world.service();
  const page = await world.page();
  await withUsers(page, answer);
  await service.enter(page);
  await ready(page);
  await form(page).getByRole("button", { name: "Show the users", exact: true }).click();
  await users(page).first().waitFor();
  return page;
}

const scroller = (page) => form(page).locator(".scroller");

scenario("nobody is shown twice where somebody new has moved the others on", async (world) => {
  // The next hundred begin with the last two of the first, and tell of one of them twice.
  const page = await made(world, ({ cursor }) => cursor !== "next"
    ? { users: people(1, 100), more: "next", counts: { matched: 150 } }
    : { users: [person(100), ...people(99, 150)], more: undefined, counts: { matched: 150 } });
  const met = [];
  for (let top = 0; top < 150 * 48; top += 400) {
    await scroller(page).evaluate(async (it, y) => {
      it.scrollTo(0, y);
      // The rows are there one frame after they are in view.
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    }, top);
    await eventually(async () => assert.equal(await scroller(page).locator(".missing").count(), 0));
    const shown = await names(page);
    assert.equal(new Set(shown).size, shown.length);
    for (const name of shown) if (!met.includes(name)) met.push(name);
  }
  assert.deepEqual(met, people(1, 150).map(({ name }) => name));
});

scenario("10 000 users are scrolled without a pause, with rows for those in view alone", async (world) => {
  const all = people(0, 9_999);
  const cursors = [];
  const page = await made(world, ({ cursor = "0" }) => {
    cursors.push(cursor);
    const end = Number(cursor) + 100;
    const more = end < all.length ? `${end}` : undefined;
    return { users: all.slice(Number(cursor), end), more, counts: { matched: all.length } };
  });
  await page.getByText("10000 users").waitFor();
  assert.deepEqual([...new Set(cursors)], ["0"], "the first hundred are enough to begin with");
  const frames = await scroller(page).evaluate(async (it) => {
    const lengths = [];
    let last = performance.now();
    for (let step = 0; step < 200; step += 1) {
      it.scrollBy(0, 300);
      await new Promise(requestAnimationFrame);
      lengths.push(performance.now() - last);
      last = performance.now();
    }
    return lengths.sort((one, other) => one - other);
  });
  console.log(`frames while scrolling: ${frames[100].toFixed(1)} ms median, ${frames.at(-1).toFixed(1)} ms longest`);
  await eventually(async () => assert.equal(await scroller(page).locator(".missing").count(), 0));
  assert.ok(await users(page).count() < 60);
  const shown = (await names(page)).map((name) => Number(name.slice("Person ".length)));
  assert.deepEqual(shown, people(shown[0], shown.at(-1)).map(({ guid }) => Number(guid)), "each follows the one before");
  // And at once to the end.
  await scroller(page).evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await eventually(async () => assert.equal((await names(page)).at(-1), "Person 9999"));
  assert.equal(await users(page).last().getAttribute("aria-setsize"), "10000");
  assert.equal(await users(page).last().getAttribute("aria-posinset"), "10000");
});

scenario("what is opened stays in its place while others are scrolled by", async (world) => {
  const all = people(0, 999);
  const page = await made(world, ({ cursor = "0" }) => {
    const end = Number(cursor) + 100;
    return { users: all.slice(Number(cursor), end), more: end < all.length ? `${end}` : undefined, counts: { matched: 1_000 } };
  });
  await toggle(page, "Person 3").click();
  await user(page, "Person 3").locator(".why").getByText(/does not answer/).waitFor();
  const place = (name) => user(page, name).evaluate((row) =>
    row.getBoundingClientRect().top - row.closest(".scroller").getBoundingClientRect().top + row.closest(".scroller").scrollTop);
  const before = await place("Person 15");
  assert.ok(before > 15 * 48);
  await scroller(page).evaluate((it) => it.scrollTo(0, 5_000));
  await eventually(async () => assert.equal(await user(page, "Person 3").count(), 0));
  await scroller(page).evaluate((it) => it.scrollTo(0, 700));
  await eventually(async () => assert.ok(Math.abs(await place("Person 15") - before) < 2));
});
