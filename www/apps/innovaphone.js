/*
 * As much of innovaphone's JavaScript as the plugin needs, written anew: the names and what they do are those of the
 * published interface, the code is not innovaphone's.
 */
var innovaphone = innovaphone || {};

innovaphone.lib1 = (function () {
    "use strict";

    /** Something that others can listen to. */
    function Event(sender) {
        const listeners = [];
        this.attach = (listener) => { listeners.push(listener); };
        this.detach = (listener) => {
            const at = listeners.indexOf(listener);
            if (at >= 0) listeners.splice(at, 1);
        };
        this.notify = (args) => listeners.slice().forEach((listener) => listener(sender, args));
    }

    /** The object that a dotted name stands for. */
    function resolve(name) {
        return name.split(".").reduce((object, key) => object && object[key], window);
    }

    function loadCss(url) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = url;
        document.head.appendChild(link);
    }

    /** Loads a script, given without its ending, unless the object that it defines is there. */
    function loadObjectScript(file, ready) {
        const name = file.slice(file.lastIndexOf("/") + 1);
        if (resolve(name)) return ready(resolve(name));
        const script = document.createElement("script");
        script.src = file + ".js";
        script.onload = () => ready(resolve(name));
        document.head.appendChild(script);
    }

    function loadObjectScripts(files, ready) {
        let missing = files.length;
        files.forEach((file) => loadObjectScript(file, () => { if (--missing === 0) ready(); }));
    }

    /** Texts by language; what a language lacks comes from English. */
    function Languages(texts, language) {
        let current = language;
        this.activate = (to) => { current = to; };
        this.text = (id, args) => {
            const found = [current, "en"].map((code) => texts[code] && texts[code][id]).find((text) => text !== undefined);
            if (found === undefined) return "{" + id + "}";
            return (args || []).reduce((text, arg, place) => text.split("$" + place).join(arg), found);
        };
    }

    return { Event, loadCss, loadObjectScript, loadObjectScripts, Languages };
})();

innovaphone.ui1 = {
    nodePrototype: {
        createNode(type, style, content, cl, container) {
            this.container = container || document.createElement(type);
            if (style) this.container.style.cssText = style;
            if (content) this.container.textContent = content;
            if (cl) this.container.className = cl;
        },
        add(node) {
            this.container.appendChild(node.container);
            return node;
        },
        rem(node) {
            node.container.remove();
            return node;
        },
        clear() {
            this.container.replaceChildren();
        },
    },
};
