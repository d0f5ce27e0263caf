// The users and the dry run, with the dozen colleagues of the demo.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { choose, ready } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";

const users = (page) => page.getByRole("list", { name: "Users" }).locator(":scope > li");
const user = (page, name) => users(page).filter({ hasText: name });
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
    assert.match(await user(page, "Henry Wu").innerText(), /seconds? ago/);
    assert.match(await user(page, "Karl Weiss").innerText(), /No permission to read/);
    assert.match(await user(page, "Reception").innerText(), /No mailbox found/);
  });
}

scenario("each user has name, state, advice and what colleagues see", async (world) => {
  const page = await open(world, { timezoneId: "Europe/Berlin" });
  await complete(page);
  const henry = await user(page, "Henry Wu").innerText();
  assert.match(henry, /henry\.wu@example\.com/);
  assert.match(henry, /Support shift until 23:00|Free until [\d/ ]*00:00/);
  assert.match(await user(page, "Chiara Rossi").innerText(), /Vacation in Apulia until \d\d\/\d\d\/\d{4}/);
  // What is wrong with Karl Weiss' mailbox, and what to do.
  assert.ok((await user(page, "Karl Weiss").locator(".advice").innerText()).trim().length > 20);
  assert.equal(await form(page).locator(".users .about").innerText(), "12 users");
});

scenario("users are found by a part of their name and by their state", async (world) => {
  const page = await open(world);
  await complete(page);
  await page.getByLabel("Search by name or address").fill("WEI");
  await eventually(async () => assert.deepEqual(await users(page).locator("b").allInnerTexts(), ["Karl Weiss"]));
  await page.getByLabel("Search by name or address").fill("nobody of this name");
  await page.getByText("No user found. Change the search or the state.").waitFor();
  await page.getByLabel("Search by name or address").fill("");
  await form(page).getByRole("combobox", { name: "Calendar", exact: true }).selectOption({ label: "No mailbox found" });
  await eventually(async () => assert.deepEqual(await users(page).locator("b").allInnerTexts(), ["Reception"]));
});

scenario("a panel tells why, and a calendar is read again", async (world) => {
  const page = await open(world);
  await complete(page);
  const chiara = user(page, "Chiara Rossi");
  await chiara.getByRole("button", { name: "Why? Chiara Rossi" }).click();
  await eventually(async () => assert.match(await chiara.locator(".why .reasons").innerText(), /\(oof, whole days .*\) leads/));
  assert.ok(!(await chiara.locator(".why .reasons").innerText()).includes("Apulia"), "reasons name no titles");
  assert.match(await chiara.locator(".why code").innerText(), /^Vacation in Apulia until .* #away #len:18:18 #until:\d+ #whole-day$/);
  await chiara.getByRole("button", { name: "Read again Chiara Rossi" }).click();
  await chiara.getByText("The calendar is being read again.").waitFor();
  await chiara.getByRole("button", { name: "Why? Chiara Rossi" }).click();
  assert.equal(await chiara.locator(".why").count(), 0);
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
    await user(page, "Chiara Rossi").getByRole("button", { name: /^Why/ }).click();
    await form(page).getByRole("button", { name: "Who would be affected?" }).click();
    await choose(form(page), "Out of office", "Do not disturb");
    await form(page).locator(".change").first().waitFor();
    await assertAccessible(page);
  });
}

/** Lets a page see these users in place of those of the service: what `answer` makes of the cursor. */
async function withUsers(page, answer) {
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    let cursor;
    socket.onMessage((text) => {
      const message = JSON.parse(text);
      if (message.mt === "GetUsers") ({ cursor } = message);
      server.send(text);
    });
    server.onMessage((text) => {
      const message = JSON.parse(text);
      socket.send(message.mt === "GetUsersResult" ? JSON.stringify({ ...message, ...answer(cursor) }) : text);
    });
  });
}

scenario("nobody is shown twice where somebody new has moved the others on", async (world) => {
  const service = await world.service();
  const page = await world.page();
  const person = (number) => ({ guid: `${number}`, name: `Person ${number}`, addresses: [], state: "waiting" });
  const people = (first, last) => Array.from({ length: last - first + 1 }, (_, index) => person(first + index));
  // The next hundred begin with the last two of the first, and tell of one of them twice.
  await withUsers(page, (cursor) => cursor !== "next"
    ? { users: people(1, 100), more: "next" }
    : { users: [person(100), ...people(99, 150)], more: undefined });
  await service.enter(page);
  await ready(page);
  await form(page).getByRole("button", { name: "Show the users", exact: true }).click();
  await eventually(async () => assert.equal(await users(page).count(), 100));
  await page.getByRole("button", { name: "Show more users" }).click();
  await eventually(async () => assert.equal(await users(page).count(), 150));
  assert.deepEqual(await users(page).locator("b").allInnerTexts(), people(1, 150).map(({ name }) => name));
});
