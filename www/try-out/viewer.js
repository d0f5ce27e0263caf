// Who looks at the page: language, time zone and scheme. Chosen at the top, remembered, and handed to the plugin as the
// PBX Manager hands them on.

import { speak } from "./language.js";
import { consumeApi } from "./manager.js";
import { LANGUAGES } from "./texts.js";

const { Event } = innovaphone.lib1;

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];

/** What plugins get as `start`; the zone is for this page alone. */
export const start = {
    lang: remembered("lang", navigator.language.slice(0, 2), Object.keys(LANGUAGES)),
    scheme: remembered("scheme", matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark", ["dark", "light"]),
    zone: remembered("zone", ownZone, zones),
    consumeApi,
};
start.onlangchanged = new Event(start);
start.onschemechanged = new Event(start);

const CHOICES = {
    language: { property: "lang", options: Object.entries(LANGUAGES), event: start.onlangchanged },
    zone: { property: "zone", options: zones.map((name) => [name, name.replaceAll("_", " ")]) },
    scheme: { property: "scheme", options: [["dark"], ["light"]], event: start.onschemechanged },
};

/** A setting of this page: from its address, from the last visit, or by default. */
function remembered(name, fallback, choices) {
    const asked = new URLSearchParams(location.search).get(name) || localStorage.getItem("try-out." + name) || fallback;
    return choices.includes(asked) ? asked : choices[0];
}

/** The language with the habits of the browser's country, if it is one of the browser's languages. */
export function locale() {
    return navigator.languages.find((known) => known.split("-")[0] === start.lang) || start.lang;
}

/** Offers the choices that the page names and follows them; `show` draws what depends on them. */
export function showViewer(show = () => {}) {
    const showPage = () => {
        document.documentElement.dataset.scheme = start.scheme;
        speak(start.lang);
        show();
    };
    const switches = document.querySelector("[data-choices]");
    for (const name of switches ? switches.dataset.choices.split(" ") : []) {
        switches.append(choice(name, CHOICES[name], showPage));
    }
    showPage();
}

/** A choice with its label. */
function choice(name, { property, options, event }, showPage) {
    const node = document.createElement("div");
    node.innerHTML = `<label for="${name}" data-text="${name}"></label><select id="${name}"></select>`;
    const select = node.querySelector("select");
    select.append(...options.map(([value, label]) => {
        const option = new Option(label, value);
        // Without a name of its own it is a text of the page.
        if (!label) option.dataset.text = value;
        return option;
    }));
    select.value = start[property];
    select.addEventListener("change", () => {
        start[property] = select.value;
        localStorage.setItem("try-out." + property, select.value);
        showPage();
        if (event) event.notify();
    });
    return node;
}
