// Stand-in of the App Platform's JavaScript runtime: an instance that runs the script of a package in a real Duktape. Its clock
// stands still unless a test moves it, so that nothing depends on how busy the machine is. What it follows and leaves out
// stands in docs/stand-ins.md.

import { isUtf8 } from "node:buffer";
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Engine } from "./engine.mjs";
import { decrypt, encrypt, sha256 } from "./rc4.mjs";

/** The runtime takes no longer message, and neither do its peers. */
const MAX_BYTES = 65_535;

/** A connection of either kind, as the script has it: one message at a time. */
class Connection {
  constructor(runtime, id) {
    Object.assign(this, { runtime, id, waiting: [], isBusy: false, isOpen: true, sent: [], ontext: () => {} });
  }

  /** Brings the script a message: JSON of an object, or any text as it is. */
  receive(message) {
    this.waiting.push(typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message));
    return this.next();
  }

  next() {
    if (this.isBusy || !this.waiting.length || !this.isOpen) return this.runtime.engine.last;
    this.isBusy = true;
    return this.runtime.engine.fire(this.id, "onmessage", this.waiting.shift()).then(() => this.runtime.settled());
  }

  complete() {
    this.isBusy = false;
    // Not from within the script.
    this.runtime.soon(() => this.next());
  }

  /** The other end has gone. */
  async close(event = "onclose") {
    if (!this.isOpen) return;
    this.isOpen = false;
    await this.runtime.engine.fire(this.id, event);
    await this.runtime.settled();
  }

  /** What the script has sent since the last time, parsed. */
  take() {
    return this.sent.splice(0).map((text) => JSON.parse(text));
  }
}

export class Runtime {
  /**
   * Starts an instance. `script`: its text; `config`: values of items; `closes`: whether websockets have the undocumented
   * `close`; `tells`: whether `onchanged` tells of own saves; `decrypts`: what becomes of bytes that are no text (`raw`,
   * `throws`, `cut`).
   */
  static async start(program, { script, items, config = {}, closes = true, tells = true, decrypts = "raw" }) {
    const runtime = new Runtime();
    Object.assign(runtime, {
      items, closes, tells, decrypts, now: 0, timers: new Map(), sessions: new Map(), links: [], apis: new Map(), breaks: new Map(),
      violations: [], log: [], stored: Object.fromEntries(items.map((name) => [name, config[name] ?? ""])), tasks: [], count: 0,
      onconnect: () => {},
    });
    runtime.engine = new Engine(program, (name, ...texts) => runtime.call(String(name), texts));
    await runtime.engine.run(readFileSync(join(import.meta.dirname, "prelude.js")));
    await runtime.engine.run(script);
    await runtime.settled();
    return runtime;
  }

  /** Makes the next `times` calls of something throw. */
  break(name, times = 1) {
    this.breaks.set(name, times);
  }

  soon(work) {
    this.tasks.push(work);
  }

  /** Once nothing is left that could happen without time passing. */
  async settled() {
    await this.engine.last;
    while (this.tasks.length) await this.tasks.shift()();
  }

  call(name, texts) {
    const left = this.breaks.get(name) ?? 0;
    if (left > 0) {
      this.breaks.set(name, left - 1);
      return `tthe runtime broke: ${name}`;
    }
    const answer = this[`on_${name}`](...texts);
    return answer === undefined ? "" : answer;
  }

  on_violation(what) {
    this.violations.push(String(what));
  }

  on_log(text) {
    this.log.push(String(text));
  }

  on_setTimeout(id, ms) {
    this.timers.set(String(id), this.now + Number(ms));
  }

  on_clearTimeout(id) {
    this.timers.delete(String(id));
  }

  on_dword() {
    return `n${randomBytes(4).readUInt32LE()}`;
  }

  on_bytes(size) {
    return `r${randomBytes(Number(size)).toString("hex")}`;
  }

  on_string(size) {
    return `r${randomBytes(Number(size)).toString("base64url").slice(0, Number(size))}`;
  }

  on_sha256(data) {
    this.#text(data);
    return `r${sha256(data)}`;
  }

  on_configNames() {
    return `r${this.items.join(",")}`;
  }

  on_config(name) {
    return Buffer.concat([Buffer.from("r"), Buffer.from(this.stored[name])]);
  }

  on_save(name, value) {
    this.#text(value);
    this.stored[name] = String(value);
  }

  on_saved() {
    return this.tells ? "rtold" : "r";
  }

  on_api(api, id) {
    this.apis.set(String(api), String(id));
  }

  on_complete(id) {
    this.#connection(id)?.complete();
  }

  on_send(id, text) {
    const connection = this.#connection(id);
    if (!connection.isOpen) return;
    // A peer drops the connection for either.
    if (!this.#text(text)) return void this.soon(() => connection.close());
    connection.sent.push(text);
    connection.ontext(text);
  }

  on_connect(id, url) {
    const link = Object.assign(new Connection(this, String(id)), { url: String(url), isHungUp: false, onhangup: () => {} });
    this.links.push(link);
    this.soon(() => this.onconnect(link));
    return this.closes ? "rcloses" : "r";
  }

  on_close(id) {
    const link = this.#connection(id);
    Object.assign(link, { isOpen: false, isHungUp: true });
    link.onhangup();
  }

  on_encrypt(id, seed, text) {
    return `r${encrypt(this.#connection(id).key, seed, text)}`;
  }

  on_decrypt(id, seed, encrypted) {
    let bytes = decrypt(this.#connection(id).key, seed, String(encrypted));
    if (!isUtf8(bytes) && this.decrypts === "throws") return "tno text";
    if (this.decrypts === "cut" && bytes.includes(0)) bytes = bytes.subarray(0, bytes.indexOf(0));
    return Buffer.concat([Buffer.from("r"), bytes]);
  }

  /** Whether these bytes are a message or value that the platform and its peers take. */
  #text(bytes) {
    const isText = isUtf8(bytes);
    if (!isText) this.violations.push("a text that is not UTF-8");
    if (bytes.length > MAX_BYTES) this.violations.push("a text of more than 65535 bytes");
    return isText && bytes.length <= MAX_BYTES;
  }

  #connection(id) {
    return this.sessions.get(String(id)) ?? this.links.find((link) => link.id === String(id));
  }

  /** Somebody connects with the API. `key`: that of the session. */
  async session({ domain = "example.com", sip = "admin", app = "-", api = "Calendar", key = sha256(randomBytes(8)) } = {}) {
    const id = `s${++this.count}`;
    const session = Object.assign(new Connection(this, id), { key });
    this.sessions.set(id, session);
    await this.engine.fire(this.apis.get(api), "connected", JSON.stringify({ id, domain, sip, app, dn: "", guid: "", info: "{}" }));
    await this.settled();
    return session;
  }

  /** The websocket of a link is up. */
  async open(link) {
    await this.engine.fire(link.id, "onopen");
    await this.settled();
  }

  /** As `WriteConfig` of the runtime's own API does. */
  async writeConfig(values) {
    for (const [name, value] of Object.entries(values)) {
      this.stored[name] = value;
      await this.engine.fire("config", "set", Buffer.concat([Buffer.from(`${name}=`), Buffer.from(value)]));
    }
    await this.engine.fire("config", "changed");
    await this.settled();
  }

  /** Lets time pass. */
  async advance(ms) {
    const end = this.now + ms;
    for (;;) {
      const [next] = [...this.timers].filter(([, at]) => at <= end).sort(([, one], [, other]) => one - other);
      if (!next) break;
      this.timers.delete(next[0]);
      this.now = next[1];
      await this.engine.fire(next[0], "fire");
      await this.settled();
    }
    this.now = end;
  }

  end() {
    return this.engine.end();
  }
}
