// A login computed from the instance password, as the manager of an App Platform computes it: digest and session key
// of the AppWebsocket.

/** Whether this page may compute logins: browsers hash only where nobody can listen. */
export const available = Boolean(globalThis.crypto && crypto.subtle);

/** What the PBX Manager answers to GetInstanceLogin. */
export async function instanceLogin(app, challenge, password) {
    const login = { app, domain: "", sip: "", guid: "", dn: "" };
    const digest = await sha256([...Object.values(login), challenge, password]);
    const key = await sha256(["innovaphoneAppSessionKey", challenge, password]);
    return { mt: "GetInstanceLoginResult", ...login, digest, key };
}

async function sha256(fields) {
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(fields.join(":")));
    return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
