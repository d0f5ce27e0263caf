// What both entries have in common: of the glue what the page needs, the way to hear that its module has died, and the
// languages.
import glue, { teach } from "./glue.js";

export { mount } from "./glue.js";
export { onDeath } from "./guard.js";

let started;

export default function start(options) {
  return (started = Promise.resolve(options).then(glue));
}

/** Gives the function that makes the started module speak a language, with what `load` makes of its name and of `given`. */
export function learner(load) {
  const learned = {};
  return (language, given) => {
    learned[language] = learned[language] || learn(language, given);
    // Asked for again next time, not failed for ever.
    learned[language].catch(() => delete learned[language]);
    return learned[language];
  };

  async function learn(language, given) {
    const [texts] = await Promise.all([load(language, given), started]);
    teach(language, texts);
  }
}
