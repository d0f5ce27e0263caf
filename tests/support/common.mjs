// What all parts of the tests share.

import { fileURLToPath } from "node:url";

/** Top of the checkout. */
export const project = fileURLToPath(new URL("../..", import.meta.url));

/** The promise, or after `ms` an error that names what was waited for. */
export async function within(ms, what, promise) {
  let timer;
  const over = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${ms} ms for ${what}`)), ms);
  });
  try {
    return await Promise.race([promise, over]);
  } finally {
    clearTimeout(timer);
  }
}

/** Tries `check` until it throws no more, for 30 s unless told otherwise; its last error then counts. */
export async function eventually(check, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
