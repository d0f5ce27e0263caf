// A plugin for the PBX Manager as one script, which is how plugins are usually delivered: constructor, placeholder and
// form arrive together.

import css from "../../../src/form.css";

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);

/** Defines the plugin. `mount` gets a shadow root and a host and gives a function that takes the form down. */
export function define(mount) {
  customElements.define("pbxcalendar-manager", class extends HTMLElement {
    connectedCallback() {
      const form = document.createElement("pbxcalendar-form");
      form.dataset.scheme = this.start.scheme;
      const root = form.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [sheet];
      this.replaceChildren(form);
      const body = document.createElement("div");
      root.append(body);
      this.unmount = mount(body, {
        connect: () => new WebSocket(`ws${this.item.uri.slice(4)}`),
        login: (app, challenge) => this.login(app, challenge),
        directory: this.item.uri.slice(0, this.item.uri.lastIndexOf("/") + 1),
      });
    }

    disconnectedCallback() {
      this.unmount();
    }

    login(app, challenge) {
      const { Src } = this.start.consumeApi("com.innovaphone.manager");
      return new Promise((resolve) => {
        new Src(({ msg }) => resolve(msg)).send({ mt: "GetInstanceLogin", path: "", app, challenge }, this.item.ap);
      });
    }
  });

  window.plugin ??= {};
  window.plugin.pbxcalendar = {};
  window.plugin.pbxcalendar.calendarmanager = function (start, item) {
    this.createNode("div", null, null, "item-node");
    const place = document.createElement("pbxcalendar-manager");
    Object.assign(place, { start, item, className: `pbxcalendar-manager pbxcalendar-${start.scheme}` });
    this.container.append(place);
    innovaphone.lib1.loadCss(`${item.uri}.css`);
  };
  window.plugin.pbxcalendar.calendarmanager.prototype = innovaphone.ui1.nodePrototype;
}
