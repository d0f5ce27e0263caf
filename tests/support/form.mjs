// The form, by the names that a person sees and a screen reader says.

/** A field of the form. Shadow roots are open to this. */
export const field = (place, label) => place.getByLabel(label, { exact: true });

/** The button that saves, English or German. */
export const save = (place) => place.getByRole("button", { name: /^(Save|Speichern)/ });

/** The button that takes changes back. */
export const discard = (place) => place.getByRole("button", { name: /^(Discard|Verwerfen)/ });

/** Chooses an option by its text: of a list, or of a row of buttons, whose names carry the row. */
export async function choose(place, label, option) {
  const chosen = field(place, label);
  if (await isRow(chosen)) await chosen.getByRole("radio", { name: `${label}: ${option}`, exact: true }).check();
  else await chosen.selectOption({ label: option });
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

export const SYNC_TYPES = {
  disabled: "Disabled",
  onPremises: "On-Premises (local network)",
  cloud: "Cloud (Exchange Online)",
  cloudAppOnly: "Cloud (Exchange Online, App-Only Authentication)",
  graph: "Cloud (Microsoft Graph, App-Only Authentication)",
};
