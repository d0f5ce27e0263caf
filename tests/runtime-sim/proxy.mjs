// What the stand-in of an App Platform has beside its instance when one tries it out: the page that stands for the PBX Manager,
// which the service hands out.

import { request as ask } from "node:http";
import { connect } from "node:net";

const LOGIN = "/try-out/login";

export class Proxy {
  /** Hands on to the service at `url`. */
  constructor(url) {
    this.url = new URL(url);
  }

  /** As the service takes it: it lets only pages of its own origin log in. */
  #headers(request) {
    const headers = { ...request.headers, host: this.url.host };
    if (headers.origin) headers.origin = this.url.origin;
    return headers;
  }

  async answer(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    if (request.url === LOGIN && this.#isOfPlatform(body)) {
      const { app, challenge } = JSON.parse(body);
      response.writeHead(200, { "Content-Type": "application/json" });
      return void response.end(JSON.stringify(this.platform.login(app, challenge)));
    }
    const options = { method: request.method, headers: this.#headers(request) };
    const passed = ask(new URL(request.url, this.url), options, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on("error", () => { if (!response.headersSent) response.writeHead(502); response.end(); });
    passed.end(body);
  }

  /** Whether a login is for the instance at the platform and not for the service itself. */
  #isOfPlatform(body) {
    try {
      return this.platform.challenges.has(JSON.parse(body).challenge);
    } catch {
      return false;
    }
  }

  upgrade(request, socket, head) {
    const other = connect(this.url.port, this.url.hostname, () => {
      const lines = Object.entries(this.#headers(request)).map(([name, value]) => `${name}: ${value}`);
      other.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      other.write(head);
      socket.pipe(other).pipe(socket);
    });
    other.on("error", () => socket.destroy());
    socket.on("error", () => other.destroy());
  }
}
