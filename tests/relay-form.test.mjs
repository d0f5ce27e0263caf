// The form through the relay on an App Platform: browser, platform with the script in Duktape, and the service over TLS.

import assert from "node:assert/strict";
import { createServer } from "node:https";
import { readFile } from "node:fs/promises";
import { assertAccessible } from "./support/axe.mjs";
import { Certificate } from "./support/certificate.mjs";
import { eventually } from "./support/common.mjs";
import { choose, description, field, ready, save, SYNC_TYPES } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { PASSWORD } from "./support/service.mjs";
import { sent } from "./support/wire.mjs";
import { missing, Platform } from "./runtime-sim/platform.mjs";
import { WebSocketServer } from "./runtime-sim/websocket.mjs";

/** What the App Platform knows for the password of its instance: not that of the service. */
const INSTANCE = "password of the instance";
const SECRET = "a client secret with € and \u{1f600}";

if (missing) console.log(missing);
const relayed = missing ? () => {} : scenario;

/** A service over TLS, a platform that knows it unless told otherwise, and a page with the plugin from there. */
class Relayed {
  static async open(world, { config, page, change } = {}) {
    // Other origins get no module, and no texts.
    for (const line of [/CORS policy/, /Failed to load resource/, /WebSocket connection/]) world.expect(line);
    const it = Object.assign(new Relayed(), { world });
    it.certificate = await world.start(Certificate.make());
    it.service = await world.service({ tryOut: false, options: it.certificate.options });
    it.address = it.service.url.replace(/\/$/, "");
    it.platform = await world.start(Platform.start({
      password: INSTANCE, certificate: it.certificate.pem, change,
      config: config ?? { serviceUrl: it.address, servicePassword: PASSWORD },
    }));
    it.page = await world.host({ login: { password: INSTANCE }, page });
    await it.page.evaluate((folder) => host.open(folder, "calendar"), it.platform.url);
    return it;
  }

  get section() {
    return this.page.getByRole("region", { name: "Where does the Calendar service run?" });
  }

  /** Waits until the screen says so of the link. */
  says(text) {
    const status = this.section.locator(".relay .status");
    return eventually(async () => assert.match(await status.innerText({ timeout: 1_000 }), text), 60_000);
  }

  async tell(address, password) {
    await field(this.section, "Address of the service").fill(address);
    if (password) await field(this.section, "Instance password").fill(password);
    await this.section.getByRole("button", { name: "Apply and connect" }).click();
  }
}

relayed("a form of an App Platform is told where the service runs, and saves a configuration with a secret there", async (world) => {
  const it = await Relayed.open(world, { config: {} });
  await it.says(/^Address or password is still missing\.$/);
  await it.tell("http://127.0.0.1:1", PASSWORD);
  await it.says(/^The address must begin with https:\/\//);
  await it.tell(it.address);
  await it.says(/^✓ Connected to pbx-calendar \d+\.\d+\.\d+\.$/);
  assert.equal(it.platform.runtime.stored.servicePassword, PASSWORD);
  await ready(it.page);
  await assertAccessible(it.page, "#calendar");
  await field(it.page, "Master PBX Name").fill("master");
  await choose(it.page, "Sync-Type", SYNC_TYPES.graph);
  await field(it.page, "Tenant ID").fill("contoso.example");
  await field(it.page, "Client ID").fill("1b4e28ba-2fa1-4d3b-9c4e-000000000001");
  await field(it.page, "Client Secret").fill(SECRET);
  await save(it.page).click();
  await it.page.getByText("Saved.", { exact: true }).waitFor();
  // The service has it, and no wire had it.
  const before = (await sent(it.page, "WriteConfig")).map((message) => JSON.stringify(message));
  assert.equal(before.length, 3);
  for (const message of before) assert.ok(!message.includes(SECRET) && !message.includes(PASSWORD));
  await it.page.reload();
  await it.page.evaluate((folder) => host.open(folder, "calendar"), it.platform.url);
  await ready(it.page);
  assert.equal(await field(it.page, "Master PBX Name").inputValue(), "master");
  assert.match(await description(field(it.page, "Client Secret")), /is stored/);
  assert.deepEqual(it.platform.runtime.violations, []);
}, { timeout: 240_000 });

relayed("while the service is away the form says so and keeps what is typed, which is saved once it is back", async (world) => {
  const it = await Relayed.open(world);
  await ready(it.page);
  await field(it.page, "Master PBX Name").fill("typed-before");
  await it.service.kill();
  await it.says(/does not answer/);
  await it.page.getByText("No connection to the service", { exact: true }).waitFor();
  await it.section.getByText(/Next attempt: /).waitFor();
  await field(it.page, "Prioritized appointments need to contain in title").fill("typed-meanwhile");
  await save(it.page).click();
  await it.page.getByText(/^Not saved: there is no connection/).waitFor();
  await it.service.restart();
  await it.page.getByRole("button", { name: "Connect now" }).click({ timeout: 2_000 }).catch(() => { /* It is back already. */ });
  await it.says(/^✓ Connected/);
  assert.equal(await field(it.page, "Master PBX Name").inputValue(), "typed-before");
  await save(it.page).click();
  await it.page.getByText("Saved.", { exact: true }).waitFor();
});

relayed("a wrong password, a server that is none of ours, and a version that is too new are told apart", async (world) => {
  const it = await Relayed.open(world, { config: {} });
  await it.says(/still missing/);
  await it.tell(it.address, "not the password of it");
  await it.says(/does not accept the password\.$/);
  const other = await world.start(OtherServer.start(it.certificate, {}));
  await it.tell(other.address, PASSWORD);
  await it.says(/is not pbx-calendar\. Check the address\.$/);
  const newer = await world.start(OtherServer.start(it.certificate, { service: "pbx-calendar", version: "9.1.2", protocol: 2 }));
  await it.tell(newer.address);
  await it.says(/^The service is version 9\.1\.2, the package on the App Platform version \d+\.\d+\.\d+\. .*: update the package on the App Platform\.$/);
  const older = await world.start(OtherServer.start(it.certificate, { service: "pbx-calendar", version: "0.0.9" }));
  await it.tell(older.address);
  await it.says(/^The service is version 0\.0\.9, .*: update pbx-calendar\.$/);
  assert.equal(newer.requests + older.requests + other.requests, 0);
}, { timeout: 240_000 });

relayed("whoever is not let in by the relay gets no settings", async (world) => {
  // As if the ticket could never be read.
  const it = await Relayed.open(world, { change: (script) => script.replace("Config.ticket = ticket;", "Config.ticket = 'another';") });
  await it.page.getByText("The service does not allow this login to read the settings.").waitFor();
  assert.equal(sent(it.page, "OpenRelay").length, 3);
  assert.deepEqual(it.platform.runtime.links, []);
});

/** A server with a login that takes every password, and says this of itself. */
class OtherServer {
  static async start(certificate, about) {
    const it = Object.assign(new OtherServer(), { requests: 0 });
    const [key, cert] = await Promise.all([certificate.key, certificate.cert].map((file) => readFile(file)));
    it.server = createServer({ key, cert });
    const sockets = new WebSocketServer({ server: it.server });
    sockets.on("connection", (socket) => socket.on("message", (data) => {
      const { mt } = JSON.parse(data);
      const answers = { AppChallenge: { mt: "AppChallengeResult", challenge: "1" }, AppLogin: { mt: "AppLoginResult", ok: true, ...about } };
      if (answers[mt]) socket.send(JSON.stringify(answers[mt]));
      else it.requests++;
    }));
    await new Promise((resolve) => it.server.listen(0, "127.0.0.1", resolve));
    it.address = `https://127.0.0.1:${it.server.address().port}`;
    return it;
  }

  async close() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
