// From a change to what comes of it: the status after a save, a lost connection, second thoughts, and what is asked about
// before it is saved.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, discard, field, focused, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";
import { writes } from "./support/wire.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const status = (page) => page.locator("header .status");
const notice = (page, text) => page.locator("footer .notice").getByText(text, { exact: true });

async function says(page, expected) {
  await eventually(async () => assert.match(await status(page).innerText(), expected));
}

/** All that the status has said from now on, without what came twice in a row. */
async function listen(page) {
  await status(page).evaluate((element) => {
    window.said = [];
    const hear = () => {
      if (element.textContent !== window.said.at(-1)) window.said.push(element.textContent);
    };
    new MutationObserver(hear).observe(element, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => window.said);
}

scenario("after a save the status is checked at once and tells of nothing before, until it has settled", async (world) => {
  const graph = await world.start(GraphSim.start());
  await graph.do("addUser", { userPrincipalName: `anna@${GraphSim.domain}`, timeZone: "UTC" });
  const service = await world.service({ variables: graph.variables });
  const admin = await world.client(service);
  await world.start(PbxSim.start(service, [ANNA]));
  const graphItems = { clientId: graph.client, tenantId: graph.tenant };
  await admin.write({ pbxName: "master", syncType: 4, ...graphItems, clientSecret: "wrong" });
  const page = await world.tryOut(service);
  await says(page, /^Calendars are not being read\./);

  const said = await listen(page);
  await field(page, "Client Secret").fill(GraphSim.secret);
  await save(page).click();
  await says(page, /^Synchronisation runs for 1 user\. PBX master is connected\.$/);
  const [first, ...others] = await said();
  assert.equal(first, "Checking …");
  assert.ok(others.every((text) => text.startsWith("Synchronisation runs for 1 user.")), JSON.stringify(others));
  // Somebody else saves: the same here.
  const heard = await listen(page);
  await admin.write({ clientSecret: "wrong" });
  await says(page, /^Calendars are not being read\./);
  assert.equal((await heard())[0], "Checking …");
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`a PBX that is missing is waited for, and the way to its object is one click, ${colorScheme}`, async (world) => {
    const service = await world.service();
    const page = await world.tryOut(service, { colorScheme });
    await field(page, "Master PBX Name").fill("master");
    await choose(page, "Sync-Type", SYNC_TYPES.graph);
    await field(page, "Client ID").fill(CLIENT);
    await field(page, "Client Secret").fill("s3cret");
    await field(page, "Tenant ID").fill("example.com");
    await save(page).click();
    await says(page, /^Waiting for PBX master\.$/);
    assert.equal(await status(page).getAttribute("data-health"), "fair");
    const ready = await fetch(`${service.url}readyz`);
    assert.deepEqual([ready.status, await ready.text()], [200, "ok\n"]);
    await assertAccessible(page);
    await button(page, "App objects").click();
    await eventually(async () => assert.equal((await focused(page)).name, "Create and check App objects"));
    assert.equal((await focused(page)).inView, true);
  });

  scenario(`while there is no connection the status is dimmed and says since when; what failed is taken back after it, ${colorScheme}`, async (world) => {
    world.expect(/WebSocket connection to/);
    world.expect(/Failed to load resource/);
    const service = await world.service();
    const page = await world.tryOut(service, { colorScheme });
    await says(page, /^Synchronisation is disabled\./);
    await service.kill();
    await page.getByText(/^No connection since \d\d:\d\d\. This was the state then\.$/).waitFor();
    assert.equal(await page.locator("header[data-stale='true']").count(), 1);
    await field(page, "Master PBX Name").fill("hq");
    await save(page).click();
    await notice(page, "Not saved: there is no connection. Your input is kept; save again once it is back.").waitFor();
    await assertAccessible(page);
    await service.restart();
    await notice(page, "1 unsaved change").waitFor();
    assert.equal(await page.getByText("No connection since").count(), 0);
    assert.equal(await page.locator("header[data-stale='false']").count(), 1);
    await save(page).click();
    await notice(page, "Saved.").waitFor();
  });
}

scenario("what was discarded is restored, until something is typed", async (world) => {
  const page = await world.tryOut(await world.service());
  const restore = button(page, "Restore input");
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Master PBX Name").fill("hq");
  await field(page, "Client Secret").fill("s3cret");
  assert.equal(await restore.isVisible(), false);
  await discard(page).click();
  await notice(page, "No unsaved changes").waitFor();
  await restore.click();
  await notice(page, "3 unsaved changes").waitFor();
  assert.equal(await field(page, "Master PBX Name").inputValue(), "hq");
  assert.equal(await field(page, "Client Secret").inputValue(), "s3cret");
  await eventually(async () => assert.equal((await focused(page)).id, "save"));
  assert.equal(await restore.isVisible(), false);
  await discard(page).click();
  await restore.waitFor();
  await assertAccessible(page);
  await field(page, "Master PBX Name").fill("x");
  await eventually(async () => assert.equal(await restore.isVisible(), false));
});

scenario("a Secret ID in place of the secret, or an ID twice, is asked about once before it is saved", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  await field(page, "Master PBX Name").fill("hq");
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Client ID").fill(CLIENT);
  await field(page, "Tenant ID").fill("example.com");
  await field(page, "Client Secret").fill("99999999-2222-4333-8444-555555555555");
  await save(page).click();
  await notice(page, "Not saved yet: check Client Secret. To save it as it is, save again.").waitFor();
  await eventually(async () => assert.equal((await focused(page)).id, "clientSecret"));
  assert.deepEqual(await writes(page), []);
  await assertAccessible(page);
  // Another change is another question.
  await field(page, "Tenant ID").fill(CLIENT);
  await save(page).click();
  await notice(page, "Not saved yet: check Tenant ID. To save it as it is, save again.").waitFor();
  await save(page).click();
  await notice(page, "Saved.").waitFor();
  assert.equal((await admin.read()).tenantId, CLIENT);
});

scenario("the end of a secret is a date, and what is only begun of one is none", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  const date = field(page, "Client Secret expires on");
  assert.equal(await date.getAttribute("type"), "date");
  await date.focus();
  // Day and month in the order of the browser's language, whichever that is.
  await page.keyboard.type("0202");
  assert.equal(await date.evaluate((input) => input.validity.badInput), true);
  await page.keyboard.type("2031");
  await eventually(async () => assert.equal(await date.inputValue(), "2031-02-02"));
  await choose(page, "Sync-Type", SYNC_TYPES.disabled);
  await choose(page, "Sync-Type", SYNC_TYPES.graph);
  await field(page, "Master PBX Name").fill("hq");
  await field(page, "Client ID").fill(CLIENT);
  await field(page, "Client Secret").fill("s3cret");
  await field(page, "Tenant ID").fill("example.com");
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).clientSecretExpires, "2031-02-02"));
  // A part is taken out, the others stay; left so, there is no date.
  await date.focus();
  await page.keyboard.press("Delete");
  assert.equal(await date.evaluate((input) => input.validity.badInput), true);
  await page.keyboard.type("02");
  await eventually(async () => assert.equal(await date.inputValue(), "2031-02-02"));
  await date.focus();
  await page.keyboard.press("Delete");
  await field(page, "Master PBX Name").focus();
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).clientSecretExpires, ""));
});

scenario("what Microsoft has ended is marked in the list, under the names that how-tos use", async (world) => {
  const page = await world.tryOut(await world.service());
  const groups = await field(page, "Sync-Type").evaluate((list) => [...list.querySelectorAll("optgroup")].map(
    (group) => [group.label, ...[...group.children].map((option) => option.label)]));
  assert.deepEqual(groups, [
    ["Recommended", SYNC_TYPES.graph],
    ["No longer works at Microsoft", SYNC_TYPES.cloud],
    ["Being switched off by Microsoft", SYNC_TYPES.cloudAppOnly],
  ]);
});
