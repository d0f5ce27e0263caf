/*
 * The Calendar plugin as the PBX Manager loads it: a classic script whose constructor answers at once. The form
 * itself is a WebAssembly module beside this file; here it is loaded, given its place, a way to the instance and a
 * login, and taken down again when the PBX Manager removes its node. A second module holds what most visits do not
 * need; it is loaded when the form asks for one of its pages.
 */
var plugin = plugin || {};
plugin.pbxcalendar = plugin.pbxcalendar || {};
plugin.pbxcalendar.calendarmanager = plugin.pbxcalendar.calendarmanager || (function () {
    "use strict";

    // Changes with every build, so that no cache gives us files of two builds.
    const BUILD = "__BUILD__";
    // The API of the App Platform's manager.
    const PLATFORM = "com.innovaphone.manager";
    // Says what is wrong when not even the texts could be loaded.
    const LAST_RESORT = "The Calendar plugin could not be loaded. Reload this page.";

    /** A failure with the name of the sentence that tells the administrator about it. */
    class Failure extends Error {
        constructor(sentence, cause) {
            super(sentence);
            this.sentence = sentence;
            this.cause = cause;
        }
    }

    // ---- The modules: one of each kind for all plugins of this page that come from the same address ----

    const FORM = { file: "pbxcalendar.form", global: "pbxcalendarForm" };
    const PAGES = { file: "pbxcalendar.pages", global: "pbxcalendarPages" };
    const modules = new Map();

    function moduleOf(kind, base, language) {
        const address = base + kind.file;
        let entry = modules.get(address);
        if (!entry || entry.dead) {
            // A module that panicked stays in the browser's registry, so its successor needs an address of its own.
            const generation = entry ? entry.generation + 1 : 0;
            entry = { generation, dead: false, users: new Set() };
            entry.ready = load(kind, address, "?" + BUILD + (generation ? "." + generation : ""), language);
            entry.ready.then((module) => module.onDeath && module.onDeath(() => bury(entry))).catch(() => { entry.dead = true; });
            modules.set(address, entry);
        }
        return entry;
    }

    /** The module panicked: it is never called again, and each form or page of it says so. */
    function bury(entry) {
        entry.dead = true;
        for (const user of Array.from(entry.users)) user.fail(new Failure("crashed"));
    }

    async function load(kind, address, version, language) {
        if (typeof WebAssembly !== "object") throw new Failure("unsupported");
        if (!mayCompile()) throw new Failure("refused");
        try {
            return await loadModule(address, version, language);
        } catch (error) {
            // A page of another origin without CORS, or one whose policy blocks the fetch, still takes a classic script.
            console.info("Calendar plugin: trying the single file, because:", String(error));
        }
        try {
            return await loadSingleScript(kind, address, version, language);
        } catch (error) {
            throw new Failure("unreachable", error);
        }
    }

    /** Whether the page's Content-Security-Policy lets WebAssembly compile, tried with the smallest module there is. */
    function mayCompile() {
        try {
            new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
            return true;
        } catch (error) {
            return false;
        }
    }

    async function loadModule(address, version, language) {
        // Fetched beside the script and not after it.
        const wasm = fetch(address + "_bg.wasm" + version);
        const texts = fetch(address + "." + catalogue(language) + ".json" + version);
        for (const answer of [wasm, texts]) answer.catch(() => {});
        const module = await import(address + ".js" + version);
        await Promise.all([module.default({ module_or_path: wasm }), learn(module, language, texts)]);
        return module;
    }

    async function loadSingleScript(kind, address, version, language) {
        await new Promise((resolve, reject) => {
            const script = document.createElement("script");
            script.src = address + ".single.js" + version;
            script.onload = resolve;
            script.onerror = () => reject(new Error(script.src));
            document.head.appendChild(script).remove();
        });
        const module = window[kind.global];
        await Promise.all([module.default(), learn(module, language)]);
        return module;
    }

    // Which texts the language of a code takes; the modules themselves decide in the same way.
    const CATALOGUES = { de: "de", fr: "fr", it: "it", es: "es", ca: "es", eu: "es", nl: "nl" };

    function catalogue(code) {
        return CATALOGUES[String(code).toLowerCase().split(/[-_]/)[0]] || "en";
    }

    /** Makes a module speak the language of a code, whose texts may be on their way. */
    function learn(module, code, texts) {
        return module.learn(catalogue(code), texts);
    }

    // ---- The login ----

    // The name under which the PBX Manager logs in.
    const APP = "-";
    // What a login consists of. In myApps app and object are those of the app in whose frame we are.
    const LOGIN = ["app", "pbxObj", "domain", "sip", "guid", "dn", "info", "digest"];

    /** Logs in at an instance with what `ask` gives for a challenge. Never ends if the socket closes. */
    async function logIn(socket, ask) {
        const send = (message) => socket.send(JSON.stringify(message));
        await new Promise((resolve) => socket.addEventListener("open", resolve));
        send({ mt: "AppChallenge" });
        const { challenge } = await awaited(socket, "AppChallengeResult");
        const given = await ask(APP, challenge);
        const login = LOGIN.filter((name) => given[name] != null).map((name) => [name, given[name]]);
        send({ mt: "AppLogin", app: APP, pbxObj: "-", ...Object.fromEntries(login) });
        const { ok } = await awaited(socket, "AppLoginResult");
        return { ok: ok === true, key: given.key };
    }

    /** The next message of this name. Others are passed over, as every client of the platform does before the login. */
    function awaited(socket, mt) {
        return new Promise((resolve) => {
            const hear = ({ data }) => attempt(() => {
                const message = JSON.parse(data);
                if (!message || message.mt !== mt) return;
                socket.removeEventListener("message", hear);
                resolve(message);
            });
            socket.addEventListener("message", hear);
        });
    }

    // ---- Unsaved input, as JSON without secrets ----

    /** By the address of the instance: that of the form closed last, until another one has taken or refused it. */
    const kept = new Map();
    const EMPTY = "{}";

    function keep(address, draft) {
        if (draft && draft !== EMPTY) kept.set(address, { draft, at: Date.now() });
    }

    // ---- One plugin ----

    /** From the moment the node is in the document until it leaves it: module, form, instance connection. */
    class Session {
        constructor(place, host) {
            this.place = place;
            this.host = host;
            this.ended = false;
            this.draft = null;
            this.hold = (event) => { event.preventDefault(); event.returnValue = true; };
            this.detach = [];
            this.exchanges = new Set();
            this.pages = new Set();
            this.follow(host.start.onlangchanged, () => this.languageChanged());
            this.follow(host.start.onschemechanged, () => this.schemeChanged());
            this.schemeChanged();
            this.open();
        }

        follow(event, listener) {
            if (!event) return;
            const safe = () => attempt(listener);
            event.attach(safe);
            this.detach.push(() => event.detach(safe));
        }

        /** The page asks before it is left for as long as there is something to lose. */
        unsaved(draft) {
            this.draft = draft;
            if (draft) addEventListener("beforeunload", this.hold);
            else removeEventListener("beforeunload", this.hold);
        }

        /** Hands what is unsaved on to the next form. */
        handOn() {
            keep(this.host.address, this.draft);
            this.unsaved(null);
        }

        open() {
            this.handOn();
            this.failed = false;
            this.place.setAttribute("aria-busy", "true");
            this.show(element("p", "loading"));
            // Not for a plugin that is removed again at once.
            setTimeout(() => { if (!this.ended && !this.failed && !this.handle) attempt(() => this.prepare()); });
            const module = this.module = moduleOf(FORM, this.host.base, this.host.start.lang);
            module.users.add(this);
            module.ready.then(async (form) => {
                await learn(form, this.host.start.lang);
                this.mount(form, module);
            }).catch((error) => this.fail(error));
        }

        /** What can be done while the module is on its way. */
        prepare() {
            this.opening = this.dial();
            this.socket = this.opening.socket;
        }

        mount(form, module) {
            if (this.ended || this.failed || this.module !== module) return;
            // No div: a host page may have rules for those.
            const container = element("pbxcalendar-form");
            this.show(container);
            try {
                this.handle = form.mount(container, this.forForm());
            } catch (error) {
                console.error("Calendar plugin:", error);
                bury(module);
            }
        }

        /** What the form gets of its host. */
        forForm() {
            const { address } = this.host;
            const left = () => kept.get(address) || {};
            return {
                connect: () => this.connect(),
                draft: (json) => this.unsaved(json),
                get kept() { return left().draft; },
                get keptAt() { return left().at; },
                forget: () => kept.delete(address),
                page: (...page) => this.page(...page),
                language: this.host.start.lang,
                scheme: this.host.start.scheme,
            };
        }

        /** Opens a socket and logs in. Begun while the module still loads: both take several journeys to the instance. */
        dial() {
            const socket = new WebSocket(this.host.address);
            const login = logIn(socket, (app, challenge) => this.login(app, challenge));
            // The form hears of it when it asks.
            login.catch(() => {});
            return { socket, login };
        }

        /** The socket that was opened beforehand, if it stands, or a new one. */
        connect() {
            const { opening } = this;
            this.opening = null;
            const opened = opening && opening.socket.readyState <= WebSocket.OPEN ? opening : this.dial();
            this.socket = opened.socket;
            return opened;
        }

        /** Asks the App Platform, which knows the instance password, for a login at the instance. */
        async login(app, challenge) {
            // Who asks again has given up waiting.
            if (this.lastLogin) this.close(this.lastLogin.src);
            this.lastLogin = this.askPlatform({ mt: "GetInstanceLogin", app, challenge });
            const login = await this.lastLogin.answer;
            if (!login.digest) throw new Error(login.errorText || login.error || "");
            return login;
        }

        /** Asks the App Platform or the PBX, by the API of the message: the answer. */
        async ask({ api, ...message }) {
            if (api === PLATFORM) return this.askPlatform(message).answer;
            const { app } = this.host;
            // Said as a service says what it does not offer.
            if (!app || !app.Src) return { error: "notAvailable" };
            // Over the connection of the PBX Manager, which is logged in at the PBX.
            return this.exchange(app.Src, (answer) => answer, { ...message, api }).answer;
        }

        askPlatform(message) {
            const { start, path, item } = this.host;
            const read = ({ msg, errorText }) => msg || { error: errorText || "" };
            return this.exchange(start.consumeApi(PLATFORM).Src, read, { ...message, path }, item.ap);
        }

        /** A message and its answer, which never comes if the connection breaks meanwhile. */
        exchange(Src, read, ...message) {
            let src;
            const answer = new Promise((resolve) => {
                src = new Src((answer) => {
                    this.close(src);
                    resolve(read(answer || {}));
                });
                this.exchanges.add(src);
                src.send(...message);
            });
            return { src, answer };
        }

        close(src) {
            this.exchanges.delete(src);
            attempt(() => src.close());
        }

        /** Shows a page of the second module; `ask` hears of `died` if that panics later. */
        async page(container, view, state, ask) {
            const module = moduleOf(PAGES, this.host.base, state.language);
            const pages = await module.ready;
            await learn(pages, state.language);
            if (this.ended || this.failed) throw new Failure("unreachable");
            const request = async (message, body) => {
                const reply = await new Promise((resolve) => ask(message, body, resolve));
                if (!reply) throw new Error(message);
                return reply;
            };
            const pbx = async (message) => (await this.ask(message)) || {};
            const handle = pages.mount(container, view, state, { request, pbx, directory: this.host.directory });
            const close = () => {
                module.users.delete(page);
                // The form closes its pages, and so does who takes it out.
                if (!this.pages.delete(page)) return;
                if (!module.dead) attempt(() => { handle.unmount(); handle.free(); });
            };
            const page = { close, fail: () => { close(); attempt(() => ask("died")); } };
            module.users.add(page);
            this.pages.add(page);
            const update = async (state) => {
                await learn(pages, state.language);
                if (!this.pages.has(page)) return;
                handle.update(state);
            };
            return { update, close };
        }

        languageChanged() {
            this.translate();
            const { handle, module } = this, { lang } = this.host.start;
            if (handle) module.ready.then(async (form) => {
                await learn(form, lang);
                if (this.handle === handle && !module.dead) handle.setLanguage(lang);
            }).catch((error) => console.info("Calendar plugin: no texts in", lang, String(error)));
        }

        schemeChanged() {
            const scheme = this.host.start.scheme === "light" ? "light" : "dark";
            this.place.className = "pbxcalendar-manager pbxcalendar-" + scheme;
            if (this.handle) this.handle.setScheme(scheme);
        }

        show(...nodes) {
            this.place.replaceChildren(...nodes);
            this.translate();
        }

        /** Fills what bears the name of a sentence. */
        translate() {
            for (const node of this.place.querySelectorAll("[data-sentence]")) {
                node.textContent = this.host.text(node.dataset.sentence);
            }
        }

        /** Shows what is wrong, the input that would be lost, and a way on. */
        fail(error) {
            if (this.ended || this.failed) return;
            this.failed = true;
            console.error("Calendar plugin:", error);
            this.leave();
            const message = element("p", error instanceof Failure ? error.sentence : "crashed");
            message.setAttribute("role", "alert");
            const reload = element("button", "reload");
            reload.type = "button";
            reload.onclick = () => attempt(() => this.open());
            this.show(message, ...(this.draft && this.draft !== EMPTY ? [savedDraft(this.draft)] : []), reload);
        }

        end() {
            this.ended = true;
            this.detach.forEach(attempt);
            this.leave();
            this.handOn();
            this.place.replaceChildren();
        }

        /** Lets go of form and connection. A dead module is not called; it left its socket to us. */
        leave() {
            const { handle, module, socket, exchanges } = this;
            this.handle = this.opening = this.socket = null;
            this.place.removeAttribute("aria-busy");
            module.users.delete(this);
            for (const page of this.pages) page.close();
            if (handle && !module.dead) attempt(() => { handle.unmount(); handle.free(); });
            if (socket) socket.close();
            for (const src of exchanges) this.close(src);
        }
    }

    /** A read-only field with the unsaved input as JSON, to be copied. */
    function savedDraft(json) {
        const label = element("label"), field = element("textarea");
        field.readOnly = true;
        field.value = json;
        label.append(element("span", "unsaved"), field);
        return label;
    }

    function element(tag, sentence) {
        const node = document.createElement(tag);
        if (sentence) node.dataset.sentence = sentence;
        return node;
    }

    // ---- What the PBX Manager gives ----

    function directoryOf(address) {
        return address.slice(0, address.lastIndexOf("/") + 1);
    }

    /** Path of the instance at the web server, as the App Platform names it: `apUri`, or what `uri` says of it. */
    function instancePath(item) {
        const path = item.apUri || item.uri.slice(item.uri.indexOf("/", item.uri.indexOf("//") + 2) + 1);
        return path.slice(0, path.lastIndexOf("/"));
    }

    /** The sentences in the host's language; its own rules of falling back apply. */
    function texts(start, item) {
        let languages = null;
        const take = () => {
            if (window.pbxcalendar && window.pbxcalendar.calendarmanagertexts) {
                languages = new innovaphone.lib1.Languages(window.pbxcalendar.calendarmanagertexts, start.lang);
            }
        };
        attempt(take);
        return {
            text(id) {
                if (!languages) return id === "loading" ? "" : LAST_RESORT;
                languages.activate(start.lang);
                return languages.text(id);
            },
            load(loaded) {
                if (languages) return;
                innovaphone.lib1.loadObjectScript(item.uri + "texts", () => { attempt(take); attempt(loaded); });
            },
        };
    }

    /** Runs what must not disturb the page, whatever happens. */
    function attempt(action) {
        try {
            action();
        } catch (error) {
            console.error("Calendar plugin:", error);
        }
    }

    // ---- The node ----

    // An element of our own is told by the browser when it enters and leaves the document, also inside shadow roots.
    // The PBX Manager has no callback for that.
    const ELEMENT = "pbxcalendar-manager";

    if (!customElements.get(ELEMENT)) {
        customElements.define(ELEMENT, class extends HTMLElement {
            connectedCallback() {
                if (!this.session && this.begin) attempt(() => { this.session = this.begin(); });
            }

            disconnectedCallback() {
                // A node that is only moved leaves and enters within one task.
                queueMicrotask(() => {
                    if (this.isConnected || !this.session) return;
                    attempt(() => this.session.end());
                    this.session = null;
                });
            }
        });
    }

    return function (start, item, app) {
        this.createNode("div", null, null, "item-node");
        const sentences = texts(start, item);
        const host = {
            start, item, app,
            base: directoryOf(item.uri),
            address: "ws" + item.uri.slice(4),
            directory: directoryOf(item.httpsUri || item.uri),
            path: instancePath(item),
            text: sentences.text,
        };
        const place = document.createElement(ELEMENT);
        place.begin = () => new Session(place, host);
        this.container.appendChild(place);
        attempt(() => innovaphone.lib1.loadCss(item.uri + ".css"));
        attempt(() => sentences.load(() => { if (place.session) place.session.translate(); }));
    };
})();
plugin.pbxcalendar.calendarmanager.prototype = innovaphone.ui1.nodePrototype;
