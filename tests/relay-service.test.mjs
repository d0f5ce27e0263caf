// The relay against the real service over TLS, without a browser: what a PBX Manager's connection to the App Platform gets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { encrypt, sessionKey } from "./runtime-sim/rc4.mjs";
import { missing, Platform } from "./runtime-sim/platform.mjs";
import { WebSocketClient } from "./runtime-sim/websocket.mjs";
import { Certificate } from "./support/certificate.mjs";
import { instanceLogin } from "./support/client.mjs";
import { within } from "./support/common.mjs";
import { PASSWORD, Service } from "./support/service.mjs";

const INSTANCE = "password of the instance";
const SEED = "0123456789abcdef";
const PATIENCE = 60_000;
const options = { skip: missing ?? false, timeout: 240_000 };

/** A service over TLS and a platform that knows it, which end with the test. */
async function start(t, { trusted = true } = {}) {
  const certificate = await Certificate.make();
  t.after(() => certificate.close());
  const service = await Service.start({ tryOut: false, options: certificate.options });
  t.after(() => service.close());
  const other = trusted ? certificate : await Certificate.make();
  if (!trusted) t.after(() => other.close());
  const config = { serviceUrl: service.url.replace(/\/$/, ""), servicePassword: PASSWORD };
  const platform = await Platform.start({ password: INSTANCE, certificate: other.pem, config });
  t.after(() => platform.close());
  return { service, platform };
}

/** A connection of a plugin, logged in as a manager. */
class Manager {
  static async connect(t, { url, password }) {
    const it = Object.assign(new Manager(), { heard: [], waiting: [], count: 0 });
    it.socket = new WebSocketClient(`${url.replace("http", "ws")}pbxcalendar.calendarmanager`);
    t.after(() => it.socket.terminate());
    it.socket.on("message", (data) => {
      it.heard.push(JSON.parse(data));
      for (const look of it.waiting) look();
    });
    await within(PATIENCE, "a connection", new Promise((resolve, reject) => it.socket.on("open", resolve).on("error", reject)));
    it.send({ mt: "AppChallenge" });
    const { challenge } = await it.hears(({ mt }) => mt === "AppChallengeResult");
    it.key = sessionKey(challenge, password);
    it.send({ ...instanceLogin("-", challenge, { password, key: false }), mt: "AppLogin", pbxObj: "-" });
    assert.equal((await it.hears(({ mt }) => mt === "AppLoginResult")).ok, true);
    return it;
  }

  send(message) {
    this.socket.send(JSON.stringify(message));
  }

  /** The first message that is wanted; it is heard once. */
  hears(isWanted) {
    return within(PATIENCE, "a message", new Promise((resolve) => {
      const look = () => {
        const at = this.heard.findIndex(isWanted);
        if (at < 0) return;
        this.waiting = this.waiting.filter((other) => other !== look);
        resolve(this.heard.splice(at, 1)[0]);
      };
      this.waiting.push(look);
      look();
    }));
  }

  ask(mt, body = {}, api = "Calendar") {
    const src = String(++this.count);
    this.send({ mt, api, src, ...body });
    return this.hears((message) => message.src === src);
  }

  /** Opens the relay as the plugin does. */
  async open() {
    const { ConfigItems: { ticket } } = await this.ask("ReadConfig", {}, "Config");
    return this.ask("OpenRelay", { ticket });
  }

  link(state) {
    return this.hears(({ mt, link }) => mt === "RelayUpdate" && link === state);
  }

  hidden(password) {
    return { value: encrypt(this.key, SEED, password), key: SEED };
  }
}

test("settings and secrets reach the service over TLS, under the key of each connection", options, async (t) => {
  const { platform } = await start(t);
  const manager = await Manager.connect(t, platform);
  assert.equal((await manager.ask("ReadConfig")).result, "AccessDenied");
  assert.equal((await manager.open()).ok, true);
  const { url, serviceProtocol } = await manager.link("up");
  assert.deepEqual([url, serviceProtocol], [platform.runtime.stored.serviceUrl, 1]);
  const secret = "geheim \u20ac \u{1f600}";
  const items = { pbxName: "master", clientSecret: manager.hidden(secret) };
  assert.equal((await manager.ask("WriteConfig", { ConfigItems: items })).result, "ok");
  const { ConfigItems } = await manager.ask("GetConfigItems");
  assert.equal(ConfigItems.find(({ name }) => name === "clientSecret").passwordSet, true);
  assert.deepEqual(platform.runtime.violations, []);
});

test("a new instance password counts at once: the service stores it, the relay keeps it and comes back with it", options, async (t) => {
  const { service, platform } = await start(t);
  const manager = await Manager.connect(t, platform);
  await manager.open();
  await manager.link("up");
  const password = "a new one, w\u00efth \u{1f600}";
  assert.equal((await manager.ask("SetInstancePassword", { password: manager.hidden(password) })).ok, true);
  await manager.link("up");
  assert.equal(platform.runtime.stored.servicePassword, password);
  assert.ok((await manager.ask("ReadConfig")).ConfigItems);
  for (const text of [service.output, platform.runtime.log.join("\n")]) assert.ok(!text.includes(password));
});

test("a service with a certificate that is not trusted is unreachable", options, async (t) => {
  const { platform } = await start(t, { trusted: false });
  const manager = await Manager.connect(t, platform);
  await manager.open();
  await manager.link("unreachable");
  const { error } = await manager.ask("ReadConfig");
  assert.equal(error, "serviceDown");
});

test("32 forms are served at once, and the service sees each of them leave", options, async (t) => {
  const { platform } = await start(t);
  const managers = [];
  for (let count = 0; count < 33; count++) managers.push(await Manager.connect(t, platform));
  const last = managers.pop();
  for (const manager of managers) await manager.open();
  for (const manager of managers) await manager.link("up");
  assert.equal((await last.open()).error, "busy");
  const settings = await Promise.all(managers.map((manager) => manager.ask("ReadConfig")));
  assert.ok(settings.every(({ ConfigItems }) => ConfigItems.pbxName === ""));
  assert.equal(platform.runtime.links.filter(({ isOpen }) => isOpen).length, 32);
  managers[0].socket.close();
  // Its place is free once the platform has noticed.
  for (;;) {
    const { ok } = await last.open();
    if (ok) break;
  }
  await last.link("up");
});

// What the plugin of the version before says: no GetRelay, all of it under api "Calendar" but the bare AppCheckLogin.
test("the messages of the plugin before this version are answered by the service itself as they were", options, async (t) => {
  const service = await Service.start({ tryOut: false });
  t.after(() => service.close());
  const manager = await Manager.connect(t, { url: service.url, password: PASSWORD });
  const config = await manager.ask("ReadConfig");
  assert.deepEqual([typeof config.revision, config.ConfigItems.pbxName], ["number", ""]);
  const written = await manager.ask("WriteConfig", { ConfigItems: { pbxName: "master" }, revision: config.revision });
  assert.deepEqual([written.result, written.revision, written.ConfigItems.pbxName], ["ok", config.revision + 1, "master"]);
  assert.equal((await manager.ask("WriteConfig", { ConfigItems: { pbxName: "other" }, revision: config.revision })).result, "conflict");
  assert.ok((await manager.ask("GetConfigItems")).ConfigItems.some(({ name, passwordSet }) => name === "clientSecret" && passwordSet === false));
  assert.equal((await manager.ask("GetStatus")).sync, "off");
  assert.deepEqual((await manager.ask("GetUsers", { limit: 50 })).users, []);
  const login = { app: "pbxcalendar-calendar", domain: "", challenge: "1", digest: "0" };
  assert.equal((await manager.ask("AppCheckLogin", login, undefined)).ok, false);
  assert.equal((await manager.ask("AppCheckLogin", login)).ok, false);
  // By which the plugin of today knows that no relay is there.
  assert.equal((await manager.ask("GetRelay")).mt, "Error");
});
