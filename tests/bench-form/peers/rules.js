// Which items are shown, which are required, and what their texts must look like: what the table of items says, in
// JavaScript. The names are those in items.json.

const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;
const DOMAIN_USER = /^[^\\/"[\]:;|=,+*?<>@\s]+\\[^\\/"[\]:;|=,+*?<>@\s]+$/;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
const PEM = /^(\s*-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*)+$/;
const [DISABLED, ON_PREMISES, CLOUD, CLOUD_APP_ONLY, GRAPH] = [0, 1, 2, 3, 4];

/** Rules about several items. */
export const rules = {
  enabled: ({ syncType }) => syncType !== DISABLED,
  onPremises: ({ syncType }) => syncType === ON_PREMISES,
  ews: ({ syncType }) => syncType !== DISABLED && syncType !== GRAPH,
  cloud: ({ syncType }) => syncType >= CLOUD,
  appOnly: ({ syncType }) => syncType >= CLOUD_APP_ONLY,
  signsIn: ({ syncType }) => syncType === CLOUD,
  hasProxy: (values) => rules.enabled(values) && values.httpProxy !== "",
  signsInToProxy: (values) => rules.hasProxy(values) && values.httpProxyUser !== "",
  discovers: (values) => rules.ews(values) && !values.ewsUrl,
  discoversByMailbox: (values) => rules.onPremises(values) && !values.ewsUrl && !EMAIL.test(values.user),
  hasExceptions: ({ tentativeOrganizer }) => tentativeOrganizer !== "",
  showsExceptionTitles: (values) => rules.hasExceptions(values) && values.showSubject,
};

/** What is wrong with a text that is not empty, by the name of the sentence; undefined if nothing is. */
export const checks = {
  pbxName: (text) => (/[\s./\\:]/.test(text) ? "pbxName" : undefined),
  timeZone: (text) => (isTimeZone(text) ? undefined : "timeZone"),
  user: (text) => (EMAIL.test(text) || DOMAIN_USER.test(text) ? undefined : "user"),
  email: (text) => (EMAIL.test(text) ? undefined : "email"),
  emails: (text) => (split(text).every((address) => EMAIL.test(address)) ? undefined : "email"),
  autodiscoverUrl(text) {
    const url = parse(text);
    if (url?.protocol !== "https:") return "https";
    return url.pathname === "/" || url.pathname.toLowerCase().startsWith("/autodiscover") ? undefined : "path";
  },
  ewsUrl: (text) => (DOMAIN.test(text) || parse(text)?.protocol === "https:" ? undefined : "https"),
  proxy(text) {
    const url = parse(text);
    return url?.protocol === "http:" && url.pathname === "/" && !url.username ? undefined : "url";
  },
  guid: (text) => (GUID.test(text) ? undefined : "guid"),
  tenant: (text) => (GUID.test(text) || DOMAIN.test(text) ? undefined : "tenant"),
  date: (text) => (isDate(text) ? undefined : "date"),
  certificates: (text) => (PEM.test(text) ? undefined : "pem"),
};

/** Whether both lists of keywords have an entry in common. */
export function shareAnEntry(one, other) {
  const entries = new Set(split(one.toLowerCase()));
  return split(other.toLowerCase()).some((entry) => entries.has(entry));
}

function split(text) {
  return text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
}

function parse(text) {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

let lastZone = {};

function isTimeZone(name) {
  if (lastZone.name !== name) {
    lastZone = { name, exists: true };
    try {
      new Intl.DateTimeFormat("en", { timeZone: name });
    } catch {
      lastZone.exists = false;
    }
  }
  return lastZone.exists;
}

function isDate(text) {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`);
  return Boolean(date) && !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text);
}
