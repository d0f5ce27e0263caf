// As little of a PBX Manager as a plugin needs: the public names, behind them code of our own.

var innovaphone = { lib1: {}, ui1: {} };

// innovaphone's library replaces this for the whole page, by functions that know no position.
String.prototype.startsWith = function (text) { return this.indexOf(text) === 0; };

innovaphone.ui1.nodePrototype = {
  createNode(type, style, content, className) {
    this.container = document.createElement(type);
    if (className) this.container.className = className;
    return this;
  },
};

innovaphone.lib1.loadCss = (url) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = url;
  document.head.append(link);
};

innovaphone.lib1.loadObjectScript = (address, loaded) => {
  const script = document.createElement("script");
  script.src = `${address}.js`;
  script.onload = loaded;
  document.head.append(script);
};

innovaphone.lib1.Languages = class {
  constructor(texts, language) {
    this.texts = texts;
    this.activate(language);
  }

  activate(language) {
    this.language = language;
  }

  text(id) {
    return this.texts[this.language]?.[id] ?? this.texts.en[id] ?? `{${id}}`;
  }
};

class Event {
  listeners = new Set();
  attach(listener) { this.listeners.add(listener); }
  detach(listener) { this.listeners.delete(listener); }
  notify(value) { for (const listener of this.listeners) listener(this, value); }
}

// The App Platform's manager: the test computes the login for it.
const manager = {
  Src: class {
    constructor(callback) { this.callback = callback; }

    async send(message, provider) {
      const msg = await window.instanceLogin(message.app, message.challenge);
      host.requests.push({ ...message, provider });
      this.callback?.({ provider, msg });
    }

    close() { this.callback = null; }
  },
};

const start = {
  lang: "en",
  scheme: "dark",
  onlangchanged: new Event(),
  onschemechanged: new Event(),
  consumeApi: () => manager,
};

// What the tests do with this page.
const host = {
  requests: [],

  /** Loads the plugin's script from `folder`, once, and constructs a plugin; its container gets the id `id`. */
  async open(folder, id) {
    if (!window.plugin) {
      await new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `${folder}pbxcalendar.calendarmanager.js`;
        script.onload = resolve;
        script.onerror = () => reject(new Error(script.src));
        document.head.append(script);
      });
    }
    this.construct(folder, id);
  },

  /** Constructs a plugin, at once. */
  construct(folder, id) {
    const uri = `${folder}pbxcalendar.calendarmanager`;
    const path = new URL(folder).pathname.slice(1);
    const item = { ap: "ap", apDn: "App Platform", uri, httpsUri: uri, apUri: `${path}pbxcalendar.calendarmanager`, png: `${uri}.png` };
    const node = new plugin.pbxcalendar.calendarmanager(start, item, { domain: "example.com" });
    node.container.id = id;
    document.body.append(node.container);
  },

  close(id) { document.getElementById(id).remove(); },
  speak(language) { start.lang = language; start.onlangchanged.notify(); },
  dress(scheme) {
    start.scheme = scheme;
    document.documentElement.dataset.scheme = scheme;
    start.onschemechanged.notify();
  },
  listeners: () => start.onlangchanged.listeners.size + start.onschemechanged.listeners.size,
};
