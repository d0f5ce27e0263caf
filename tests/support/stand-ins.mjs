// The stand-ins of Microsoft Graph, of Exchange and of a PBX, as processes of their own (docs/stand-ins.md).

import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { project, within } from "./common.mjs";
import { PASSWORD } from "./service.mjs";

/** They are built into the same folder as the service. */
const folder = dirname(process.env.PBX_CALENDAR ?? join(project, "target/debug/pbx-calendar"));

/** Sends a command to the control of a stand-in; what it answers. */
async function send(control, command) {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(control, { method: "POST", headers, body: JSON.stringify(command) });
  const { done, error } = await response.json();
  if (!response.ok) throw new Error(`${control}: ${command.do}: ${error}`);
  return done[0];
}

class StandIn {
  /** All lines that it has written. */
  lines = [];

  run(name, args, env) {
    this.process = spawn(join(folder, name), args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
    this.ended = new Promise((resolve, reject) => {
      this.process.once("error", reject);
      this.process.once("close", resolve);
    });
    // Whoever waits for a line hears of it; an unhandled one would end the tests.
    this.ended.catch(() => {});
    for (const stream of [this.process.stdout, this.process.stderr]) {
      createInterface(stream).on("line", (line) => {
        this.lines.push(line);
        this.hear?.(line);
      });
    }
  }

  async close() {
    this.process.kill("SIGKILL");
    await this.ended;
  }
}

/** Microsoft Graph with the token endpoint. */
export class GraphSim extends StandIn {
  /** Domain of the tenant. */
  static domain = "contoso.example";
  static secret = "graph-sim-secret";

  static async start() {
    const graph = new GraphSim();
    graph.run("graph-sim", ["--listen", "127.0.0.1:0", "--domain", GraphSim.domain, "--client-secret", GraphSim.secret]);
    const first = new Promise((resolve, reject) => {
      graph.hear = resolve;
      graph.ended.then((status) => reject(new Error(`graph-sim ended with ${status}`)), reject);
    });
    graph.url = await within(10_000, "the first line of graph-sim", first);
    const { tenant, clientIds: [client] } = await (await fetch(`${graph.url}graph-sim`)).json();
    return Object.assign(graph, { tenant, client });
  }

  /** What makes a service take this for Microsoft. */
  get variables() {
    return { PBX_CALENDAR_LOGIN_URL: this.url, PBX_CALENDAR_GRAPH_URL: this.url };
  }

  /** Does one command; what it answers. */
  async do(command, body) {
    return send(`${this.url}graph-sim`, { do: command, ...body });
  }
}

/** Exchange, local and online, with a token endpoint of its own. */
export class ExchangeSim extends StandIn {
  static async start() {
    const exchange = new ExchangeSim();
    exchange.data = await mkdtemp(join(tmpdir(), "exchange-sim-"));
    const file = join(exchange.data, "ca.pem");
    const ports = ["--listen", "--listen-tls"].flatMap((option) => [option, "127.0.0.1:0"]);
    exchange.run("exchange-sim", [...ports, "--domain", GraphSim.domain, "--ca", file]);
    const said = (name) => exchange.lines.map((line) => new RegExp(`^ *${name} +(\\S+)`).exec(line)?.[1]).find(Boolean);
    const last = new Promise((resolve, reject) => {
      exchange.hear = () => said("trust") && resolve();
      exchange.ended.then((status) => reject(new Error(`exchange-sim ended with ${status}`)), reject);
    });
    await within(10_000, "the first lines of exchange-sim", last);
    const login = `${said("tokens").split("=")[1]}/`;
    const { tenant, clientIds: [client] } = await (await fetch(`${login}graph-sim`)).json();
    return Object.assign(exchange, {
      url: exchange.lines[0], online: said("Online"), control: said("control"), ca: await readFile(file, "utf8"), login, tenant, client,
    });
  }

  /** What makes a service take this for Microsoft. */
  get variables() {
    return { PBX_CALENDAR_LOGIN_URL: this.login };
  }

  /** Does one command. */
  do(command) {
    return send(this.control, command);
  }

  /** Does one command of the login. */
  sign(command) {
    return send(`${this.login}graph-sim`, command);
  }

  /** Lets people be sent back there after they have signed in. */
  redirectTo(uri) {
    return this.sign({ do: "redirectUris", clientId: this.client, uris: [uri] });
  }

  /** What no client may do and one has done. */
  async violations() {
    return (await (await fetch(this.control)).json()).violations;
  }

  async close() {
    await super.close();
    await rm(this.data, { recursive: true, force: true });
  }
}

/** A PBX with these users, which connects to the service at this address. */
export class PbxSim extends StandIn {
  /** The last activity and note of each user. */
  presences = new Map();

  static async start(service, users) {
    const pbx = new PbxSim();
    pbx.data = await mkdtemp(join(tmpdir(), "pbx-sim-"));
    const file = join(pbx.data, "users.json");
    await writeFile(file, JSON.stringify(users));
    pbx.hear = (line) => pbx.read(line);
    const url = `${service.url}pbxcalendar-calendar`;
    pbx.run("pbx-sim", ["pbx", url, "--domain", GraphSim.domain, "--users-file", file], { PBX_SIM_PASSWORD: PASSWORD });
    return pbx;
  }

  read(line) {
    const [, user, activity, note] = /^(\S+): (".*?") (".*")$/.exec(line) ?? [];
    if (user) this.presences.set(user, { activity: JSON.parse(activity), note: JSON.parse(note) });
  }

  /** What it has refused: nothing, if the service keeps to what is published. */
  get refused() {
    return this.lines.filter((line) => line.startsWith("refused: "));
  }

  async close() {
    await super.close();
    await rm(this.data, { recursive: true, force: true });
  }
}
