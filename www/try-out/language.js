// The language of this page.

import { LANGUAGES, TEXTS } from "./texts.js";

let place = 0;

/** A text in the chosen language; `value` fills its place. */
export function say(id, value) {
    return TEXTS[id][place].replace("$0", value);
}

/** Shows the page in another language. */
export function speak(code) {
    place = Math.max(0, Object.keys(LANGUAGES).indexOf(code));
    document.documentElement.lang = Object.keys(LANGUAGES)[place];
    fill(document);
}

/** Fills what bears the name of a text, within `part`. */
export function fill(part) {
    for (const node of part.querySelectorAll("[data-text]")) node.textContent = say(node.dataset.text);
}

/** Only on change: a screen reader hears every write to a status. */
export function setText(node, text) {
    if (node.textContent !== text) node.textContent = text;
}
