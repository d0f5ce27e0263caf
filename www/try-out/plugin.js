// The plugin on this page, constructed as the PBX Manager does.

import { app } from "./manager.js";
import { start } from "./viewer.js";

const { Languages, loadObjectScript } = innovaphone.lib1;

const item = {
    ap: "ap",
    apDn: "App Platform (stand-in)",
    uri: location.origin + "/plugin/pbxcalendar.calendarmanager",
    httpsUri: location.origin + "/plugin/pbxcalendar.calendarmanager",
    apUri: "plugin/pbxcalendar.calendarmanager",
    png: "pbxcalendar.calendarmanager.png",
};

// The loader finds the plugin by the name of its file, below the namespace `plugin`.
window.plugin = window.plugin || {};

/** Shows the form in `panel`; `opened` is told then. */
export function open(panel, opened = () => {}) {
    loadObjectScript(item.uri, () => {
        const node = new plugin.pbxcalendar.calendarmanager(start, item, app);
        panel.replaceChildren(node.container);
        opened();
    });
}

/** The tile of the plugin, with the form open; it closes and opens the plugin as choosing another tile would. */
export function showTile(place, panel) {
    const tile = document.createElement("button");
    const icon = document.createElement("img");
    const title = document.createElement("span");
    const press = () => open(panel, () => tile.setAttribute("aria-pressed", "true"));
    icon.src = item.uri + ".png";
    icon.alt = "";
    tile.type = "button";
    tile.append(icon, title);
    tile.addEventListener("click", () => {
        if (!panel.firstChild) {
            press();
            return;
        }
        panel.replaceChildren();
        tile.setAttribute("aria-pressed", "false");
    });
    place.append(tile);

    loadObjectScript(item.uri + "texts", (texts) => {
        const languages = new Languages(texts, start.lang);
        const show = () => {
            languages.activate(start.lang);
            title.textContent = languages.text("pluginTitle");
        };
        start.onlangchanged.attach(show);
        show();
    });
    press();
}
