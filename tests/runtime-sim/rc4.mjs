// RC4, and what the AppWebsocket makes of it. OpenSSL 3 has it no more.

import { createHash } from "node:crypto";

export const sha256 = (data) => createHash("sha256").update(data).digest("hex");

export const sessionKey = (challenge, password) => sha256(`innovaphoneAppSessionKey:${challenge}:${password}`);

function rc4(key, data) {
  const state = Array.from({ length: 256 }, (_, i) => i);
  for (let i = 0, j = 0; i < 256; i++) {
    j = (j + state[i] + key[i % key.length]) % 256;
    [state[i], state[j]] = [state[j], state[i]];
  }
  let [i, j] = [0, 0];
  return Buffer.from(data.map((byte) => {
    i = (i + 1) % 256;
    j = (j + state[i]) % 256;
    [state[i], state[j]] = [state[j], state[i]];
    return byte ^ state[(state[i] + state[j]) % 256];
  }));
}

export const encrypt = (key, seed, data) => rc4(Buffer.from(`${seed}:${key}`), Buffer.from(data)).toString("hex");

/** Bytes: whether they are a text shows whether key and seed were right. */
export const decrypt = (key, seed, encrypted) => rc4(Buffer.from(`${seed}:${key}`), Buffer.from(encrypted, "hex"));
