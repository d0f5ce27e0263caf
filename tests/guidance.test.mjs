// What the form advises: about the PBX, the end of Exchange Web Services, the move to Microsoft Graph, the first steps.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, chosen, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";

const CLIENT = "11111111-2222-3333-4444-555555555555";
const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };

const button = (page, name) => page.getByRole("button", { name, exact: true });
const guide = (page) => page.locator(".guide");

/** Settings that were made before the move. */
const appOnly = (more) => ({
  pbxName: "master", syncType: 3, user: "sync@example.com", clientId: CLIENT, tenantId: "example.com",
  clientSecret: "s3cret", ...more,
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`the first steps fill in what is clicked and nothing else, ${colorScheme}`, async (world) => {
    const service = await world.service();
    const page = await world.tryOut(service, { colorScheme, locale: "de-DE", timezoneId: "Europe/Berlin" });
    await assertAccessible(page);
    const zone = page.locator("#presenceTimeZone");
    assert.equal(await zone.inputValue(), "UTC");
    await button(page, "Europe/Berlin und Deutsch verwenden").click();
    await eventually(async () => assert.equal(await zone.inputValue(), "Europe/Berlin"));
    const [yes, no] = [button(page, "Ja: „Budgetrunde bis 12:30“"), button(page, "Nein: „Beschäftigt bis 12:30“")];
    for (const answer of [yes, no]) assert.equal(await answer.getAttribute("aria-pressed"), "false");
    await no.click();
    assert.equal(await no.getAttribute("aria-pressed"), "true");
    await yes.click();
    assert.equal(await no.getAttribute("aria-pressed"), "false");
    assert.equal(await page.locator("#showSubject").isChecked(), true);
    assert.equal(await page.locator("#syncType").inputValue(), "disabled");
    await button(page, "Microsoft Graph (empfohlen)").click();
    assert.equal(await page.locator("#syncType").inputValue(), "graph");
    await assertAccessible(page);
    assert.deepEqual(await writes(page), []);
    const admin = await world.client(service);
    await admin.write({ pbxName: "master" });
    await eventually(async () => assert.equal(await yes.count(), 0));
  });

  scenario(`from app-only to Microsoft Graph with one click, ${colorScheme}`, async (world) => {
    const service = await world.service();
    const admin = await world.client(service);
    assert.equal(await admin.write(appOnly()), "ok");
    const page = await world.tryOut(service, { colorScheme });
    await eventually(async () => {
      const text = await guide(page).innerText();
      assert.ok(text.includes("from 1 October 2026"), text);
      assert.ok(text.includes("on 1 April 2027"), text);
      assert.ok(text.includes(CLIENT), text);
    });
    await assertAccessible(page);
    await button(page, "Move to Microsoft Graph").click();
    assert.equal(await chosen(page, "Sync-Type"), SYNC_TYPES.graph);
    assert.match(await guide(page).innerText(), /Calendars\.Read .*User\.Read\.All/);
    await assertAccessible(page);
    await save(page).click();
    await eventually(async () => assert.equal((await admin.read()).syncType, 4));
    const { clientId, tenantId } = await admin.read();
    assert.deepEqual([clientId, tenantId], [CLIENT, "example.com"]);
  });
}

scenario("the client ID to be listed is copied", async (world) => {
  const service = await world.service();
  await (await world.client(service)).write(appOnly());
  const page = await world.tryOut(service, { permissions: ["clipboard-read", "clipboard-write"] });
  await button(page, "Copy this ID").click();
  await guide(page).getByText("Copied").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), CLIENT);
});

scenario("what needs impersonation no longer works, and other clouds have no dates", async (world) => {
  const page = await world.tryOut(await world.service());
  await choose(page, "Sync-Type", SYNC_TYPES.cloud);
  assert.match(await guide(page).innerText(), /no longer works/);
  await choose(page, "Sync-Type", SYNC_TYPES.cloudAppOnly);
  await choose(page, "Microsoft cloud", "China (21Vianet)");
  assert.match(await guide(page).innerText(), /no date is known/);
  await choose(page, "Sync-Type", SYNC_TYPES.onPremises);
  assert.equal(await button(page, "Move to Microsoft Graph").isVisible(), false);
});

scenario("once the move works, the permission to take away is named; a wrong PBX is one click away", async (world) => {
  const graph = await world.start(GraphSim.start());
  await graph.do("addUser", { userPrincipalName: `anna@${GraphSim.domain}`, timeZone: "UTC" });
  const service = await world.service({ variables: graph.variables });
  const admin = await world.client(service);
  const { client: clientId, tenant: tenantId } = graph;
  await admin.write(appOnly({ pbxName: "hq", clientId, tenantId, clientSecret: GraphSim.secret }));
  await world.start(PbxSim.start(service, [ANNA]));
  const page = await world.tryOut(service);
  await page.getByText("PBX master is connected, but hq is configured.").waitFor();
  await button(page, "Use master").click();
  assert.equal(await field(page, "Master PBX Name").inputValue(), "master");
  await button(page, "Move to Microsoft Graph").click();
  await save(page).click();
  await guide(page).getByText("Now remove full_access_as_app").waitFor({ timeout: 20_000 });
  await assertAccessible(page);
});

scenario("a secret that expires is told of in the status", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  await admin.write({ ...appOnly(), clientSecretExpires: "2020-02-03" });
  const page = await world.tryOut(service, { locale: "de-DE" });
  await page.getByText("Der geheime Clientschlüssel ist am 3. Februar 2020 abgelaufen.").waitFor();
});
