// Websockets as the platform has them, at both of its ends. The library is the one that the browser tests come with: it takes a
// certificate of our own, and Node 20 has no server.

import { createRequire } from "node:module";
import { join } from "node:path";
import { project } from "../support/common.mjs";

const { ws, wsServer } = createRequire(import.meta.url)(join(project, "node_modules/playwright-core/lib/utilsBundle.js"));

export { ws as WebSocketClient, wsServer as WebSocketServer };
