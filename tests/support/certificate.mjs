// A certificate for a service on this machine, made anew each time.

import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export class Certificate {
  /** One for `127.0.0.1`, signed by itself. */
  static async make() {
    const it = new Certificate();
    it.folder = await mkdtemp(join(tmpdir(), "certificate-"));
    Object.assign(it, { cert: join(it.folder, "cert.pem"), key: join(it.folder, "key.pem") });
    execFileSync("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30", "-subj", "/CN=127.0.0.1",
      "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", it.key, "-out", it.cert,
    ], { stdio: "pipe" });
    it.pem = await readFile(it.cert, "utf8");
    return it;
  }

  /** Options of a service that shows it. */
  get options() {
    return ["--tls-cert", this.cert, "--tls-key", this.key];
  }

  async close() {
    await rm(this.folder, { recursive: true, force: true });
  }
}
