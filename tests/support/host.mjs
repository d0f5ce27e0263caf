// Servers that are not ours: one with a page that stands for the PBX Manager, one that hands the plugin out as an App
// Platform would.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { extname, join } from "node:path";
import { project } from "./common.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".png": "image/png",
  ".wasm": "application/wasm",
};

/** Hands out the files of one folder. */
export class StaticServer {
  #sockets = new Set();

  async listen(folder, headers, hidden = []) {
    this.requests = [];
    this.server = createServer(async (request, response) => {
      const { pathname } = new URL(request.url, "http://host");
      this.requests.push(pathname);
      const name = pathname === "/" ? "index.html" : pathname.split("/").at(-1);
      const content = hidden.includes(name) ? null : await readFile(join(folder, name)).catch(() => null);
      response.writeHead(content ? 200 : 404, { ...headers, "Content-Type": TYPES[extname(name)] ?? "text/plain" });
      response.end(content ?? "");
    });
    this.server.on("connection", (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export class HostServer extends StaticServer {
  static async start({ policy }) {
    const server = new HostServer();
    const headers = policy ? { "Content-Security-Policy": policy } : {};
    await server.listen(join(project, "tests/support/host"), headers);
    return server;
  }
}

export class PluginServer extends StaticServer {
  /** `cors`: whether pages of other origins may fetch; `hidden`: files that it does not have. */
  static async start(service, { cors = false, hidden = [] } = {}) {
    const server = new PluginServer();
    await server.listen(join(project, "pkg/plugin"), cors ? { "Access-Control-Allow-Origin": "*" } : {}, hidden);
    server.server.on("upgrade", (request, socket, head) => relay(request, socket, head, service));
    return server;
  }
}

/** Hands a websocket over to the service, byte by byte. */
export function relay(request, socket, head, service) {
  const { hostname, port } = new URL(service.url);
  const other = connect(port, hostname, () => {
    const lines = [`${request.method} ${request.url} HTTP/1.1`];
    for (let at = 0; at < request.rawHeaders.length; at += 2) {
      lines.push(`${request.rawHeaders[at]}: ${request.rawHeaders[at + 1]}`);
    }
    other.write(`${lines.join("\r\n")}\r\n\r\n`);
    other.write(head);
    socket.pipe(other).pipe(socket);
  });
  other.on("error", () => socket.destroy());
  socket.on("error", () => other.destroy());
}
