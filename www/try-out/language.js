// The language of this page.

import { LANGUAGES, TEXTS } from "./texts.js";

let place = 0;

/** A text in the chosen language; `value` fills its place. */
export function say(id, value) {
    return TEXTS[id][place].replace("$0", value);
}

/** Shows the page in another language: what bears the name of a text is filled with it. */
export function speak(code) {
    place = Math.max(0, Object.keys(LANGUAGES).indexOf(code));
    document.documentElement.lang = Object.keys(LANGUAGES)[place];
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
}
