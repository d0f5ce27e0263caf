// The connection test in the form: typed settings against stand-ins of Microsoft Graph and of a PBX.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, choose, discard, field, focused, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";
import { sent } from "./support/wire.mjs";

const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };
const ADDRESS = `anna@${GraphSim.domain}`;

/** The page of the test, as one sees it. */
class Test {
  constructor(page) {
    this.page = page;
    this.place = page.locator(".test");
    this.status = this.place.getByRole("status");
  }

  /** Graph with a mailbox of Anna, a service and its page, with what reads her calendar typed in. */
  static async open(world, { options, secret = GraphSim.secret } = {}) {
    const graph = await world.start(GraphSim.start());
    await graph.do("addUser", { userPrincipalName: ADDRESS, timeZone: "UTC" });
    const service = await world.service({ variables: graph.variables });
    const page = await world.tryOut(service, options);
    await choose(page, "Sync-Type", SYNC_TYPES.graph);
    await field(page, "Master PBX Name").fill("master");
    await field(page, "Client ID").fill(graph.client);
    await field(page, "Tenant ID").fill(graph.tenant);
    if (secret) await field(page, "Client Secret").fill(secret);
    const test = new Test(page);
    await test.button("Test connection", page).click();
    return Object.assign(test, { graph, service });
  }

  button(name, place = this.place) {
    return place.getByRole("button", { name, exact: true });
  }

  step(name) {
    return this.place.locator(`li[data-step="${name}"]:not(.part)`);
  }

  /** Starts it and waits until it says that it has ended so. */
  async run(end) {
    await this.button("Start the test").click();
    await this.says(end);
  }

  says(text) {
    return eventually(async () => assert.match(await this.status.innerText(), text));
  }

  async state(step, state, sentence = /./) {
    await eventually(async () => {
      assert.equal(await this.step(step).getAttribute("data-state"), state);
      assert.match(await this.step(step).innerText(), sentence);
    });
  }
}

scenario("what is typed is tested step by step, and nothing of it is saved", async (world) => {
  const test = await Test.open(world);
  const admin = await world.client(test.service);
  const before = await admin.request({ mt: "ReadConfig", api: "Calendar" });
  await field(test.page, "Mailbox to try").fill(ADDRESS);
  await test.run(/The test has ended with one problem\./);
  await test.state("token", "ok", /✓\s+Login of the application\s+Works\s+[\d.]+ s/);
  await test.state("mailbox", "ok", /Calendar of anna@contoso\.example, appointments within 48 hours: 0/);
  await test.state("pbx", "failed", /The PBX master is not connected, nor is any other\./);
  await test.state("pbxRights", "skipped", /First this must work: Connection of the PBX/);
  assert.deepEqual(await admin.request({ mt: "ReadConfig", api: "Calendar" }), before);
  await assertAccessible(test.page);

  // The same with a secret that is none: nobody types it over the one that works. Then once more, only that step.
  await field(test.page, "Client Secret").fill("wrong");
  await test.run(/The test has ended with/);
  await test.state("token", "failed", /Microsoft.s login refuses the client secret.*\(7000215\)/s);
  await test.state("mailbox", "skipped", /First this must work: Login of the application/);
  await field(test.page, "Client Secret").fill(GraphSim.secret);
  const again = test.step("token").getByRole("button", { name: /^Try again/ });
  await again.focus();
  await test.page.keyboard.press("Enter");
  await test.state("token", "ok");
  assert.match((await focused(test.page)).name, /^Try again/, "the focus stays");
  await test.state("mailbox", "skipped");
  const frames = JSON.stringify(sent(test.page, "TestConnection"));
  assert.ok(!frames.includes(GraphSim.secret), "a secret travels encrypted alone");
});

scenario("a report is copied without names and with them", async (world) => {
  const test = await Test.open(world, { options: { permissions: ["clipboard-read", "clipboard-write"] } });
  await field(test.page, "Mailbox to try").fill(ADDRESS);
  await test.run(/The test has ended/);
  const copied = async (name) => {
    const button = test.place.getByRole("button", { name });
    await button.click();
    await eventually(async () => assert.equal(await test.button("Copied").count(), 1));
    await test.page.keyboard.press("Tab");
    return test.page.evaluate(() => navigator.clipboard.readText());
  };
  const plain = await copied("Copy report without names");
  assert.match(plain, /^pbx-calendar \S+, graph, cloud global\n/);
  assert.ok(plain.includes("mailbox-1") && !plain.includes(ADDRESS), plain);
  const named = await copied("Copy report with names");
  assert.ok(named.includes(`The calendar of ${ADDRESS} has 0 appointments`), named);
  assert.ok(!(plain + named).includes(GraphSim.secret));
});

scenario("what a test with incomplete settings lacks is told in the language of the form", async (world) => {
  const test = await Test.open(world, { secret: "" });
  await test.run(/ended with/);
  await test.state("settings", "failed", /The settings are not complete\. Client Secret: Required\./);
  await test.page.locator("#language").selectOption("de");
  await test.state("settings", "failed", /Die Einstellungen sind nicht vollständig\. Geheimer Clientschlüssel: Erforderlich\./);
  assert.match(await test.status.innerText(), /Der Test ist mit (einem Problem|\d+ Problemen) beendet\./);
});

scenario("a code that nobody knows is shown as it is, and a test can be cancelled", async (world) => {
  const test = await Test.open(world);
  await test.graph.do("fault", { effect: { signIn: { code: 4711 } }, endpoint: "token" });
  await test.run(/ended with/);
  await test.state("token", "failed", /The other side says 4711\./);
  await test.graph.do("clearFaults");
  await test.graph.do("fault", { effect: { slow: { ms: 14_000 } }, endpoint: "token" });
  await test.button("Start the test").click();
  await test.state("token", "running");
  await test.button("Cancel the test").click();
  await test.says(/The test was cancelled\./);
  assert.match((await focused(test.page)).name, /^Start the test/, "the focus stays");
  await test.state("token", "skipped", /The test was cancelled before\./);
});

scenario("once it is saved the PBX is tested as well, with the stored secret", async (world) => {
  const test = await Test.open(world);
  await world.start(PbxSim.start(test.service, [ANNA]));
  await save(test.page).click();
  const admin = await world.client(test.service);
  await eventually(async () => {
    const { matched } = await admin.request({ mt: "GetStatus", api: "Calendar" });
    assert.equal(matched, 1);
  });
  await test.run(/The test has ended: everything works\./);
  await test.state("match", "ok", /Users with a mailbox: 1 of 1/);
  // The page is closed in the midst of a test: the service ends it.
  await test.graph.do("fault", { effect: { slow: { ms: 14_000 } }, endpoint: "token" });
  await test.button("Start the test").click();
  await test.state("token", "running");
  await test.button("Test connection", test.page).click();
  await eventually(() => assert.equal(sent(test.page, "CancelTest").length, 1));
  await discard(test.page).waitFor();
});
