// Two administrators, two forms, one configuration.

import assert from "node:assert/strict";
import { eventually } from "./support/common.mjs";
import { choose, chosen, field, save } from "./support/form.mjs";
import { scenario } from "./support/scenario.mjs";
import { writes } from "./support/wire.mjs";

scenario("a second browser shows what the first has saved", async (world) => {
  const service = await world.service();
  const first = await world.tryOut(service);
  const second = await world.tryOut(service);
  await field(first, "Master PBX Name").fill("pbx");
  await choose(first, "Busy", "Away");
  await save(first).click();
  await eventually(async () => {
    assert.equal(await field(second, "Master PBX Name").inputValue(), "pbx");
    assert.equal(await chosen(second, "Busy"), "Away");
  });
});

scenario("an update leaves alone what the administrator has typed elsewhere", async (world) => {
  const service = await world.service();
  const admin = await world.client(service);
  const page = await world.tryOut(service);
  await field(page, "Prioritized appointments need to contain in title").fill("Board");
  await admin.write({ pbxName: "pbx" });
  await eventually(async () => assert.equal(await field(page, "Master PBX Name").inputValue(), "pbx"));
  assert.equal(await field(page, "Prioritized appointments need to contain in title").inputValue(), "Board");
  await save(page).click();
  await eventually(async () => assert.equal((await admin.read()).priorityWords, "Board"));
  assert.equal((await admin.read()).pbxName, "pbx");
});

// Both values are offered; the one that is taken counts.
for (const [choice, expected] of [["mine", "mine"], ["theirs", "theirs"]]) {
  scenario(`a field that both have changed is marked at once; taking ${choice} decides`, async (world) => {
    const service = await world.service();
    const admin = await world.client(service);
    const page = await world.tryOut(service);
    await field(page, "Master PBX Name").fill("mine");
    await admin.write({ pbxName: "theirs" });
    const offer = page.getByRole("button", { name: choice === "mine" ? "Keep mine" : "Take theirs" });
    await offer.first().waitFor();
    assert.equal(await field(page, "Master PBX Name").inputValue(), "mine");
    // Until then nothing may be sent under the new revision.
    await save(page).click();
    assert.deepEqual(await writes(page), []);
    assert.equal((await admin.read()).pbxName, "theirs");

    await offer.first().click();
    if (choice === "mine") await save(page).click();
    await eventually(async () => assert.equal((await admin.read()).pbxName, expected));
    await eventually(async () => assert.equal(await field(page, "Master PBX Name").inputValue(), expected));
  });
}
