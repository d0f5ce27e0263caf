// What all pages of the apps do: they speak the language and wear the colours of the client, or of the browser.

import { start } from "./myapps.js";
import { texts } from "./texts.js";

const languages = new innovaphone.lib1.Languages(texts, start.lang);

/** A sentence in the language of now. */
export function say(id) {
    languages.activate(start.lang);
    return languages.text(id);
}

/** The same with a value in it. */
export function fill(id, ...values) {
    languages.activate(start.lang);
    return languages.text(id, values);
}

/** Fills what bears the name of a sentence, now and after every change. */
export function follow() {
    start.onlangchanged.attach(show);
    start.onschemechanged.attach(show);
    show();
}

function show() {
    const page = document.documentElement;
    page.lang = start.lang in texts ? start.lang : "en";
    page.dataset.scheme = start.scheme === "light" ? "light" : "dark";
    for (const node of document.querySelectorAll("[data-sentence]")) node.textContent = say(node.dataset.sentence);
}
