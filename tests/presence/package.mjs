// Where the built package is, and a browser that is served its files.

import { createServer } from "node:http";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const ROOT = new URL("../../", import.meta.url);
export const PACKAGE = new URL(process.env.PRESENCE_PACKAGE ?? "pkg/presence/", ROOT);
export const folder = fileURLToPath(PACKAGE);

if (!existsSync(new URL("presence_bg.wasm", PACKAGE))) {
  throw new Error(`${folder} is not built: run \`cargo xtask build\``);
}

/** The module, loaded. */
export async function load() {
  const presence = await import(new URL("presence.js", PACKAGE));
  await presence.default();
  return presence;
}

const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };

/** Serves folders by the first part of the path: `/presence/…` for `{presence: url}`. `answers` may answer instead. */
export async function serve(folders, answers = () => undefined) {
  const server = createServer(async (request, response) => {
    const [, name, ...path] = new URL(request.url, "http://localhost").pathname.split("/");
    const answer = answers(request.url);
    if (answer) return response.writeHead(answer.status ?? 200, answer.headers).end(answer.body);
    if (name === "") return response.setHeader("content-type", "text/html").end("<!doctype html><title>empty</title>");
    try {
      const body = await readFile(new URL(path.join("/") || "index.html", folders[name]));
      response.setHeader("content-type", TYPES[extname(path.at(-1) || ".html")] ?? "application/octet-stream").end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

/** A browser with a page on a server; errors of the page fail the test that reads `errors`. */
export async function open(folders, answers) {
  const server = await serve(folders, answers);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  const newPage = async (path = "/") => {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    page.errors = [];
    page.on("pageerror", (error) => page.errors.push(String(error)));
    await page.goto(server.origin + path);
    return page;
  };
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { newPage, close, origin: server.origin };
}
