// The instance password, asked for where nobody else logs the plugin in. It is kept in memory only.

import { fill, say } from "./language.js";
import { Line, Refused } from "./line.js";
import { available, instanceLogin } from "./login.js";

const DIALOG = `
  <form method="dialog">
    <h2 id="password-title" data-text="password"></h2>
    <p data-text="passwordLead"></p>
    <label><span data-text="password"></span> <input type="password" autocomplete="off" required aria-describedby="password-problem"></label>
    <p id="password-problem" class="problem" role="status"></p>
    <div class="buttons"><button type="submit" data-text="logIn"></button></div>
  </form>`;

let password = null;
let asking = null;

/** A login of `app`, after somebody has entered a password that the service takes. */
export async function loginFromPassword(app, challenge) {
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
    const dialog = document.createElement("dialog");
    dialog.setAttribute("aria-labelledby", "password-title");
    dialog.innerHTML = DIALOG;
    fill(dialog);
    document.body.append(dialog);
    const input = dialog.querySelector("input");
    const problem = dialog.querySelector(".problem");
    for (;;) {
        dialog.showModal();
        await new Promise((closed) => dialog.addEventListener("close", closed, { once: true }));
        const typed = input.value;
        if (!typed) continue;
        const isRight = await accepts(typed);
        problem.textContent = isRight ? "" : say(isRight === false ? "wrongPassword" : "unreachable");
        if (isRight) {
            dialog.remove();
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
