// The scripts of the assistant, as crates/setup-scripts writes them with values that try to get out of their quotes: read
// by ShellCheck and by a grammar of PowerShell, and those for a shell run against a stand-in of the Azure CLI.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { Language, Parser } from "web-tree-sitter";
import { project } from "./support/common.mjs";

const folder = join(project, "crates/setup-scripts/tests/golden");
const files = (end) => readdirSync(folder).filter((name) => name.endsWith(end));

// What it says of hostile values, that nothing in them is expanded and a quote is none, is what is wanted.
test("ShellCheck finds nothing in the scripts for a shell", (context) => {
  if (spawnSync("shellcheck", ["--version"]).error) {
    context.skip("ShellCheck is missing: install the package shellcheck");
    return;
  }
  const found = spawnSync("shellcheck", ["--shell=sh", "--exclude=SC2016,SC1112", ...files(".sh").map((name) => join(folder, name))], { encoding: "utf8" });
  assert.equal(found.stdout, "");
  assert.equal(found.status, 0);
});

test("a grammar of PowerShell reads the others, each with its byte order mark", async () => {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(project, "node_modules/tree-sitter-powershell/tree-sitter-powershell.wasm")));
  assert.ok(files(".ps1").length >= 14);
  for (const name of files(".ps1")) {
    const text = readFileSync(join(folder, name), "utf8");
    assert.equal(text.codePointAt(0), 0xfeff, name);
    const wrong = [];
    const look = (node) => {
      if (node.isError || node.isMissing) wrong.push(`${name}:${node.startPosition.row + 1}: ${node.text.slice(0, 80)}`);
      for (const child of node.children) look(child);
    };
    look(parser.parse(text.slice(1)).rootNode);
    assert.deepEqual(wrong, []);
  }
});

/** A tenant of the stand-in, in which scripts run. */
class Tenant {
  constructor(context, { busy = 0 } = {}) {
    this.place = mkdtempSync(join(tmpdir(), "az-sim-"));
    context.after(() => rmSync(this.place, { recursive: true, force: true }));
    this.file = join(this.place, "tenant.json");
    this.environment = {
      ...process.env, AZ_SIM: this.file, AZ_SIM_BUSY: String(busy),
      PATH: [join(project, "tests/az-sim"), process.env.PATH].join(delimiter),
    };
  }

  /** Runs a script; what it writes. `client` takes the place of the client ID that it was written for. */
  run(name, client) {
    let text = readFileSync(join(folder, name), "utf8");
    if (client) text = text.replace("0123abcd-89ab-4def-8123-456789abcdef", client);
    return execFileSync("/bin/sh", ["-c", text], { cwd: this.place, env: this.environment, encoding: "utf8", stdio: "pipe" });
  }

  get state() {
    return JSON.parse(readFileSync(this.file, "utf8"));
  }
}

test("register.sh registers once, changes nothing when it is run again, and is taken back", (context) => {
  const tenant = new Tenant(context, { busy: 2 });
  const first = tenant.run("register.sh");
  const { apps: [app], grants } = tenant.state;
  assert.equal(app.displayName, "O'Neill’s $(touch pwned) `x` \"y\" & ; Ñ");
  assert.ok(!existsSync(join(tenant.place, "pwned")));
  // Limited to a group: what opens mailboxes is granted in Exchange.
  assert.deepEqual(grants.map(({ appRoleId }) => appRoleId), ["df021288-bdef-4463-88db-98f22de89214"]);
  assert.match(first, new RegExp(`^Application \\(client\\) ID: ${app.appId}\nDirectory \\(tenant\\) ID: 9{8}-`));
  const before = tenant.state;
  assert.equal(tenant.run("register.sh"), first);
  assert.deepEqual(tenant.state, before);
  tenant.run("undo-register.sh");
  assert.deepEqual(tenant.state.apps, []);
  tenant.run("undo-register.sh");
});

test("a permission that is refused for good ends register.sh with what to do", (context) => {
  const tenant = new Tenant(context, { busy: 100 });
  assert.throws(() => tenant.run("register.sh"), (error) => /A Privileged Role Administrator has to do it\./.test(error.stderr));
  assert.equal(tenant.state.busy, 94, "six tries");
});

test("secret.sh keeps the secrets that there are, and is taken back", (context) => {
  const tenant = new Tenant(context);
  tenant.run("register.sh");
  const client = tenant.state.apps[0].appId;
  assert.equal(tenant.run("secret.sh", client), "Client secret (value): sEcr~t.value\nExpires: 2027-11-28\n");
  tenant.run("secret.sh", client);
  assert.equal(tenant.state.apps[0].secrets.length, 2);
  tenant.run("undo-secret.sh", client);
  assert.deepEqual(tenant.state.apps[0].secrets, []);
});
