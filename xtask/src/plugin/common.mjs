// What both entries have in common: of the glue what the page needs, the way to hear that its module has died, and the
// languages.
import glue, { teach } from "./glue.js";

export { mount } from "./glue.js";
export { onDeath } from "./guard.js";

let started;

export default function start(options) {
  return (started = Promise.resolve(options).then(glue));
}

// The module itself speaks English; it decides what to show, this which texts that needs.
const CATALOGUES = { de: "de", fr: "fr", it: "it", es: "es", ca: "es", eu: "es", nl: "nl" };

/** Gives the function that makes the started module speak the language of a code. Without its texts it shows English. */
export function learner(load) {
  const learned = {};
  return (code) => {
    const name = CATALOGUES[String(code).toLowerCase().split(/[-_]/)[0]];
    if (!name) return Promise.resolve();
    return (learned[name] = learned[name] || learn(name).catch((error) => {
      delete learned[name];
      console.info("Calendar plugin: no texts in", name, String(error));
    }));
  };

  async function learn(name) {
    const [texts] = await Promise.all([load(name), started]);
    teach(name, texts);
  }
}
