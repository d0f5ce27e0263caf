// Another client of the service: what an administrator's tool would send, without a browser.

import { createHash } from "node:crypto";
import { within } from "./common.mjs";
import { PASSWORD } from "./service.mjs";

const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** What the App Platform's manager answers to GetInstanceLogin: it knows the instance password. */
export function instanceLogin(app, challenge, { domain = "example.com", password = PASSWORD, key = true } = {}) {
  const login = {
    mt: "GetInstanceLoginResult", app, domain, sip: "", guid: "", dn: "",
    digest: sha256(`${app}:${domain}::::${challenge}:${password}`),
  };
  return key ? { ...login, key: sha256(`innovaphoneAppSessionKey:${challenge}:${password}`) } : login;
}

export class Client {
  /** Connects to the service and logs in as a manager. */
  static async connect(service) {
    const client = new Client();
    client.waiting = new Map();
    client.socket = new WebSocket(service.url.replace(/^http/, "ws"));
    client.socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      client.waiting.get(message.mt)?.(message);
    };
    await within(5_000, "a connection", new Promise((resolve, reject) => {
      client.socket.onopen = resolve;
      client.socket.onerror = () => reject(new Error(`no connection to ${service.url}`));
    }));
    const { challenge } = await client.request({ mt: "AppChallenge" });
    const { ok } = await client.request({ ...instanceLogin("-", challenge), mt: "AppLogin", pbxObj: "-" });
    if (!ok) throw new Error("the service refused the login");
    return client;
  }

  /** Sends a message and waits for its reply. */
  request(message) {
    const reply = new Promise((resolve) => this.waiting.set(`${message.mt}Result`, resolve));
    this.socket.send(JSON.stringify(message));
    return within(5_000, `${message.mt}Result`, reply);
  }

  /** The stored items. */
  async read() {
    return (await this.request({ mt: "ReadConfig", api: "Config" })).ConfigItems;
  }

  /** Writes items; the reply's `result`. */
  async write(items) {
    return (await this.request({ mt: "WriteConfig", api: "Config", ConfigItems: items })).result;
  }

  close() {
    this.socket.close();
  }
}
