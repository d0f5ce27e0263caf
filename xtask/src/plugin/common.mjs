// What both entries have in common: of the glue what the page needs, the way to hear that its module has died, and the
// languages.
import glue, { teach } from "./glue.js";

export { mount } from "./glue.js";
export { onDeath } from "./guard.js";

let started;

export default function start(options) {
  return (started = Promise.resolve(options).then(glue));
}

// Which texts the language of a code takes; the module itself decides in the same way.
const CATALOGUES = { de: "de", fr: "fr", it: "it", es: "es", ca: "es", eu: "es", nl: "nl" };

/** Gives the function that makes the started module speak the language of a code. */
export function learner(load) {
  const learned = {};
  return (code) => {
    const name = CATALOGUES[String(code).toLowerCase().split(/[-_]/)[0]] || "en";
    learned[name] = learned[name] || learn(name);
    // Asked for again next time, not failed for ever.
    learned[name].catch(() => delete learned[name]);
    return learned[name];
  };

  async function learn(name) {
    const [texts] = await Promise.all([load(name), started]);
    teach(name, texts);
  }
}
