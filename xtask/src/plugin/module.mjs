// Entry of a module that is fetched, with its texts beside it.
import { learner } from "./common.mjs";

export { default, mount, onDeath } from "./common.mjs";

export const learn = learner(async (name) => {
  // The same build as this script.
  const address = new URL(import.meta.url);
  address.pathname = address.pathname.replace(/js$/, name + ".json");
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return response.json();
});
