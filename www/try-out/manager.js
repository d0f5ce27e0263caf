// What a plugin reaches through the PBX Manager: the API com.innovaphone.manager, and the PBX. On an App Platform its
// manager knows the password of the instance; here the service answers for it (--try-out), or the password is asked
// for. A PBX is there only in the demo, inside the service.

import { loginFromPassword } from "./password.js";

let mode = null;

/** As the start object of the PBX Manager offers it. */
export function consumeApi(name) {
    const providers = name === "com.innovaphone.manager" ? ["ap"] : [];
    const sendSrc = (message, provider, callback) => {
        const src = new Src(callback);
        src.send(message, provider);
        return src;
    };
    return { model: {}, providers, defaultApiProvider: providers[0], Src, sendSrc };
}

/** One exchange of messages. */
function Src(callback) {
    let open = true;
    this.close = () => { open = false; };
    this.send = (message, provider) => {
        answer(message).then(
            (msg) => { if (open) callback({ provider, src: this, msg }); },
            (error) => { if (open) callback({ provider, src: this, errorText: error.message }); },
        );
    };
}

/** The connection of the PBX Manager to the PBX, as plugins get it. */
export const app = { domain: "example.com", Src: PbxSrc };

/** One exchange of messages with the PBX. */
function PbxSrc(callback) {
    let open = true;
    this.close = () => { open = false; };
    this.send = (message) => {
        // Nothing comes back over a connection that is broken.
        answerOfPbx(message).then((answer) => { if (open) callback(answer); }, console.info);
    };
}

/** What kind of service this is: `{tryOut, demo, version}`. */
export async function serviceMode() {
    mode = mode || await (await fetch("/try-out/mode")).json();
    return mode;
}

async function answer(message) {
    if (message.mt === "SetInstancePassword") return answerOfPbx({ ...message, api: "com.innovaphone.manager" });
    if (message.mt !== "GetInstanceLogin") throw new Error("This stand-in knows no " + message.mt);
    return login(message);
}

/** A login of `app` at the instance. */
export async function login({ app, challenge }) {
    return (await serviceMode()).tryOut ? post("/try-out/login", { app, challenge }) : loginFromPassword(app, challenge);
}

/** Only a demo has a PBX, and only for pages that it logs in by itself. */
async function answerOfPbx(message) {
    const { tryOut, demo } = await serviceMode();
    return tryOut && demo ? post("/try-out/pbx", message) : { mt: message.mt + "Result", error: "notAvailable" };
}

async function post(path, message) {
    const response = await fetch(path, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(message),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error || response.statusText);
    return answer;
}
