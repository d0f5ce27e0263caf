// What is said of certificates that are pasted, dropped or chosen.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assertAccessible } from "./support/axe.mjs";
import { eventually, project } from "./support/common.mjs";
import { SYNC_TYPES, choose, field, problem } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";

const certificate = (name) => readFile(join(project, "tests/certificates", `${name}.pem`), "utf8");
const [ROOT, EXPIRED, FUTURE] = await Promise.all(["root", "expired", "future"].map(certificate));
const KEY = "-----BEGIN PRIVATE KEY-----\nMEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCAAAQIDBAUGBwgJ\n-----END PRIVATE KEY-----\n";
const LABEL = "Certificate authority (PEM)";

/** How far away a day is, in years, as the browser says it. */
function years(day, locale = "en-GB") {
  const days = Math.round((new Date(day) - new Date().setUTCHours(0, 0, 0, 0)) / 86_400_000);
  return new Intl.RelativeTimeFormat(locale).format(Math.trunc(days / 365), "year");
}

const VALID = `Corp Root CA, valid until 3 March 2049 (${years("2049-03-03")})`;
const OVER = `Corp Old CA, expired on 3 March 2024 (${years("2024-03-03")}). Replace it by its successor.`;
const EARLY = `Corp Next CA, not valid before 1 May 2044 (${years("2044-05-01")}). Until then another one is needed.`;

/** What is said, and in which tone. */
const said = (page) => page.locator(".certificates p").evaluateAll((lines) =>
  lines.map((line) => [line.dataset.tone, line.textContent]));

async function says(page, expected) {
  await eventually(async () => assert.deepEqual(await said(page), expected));
}

async function open(world, options) {
  const page = await world.tryOut(await world.service(), options);
  await choose(page, "Sync-Type", SYNC_TYPES.onPremises);
  return page;
}

scenario("subject and end of each certificate stand below the field", async (world) => {
  const page = await open(world);
  assert.deepEqual(await said(page), []);
  await field(page, LABEL).fill(ROOT);
  await says(page, [["good", VALID]]);
  await field(page, LABEL).fill(ROOT + EXPIRED + FUTURE + ROOT);
  await says(page, [["good", VALID], ["bad", OVER], ["fair", EARLY]]);
  await field(page, LABEL).fill("");
  await says(page, []);
});

scenario("a certificate in any dress is known, and becomes plain PEM", async (world) => {
  const page = await open(world);
  const dressed = ROOT.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE").replaceAll("\n", "\n    ");
  await field(page, LABEL).fill(`\ufeffsubject=CN = Corp Root CA\n    ${dressed}\nRegards`);
  await says(page, [["good", VALID]]);
  await field(page, LABEL).blur();
  await eventually(async () => assert.equal(await field(page, LABEL).inputValue(), ROOT));
  assert.equal(await problem(field(page, LABEL)), "");
});

scenario("what is no certificate is said with what to do", async (world) => {
  const page = await open(world);
  await field(page, LABEL).fill(ROOT + KEY);
  await says(page, [
    ["good", VALID],
    ["bad", "This contains a private key. It is not needed and must stay secret: remove it, from its BEGIN to its END."],
  ]);
  await field(page, LABEL).fill(ROOT.slice(0, 200));
  await says(page, [["bad", "A certificate is incomplete or damaged. Copy it again, with all its lines."]]);
  await field(page, LABEL).fill("Corp Root CA");
  await says(page, [["bad", "No certificate yet. It begins with -----BEGIN CERTIFICATE-----; in Windows save it as “Base-64 encoded X.509”."]]);
});

scenario("a file with certificates is dropped on the field, or chosen", async (world) => {
  const page = await open(world);
  const dataTransfer = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], "root.pem"));
    return data;
  }, ROOT);
  await field(page, LABEL).dispatchEvent("drop", { dataTransfer });
  await says(page, [["good", VALID]]);
  assert.equal((await field(page, LABEL).inputValue()).trim(), ROOT.trim());

  const chooser = page.locator('.file input[type="file"]');
  await chooser.setInputFiles({ name: "old.crt", mimeType: "application/x-x509-ca-cert", buffer: Buffer.from(EXPIRED) });
  await says(page, [["bad", OVER]]);
  // The binary form of the same.
  const der = Buffer.from(ROOT.replace(/-----[^-]+-----/g, ""), "base64");
  await chooser.setInputFiles({ name: "root.cer", mimeType: "application/x-x509-ca-cert", buffer: der });
  await says(page, [["bad", "This file is binary. Save the certificate as “Base-64 encoded X.509” (Windows) or PEM, and choose that file."]]);
});

scenario("certificates are told of in the language of the form", async (world) => {
  const page = await open(world);
  await field(page, LABEL).fill(ROOT);
  await says(page, [["good", VALID]]);
  await page.locator("#language").selectOption("de");
  await says(page, [["good", `Corp Root CA, gültig bis 3. März 2049 (${years("2049-03-03", "de")})`]]);
});

for (const colorScheme of ["light", "dark"]) {
  scenario(`what is said of certificates is accessible, ${colorScheme}`, async (world) => {
    const page = await open(world, { colorScheme, viewport: { width: 320, height: 900 } });
    await field(page, LABEL).fill(ROOT + EXPIRED + FUTURE + KEY);
    await eventually(async () => assert.equal((await said(page)).length, 4));
    await assertAccessible(page);
  });
}
