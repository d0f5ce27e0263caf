// Entry of a module that is fetched, with its texts beside it.
import { learner } from "./common.mjs";

export { default, mount, onDeath } from "./common.mjs";

// `answer` is there if the texts were asked for beside this script.
export const learn = learner(async (language, answer) => {
  // The same build as this script.
  const address = new URL(import.meta.url);
  address.pathname = address.pathname.replace(/js$/, language + ".json");
  const response = await (answer || fetch(address));
  if (!response.ok) throw new Error(response.status);
  return response.json();
});
