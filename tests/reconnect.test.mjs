// The service goes away and comes back.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

scenario("the form connects again after kill -9, keeps what was typed and can save it", async (world) => {
  world.expect(/WebSocket connection to/);
  world.expect(/Failed to load resource/);
  const service = await world.service();
  const page = await world.tryOut(service);
  await field(page, "Master PBX Name").fill("typed-before");
  await service.kill();
  await field(page, "Prioritized appointments need to contain in title").fill("typed-meanwhile");
  await service.restart();
  const admin = await world.client(service);
  await eventually(async () => {
    await save(page).click({ timeout: 1_000 });
    assert.equal((await admin.read()).pbxName, "typed-before");
  });
  assert.equal((await admin.read()).priorityWords, "typed-meanwhile");
});

scenario("what another has saved in between is there after the reconnect", async (world) => {
  world.expect(/WebSocket connection to/);
  world.expect(/Failed to load resource/);
  const service = await world.service();
  const page = await world.tryOut(service);
  await service.restart();
  const admin = await world.client(service);
  await admin.write({ pbxName: "other" });
  await eventually(async () => assert.equal(await field(page, "Master PBX Name").inputValue(), "other"));
});

scenario("the service ends within 5 s of SIGTERM though forms are open", async (world) => {
  world.expect(/WebSocket connection to/);
  world.expect(/Failed to load resource/);
  const service = await world.service();
  await world.tryOut(service);
  assert.equal(await service.stop(), 0);
});
