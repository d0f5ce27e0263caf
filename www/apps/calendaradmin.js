// Calendar Admin: the form of the PBX Manager's plugin in the frame of myApps, with the login of the user there. It is
// the plugin itself, which finds here what it uses of the PBX Manager.

import { NoLogin, isInMyApps, login, open, start } from "./myapps.js";
import { follow, say } from "./page.js";

/** Beside this page, wherever a proxy has put it. */
const uri = new URL("plugin/pbxcalendar.calendarmanager", location.href).href;
/** What the PBX Manager tells a plugin about its instance. */
const item = { ap: "myapps", uri, httpsUri: uri };
/** In place of the PBX Manager's connection to the PBX. An app has none, so that nothing can be asked there. */
const app = {};

/** In place of the API com.innovaphone.manager: the login comes from myApps, not from an App Platform. */
start.consumeApi = () => ({ Src });

function Src(callback) {
    let isOpen = true;
    const answer = (reply) => { if (isOpen) callback({ src: this, ...reply }); };
    this.close = () => { isOpen = false; };
    this.send = ({ challenge }) => {
        login(challenge).then(
            (msg) => answer({ msg }),
            (error) => answer({ errorText: error instanceof NoLogin && error.message || say("silent") }),
        );
    };
}

function show() {
    const node = new plugin.pbxcalendar.calendarmanager(start, item, app);
    const place = document.getElementById("form");
    place.append(node.container);
    place.hidden = false;
}

/** Shows the page's own words instead of the form. */
function explain(sentence) {
    document.getElementById("sentence").dataset.sentence = sentence;
    document.getElementById("card").hidden = false;
    follow();
}

function load(source) {
    const script = document.createElement("script");
    script.src = source;
    script.onload = show;
    script.onerror = () => explain("unbuilt");
    document.head.append(script);
}

if (isInMyApps) {
    // The constructor of the plugin is looked for below this name.
    window.plugin = {};
    open();
    follow();
    load(uri + ".js");
} else {
    explain("alone");
}
