// What comes of a save and how it is taken back, and input that would be lost.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import {
  SYNC_TYPES, choose, chosen, discard, field, focused, problem, ready, save, unfold,
} from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";

const button = (page, name) => page.getByRole("button", { name, exact: true });
const lines = (place) => place.getByRole("listitem").allInnerTexts();

async function saved(page) {
  await page.getByText("Saved.", { exact: true }).waitFor();
}

for (const colorScheme of ["light", "dark"]) {
  scenario(`a save says what it has changed, and is undone, ${colorScheme}`, async (world) => {
    const service = await world.service();
    const admin = await world.client(service);
    await admin.write({ pbxName: "master" });
    const page = await world.tryOut(service, { colorScheme });
    await field(page, "Master PBX Name").fill("hq");
    await choose(page, "Busy", "Away");
    await save(page).click();
    await saved(page);
    await page.getByText("Last save: 2 changes").click();
    assert.deepEqual(await lines(page.locator(".saved")), ["Master PBX Name: master → hq", "Busy: Busy → Away"]);
    await assertAccessible(page);
    await button(page, "Revert last save").click();
    await page.getByText("Reverted: the previous values are stored again.").waitFor();
    const { pbxName, mapBusy } = await admin.read();
    assert.deepEqual([pbxName, mapBusy], ["master", 1]);
    assert.equal(await field(page, "Master PBX Name").inputValue(), "master");
    await field(page, "Master PBX Name").fill("x");
    await eventually(async () => assert.equal(await button(page, "Revert last save").isVisible(), false));
  });

  scenario(`what is wrong is listed, and each line leads to its field, ${colorScheme}`, async (world) => {
    const page = await world.tryOut(await world.service(), { colorScheme });
    await choose(page, "Sync-Type", SYNC_TYPES.graph);
    await field(page, "Client ID").fill("no GUID");
    assert.deepEqual(await lines(page.locator(".problems")), []);
    await save(page).click();
    const names = (await lines(page.locator(".problems"))).map((line) => line.split(":")[0]);
    assert.deepEqual(names, ["Master PBX Name", "Client ID", "Tenant ID", "Client Secret"]);
    await assertAccessible(page);
    await page.getByRole("button", { name: /^Tenant ID: / }).click();
    await page.keyboard.type("example.com");
    assert.equal(await field(page, "Tenant ID").inputValue(), "example.com");
    await eventually(async () => assert.equal((await lines(page.locator(".problems"))).length, 3));
    await discard(page).click();
    assert.deepEqual(await lines(page.locator(".problems")), []);
  });
}

scenario("secrets are told of without their value, and an undo says that it leaves them", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write({ syncType: 4, pbxName: "master", clientId: CLIENT, tenantId: "a.example", clientSecret: "first" });
  const page = await world.tryOut(service);
  await field(page, "Client Secret").fill("second");
  await save(page).click();
  await saved(page);
  await page.getByText("Last save: 1 change").click();
  assert.deepEqual(await lines(page.locator(".saved")), ["Client Secret: replaced"]);
  assert.equal(await button(page, "Revert last save").isVisible(), false);
  await field(page, "Client Secret").fill("third");
  await choose(page, "Busy", "Away");
  await save(page).click();
  await page.getByText("Last save: 2 changes").waitFor();
  await button(page, "Revert last save").click();
  await page.getByText("Reverted. Passwords and secrets cannot be restored").waitFor();
  assert.equal((await admin.read()).mapBusy, 1);
});

const AGAIN = "Your change decides where this is sent. Enter it again, so that nobody can redirect a stored one.";

scenario("who has a secret sent elsewhere, also by undoing a save, enters it again first", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write({ syncType: 4, pbxName: "master", clientId: CLIENT, tenantId: "a.example", clientSecret: "first" });
  const page = await world.tryOut(service);
  const secret = field(page, "Client Secret");
  await unfold(page);
  await field(page, "Proxy").fill("http://proxy.example:3128");
  await field(page, "Proxy").blur();
  await eventually(async () => assert.equal(await problem(secret), AGAIN));
  await save(page).click();
  assert.deepEqual(await lines(page.locator(".problems")), [`Client Secret: ${AGAIN}`]);
  await eventually(async () => assert.equal((await focused(page)).id, "clientSecret"));
  assert.deepEqual(await writes(page), []);
  await assertAccessible(page);

  await secret.fill("first");
  await save(page).click();
  await saved(page);
  assert.equal((await admin.read()).httpProxy, "http://proxy.example:3128");
  assert.equal(await problem(secret), "");

  await button(page, "Revert last save").click();
  await eventually(async () => assert.equal(await problem(secret), AGAIN));
  assert.equal(await field(page, "Proxy").inputValue(), "");
  await secret.fill("first");
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).httpProxy, ""));
});

scenario("the page is not left with unsaved input without a question", async (world) => {
  const page = await world.tryOut(await world.service());
  const asked = () => page.evaluate(() => {
    const event = new Event("beforeunload", { cancelable: true });
    dispatchEvent(event);
    return event.defaultPrevented;
  });
  assert.equal(await asked(), false);
  await field(page, "Master PBX Name").fill("hq");
  assert.equal(await asked(), true);
  await save(page).click();
  await saved(page);
  assert.equal(await asked(), false);
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client Secret").fill("only a secret");
  assert.equal(await asked(), true);
  await discard(page).click();
  await eventually(async () => assert.equal(await asked(), false));
});
