// A page of another origin that stands for the myApps client with an app in its frame.

import { createHash } from "node:crypto";
import { join } from "node:path";
import { project } from "./common.mjs";
import { StaticServer } from "./host.mjs";
import { PASSWORD } from "./service.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** What myApps answers to getLogin for the user Anna: the PBX knows the password of the App object. */
function appLogin(app, challenge) {
  const user = { app, domain: "example.com", sip: "anna", guid: "a".repeat(32), dn: "Anna Berg" };
  const info = { appobj: "calendar-admin", appdn: "Calendar Admin", cn: "Anna Berg", unlicensed: false };
  return {
    ...user, info,
    digest: sha256([...Object.values(user), JSON.stringify(info), challenge, PASSWORD].join(":")),
    key: sha256(`innovaphoneAppSessionKey:${challenge}:${PASSWORD}`),
  };
}

/** A client of one page. */
export class MyApps {
  /** In a page of `world`; nothing is open yet. */
  static async start(world, options) {
    const server = new StaticServer();
    await server.listen(join(project, "tests/support/myapps"), {});
    world.finally(() => server.close());
    const myApps = new MyApps();
    myApps.page = await world.page(options);
    // The PBX takes the name of the app from the App object's URL.
    await myApps.page.exposeFunction("appLogin", (_object, challenge) => appLogin(myApps.app, challenge));
    await myApps.page.goto(server.url);
    return myApps;
  }

  /** Opens an app of the service; its frame. */
  async open(service, app, options) {
    this.app = app;
    await this.page.evaluate(([url, options]) => client.open(url, options), [service.url + app, options]);
    return (await this.page.waitForSelector("iframe")).contentFrame();
  }

  /** Does something with the client: `speak`, `dress`, `prepareReload`. */
  do(action, value) {
    return this.page.evaluate(([action, value]) => client[action](value), [action, value]);
  }

  /** What the app has said, and what of that was refused. */
  get(name) {
    return this.page.evaluate((name) => client[name], name);
  }
}
