// One visit of one plugin: a browser context of its own, so that every cache is cold.

/** Ways to visit. "Fast 3G" and a quarter of the processor are the usual presets of developer tools. */
export const CONDITIONS = {
  unthrottled: null,
  throttled: {
    cpu: 4,
    network: { offline: false, latency: 562.5, downloadThroughput: 1.44e6 / 8, uploadThroughput: 675e3 / 8 },
  },
};

/** Visits `subject` at `url`; `look` may look at the page afterwards. */
export async function visit(browser, url, subject, condition, look = () => {}) {
  const context = await browser.newContext({ locale: "en-GB" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(url);
    const folder = `${url}${subject}/`;
    await page.evaluate((from) => bench.showTile(from), folder);
    if (condition) await throttle(await context.newCDPSession(page), condition);
    const measured = await page.evaluate((from) => bench.open(from), folder);
    await look(page);
    return measured;
  } finally {
    await context.close();
  }
}

async function throttle(session, { cpu, network }) {
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
  await session.send("Emulation.setCPUThrottlingRate", { rate: cpu });
}
