// The assistant: from an empty form to presences by its pages alone, and what they keep.

import assert from "node:assert/strict";
import { assertAccessible } from "./support/axe.mjs";
import { eventually } from "./support/common.mjs";
import { SYNC_TYPES, discard, field, focused } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { GraphSim, PbxSim } from "./support/stand-ins.mjs";

const ANNA = { guid: "a".repeat(32), h323: "anna", cn: "Anna", dn: "Anna" };
const ADDRESS = `anna@${GraphSim.domain}`;
const OBJECT = "aaaaaaaa-89ab-4def-8123-456789abcdef";

/** The assistant, as one sees it. Counts what is typed and pressed. */
class Assistant {
  inputs = 0;

  static async open(world, { options, service = {} } = {}) {
    const graph = await world.start(GraphSim.start());
    await graph.do("addUser", { userPrincipalName: ADDRESS, timeZone: "UTC" });
    const running = await world.service({ variables: graph.variables, ...service });
    const page = await world.tryOut(running, options);
    const assistant = Object.assign(new Assistant(), { world, graph, service: running, page });
    await assistant.show();
    return assistant;
  }

  /** Opens it. */
  async show(name = "Set up step by step") {
    await this.press(name, this.page);
    this.place = this.page.locator(".assistant");
    await this.place.waitFor();
  }

  button(name, place = this.place) {
    return place.getByRole("button", { name, exact: true });
  }

  /** By keyboard. */
  async press(name, place) {
    this.inputs += 1;
    await this.button(name, place).focus();
    await this.page.keyboard.press("Enter");
  }

  async type(label, text) {
    this.inputs += 1;
    await field(this.place, label).focus();
    await this.page.keyboard.insertText(text);
  }

  async choose(label, option) {
    this.inputs += 1;
    await field(this.place, label).selectOption({ label: option });
  }

  heading(name) {
    return this.place.getByRole("heading", { name, exact: true });
  }

  /** Goes on; the focus is on the heading then. */
  async next(heading, button = "Next") {
    await this.press(button);
    await this.heading(heading).waitFor();
    await eventually(async () => assert.equal((await focused(this.page)).name, heading));
    const current = this.place.locator('.pages [aria-current="step"]');
    assert.ok((await current.innerText()).endsWith(heading), await current.innerText());
  }
}

const overview = ({ client, tenant }) =>
  `Essentials\nDisplay name\n:\nCalendar presence\nApplication (client) ID\n:\n${client}\nObject ID\n:\n${OBJECT}\nDirectory (tenant) ID\n:\n${tenant}\nSupported account types\n:\nMy organization only`;

scenario("from an empty form to presences over Graph by the pages alone, by keyboard", async (world) => {
  const it = await Assistant.open(world);
  const began = Date.now();
  await it.choose("Sync-Type", SYNC_TYPES.graph);
  await it.heading("Microsoft cloud").waitFor();
  await it.next("Register the application");
  const link = it.place.getByRole("link", { name: "Open in the portal" });
  assert.equal(await link.getAttribute("href"), "https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/ApplicationsListBlade");
  await it.next("Copy the IDs");
  await it.type("Paste the whole overview, or what the script wrote", overview(it.graph));
  await it.place.getByText("Recognised and entered: Client ID, Tenant ID").waitFor();
  await eventually(async () => assert.equal(await it.page.locator("#clientId").inputValue(), it.graph.client));
  assert.equal(await it.page.locator("#tenantId").inputValue(), it.graph.tenant);
  assert.ok((await link.getAttribute("href")).endsWith(`/~/Overview/appId/${it.graph.client}`));
  await it.next("Grant permissions");
  await it.next("Create a client secret");
  await it.type("Client Secret", GraphSim.secret);
  await it.place.getByText("A value is stored and never shown. A new one replaces it.").waitFor();
  await it.next("Limit to a group");
  await it.next("Test");
  await it.type("Master PBX Name", "master");
  await it.type("Mailbox to try", ADDRESS);
  await it.press("Start the test");
  await eventually(async () => assert.equal(await it.place.locator('li[data-step="mailbox"]').getAttribute("data-state"), "ok"));
  await it.next("Save and finish");
  await it.press("Save the settings");
  await it.place.getByText("Everything is saved.").waitFor();
  const pbx = await world.start(PbxSim.start(it.service, [ANNA]));
  const start = Date.now() - 60_000, end = start + 3_600_000;
  const instant = (time) => new Date(Math.floor(time / 1000) * 1000).toISOString();
  await it.graph.do("add", { user: ADDRESS, subject: "Secret title", start: instant(start), end: instant(end), showAs: "busy" });
  const admin = await world.client(it.service);
  await eventually(async () => {
    await admin.request({ mt: "Resync", api: "Calendar" });
    assert.equal(pbx.presences.get("anna")?.activity, "busy");
  });
  console.log(`${it.inputs} inputs and clicks, ${Math.round((Date.now() - began) / 1000)} s to presences over Graph`);
  assert.ok(it.inputs < 40);
  assert.ok(!it.service.output.includes(GraphSim.secret) && !it.service.output.includes("Secret title"));
});

scenario("language and reload lose nothing that was typed, and what is discarded stays so", async (world) => {
  const it = await Assistant.open(world);
  await it.choose("Sync-Type", SYNC_TYPES.graph);
  await it.next("Register the application");
  await it.next("Copy the IDs");
  await it.type("Client ID", it.graph.client);
  await it.next("Grant permissions");
  await it.place.getByLabel("Only those of a group").check();
  await it.type("Group whose calendars may be read", "Sales");
  await it.page.locator("#language").selectOption("de");
  await it.heading("Berechtigungen erteilen").waitFor();
  assert.equal(await field(it.place, "Gruppe, deren Kalender gelesen werden dürfen").inputValue(), "Sales");
  await assertAccessible(it.page);
  it.page.on("dialog", (dialog) => dialog.accept());
  await it.page.reload();
  await it.page.getByRole("button", { name: /Set up step by step|Schritt für Schritt einrichten/ }).click();
  await it.place.getByRole("heading", { name: /Berechtigungen erteilen|Grant permissions/ }).waitFor();
  await eventually(async () => assert.equal(await it.page.locator("#clientId").inputValue(), it.graph.client));
  assert.equal(await it.place.locator("#own-group").inputValue(), "Sales");
  await discard(it.page).click();
  await eventually(async () => assert.equal(await it.page.locator("#syncType").inputValue(), "disabled"));
  await it.page.reload();
  await it.page.getByRole("button", { name: /Set up step by step|Schritt für Schritt einrichten/ }).click();
  await it.place.waitFor();
  assert.equal(await it.page.locator("#syncType").inputValue(), "disabled");
});

scenario("a failed step leads to the page on which it is set right, with scripts and a text for a colleague", async (world) => {
  const it = await Assistant.open(world, { options: { permissions: ["clipboard-read", "clipboard-write"] } });
  await it.choose("Sync-Type", SYNC_TYPES.graph);
  await field(it.page, "Client ID").last().fill(it.graph.client);
  await field(it.page, "Tenant ID").last().fill(it.graph.tenant);
  await field(it.page, "Client Secret").last().fill("a wrong one");
  await field(it.page, "Master PBX Name").last().fill("master");
  await it.press("Test connection", it.page);
  const test = it.page.locator(".test");
  await test.getByRole("button", { name: "Start the test" }).click();
  await test.locator('li[data-step="token"]').getByRole("button", { name: /^Set it right/ }).click();
  await it.heading("Create a client secret").waitFor();
  await eventually(async () => assert.equal((await focused(it.page)).name, "Create a client secret"));
  await it.place.getByText("Or let a script do it").click();
  await it.press("Copy secret.sh");
  await eventually(async () => {
    const script = await it.page.evaluate(() => navigator.clipboard.readText());
    assert.match(script, new RegExp(`^#!/bin/sh\n[^]*\nclient='${it.graph.client}'\n[^]*--append`));
  });
  await it.press("Copy for a colleague");
  await eventually(async () => {
    const text = await it.page.evaluate(() => navigator.clipboard.readText());
    assert.match(text, /^Create a client secret\n\n[^]*Who may do this: Cloud Application Administrator\n\nhttps:\/\/entra/);
    assert.ok(!text.includes("a wrong one"));
  });
});

scenario("the pages of a local Exchange and of the ways that end are there, and fit into 320 px", async (world) => {
  const it = await Assistant.open(world, { options: { viewport: { width: 320, height: 640 } } });
  await it.choose("Sync-Type", SYNC_TYPES.onPremises);
  await it.heading("Account").waitFor();
  await it.type("User", "CONTOSO\\pbx");
  await it.type("Password", "s3cret");
  for (const heading of [
    "Right to act for others", "Find the server", "Certificate of the server", "Login and Extended Protection", "Test",
    "Bounds of subscriptions", "Save and finish",
  ]) {
    await it.next(heading);
    const wider = await it.place.evaluate((element) => element.scrollWidth - element.clientWidth);
    assert.ok(wider <= 1, `${heading}: ${wider} px too wide`);
  }
  await it.choose("Sync-Type", SYNC_TYPES.cloud);
  await it.heading("This way is closed").waitFor();
  await it.press("Use Microsoft Graph instead");
  await it.heading("Microsoft cloud").waitFor();
  await it.choose("Sync-Type", SYNC_TYPES.cloudAppOnly);
  await it.heading("Exchange Web Services end").waitFor();
});
