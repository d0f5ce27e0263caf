// The stand-in of the PBX Manager in which the plugins are measured, and the clock.

const { Event, loadObjectScript } = innovaphone.lib1;
const NAMESPACE = "pbxcalendar.calendarmanager";
const FIELD = "pbxName";

/** The manager of an App Platform: it computes the login. */
const manager = {
  Src: class {
    constructor(callback) { this.callback = callback; }

    async send({ app, challenge }, provider) {
      const response = await fetch("/login", { method: "POST", body: JSON.stringify({ app, challenge }) });
      this.callback?.({ provider, msg: await response.json() });
    }

    close() { this.callback = null; }
  },
};

const start = { lang: "en", scheme: "dark", consumeApi: () => manager };
start.onlangchanged = new Event(start);
start.onschemechanged = new Event(start);

/** The Manager has loaded the texts for the caption of the tile long before anybody opens the plugin. */
function showTile(folder) {
  window.plugin = {};
  return new Promise((done) => loadObjectScript(`${folder}${NAMESPACE}texts`, done));
}

/** Opens the plugin as the Manager does when its tile is chosen; milliseconds from there until what is measured. */
async function open(folder) {
  const uri = `${folder}${NAMESPACE}`;
  const item = { ap: "ap", apDn: "App Platform", uri, httpsUri: uri, apUri: new URL(uri).pathname.slice(1), png: `${uri}.png` };
  const opened = performance.now();
  const interactive = reacts();
  const placeholder = painted();
  loadObjectScript(uri, () => {
    document.body.append(new plugin.pbxcalendar.calendarmanager(start, item, { domain: "example.com" }).container);
  });
  const times = await Promise.all([placeholder, interactive]);
  return { times: times.map((time) => time - opened), bytes: loaded(opened) };
}

/** When something of the plugin can be seen for the first time: a word of its placeholder, or of its form. */
function painted() {
  return new Promise((resolve) => {
    const look = () => {
      const place = document.querySelector("pbxcalendar-manager");
      if (!place || !(place.textContent || root?.textContent)) return requestAnimationFrame(look);
      // After the frame in whose making this is called.
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
}

let root = null;

/** When the form reacts: what is typed into its first field changes what it says about unsaved changes. */
function reacts() {
  return new Promise((resolve) => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (options) {
      root = attach.call(this, options);
      const observer = new MutationObserver(() => {
        if (!type()) return;
        observer.disconnect();
        resolve(performance.now());
      });
      observer.observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
      return root;
    };
  });
}

const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
let isTyped = false;

/** Types a letter as soon as there is a field for it; whether the form has taken notice. */
function type() {
  const field = root.getElementById(FIELD);
  const save = root.querySelector("[type=submit]");
  // Not by what is laid out: asking for that would cost more than what is measured.
  if (!field || field.disabled || !save || save.closest("[hidden]")) return false;
  if (!isTyped) {
    isTyped = true;
    // Not by the property of the element: React replaces that to know what it has set itself.
    setValue.call(field, "x");
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: "x", inputType: "insertText" }));
  }
  return /1 unsaved change/.test(root.querySelector(".notice")?.textContent);
}

/** Bytes of the bodies that came since `opened`. */
function loaded(opened) {
  const files = performance.getEntriesByType("resource").filter(({ name, startTime }) => startTime >= opened && !name.endsWith("/login"));
  return files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
}

/** What the labels of the form say, to be compared. */
const labels = () => [...root.querySelectorAll("label")].map((label) => label.textContent);

window.bench = { showTile, open, labels };
