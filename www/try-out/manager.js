// The API com.innovaphone.manager, of which plugins use GetInstanceLogin. On an App Platform its manager knows the
// password of the instance; here the service answers for it (--try-out), or the password is asked for.

import { say } from "./language.js";
import { Line, Refused } from "./line.js";
import { available, instanceLogin } from "./login.js";

let mode = null;
let password = null;
let asking = null;

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

/** What kind of service this is: `{tryOut, demo, version}`. */
export async function serviceMode() {
    mode = mode || await (await fetch("/try-out/mode")).json();
    return mode;
}

async function answer(message) {
    if (message.mt !== "GetInstanceLogin") throw new Error("This stand-in knows no " + message.mt);
    return login(message);
}

/** A login of `app` at the instance. */
export async function login({ app, challenge }) {
    return (await serviceMode()).tryOut ? loginFromService(app, challenge) : loginFromPassword(app, challenge);
}

async function loginFromService(app, challenge) {
    const response = await fetch("/try-out/login", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ app, challenge }),
    });
    const login = await response.json();
    if (!response.ok) throw new Error(login.error || response.statusText);
    return login;
}

async function loginFromPassword(app, challenge) {
    if (!available) throw new Error(say("insecure"));
    if (password === null) {
        asking = asking || ask();
        password = await asking;
        asking = null;
    }
    return instanceLogin(app, challenge, password);
}

/** Asks until the service takes the password. */
async function ask() {
    const dialog = document.getElementById("password");
    const input = document.getElementById("instance-password");
    const problem = document.getElementById("password-problem");
    problem.textContent = "";
    for (;;) {
        dialog.showModal();
        await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
        const typed = input.value;
        if (!typed) continue;
        const isRight = await accepts(typed);
        problem.textContent = isRight ? "" : say(isRight === false ? "wrongPassword" : "unreachable");
        if (isRight) {
            input.value = "";
            return typed;
        }
    }
}

/** Whether a login with this password succeeds; undefined when the service does not answer. */
async function accepts(typed) {
    try {
        (await Line.open(({ app, challenge }) => instanceLogin(app, challenge, typed))).close();
        return true;
    } catch (error) {
        return error instanceof Refused ? false : undefined;
    }
}
