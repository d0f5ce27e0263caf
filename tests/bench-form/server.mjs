// Hands out page and plugins as the service does, brotli and to be asked about each time, and relays connections to it.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { instanceLogin } from "../support/client.mjs";
import { relay } from "../support/host.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".png": "image/png",
  ".wasm": "application/wasm", ".json": "application/json",
};

/** Starts it; `url` and `close` of what it resolves to. */
export async function serve(folder, service) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://host");
    if (pathname === "/login") return answerLogin(request, response);
    await answerFile(join(folder, pathname === "/" ? "index.html" : pathname), response);
  });
  server.on("upgrade", (request, socket, head) => relay(request, socket, head, service));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => { server.closeAllConnections(); server.close(); },
  };
}

async function answerLogin(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const { app, challenge } = JSON.parse(Buffer.concat(parts));
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify(instanceLogin(app, challenge)));
}

const read = (file) => readFile(file).catch(() => null);

async function answerFile(file, response) {
  const packed = await read(`${file}.br`), content = packed ?? await read(file);
  response.writeHead(content ? 200 : 404, {
    "Content-Type": TYPES[extname(file)] ?? "text/plain", "Cache-Control": "no-cache", Vary: "accept-encoding",
    "Content-Length": content?.length ?? 0,
    ...(packed && { "Content-Encoding": "br" }),
  });
  response.end(content);
}
