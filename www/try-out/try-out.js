// The stand-in of the PBX Manager: shows the plugin's tile, constructs the plugin, and answers its requests.

import { showColleagues } from "./colleagues.js";
import { speak } from "./language.js";
import { app, consumeApi, serviceMode } from "./manager.js";
import { showNotes } from "./notes.js";
import { LANGUAGES } from "./texts.js";

const { Event, Languages, loadObjectScript } = innovaphone.lib1;

const item = {
    ap: "ap",
    apDn: "App Platform (stand-in)",
    uri: location.origin + "/plugin/pbxcalendar.calendarmanager",
    httpsUri: location.origin + "/plugin/pbxcalendar.calendarmanager",
    apUri: "plugin/pbxcalendar.calendarmanager",
    png: "pbxcalendar.calendarmanager.png",
};

const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...new Set([ownZone, "UTC", ...Intl.supportedValuesOf("timeZone")])];

/** What plugins get as `start`; the zone is for this page alone. */
const start = {
    lang: remembered("lang", navigator.language.slice(0, 2), Object.keys(LANGUAGES)),
    scheme: remembered("scheme", matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark", ["dark", "light"]),
    zone: remembered("zone", ownZone, zones),
    consumeApi,
};
start.onlangchanged = new Event(start);
start.onschemechanged = new Event(start);

/** A setting of this page: from its address, from the last visit, or by default. */
function remembered(name, fallback, choices) {
    const asked = new URLSearchParams(location.search).get(name) || localStorage.getItem("try-out." + name) || fallback;
    return choices.includes(asked) ? asked : choices[0];
}

function follow(select, property, event) {
    select.value = start[property];
    select.addEventListener("change", () => {
        start[property] = select.value;
        localStorage.setItem("try-out." + property, select.value);
        showPage();
        if (event) event.notify();
    });
}

function showPage() {
    document.documentElement.dataset.scheme = start.scheme;
    speak(start.lang);
    showViewer();
}

function offer(select, options) {
    select.append(...options.map(([value, label]) => new Option(label, value)));
}

/** The tile of the plugin; it opens and closes the plugin as choosing another tile would. */
function showTile() {
    const tile = document.createElement("button");
    const icon = document.createElement("img");
    const title = document.createElement("span");
    icon.src = item.uri + ".png";
    icon.alt = "";
    tile.type = "button";
    tile.append(icon, title);
    tile.addEventListener("click", () => (panel.firstChild ? close() : open()));
    document.getElementById("plugins").append(tile);

    loadObjectScript(item.uri + "texts", (texts) => {
        const languages = new Languages(texts, start.lang);
        const show = () => {
            languages.activate(start.lang);
            title.textContent = languages.text("pluginTitle");
        };
        start.onlangchanged.attach(show);
        show();
    });
    return tile;
}

function open() {
    loadObjectScript(item.uri, () => {
        const node = new plugin.pbxcalendar.calendarmanager(start, item, app);
        panel.replaceChildren(node.container);
        tile.setAttribute("aria-pressed", "true");
    });
}

function close() {
    panel.replaceChildren();
    tile.setAttribute("aria-pressed", "false");
}

/** The loader finds the plugin by the name of its file, below the namespace `plugin`. */
function openable() {
    window.plugin = window.plugin || {};
}

/** With --demo nothing on this page is real, and it says so wherever one looks. */
function showDemo({ demo }) {
    if (!demo) return;
    document.title = "DEMO – " + document.title;
    document.getElementById("demo").hidden = false;
    document.body.classList.add("is-demo");
}

const panel = document.getElementById("panel");
const [language, zone, scheme] = ["language", "zone", "scheme"].map((id) => document.getElementById(id));
speak(start.lang);
const showViewer = showColleagues(document.getElementById("colleagues"), start);
openable();
offer(language, Object.entries(LANGUAGES));
offer(zone, zones.map((name) => [name, name.replaceAll("_", " ")]));
showPage();
follow(language, "lang", start.onlangchanged);
follow(zone, "zone");
follow(scheme, "scheme", start.onschemechanged);
const tile = showTile();
open();
showNotes(document.getElementById("notes"));
serviceMode().then(showDemo, () => { /* The form says that the service cannot be reached. */ });
