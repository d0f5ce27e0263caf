// The connection of a user to the service, with the login that he has in myApps.

import { login } from "./myapps.js";

const APP = "pbxcalendar-my";
/** A reply that takes longer, in milliseconds, will not come. */
const PATIENCE = 15_000;

export class Line {
    #socket = new WebSocket(new URL(APP, location.href).href.replace(/^http/, "ws"));
    #waiting = new Map();
    #requests = 0;
    /** Fulfilled when the connection has ended. */
    closed = new Promise((resolve) => this.#socket.addEventListener("close", resolve));

    /** Connects and logs in. `updated` is called with each `MineUpdate`. */
    static async open(updated) {
        const line = new Line(updated);
        await new Promise((resolve, reject) => {
            line.#socket.onopen = resolve;
            line.closed.then(reject);
        });
        const { challenge } = await line.ask({ mt: "AppChallenge" });
        const { key, mt, src, ...credentials } = await login(challenge);
        const { ok } = await line.ask({ ...credentials, mt: "AppLogin", app: credentials.app || APP });
        if (!ok) {
            line.#socket.close();
            throw new Error("the service does not take the login");
        }
        return line;
    }

    constructor(updated) {
        this.#socket.onmessage = ({ data }) => {
            const message = JSON.parse(data);
            if (message.mt === "MineUpdate") return updated(message);
            this.#waiting.get(message.src)?.(message);
        };
    }

    /** Sends a request; its reply. */
    ask(message) {
        const src = String(++this.#requests);
        return new Promise((resolve, reject) => {
            const timer = setTimeout(reject, PATIENCE, new Error("no reply to " + message.mt));
            this.closed.then(() => reject(new Error("the connection is broken")));
            this.#waiting.set(src, (reply) => {
                clearTimeout(timer);
                resolve(reply);
            });
            this.#socket.send(JSON.stringify({ ...message, src }));
        }).finally(() => this.#waiting.delete(src));
    }
}
