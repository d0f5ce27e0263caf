// `cargo xtask serve --app-platform`: the try-out page with the plugin from the stand-in of an App Platform, whose script reaches
// the service over TLS. Takes the program and its arguments; the instance password comes in the environment.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
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
const service = spawn(program, [...options, "--listen", "127.0.0.1:0", ...certificate.options], { stdio: ["ignore", "pipe", "inherit"], env });
const end = async (status) => {
  await certificate.close();
  process.exit(status);
};
service.on("close", (status) => end(status ?? 0));
service.on("error", (error) => { console.error(`${program}: ${error.message}`); end(2); });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => service.kill("SIGTERM"));

let platform;
for await (const line of createInterface(service.stdout)) {
  const { href } = new URL(line.split(" ").at(-1), "http://none");
  if (href.startsWith("https://") && !platform) {
    const serviceUrl = new URL(href).origin;
    const rest = new Proxy({ url: serviceUrl, certificate: certificate.pem });
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
