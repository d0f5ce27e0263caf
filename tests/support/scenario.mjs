// One test with all that it starts: services, browsers, pages, hosts. What it started ends with it, and it fails when
// a page has reported an error that the test did not announce.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { Client, instanceLogin } from "./client.mjs";
import { project, within } from "./common.mjs";
import { ready } from "./form.mjs";
import { HostServer, PluginServer } from "./host.mjs";
import { Service } from "./service.mjs";
import { record } from "./wire.mjs";

/** Every step in a page has this time. A plugin script that never loads gives its host no error. */
const STEP = 20_000;
const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
  // Chromium's sandbox refuses to run as root.
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

let running;

/** The browser of this file, started when it is first needed. Its user data are new each time. */
export function browser() {
  running ??= chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  return running;
}

after(async () => (await running)?.close());

/**
 * Declares a test. A machine that does something else may starve a browser, so one that fails is run once more. What
 * passes only then says so, and is to be mended.
 */
export function scenario(name, body, { timeout = 120_000 } = {}) {
  test(name, { timeout: 2 * timeout }, async (context) => {
    const first = await attempt(name, body, timeout);
    if (first === undefined) return;
    console.log(`flaky? ${name} failed and is run once more: ${first.stack ?? first}`);
    const second = await attempt(name, body, timeout);
    if (second !== undefined) throw second;
    context.diagnostic(`flaky: ${name} passed only when it was run once more`);
  });
}

/** Why it failed, if it did. */
async function attempt(name, body, timeout) {
  const world = new World();
  try {
    await within(timeout, name, body(world));
    world.assertQuiet();
    return undefined;
  } catch (error) {
    await world.picture(name);
    return error;
  } finally {
    await world.close();
  }
}

class World {
  #ends = [];
  #errors = [];
  #expected = [];
  #pages = [];

  /** Runs `end` when the test is over. */
  finally(end) {
    this.#ends.push(end);
  }

  /** A line that the browser may write to the console as an error, for example for a connection that broke. */
  expect(line) {
    this.#expected.push(line);
  }

  async service(options) {
    const service = await Service.start(options);
    this.finally(() => service.close());
    return service;
  }

  /** Something with a `close` that `started` resolves to. */
  async start(started) {
    const it = await started;
    this.finally(() => it.close());
    return it;
  }

  async client(service) {
    const client = await Client.connect(service);
    this.finally(() => client.close());
    return client;
  }

  /** An empty page of a browser that shares nothing with the others. */
  async page(options = {}) {
    const context = await (await browser()).newContext({ locale: "en-GB", ...options });
    this.finally(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(STEP);
    record(page);
    page.on("pageerror", (error) => this.#errors.push(`uncaught: ${error.stack ?? error}`));
    page.on("console", (message) => {
      const known = this.#expected.some((line) => line.test(message.text()));
      if (message.type() === "error" && !known) {
        this.#errors.push(`console: ${message.text()} (${message.location().url})`);
      }
    });
    this.#pages.push(page);
    return page;
  }

  /** The service's own page with the form on it. */
  async tryOut(service, options) {
    const page = await this.page(options);
    await service.enter(page);
    await ready(page);
    return page;
  }

  /** Another server that hands the plugin out, and relays its connections to the service. */
  async pluginServer(service, options) {
    const server = await PluginServer.start(service, options);
    this.finally(() => server.close());
    return server;
  }

  /** A page that stands for the PBX Manager, of another origin than the service, without a plugin yet. */
  async host({ policy, page: options, login } = {}) {
    const server = await HostServer.start({ policy });
    this.finally(() => server.close());
    const page = await this.page(options);
    await page.exposeFunction("instanceLogin", (app, challenge) => instanceLogin(app, challenge, login));
    await page.goto(server.url);
    return page;
  }

  assertQuiet() {
    assert.deepEqual(this.#errors, [], "errors in the pages");
  }

  async picture(name) {
    const folder = join(process.env.CARGO_TARGET_DIR ?? join(project, "target"), "screenshots/failed");
    await mkdir(folder, { recursive: true });
    for (const [index, page] of this.#pages.entries()) {
      const path = join(folder, `${name.replaceAll(/\W+/g, "-")}-${index}.png`);
      // A page that cannot be drawn any more must not hide why the test failed.
      await within(5_000, "a picture", page.screenshot({ path, fullPage: true })).catch(() => {});
    }
    for (const error of this.#errors) console.log(error);
  }

  async close() {
    for (const end of this.#ends.reverse()) await end();
  }
}
