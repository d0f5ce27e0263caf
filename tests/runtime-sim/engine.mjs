// Duktape 2.7 as a child process, see engine.c. Debian's library, compiled against once for each state of engine.c.

import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { project } from "../support/common.mjs";

const LIBRARY = "libduktape.so.207";
const PACKAGE = "libduktape207";

/** The engine's program, or the reason why there is none. */
export function engine() {
  const source = join(import.meta.dirname, "engine.c");
  const folder = join(project, "target/runtime-sim");
  const program = join(folder, `engine-${createHash("sha256").update(readFileSync(source)).digest("hex").slice(0, 12)}`);
  if (existsSync(program)) return { program };
  const quiet = { stdio: "pipe" };
  mkdirSync(folder, { recursive: true });
  const compile = (flags) => {
    const aside = `${program}.${process.pid}`;
    execFileSync("cc", ["-std=gnu11", "-O1", "-Wall", source, "-o", aside, ...flags, `-l:${LIBRARY}`], quiet);
    renameSync(aside, program);
  };
  try {
    compile([]);
    return { program };
  } catch {
    // Not installed: from the package index, into our own folder, which takes no rights.
  }
  try {
    execFileSync("apt-get", ["download", PACKAGE], { cwd: folder, ...quiet });
    const archive = readdirSync(folder).find((name) => name.startsWith(PACKAGE) && name.endsWith(".deb"));
    execFileSync("dpkg-deb", ["--extract", archive, "."], { cwd: folder, ...quiet });
    const libraries = join(folder, "usr/lib");
    const path = join(libraries, readdirSync(libraries).find((name) => existsSync(join(libraries, name, LIBRARY))));
    compile([`-L${path}`, `-Wl,-rpath,${path}`]);
    return { program };
  } catch {
    return { missing: `Duktape 2.7 or a C compiler is missing: apt-get install ${PACKAGE} gcc` };
  }
}

const hex = (text) => Buffer.from(text).toString("hex");

/** One engine. `call` answers what the script asks for: a function from buffers to what `return` takes. */
export class Engine {
  constructor(program, call) {
    this.child = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.call = call;
    this.last = Promise.resolve();
  }

  /** Evaluates a script. */
  run(script) {
    return this.command(`run ${hex(script)}`);
  }

  /** Lets something happen; resolves once the script has dealt with it. */
  fire(...texts) {
    return this.command(["fire", ...texts.map(hex)].join(" "));
  }

  /** One after the other; none any more once it was ended. */
  command(line) {
    if (this.isOver) return this.last;
    this.last = this.last.catch(() => {}).then(() => this.#execute(line));
    return this.last;
  }

  async #execute(line) {
    this.child.stdin.write(`${line}\n`);
    for (;;) {
      const { value, done } = await this.lines.next();
      if (done) throw new Error("the engine has ended");
      const [kind, ...words] = value.split(" ");
      if (kind === "done") return;
      const texts = words.map((word) => Buffer.from(word, "hex"));
      if (kind === "failed") throw new Error(`the script failed: ${texts[0]}`);
      const answer = this.call(...texts);
      this.child.stdin.write(`return ${Buffer.isBuffer(answer) ? answer.toString("hex") : hex(answer ?? "")}\n`);
    }
  }

  async end() {
    this.isOver = true;
    await this.last.catch(() => {});
    this.child.stdin.end();
  }
}
