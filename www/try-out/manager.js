// The API com.innovaphone.manager, of which plugins use GetInstanceLogin. On an App Platform its manager knows the
// password of the instance; here the service answers for it (--try-out), or the password is asked for.

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

async function answer(message) {
    if (message.mt !== "GetInstanceLogin") throw new Error("This stand-in knows no " + message.mt);
    mode = mode || await (await fetch("/try-out/mode")).json();
    return mode.tryOut ? loginFromService(message) : loginFromPassword(message);
}

async function loginFromService({ app, challenge }) {
    const response = await fetch("/try-out/login", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ app, challenge }),
    });
    const login = await response.json();
    if (!response.ok) throw new Error(login.error || response.statusText);
    return login;
}

async function loginFromPassword({ app, challenge }) {
    // Loaded only here: the plugin loads its own.
    const form = await import("/plugin/pbxcalendar.form.js");
    await form.default({ module_or_path: "/plugin/pbxcalendar.form_bg.wasm" });
    if (password === null) {
        asking = asking || ask(form.instanceLogin);
        password = await asking;
        asking = null;
    }
    return form.instanceLogin(app, challenge, password);
}

/** Asks until the service takes the password. */
async function ask(instanceLogin) {
    const dialog = document.getElementById("password");
    const input = document.getElementById("instance-password");
    const problem = document.getElementById("password-problem");
    problem.textContent = "";
    for (;;) {
        dialog.showModal();
        await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
        const typed = input.value;
        if (!typed) continue;
        const isRight = await accepts(instanceLogin, typed);
        problem.textContent = isRight ? "" : isRight === false
            ? "The service does not take this password."
            : "The service cannot be reached.";
        if (isRight) {
            input.value = "";
            return typed;
        }
    }
}

/** Whether a login with this password succeeds; undefined when the service does not answer. */
function accepts(instanceLogin, typed) {
    return new Promise((resolve) => {
        const socket = new WebSocket(location.origin.replace("http", "ws") + "/try-out");
        socket.onopen = () => socket.send(JSON.stringify({ mt: "AppChallenge" }));
        socket.onclose = () => resolve(undefined);
        socket.onmessage = ({ data }) => {
            const message = JSON.parse(data);
            if (message.mt === "AppChallengeResult") {
                const { mt, key, ...login } = instanceLogin("-", message.challenge, typed);
                socket.send(JSON.stringify({ mt: "AppLogin", ...login, pbxObj: "-" }));
            } else if (message.mt === "AppLoginResult") {
                resolve(message.ok === true);
                socket.close();
            }
        };
    });
}
