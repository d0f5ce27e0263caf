// What the tests of the relay on an App Platform share: an instance in the stand-in of its runtime, and a service for it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { engine } from "../runtime-sim/engine.mjs";
import { sessionKey, sha256 } from "../runtime-sim/rc4.mjs";
import { Runtime } from "../runtime-sim/runtime.mjs";
import { project } from "./common.mjs";

const folder = join(project, "www/app-platform");
export const script = await readFile(join(folder, "pbxcalendar-calendarservice.js"), "utf8");
const config = JSON.parse(await readFile(join(folder, "config.json"), "utf8"));
export const items = config.config.init.filter(({ cmd }) => cmd === "item").map(({ name }) => name);

const { program, missing } = engine();
/** For `test`: why it cannot run here, if so. */
export const skip = missing ?? false;
if (missing) console.log(missing);

export const URL = "https://calendar.example.com";
export const PASSWORD = "correct horse battery staple";

/** An instance with what ends after the test. */
export async function start(t, options = {}) {
  const runtime = await Runtime.start(program, {
    script, items, config: { serviceUrl: URL, servicePassword: PASSWORD }, ...options,
  });
  t.after(() => runtime.end());
  return runtime;
}

/** A `pbx-calendar` as far as the relay meets it. It keeps what it is sent and answers only logins, unless told otherwise. */
export class RemoteService {
  constructor(runtime, { password = PASSWORD, login = {}, refusal = {}, opens = true } = {}) {
    Object.assign(this, { runtime, password, login, refusal, opens, links: [], requests: [], keepAlives: 0, answersKeepAlive: true });
    runtime.onconnect = (link) => this.#meet(link);
  }

  async #meet(link) {
    this.links.push(link);
    if (!this.opens) return;
    link.ontext = (text) => this.#hear(link, text);
    await this.runtime.open(link);
  }

  #hear(link, text) {
    const message = JSON.parse(text);
    const reply = (body) => this.runtime.soon(() => link.receive(body));
    if (message.mt === "AppChallenge") {
      link.challenge = String(Math.floor(Math.random() * 1e16)).padStart(16, "0");
      reply({ mt: "AppChallengeResult", challenge: link.challenge });
    } else if (message.mt === "AppLogin") {
      const { app, domain, sip, guid, dn, digest } = link.login = message;
      const isRight = digest === sha256([app, domain, sip, guid, dn, link.challenge, this.password].join(":"));
      link.key = sessionKey(link.challenge, this.password);
      const about = { service: "pbx-calendar", version: "0.1.0", protocol: 1 };
      reply(isRight ? { mt: "AppLoginResult", ok: true, ...about, ...this.login } : { mt: "AppLoginResult", ok: false, ...this.refusal });
    } else if (message.mt === "KeepAlive") {
      this.keepAlives++;
      if (this.answersKeepAlive) reply({ mt: "KeepAliveResult" });
    } else {
      this.requests.push({ link, message, text: String(text) });
    }
  }

  /** What arrived since the last time. */
  take() {
    return this.requests.splice(0).map(({ message }) => message);
  }

  /** The newest link. */
  get link() {
    return this.links.at(-1);
  }
}

/** Sends a message of the API and returns what came back. */
export async function ask(session, message) {
  await session.receive({ api: "Calendar", ...message });
  return session.take();
}

/** A session that is open; what it was told until then is gone. */
export async function openSession(runtime, options) {
  const session = await runtime.session(options);
  const [opened] = await ask(session, { mt: "OpenRelay", ticket: runtime.stored.ticket, src: 1 });
  assert.deepEqual(opened, { mt: "OpenRelayResult", api: "Calendar", ok: true, src: 1 });
  return session;
}

/** An open session whose link is up. */
export async function linkedSession(runtime, options) {
  const session = await openSession(runtime, options);
  assert.equal(await linkOf(session), "up");
  return session;
}

/** What `GetRelay` says of the link. */
export async function linkOf(session) {
  return (await ask(session, { mt: "GetRelay" })).find(({ mt }) => mt === "GetRelayResult").link;
}

/** The states that a session was told of. */
export const updates = (messages) => messages.filter(({ mt }) => mt === "RelayUpdate").map(({ link }) => link);
