// From a fault to a stored configuration, and back after a power cut.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import {
  SYNC_TYPES, choose, chosen, description, discard, field, isInvalid, ready, save,
} from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { sent, writes } from "./support/wire.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const SECRET = "s3cret-that-nobody-may-see";

/** Fills in a configuration for Microsoft Graph that is complete. */
async function fillGraph(page) {
  await field(page, "Master PBX Name").fill("pbx");
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill(CLIENT);
  await field(page, "Tenant ID").fill("example.com");
  await field(page, "Client Secret").fill(SECRET);
}

scenario("fill, save, reload: everything is there again, save the secret", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  await fillGraph(page);
  await field(page, "Subject").check();
  await choose(page, "Tentative", "Do not disturb");
  await save(page).click();
  await eventually(async () => {
    const items = await admin.read();
    assert.equal(items.pbxName, "pbx");
    assert.equal(items.syncType, 4);
    assert.equal(items.clientId, CLIENT);
    assert.equal(items.clientSecret, "");
    assert.equal(items.showSubject, true);
    assert.equal(items.mapTentative, 3);
  });

  await page.reload();
  await ready(page);
  assert.equal(await field(page, "Master PBX Name").inputValue(), "pbx");
  assert.equal(await chosen(page, "Sync-Type"), SYNC_TYPES.graph);
  assert.equal(await field(page, "Client ID").inputValue(), CLIENT);
  assert.equal(await field(page, "Tenant ID").inputValue(), "example.com");
  assert.equal(await field(page, "Client Secret").inputValue(), "");
  assert.equal(await field(page, "Subject").isChecked(), true);
  assert.equal(await chosen(page, "Tentative"), "Do not disturb");
});

scenario("a wrong value is marked while typing, and nothing is stored until it is right", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  await fillGraph(page);
  await field(page, "Client ID").fill("no GUID");
  await field(page, "Client ID").blur();
  await eventually(async () => assert.equal(await isInvalid(field(page, "Client ID")), true));
  assert.notEqual(await description(field(page, "Client ID")), "");
  await save(page).click();
  assert.deepEqual(await writes(page), []);
  assert.equal((await admin.read()).pbxName, "");

  await field(page, "Client ID").fill(CLIENT);
  await eventually(async () => assert.equal(await isInvalid(field(page, "Client ID")), false));
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).clientId, CLIENT));
});

scenario("what is required is named when saving without it", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await save(page).click();
  for (const label of ["Master PBX Name", "Client ID", "Tenant ID", "Client Secret"]) {
    await eventually(async () => assert.equal(await isInvalid(field(page, label)), true, label));
  }
});

scenario("discard takes back what was typed", async (world) => {
  const page = await world.tryOut(await world.service());
  await field(page, "Master PBX Name").fill("typo");
  await choose(page, "Busy", "Away");
  await discard(page).click();
  await eventually(async () => assert.equal(await field(page, "Master PBX Name").inputValue(), ""));
  assert.equal(await chosen(page, "Busy"), "Busy");
});

scenario("saving sends only what was changed", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write({ pbxName: "pbx", mapBusy: 3 });
  const page = await world.tryOut(service);
  await field(page, "Master PBX Name").fill("master");
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).pbxName, "master"));
  assert.deepEqual(await writes(page), [{ pbxName: "master" }]);
  assert.equal(sent(page, "WriteConfig")[0].api, "Calendar");
});

scenario("what was acknowledged is found again after kill -9", async (world) => {
  // The connection breaks, and the browser says so.
  world.expect(/WebSocket connection to/);
  const service = await world.service();
  const page = await world.tryOut(service);
  const acknowledged = new Promise((resolve) => page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => String(payload).includes("WriteConfigResult") && resolve());
  }));
  await page.reload();
  await ready(page);
  await fillGraph(page);
  await save(page).click();
  await acknowledged;
  await service.kill();
  await service.restart();
  const items = await (await world.client(service)).read();
  assert.equal(items.clientId, CLIENT);
  await page.reload();
  await ready(page);
  assert.equal(await field(page, "Client ID").inputValue(), CLIENT);
});

scenario("a secret leaves the page encrypted and is nowhere to be seen afterwards", async (world) => {
  const service = await world.service();
  const page = await world.tryOut(service);
  const frames = [];
  page.on("websocket", (socket) => {
    for (const direction of ["framesent", "framereceived"]) {
      socket.on(direction, ({ payload }) => frames.push(String(payload)));
    }
  });
  await page.reload();
  await ready(page);
  await fillGraph(page);
  assert.equal(await field(page, "Client Secret").getAttribute("type"), "password");
  await save(page).click();
  await eventually(() => assert.ok(frames.some((frame) => frame.includes("WriteConfigResult"))));
  assert.ok(!frames.some((frame) => frame.includes(SECRET)));
  assert.ok(!service.output.includes(SECRET));
  await eventually(async () => assert.equal(await field(page, "Client Secret").inputValue(), ""));
});
