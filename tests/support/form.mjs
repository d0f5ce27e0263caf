// The form, by the names that a person sees and a screen reader says.

/** A field of the form. Shadow roots are open to this. */
export const field = (place, label) => place.getByLabel(label, { exact: true });

/** The button that saves, English or German. */
export const save = (place) => place.getByRole("button", { name: /^(Save|Speichern)/ });

/** The button that takes changes back. */
export const discard = (place) => place.getByRole("button", { name: /^(Discard|Verwerfen)/ });

/** Chooses an option by its text. */
export const choose = (place, label, option) => field(place, label).selectOption({ label: option });

/** The text of the chosen option. */
export const chosen = (place, label) => field(place, label).evaluate((select) => select.selectedOptions[0]?.label);

/** Waits until the form is there with its values, in either language. */
export const ready = (place) => save(place).waitFor();

export const SYNC_TYPES = {
  disabled: "Disabled",
  onPremises: "On-Premises (local network)",
  cloud: "Cloud (Exchange Online)",
  cloudAppOnly: "Cloud (Exchange Online, App-Only Authentication)",
  graph: "Cloud (Microsoft Graph, App-Only Authentication)",
};
