// Forms come and go in a page that lives on.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { field, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

/** Remembers the memory of every module that the page instantiates, and counts sockets. */
async function watch(page) {
  await page.addInitScript(() => {
    window.memories = [];
    for (const name of ["instantiate", "instantiateStreaming"]) {
      const original = WebAssembly[name];
      WebAssembly[name] = async (...args) => {
        const made = await original.apply(WebAssembly, args);
        window.memories.push((made.instance ?? made).exports.memory);
        return made;
      };
    }
  });
  const sockets = [];
  page.on("websocket", (socket) => sockets.push(socket));
  return {
    sockets: () => sockets.length,
    open: () => sockets.filter((socket) => !socket.isClosed()).length,
    memories: () => page.evaluate(() => window.memories.map((memory) => memory.buffer.byteLength)),
  };
}

const form = (page, id) => page.locator(`#${id}`);

scenario("two forms in one page are independent and share the two modules", async (world) => {
  const service = await world.service();
  const page = await world.host();
  const watched = await watch(page);
  await page.reload();
  await page.evaluate((folder) => host.open(folder, "first"), `${service.url}plugin/`);
  await page.evaluate((folder) => host.open(folder, "second"), `${service.url}plugin/`);
  await ready(form(page, "first"));
  await ready(form(page, "second"));
  await field(form(page, "first"), "Master PBX Name").fill("pbx");
  assert.equal(await field(form(page, "second"), "Master PBX Name").inputValue(), "");
  await save(form(page, "first")).click();
  await eventually(async () => {
    assert.equal(await field(form(page, "second"), "Master PBX Name").inputValue(), "pbx");
  });
  await eventually(async () => assert.equal((await watched.memories()).length, 2));

  await page.evaluate(() => host.close("first"));
  await field(form(page, "second"), "Master PBX Name").fill("pbx2");
  await save(form(page, "second")).click();
  const admin = await world.client(service);
  await eventually(async () => assert.equal((await admin.read()).pbxName, "pbx2"));
});

scenario("removed and constructed again 100 times: memory stays flat, no socket and no listener is left", async (world) => {
  const service = await world.service();
  const page = await world.host();
  const watched = await watch(page);
  await page.reload();
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  let warm;
  await eventually(async () => assert.equal((await watched.memories()).length, 2));
  for (let round = 1; round <= 100; round += 1) {
    await ready(form(page, "form"));
    // What is left behind in the first rounds is what the allocator keeps for the next ones.
    if (round === 10) warm = await watched.memories();
    await page.evaluate(() => host.close("form"));
    await page.evaluate((folder) => host.construct(folder, "form"), `${service.url}plugin/`);
  }
  await ready(form(page, "form"));
  // Half a KB is left behind each time: less than a page of memory (64 KiB) in 90 rounds, and no more than that.
  const [before, after] = [warm, await watched.memories()];
  assert.equal(after.length, before.length);
  assert.ok(after.every((bytes, index) => bytes <= before[index] + 65_536), `${before} → ${after}`);
  await page.evaluate(() => host.close("form"));
  await eventually(() => assert.equal(watched.open(), 0));
  assert.equal(watched.sockets(), 101);
  assert.equal(await page.evaluate(() => host.listeners()), 0);
}, { timeout: 180_000 });

scenario("removed before it was loaded, a plugin leaves nothing behind", async (world) => {
  const service = await world.service();
  const page = await world.host();
  const watched = await watch(page);
  await page.reload();
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await page.evaluate(() => host.close("form"));
  await page.evaluate((folder) => {
    for (let round = 0; round < 20; round += 1) {
      host.construct(folder, "form");
      host.close("form");
    }
    host.construct(folder, "last");
  }, `${service.url}plugin/`);
  await ready(form(page, "last"));
  await eventually(() => assert.equal(watched.open(), 1));
  await page.evaluate(() => host.close("last"));
  await eventually(() => assert.equal(watched.open(), 0));
  assert.equal(await page.evaluate(() => host.listeners()), 0);
});

scenario("a node that is only moved keeps its form and what was typed", async (world) => {
  const service = await world.service();
  const page = await world.host();
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await ready(form(page, "form"));
  await field(form(page, "form"), "Master PBX Name").fill("typed");
  await page.evaluate(() => {
    const place = document.createElement("main");
    document.body.append(place);
    place.append(document.getElementById("form"));
  });
  assert.equal(await field(form(page, "form"), "Master PBX Name").inputValue(), "typed");
});

scenario("language and scheme of the host are followed", async (world) => {
  const service = await world.service();
  const page = await world.host();
  await page.evaluate((folder) => host.open(folder, "form"), `${service.url}plugin/`);
  await save(form(page, "form")).waitFor();
  const colour = () => form(page, "form").locator("form").evaluate((element) => getComputedStyle(element).color);
  const dark = await colour();
  await page.evaluate(() => host.dress("light"));
  await eventually(async () => assert.notEqual(await colour(), dark));
  await page.evaluate(() => host.speak("de"));
  await page.getByRole("button", { name: /^Speichern/ }).waitFor();
  assert.equal(await form(page, "form").getByRole("button", { name: /^Save/ }).count(), 0);
  // A language that nobody has heard of does no harm.
  await page.evaluate(() => host.speak("xx"));
  await page.getByRole("button", { name: /^Save/ }).waitFor();
});
