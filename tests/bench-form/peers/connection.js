// The AppWebsocket to the service: logs in with what the host gives, reads the settings, comes back after a break.

const API = "Calendar";
const AFTER_A_BREAK = 2_000;

export class Connection {
  #waiting = new Map();
  #requests = 0;

  /** `tell` gets what happens, as the draft takes it. */
  constructor(host, tell) {
    this.host = host;
    this.tell = tell;
    this.#open();
  }

  close() {
    this.closed = true;
    clearTimeout(this.timer);
    this.socket.close();
  }

  /** Writes items; whether they were stored. */
  async save(items, revision) {
    const reply = await this.#request({ mt: "WriteConfig", ConfigItems: items, revision });
    if (reply.result === "ok") await this.#load();
    return reply.result === "ok";
  }

  #open() {
    this.tell({ type: "connection", state: "connecting" });
    const socket = this.socket = this.host.connect();
    socket.onopen = () => this.#send({ mt: "AppChallenge" });
    socket.onmessage = ({ data }) => this.#receive(JSON.parse(data));
    socket.onclose = () => {
      if (this.closed) return;
      this.tell({ type: "connection", state: "waiting" });
      this.timer = setTimeout(() => this.#open(), AFTER_A_BREAK);
    };
  }

  #send(message) {
    this.socket.send(JSON.stringify(message));
  }

  #request(message) {
    const src = String(++this.#requests);
    return new Promise((resolve) => {
      this.#waiting.set(src, resolve);
      this.#send({ api: API, src, ...message });
    });
  }

  async #receive(message) {
    if (message.mt === "AppChallengeResult") {
      this.tell({ type: "connection", state: "loggingIn" });
      const { mt, key, ...login } = await this.host.login("-", message.challenge);
      this.#send({ mt: "AppLogin", pbxObj: "-", ...login });
    } else if (message.mt === "AppLoginResult" && message.ok) {
      this.tell({ type: "connection", state: "connected" });
      this.#load();
      this.tell({ type: "status", status: await this.#request({ mt: "GetStatus" }) });
    } else if (message.mt === "ConfigUpdate") {
      this.#load();
    } else if (message.mt === "StatusUpdate") {
      this.tell({ type: "status", status: message });
    } else {
      this.#waiting.get(message.src)?.(message);
      this.#waiting.delete(message.src);
    }
  }

  async #load() {
    const requests = ["ReadConfig", "GetConfigItems"].map((mt) => this.#request({ mt }));
    const [config, { ConfigItems }] = await Promise.all(requests);
    const passwords = Object.fromEntries(ConfigItems.filter((item) => item.passwordSet).map((item) => [item.name, true]));
    this.tell({ type: "loaded", config, passwords });
  }
}
