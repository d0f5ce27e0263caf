// The relay on an App Platform: who may, and that nothing goes out for anybody else.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, linkedSession, openSession, RemoteService, script, skip, start } from "./support/relay.mjs";

const denied = (mt, src) => [{ mt: `${mt}Result`, api: "Calendar", result: "AccessDenied", ...(src === undefined ? {} : { src }) }];
const BUILD = 1_000_100;

test("the script is small, ASCII, and of ECMAScript 5.1", () => {
  assert.ok(script.length <= 48 * 1024);
  assert.match(script, /^[\n\x20-\x7e]*$/);
  const newer = /\b(let|const|class|async|await|yield|import|include|eval|Promise|Map|Set|Symbol|Duktape|setInterval)\b\s*[\w.({=]|=>|`|\bof\b\s+\w+\)/;
  const code = script.replace(/\/\/.*/g, "").replace(/'[^'\n]*'/g, "''");
  assert.doesNotMatch(code, newer);
  assert.doesNotMatch(code, /(^|[^.\w])(setTimeout|clearTimeout)\(/);
});

test("each start has a ticket of its own", { skip }, async (t) => {
  const tickets = [await start(t), await start(t)].map((runtime) => runtime.stored.ticket);
  for (const ticket of tickets) assert.match(ticket, /^[0-9a-f]{32,}$/);
  assert.notEqual(tickets[0], tickets[1]);
});

test("who has not shown the ticket learns that there is a relay, and no more", { skip }, async (t) => {
  const runtime = await start(t);
  const service = new RemoteService(runtime);
  const session = await runtime.session();
  assert.deepEqual(await ask(session, { mt: "GetRelay", src: "a" }),
    [{ mt: "GetRelayResult", api: "Calendar", relay: 1, build: BUILD, protocol: 1, open: false, src: "a" }]);
  for (const mt of ["ReadConfig", "WriteConfig", "GetStatus", "RetryRelay", "SetInstancePassword", "AppCheckLogin", "__proto__"]) {
    assert.deepEqual(await ask(session, { mt, src: mt }), denied(mt, mt));
  }
  assert.deepEqual(await ask(session, { mt: "GetStatus" }), denied("GetStatus"));
  await runtime.advance(600_000);
  assert.deepEqual([service.links, session.take(), runtime.violations], [[], [], []]);
});

test("what an open session does opens nothing for others", { skip }, async (t) => {
  const runtime = await start(t);
  const service = new RemoteService(runtime);
  const manager = await linkedSession(runtime);
  const other = await runtime.session({ app: "pbxcalendar-calendaradmin", sip: "mallory" });
  assert.deepEqual(await ask(other, { mt: "ReadConfig", src: 1 }), denied("ReadConfig", 1));
  await service.link.receive({ mt: "ConfigUpdate", api: "Calendar", ConfigItems: {} });
  assert.deepEqual(other.take(), []);
  assert.equal(manager.take().length, 1);
  assert.equal(service.links.length, 1);
});

test("three wrong tickets shut a session for good", { skip }, async (t) => {
  const runtime = await start(t);
  const { ticket } = runtime.stored;
  const session = await runtime.session();
  for (const wrong of ["", ticket.slice(1), 1]) {
    assert.deepEqual(await ask(session, { mt: "OpenRelay", ticket: wrong, src: 1 }), denied("OpenRelay", 1));
  }
  assert.deepEqual(await ask(session, { mt: "OpenRelay", ticket, src: 1 }), denied("OpenRelay", 1));
  await openSession(runtime);

  const twice = await runtime.session();
  for (const wrong of [`${ticket}0`, null]) await ask(twice, { mt: "OpenRelay", ticket: wrong });
  assert.equal((await ask(twice, { mt: "OpenRelay", ticket }))[0].ok, true);
  assert.deepEqual((await ask(twice, { mt: "OpenRelay", ticket: "wrong" }))[0], { mt: "OpenRelayResult", api: "Calendar", ok: true });
});

test("without a ticket nobody gets in", { skip }, async (t) => {
  const runtime = await start(t);
  const broken = await start(t, { script: script.replace("Random.bytes(", "Random.bites(") });
  assert.equal(broken.stored.ticket, "");
  for (const ticket of ["", runtime.stored.ticket, undefined]) {
    assert.equal((await ask(await broken.session(), { mt: "OpenRelay", ticket }))[0].result, "AccessDenied");
  }
});

test("a ticket that somebody overwrites is written again", { skip }, async (t) => {
  for (const tells of [true, false]) {
    const runtime = await start(t, { tells });
    const { ticket } = runtime.stored;
    await runtime.writeConfig({ ticket: "mine" });
    assert.equal(runtime.stored.ticket, ticket);
    assert.deepEqual(runtime.violations, []);
  }
});

test("32 sessions and no more; whoever leaves makes room", { skip }, async (t) => {
  const runtime = await start(t);
  new RemoteService(runtime);
  const sessions = [];
  for (let i = 0; i < 32; i++) sessions.push(await linkedSession(runtime));
  const late = await runtime.session();
  const open = { mt: "OpenRelay", ticket: runtime.stored.ticket, src: 1 };
  assert.deepEqual(await ask(late, open), [{ mt: "OpenRelayResult", api: "Calendar", error: "busy", src: 1 }]);
  await sessions[7].close();
  assert.equal((await ask(late, open))[0].ok, true);
  assert.deepEqual(runtime.violations, []);
});

test("src comes back as it was written, whatever it is", { skip }, async (t) => {
  const runtime = await start(t);
  const session = await runtime.session();
  const written = [
    '"__proto__"', '"toString"', "null", "0", "-1.50", "12345678901234567890", "1e400", "[]", "true",
    '{"__proto__":{"a":1},"src":"inner"}', '{"b":1,"a":[{"}":"]"},"\\"\\\\"]}', '"\\ud83d\\ude00"', '"\\ud800"', '{ "x" : 1.0 }',
  ];
  for (const src of written) {
    for (const text of [`{"mt":"GetStatus","api":"Calendar","src":${src}}`, `{"x":{"src":1},"\\u0073rc":${src} , "mt":"GetStatus","y":"\\\\"}`]) {
      await session.receive(text);
      const [answer] = session.sent.splice(0);
      assert.equal(String(answer), `{"mt":"GetStatusResult","api":"Calendar","result":"AccessDenied","src":${src}}`);
    }
  }
  await session.receive('{"mt":"Gr\u00fc\u00df\u{1f600}","src":"\u{1f600}\u00e4"}');
  assert.equal(String(session.sent[0]),
    '{"mt":"Gr\\u00fc\\u00df\\ud83d\\ude00Result","api":"Calendar","result":"AccessDenied","src":"\\ud83d\\ude00\\u00e4"}');
  assert.deepEqual(runtime.violations, []);
});

test("what is no message is dropped, from either side", { skip }, async (t) => {
  const runtime = await start(t);
  const service = new RemoteService(runtime);
  const session = await linkedSession(runtime);
  const junk = ["", "no JSON", "null", "1", '"mt"', "[]", "{}", '{"mt":1}', '{"mt":null}', '{"mt":"x"', "[".repeat(5_000), '{"mt":"x"} {}'];
  for (const text of junk) {
    await session.receive(text);
    await service.link.receive(text);
  }
  assert.deepEqual([session.take(), service.take()], [[], []]);
  assert.equal((await ask(session, { mt: "GetRelay" }))[0].link, "up");
  assert.deepEqual(runtime.violations, []);
});

test("nothing of what is sent, and no secret, reaches the log", { skip }, async (t) => {
  const runtime = await start(t);
  const service = new RemoteService(runtime);
  const session = await linkedSession(runtime);
  await ask(session, { mt: "WriteConfig", ConfigItems: { user: "anna-secret" }, src: 1 });
  await session.receive("{ anna-secret");
  runtime.break("send");
  await ask(session, { mt: "WriteConfig", ConfigItems: { user: "anna-secret" }, src: 2 });
  await ask(session, { mt: "OpenRelay", ticket: "anna-secret" });
  const log = runtime.log.join("\n");
  for (const secret of ["anna-secret", service.password, runtime.stored.ticket, "admin", "example.com"]) assert.ok(!log.includes(secret), secret);
  assert.ok(runtime.log.length > 3);
});
