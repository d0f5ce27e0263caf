// `cargo xtask serve --app-platform`: the try-out page with the plugin from the stand-in of an App Platform, whose script reaches
// the service over TLS: a demo itself takes no certificate, so what stands before it does. Takes the program and its arguments; the instance password comes in the environment.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { createServer } from "node:tls";
import { Certificate } from "../support/certificate.mjs";
import { missing, Platform } from "./platform.mjs";
import { Proxy } from "./proxy.mjs";

const { PBX_CALENDAR_PASSWORD: servicePassword, ...env } = process.env;
const [program, ...options] = process.argv.slice(2);
if (missing) {
  console.error(missing);
  process.exit(2);
}
const certificate = await Certificate.make();
const service = spawn(program, [...options, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "inherit"], env });
const end = async (status) => {
  await certificate.close();
  process.exit(status);
};
service.on("close", (status) => end(status ?? 0));
service.on("error", (error) => { console.error(`${program}: ${error.message}`); end(2); });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => service.kill("SIGTERM"));

/** Takes TLS off what is for the service; the address. */
async function encrypted({ hostname, port }) {
  const server = createServer({ key: readFileSync(certificate.key), cert: readFileSync(certificate.cert) }, (socket) => {
    const other = connect(port, hostname);
    for (const [one, another] of [[socket, other], [other, socket]]) {
      one.on("error", () => another.destroy());
      one.pipe(another);
    }
  });
  server.on("tlsClientError", () => {});
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `https://127.0.0.1:${server.address().port}`;
}

let platform;
for await (const line of createInterface(service.stdout)) {
  const { href = "" } = URL.canParse(line.split(" ").at(-1)) ? new URL(line.split(" ").at(-1)) : {};
  if (href.startsWith("http://") && !platform) {
    const serviceUrl = await encrypted(new URL(href));
    const rest = new Proxy(href);
    platform = rest.platform = await Platform.start({
      // Where the try-out page looks for the plugin.
      path: "plugin/", password: "password of the instance", config: { serviceUrl, servicePassword }, certificate: certificate.pem, rest,
    });
    console.log(`App Platform (stand-in): ${new URL(platform.url).origin}/`);
    console.log(`Service:                 ${serviceUrl}`);
  }
  const isToken = href.includes("?token=");
  console.log(isToken ? `Open:                    ${href.replace(new URL(href).origin, new URL(platform.url).origin)}` : line);
}
