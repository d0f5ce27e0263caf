// The form, by the names that a person sees and a screen reader says.

/** A field of the form. Shadow roots are open to this. */
export const field = (place, label) => place.getByLabel(label, { exact: true });

/** The button that saves, English or German. */
export const save = (place) => place.getByRole("button", { name: /^(Save|Speichern)/ });

/** The button that takes changes back. */
export const discard = (place) => place.getByRole("button", { name: /^(Discard|Verwerfen)/ });

/** The items of each section that are folded away, by what is clicked to unfold them. */
export const advanced = (place) => place.locator("details.advanced > summary");

/** Unfolds all items, as whoever looks for one of them does. */
export async function unfold(place) {
  const folded = place.locator("details.advanced:not([open]) > summary");
  while (await folded.count() > 0) await folded.first().click();
}

/** Chooses an option by its text: of a list, or of a row of buttons, whose names carry the row. With another sync type
 *  come other items; all of them are unfolded. */
export async function choose(place, label, option) {
  const chosen = field(place, label);
  if (await isRow(chosen)) await chosen.getByRole("radio", { name: `${label}: ${option}`, exact: true }).check();
  else await chosen.selectOption({ label: option });
  if (label === "Sync-Type") await unfold(place);
}

/** The text of the chosen option. */
export async function chosen(place, label) {
  const choice = field(place, label);
  if (!await isRow(choice)) return choice.evaluate((select) => select.selectedOptions?.[0]?.label);
  const name = await choice.getByRole("radio", { checked: true }).getAttribute("aria-label");
  return name.slice(`${label}: `.length);
}

const isRow = async (choice) => await choice.getAttribute("role") === "radiogroup";

/** Waits until the form is there with its values, in either language. */
export const ready = (place) => save(place).waitFor();

/** Whether a control is marked as wrong. */
export const isInvalid = async (control) => await control.getAttribute("aria-invalid") === "true";

/** The texts that are tied to a control: what a screen reader says after its name. */
export const description = (control) => control.evaluate((element) => {
  const ids = (element.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
  return ids.map((id) => element.getRootNode().getElementById(id)?.textContent ?? "").join(" ").trim();
});

/** What is wrong with a field, as it stands beside it. Empty where nothing is. */
export const problem = (control) => control.evaluate((element) =>
  element.getRootNode().getElementById(`${element.id}-problem`).textContent);

/** The lines of the summary after a save that failed. */
export const summary = (place) => place.locator(".problems").getByRole("button");

/** What has the focus, inside shadow roots too: null where nothing has, else its id, its name, whether one sees that it
 *  has it, and whether it is in view and not below something else. */
export const focused = (page) => page.evaluate(() => {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  if (!element || element === document.body) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  const shown = element.getRootNode().elementFromPoint(left + width / 2, top + height / 2);
  const label = element.labels?.[0]?.textContent ?? element.textContent;
  // The outline of a radio button is drawn around its label; in a date its parts have the focus one after the other.
  const outlined = element.type === "radio" ? element.parentElement : element;
  return {
    id: element.id,
    name: (element.getAttribute("aria-label") ?? label).trim(),
    outlined: element.matches(":focus-visible, [type='date']:focus-within") && getComputedStyle(outlined).outlineStyle !== "none",
    inView: Boolean(shown) && (element.contains(shown) || shown.contains(element)),
  };
});

export const SYNC_TYPES = {
  disabled: "Disabled",
  onPremises: "On-Premises (local network)",
  cloud: "Cloud (Exchange Online)",
  cloudAppOnly: "Cloud (Exchange Online, App-Only Authentication)",
  graph: "Cloud (Microsoft Graph, App-Only Authentication)",
  hybrid: "Hybrid (Microsoft Graph and On-Premises)",
};
