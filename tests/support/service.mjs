// The service under test: the real program, with data of its own, on a port of its own.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { project, within } from "./common.mjs";

const program = process.env.PBX_CALENDAR ?? join(project, "target/debug/pbx-calendar");
const files = join(project, "pkg");

/** The instance password of every service that the tests start. */
export const PASSWORD = "correct horse battery staple";

/** Our environment without the options that it might hold for a service of the developer. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith("PBX_CALENDAR_")),
);

export class Service {
  /** All that it has written to standard output and standard error. */
  output = "";

  /** Starts one on a free port; `tryOut` lets its page log in by itself, `demo` may name the calendars, `variables` go into
   *  its environment, `options` into its command line. */
  static async start({ tryOut = true, demo = false, variables = {}, options = [] } = {}) {
    const service = new Service();
    const demoOptions = demo ? ["--demo", ...(demo === true ? [] : [demo])] : [];
    service.options = [...(tryOut ? ["--try-out"] : []), ...demoOptions, ...options];
    service.environment = { ...environment, ...variables };
    service.data = await mkdtemp(join(tmpdir(), "pbx-calendar-"));
    await service.setPassword();
    await service.listen(0);
    return service;
  }

  /** Kills it as a power cut would, if it still runs, and starts it again where it was. */
  async restart() {
    await this.kill();
    await this.listen(new URL(this.url).port);
  }

  /** `kill -9` */
  async kill() {
    this.process?.kill("SIGKILL");
    await this.ended;
  }

  /** Asks it to end, as a service manager does; the exit status. */
  async stop() {
    this.process.kill("SIGTERM");
    return within(10_000, "the end of the service", this.ended);
  }

  /** Ends it and removes its data. */
  async close() {
    await this.kill();
    await rm(this.data, { recursive: true, force: true });
  }

  async setPassword() {
    const child = spawn(program, ["set-password", "--data", this.data], { env: environment });
    const ended = this.watch(child);
    child.stdin.end(`${PASSWORD}\n`);
    const status = await within(20_000, "set-password", ended);
    if (status !== 0) throw new Error(`set-password ended with ${status}:\n${this.output}`);
  }

  async listen(port) {
    const options = ["serve", "--listen", `127.0.0.1:${port}`, "--data", this.data, "--files", files, ...this.options];
    this.process = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"], env: this.environment });
    this.ended = this.watch(this.process);
    const lines = createInterface(this.process.stdout);
    const line = (isWanted) => new Promise((resolve, reject) => {
      lines.on("line", (text) => { if (isWanted(text)) resolve(text); });
      this.ended.then((status) => reject(new Error(`the service ended with ${status}:\n${this.output}`)), reject);
    });
    const tryOut = this.options.includes("--try-out") ? line((text) => text.includes("?token=")) : undefined;
    this.url = await within(20_000, "the first line of the service", line(() => true));
    this.tryOutUrl = (await within(20_000, "the address to try it out", Promise.resolve(tryOut)))?.split(" ").at(-1);
  }

  /** Opens its own page. With `tryOut` one browser is logged in there by itself, with a token: all browsers of a test
   * are that one. */
  async enter(page) {
    if (this.session) await page.context().addCookies(this.session);
    await page.goto(this.session || !this.tryOutUrl ? this.url : this.tryOutUrl);
    this.session = await page.context().cookies(this.url);
  }

  /** Keeps what it writes; resolves with the exit status, or the signal. */
  watch(child) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (text) => { this.output += text; });
    }
    return new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (status, signal) => resolve(status ?? signal));
    });
  }
}
