// The myApps client around a page of ours: its language and colour scheme, and the login of its user. The messages are
// those of the published interface, JSON texts sent with postMessage.

const { Event } = innovaphone.lib1;

/** An answer that takes longer, in milliseconds, will not come. */
const PATIENCE = 10_000;

/** What the address of the page says; the client adds to it what the page is to begin with. */
const parameters = new URLSearchParams(location.search);
/** The window of the client: the one around us, or the one that has opened us. */
const client = window.parent !== window ? window.parent : window.opener;

/** Name of our App object; without one the page was not opened by the client. */
const name = parameters.get("name");

export const isInMyApps = Boolean(client && name);

/** As the start object of innovaphone's library: `onlangchanged` and `onschemechanged` tell of other values. */
export const start = {
    lang: (parameters.get("lang") || navigator.language).split("-")[0].toLowerCase(),
    scheme: parameters.get("scheme") || (isInMyApps ? "dark" : preferred()),
};
start.onlangchanged = new Event(start);
start.onschemechanged = new Event(start);

/** Why the client gives no login. Its message is what the client says about it. */
export class NoLogin extends Error {}

const logins = new Event(start);
let requests = 0;

/** The login of the client's user at our service, as `Login` brings it. */
export function login(challenge) {
    return new Promise((resolve, reject) => {
        const src = "calendar" + ++requests;
        const end = (settle, result) => {
            clearTimeout(timer);
            logins.detach(take);
            settle(result);
        };
        const take = (_sender, answer) => {
            // Clients before 13r2 do not send src back.
            if (answer.src !== undefined && answer.src !== src) return;
            if (answer.digest && answer.pbxObj === name) end(resolve, answer);
            else if (!answer.digest) end(reject, new NoLogin(answer.errorText || "Error " + answer.error));
        };
        const timer = setTimeout(() => end(reject, new NoLogin("")), PATIENCE);
        logins.attach(take);
        tell({ mt: "getLogin", app: name, challenge, src });
    });
}

/** Says that we live, and listens from now on. */
export function open() {
    window.addEventListener("message", ({ source, data }) => {
        if (source === client && typeof data === "string") hear(parsed(data));
    });
    tell({ mt: "Alive" });
}

function hear(message) {
    switch (message.mt) {
        case "SetLang":
            start.lang = message.lang;
            return start.onlangchanged.notify();
        case "SetScheme":
            start.scheme = message.scheme;
            return start.onschemechanged.notify();
        case "Login":
            return logins.notify(message);
        case "PrepareReload":
            return tell({ mt: "PrepareReloadComplete" });
    }
}

/** The client may be on any origin: it is wherever the PBX is. */
function tell(message) {
    client.postMessage(JSON.stringify(message), "*");
}

function parsed(text) {
    try {
        return JSON.parse(text) || {};
    } catch {
        return {};
    }
}

function preferred() {
    return matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark";
}
