// Stand-in of an App Platform with one instance, whose script runs in Duktape: hands out the plugin's files, logs in with the
// password of the instance, has the instance's settings, and hands the API of the script on. Its time is real.

import { randomInt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { project } from "../support/common.mjs";
import { engine } from "./engine.mjs";
import { decrypt, sessionKey, sha256 } from "./rc4.mjs";
import { Runtime } from "./runtime.mjs";
import { WebSocketClient, WebSocketServer } from "./websocket.mjs";

const SOURCES = join(project, "www/app-platform");
const FILES = join(project, "pkg/plugin");
/** What the platform knows of types. It has none for `.wasm`. */
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".png": "image/png", ".json": "application/json" };
const MODE = "pbx-manager";
const TICK_MS = 50;

/** Why there is none, if so. */
export const missing = engine().missing;

export class Platform {
  /**
   * Starts one. `path`: of the instance; `password`: of the instance; `config`: values of its settings; `certificate`: what the
   * service's is checked against; `rest`: what answers requests for all else; `change`: makes another script of it.
   */
  static async start({ path = "example.com/calendar/", password, config = {}, certificate, listen = 0, rest, change = (script) => script }) {
    const platform = new Platform();
    Object.assign(platform, { path: `/${path}`, password, certificate, rest, sockets: new Set(), challenges: new Set() });
    const script = change(await readFile(join(SOURCES, "pbxcalendar-calendarservice.js"), "utf8"));
    const { init } = JSON.parse(await readFile(join(SOURCES, "config.json"), "utf8")).config;
    platform.items = init.filter(({ cmd }) => cmd === "item");
    platform.mode = init.find(({ cmd, name }) => cmd === "mode" && name === MODE);
    platform.runtime = await Runtime.start(engine().program, { script, items: platform.items.map(({ name }) => name), config });
    platform.runtime.onconnect = (link) => platform.#connect(link);
    platform.#live();
    platform.server = createServer((request, response) => platform.#answer(request, response));
    const sockets = new WebSocketServer({ noServer: true });
    platform.server.on("upgrade", (request, socket, head) => {
      if (!request.url.startsWith(platform.path)) return rest ? rest.upgrade(request, socket, head) : socket.destroy();
      sockets.handleUpgrade(request, socket, head, (opened) => platform.#meet(opened));
    });
    await new Promise((resolve) => platform.server.listen(listen, "127.0.0.1", resolve));
    platform.url = `http://127.0.0.1:${platform.server.address().port}${platform.path}`;
    return platform;
  }

  /** The login that the platform's manager gives for the instance. */
  login(app, challenge) {
    const login = { app, domain: "example.com", sip: "admin", guid: "", dn: "" };
    const digest = sha256([...Object.values(login), challenge, this.password].join(":"));
    return { mt: "GetInstanceLoginResult", ...login, digest, key: sessionKey(challenge, this.password) };
  }

  /** Lets the script's timers run. */
  #live() {
    let last = Date.now(), isBusy = false;
    this.clock = setInterval(async () => {
      if (isBusy) return;
      isBusy = true;
      const now = Date.now();
      await this.runtime.advance(now - last).catch(() => {});
      last = now;
      isBusy = false;
    }, TICK_MS);
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, "http://platform");
    if (!pathname.startsWith(this.path)) {
      if (this.rest) return this.rest.answer(request, response);
      return void response.writeHead(404).end();
    }
    const content = await readFile(join(FILES, pathname.slice(this.path.length).replaceAll("/", ""))).catch(() => null);
    const type = TYPES[extname(pathname)] ?? "application/octet-stream";
    response.writeHead(content ? 200 : 404, { "Content-Type": type }).end(content ?? "");
  }

  // ---- A session of the instance ----

  #meet(socket) {
    const state = { socket, challenge: null, key: null, session: null };
    const send = (message) => socket.readyState === WebSocketClient.OPEN && socket.send(JSON.stringify(message));
    this.sockets.add(socket);
    // One message after the other, as one thread has it.
    let last = Promise.resolve();
    socket.on("message", (data) => {
      last = last.then(() => this.#hear(state, String(data), send)).catch((error) => socket.close(1011, String(error).slice(0, 100)));
    });
    socket.on("close", () => {
      this.sockets.delete(socket);
      last.then(() => state.session?.close());
    });
    socket.tellConfig = () => state.isManager && send({ mt: "ConfigUpdate", api: "Config", ConfigItems: this.#shown() });
  }

  async #hear(state, text, send) {
    const message = JSON.parse(text);
    const reply = (body, mt = `${message.mt}Result`) => send({ mt, ...(message.api && { api: message.api }), ...body, src: message.src });
    if (message.mt === "AppChallenge") {
      state.challenge = String(randomInt(1e12));
      this.challenges.add(state.challenge);
      return reply({ challenge: state.challenge });
    }
    if (message.mt === "AppLogin") {
      const { app, domain, sip, guid, dn, digest } = message;
      const isRight = state.challenge && digest === sha256([app, domain, sip, guid, dn, state.challenge, this.password].join(":"));
      if (!isRight) return reply({ ok: false });
      state.key = sessionKey(state.challenge, this.password);
      // Only sessions of the PBX Manager have no app.
      state.isManager = app === "-";
      state.session = await this.runtime.session({ domain, sip, app, key: state.key });
      state.session.ontext = (sent) => {
        state.session.sent.length = 0;
        state.socket.send(String(sent));
      };
      return reply({ ok: true });
    }
    if (message.mt === "KeepAlive") return reply({});
    if (!state.session) return state.socket.close();
    if (message.api === "Config") return reply(await this.#configure(state, message));
    if (message.api === "Calendar") return state.session.receive(text);
    return reply({}, "Error");
  }

  /** Never a password. */
  #shown() {
    return Object.fromEntries(this.items.map(({ name, password }) => [name, password ? "" : this.runtime.stored[name]]));
  }

  async #configure(state, { mt, ConfigItems = {} }) {
    if (!state.isManager) return { result: "AccessDenied" };
    if (mt === "ReadConfig" && this.mode.read) return { ConfigItems: this.#shown() };
    if (mt !== "WriteConfig" || !this.mode.write) return { result: "AccessDenied" };
    const values = {};
    for (const { name, password } of this.items) {
      const given = ConfigItems[name];
      if (given === undefined) continue;
      values[name] = password && typeof given === "object" ? String(decrypt(state.key, given.key, given.value)) : given;
      // A plain one would have been readable on this wire.
      if (password && typeof given !== "object") return { result: "failed" };
    }
    await this.runtime.writeConfig(values);
    for (const socket of this.sockets) socket.tellConfig();
    return { result: "ok" };
  }

  // ---- A link of the script ----

  #connect(link) {
    const socket = new WebSocketClient(link.url, { ca: this.certificate });
    // What happens at once happens in this order.
    let last = Promise.resolve();
    const then = (work) => { last = last.then(work).catch(() => {}); };
    socket.on("open", () => then(() => this.runtime.open(link)));
    socket.on("message", (data) => then(() => link.receive(Buffer.from(data))));
    socket.on("close", () => then(() => link.close("onclose")));
    socket.on("error", () => then(() => link.close("onerror")));
    link.ontext = (text) => {
      link.sent.length = 0;
      if (socket.readyState === WebSocketClient.OPEN) socket.send(String(text));
    };
    link.onhangup = () => socket.close();
  }

  async close() {
    clearInterval(this.clock);
    for (const socket of this.sockets) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.runtime.end();
  }
}
