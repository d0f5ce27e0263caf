// A connection to the service with an administrator's rights.

/** A reply that takes longer, in milliseconds, will not come. */
const PATIENCE = 10_000;
/** The name under which the PBX Manager logs in. */
const APP = "-";
const BROKEN = "the connection is broken";

/** The service does not take the login. */
export class Refused extends Error {}

export class Line {
    #socket = new WebSocket(location.origin.replace("http", "ws") + "/try-out");
    #waiting = new Map();
    #requests = 0;

    /** Connects and logs in; `login` makes the answer to a challenge. */
    static async open(login) {
        const line = new Line();
        try {
            await line.#opened();
            const { challenge } = await line.ask({ mt: "AppChallenge" });
            const { key, ...credentials } = await login({ app: APP, challenge });
            const { ok } = await line.ask({ ...credentials, mt: "AppLogin", pbxObj: APP });
            if (!ok) throw new Refused();
            return line;
        } catch (error) {
            line.close();
            throw error;
        }
    }

    /** Sends a request; its reply. */
    ask(message) {
        if (this.#socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error(BROKEN));
        const src = String(++this.#requests);
        return new Promise((resolve, reject) => {
            const timer = setTimeout(reject, PATIENCE, new Error("no reply to " + message.mt));
            this.#waiting.set(src, { resolve, reject, timer });
            this.#socket.send(JSON.stringify({ ...message, src }));
        }).finally(() => {
            clearTimeout(this.#waiting.get(src).timer);
            this.#waiting.delete(src);
        });
    }

    close() {
        this.#socket.close();
    }

    #opened() {
        return new Promise((resolve, reject) => {
            const broken = () => {
                const error = new Error(BROKEN);
                reject(error);
                for (const request of this.#waiting.values()) request.reject(error);
            };
            this.#socket.onopen = resolve;
            this.#socket.onclose = broken;
            this.#socket.onmessage = ({ data }) => {
                const reply = JSON.parse(data);
                const request = this.#waiting.get(reply.src);
                if (request) request.resolve(reply);
            };
        });
    }
}
