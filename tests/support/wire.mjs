// What a page and the service say to each other.

import { eventually } from "./common.mjs";

const wires = new WeakMap();

/** Records everything from now on. Of connections that are open already a browser tells nothing. */
export function record(page) {
  const wire = { sent: [], received: [] };
  wires.set(page, wire);
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => wire.sent.push(JSON.parse(payload)));
    socket.on("framereceived", ({ payload }) => wire.received.push(JSON.parse(payload)));
  });
}

const named = (messages, name) => messages.filter(({ mt }) => mt === name);

/** The messages of this name that the page has sent. */
export const sent = (page, name) => named(wires.get(page).sent, name);

/** The items that the form has asked the service to store, once the service has answered a question that the form asks
 *  only now: whatever a click before had set off stands before it on the same connection. */
export async function writes(page) {
  const { received } = wires.get(page);
  const asked = sent(page, "GetUsers").length;
  const users = page.locator('[aria-labelledby="users"] button.disclosure');
  if (await users.getAttribute("aria-expanded") === "true") await users.click();
  await users.click();
  await eventually(() => {
    const later = sent(page, "GetUsers").slice(asked).map(({ src }) => src);
    const isAnswered = named(received, "GetUsersResult").some(({ src }) => later.includes(src));
    if (!isAnswered) throw new Error("the form has asked for no users");
  });
  await users.click();
  return sent(page, "WriteConfig").map(({ ConfigItems }) => ConfigItems);
}
