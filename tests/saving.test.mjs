// What comes of a save and how it is taken back, and input that would be lost.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, chosen, discard, field, ready, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

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
    await page.getByText("What was changed (2)").click();
    assert.deepEqual(await lines(page.locator(".saved")), ["Master PBX Name: master → hq", "Busy: Busy → Away"]);
    await assertAccessible(page);
    await button(page, "Undo").click();
    await page.getByText("Undone: the values from before are stored again.").waitFor();
    const { pbxName, mapBusy } = await admin.read();
    assert.deepEqual([pbxName, mapBusy], ["master", 1]);
    assert.equal(await field(page, "Master PBX Name").inputValue(), "master");
    await field(page, "Master PBX Name").fill("x");
    await eventually(async () => assert.equal(await button(page, "Undo").isVisible(), false));
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
  await page.getByText("What was changed (1)").click();
  assert.deepEqual(await lines(page.locator(".saved")), ["Client Secret: replaced"]);
  assert.equal(await button(page, "Undo").isVisible(), false);
  await field(page, "Client Secret").fill("third");
  await field(page, "Tenant ID").fill("b.example");
  await save(page).click();
  await page.getByText("What was changed (2)").waitFor();
  await button(page, "Undo").click();
  await page.getByText("Undone, except passwords and secrets").waitFor();
  assert.equal((await admin.read()).tenantId, "a.example");
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`discarding much is asked about, ${colorScheme}`, async (world) => {
    const page = await world.tryOut(await world.service(), { colorScheme });
    await field(page, "Master PBX Name").fill("hq");
    for (const label of ["Busy", "Tentative", "Out of office", "No data"]) await choose(page, label, "Do not disturb");
    await discard(page).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("Discard 5 changes?").waitFor();
    await assertAccessible(page);
    await page.keyboard.press("Escape");
    assert.equal(await field(page, "Master PBX Name").inputValue(), "hq");
    await discard(page).click();
    await dialog.getByRole("button", { name: "Discard" }).click();
    await eventually(async () => assert.equal(await field(page, "Master PBX Name").inputValue(), ""));
    assert.equal(await dialog.isVisible(), false);
  });

  scenario(`a form that is closed with unsaved input offers it again, ${colorScheme}`, async (world) => {
    const service = await world.service();
    await (await world.client(service)).write({ pbxName: "master" });
    const page = await world.host();
    await page.evaluate((to) => host.dress(to), colorScheme);
    const folder = `${service.url}plugin/`;
    const form = page.locator("#form");
    await page.evaluate(([from, id]) => host.open(from, id), [folder, "form"]);
    await ready(form);
    const reopen = async () => {
      await page.evaluate((from) => { host.close("form"); host.construct(from, "form"); }, folder);
      await ready(form);
    };
    await field(form, "Master PBX Name").fill("hq");
    await choose(form, "Sync-Type", SYNC_TYPES.graph);
    await field(form, "Client Secret").fill("s3cret");
    await reopen();
    assert.equal(await field(form, "Master PBX Name").inputValue(), "master");
    await form.getByText(/^This form was closed at \d/).waitFor();
    await assertAccessible(page, "#form");
    await button(form, "Restore the input").click();
    assert.equal(await field(form, "Master PBX Name").inputValue(), "hq");
    assert.equal(await chosen(form, "Sync-Type"), SYNC_TYPES.graph);
    assert.equal(await field(form, "Client Secret").inputValue(), "");
    await reopen();
    await button(form, "Forget it").click();
    assert.equal(await field(form, "Master PBX Name").inputValue(), "master");
    await reopen();
    assert.equal(await button(form, "Forget it").count(), 0);
  });
}

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
