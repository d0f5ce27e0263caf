// A stand-in of the myApps client, as far as an app in its frame meets it: start parameters, login, language and
// scheme. It follows what is published of these messages, refuses all others, and the code is our own.

const ANSWERED = /^[ -~]{1,16}$/;

const client = {
  /** What the app did that no app may do. */
  refused: [],
  /** The `mt` of all messages of the app, in their order. */
  heard: [],
  /** How logins are answered: by the test; it may also refuse (`errorText`), or be silent (null). */
  answer: (app, challenge) => window.appLogin(app, challenge),
  /** Whether `src` is sent back; clients before 13r2 do not. */
  echo: true,

  /** Shows an app as the PBX's App object says. */
  open(url, { name = "calendar-admin", title = "Calendar Admin", lang = "en", scheme = "dark" } = {}) {
    this.name = name;
    this.frame = document.createElement("iframe");
    this.frame.title = title;
    this.frame.src = `${url}.htm?${new URLSearchParams({ lang, scheme, name, title, url: `${url}.htm` })}`;
    document.body.replaceChildren(this.frame);
  },

  speak: (lang) => client.tell({ mt: "SetLang", lang }),
  dress: (scheme) => client.tell({ mt: "SetScheme", scheme }),
  prepareReload: () => client.tell({ mt: "PrepareReload" }),
  tell: (message) => client.frame.contentWindow.postMessage(JSON.stringify(message), "*"),
};

/** What the app may say: its fields, and what is to be done about it. */
const MESSAGES = {
  Alive: { fields: [], act() {} },
  PrepareReloadComplete: { fields: [], act() {} },
  getLogin: {
    fields: ["app", "challenge", "src"],
    async act({ app, challenge, src }) {
      if (app !== client.name) return refuse("a login for another object", app);
      if (!ANSWERED.test(challenge)) return refuse("a challenge that no service sends", challenge);
      const login = await client.answer(app, challenge);
      // Apps in one window hear each other's logins.
      client.tell({ mt: "Login", pbxObj: "another", digest: "0", src: client.echo ? "another1" : undefined });
      if (login) client.tell({ mt: "Login", ...login, pbxObj: client.name, src: client.echo ? src : undefined });
    },
  },
};

function refuse(why, what) {
  client.refused.push(`${why}: ${JSON.stringify(what)}`);
}

window.addEventListener("message", ({ source, data }) => {
  if (source !== client.frame?.contentWindow) return;
  let message;
  try {
    message = JSON.parse(data);
  } catch {
    return refuse("no JSON text", String(data));
  }
  const { mt, ...rest } = message;
  client.heard.push(mt);
  if (client.heard[0] !== "Alive") refuse("a message before Alive", mt);
  const known = MESSAGES[mt];
  if (!known) return refuse("a message that no client knows", mt);
  const unknown = Object.keys(rest).filter((name) => !known.fields.includes(name));
  if (unknown.length > 0) return refuse("fields that no client knows", unknown);
  known.act(rest);
});
