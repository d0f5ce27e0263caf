// What the form says beside its items.

export const TEXTS = {
  title: "Calendar",
  required: "required",
  connecting: "Connecting …",
  loggingIn: "Logging in …",
  connected: "Connected to the service",
  waiting: "The service cannot be reached",
  unchanged: "No unsaved changes",
  saving: "Saving …",
  saved: "Saved.",
  failed: "Not saved: the service could not store the settings. Its log says why.",
  save: "Save",
  discard: "Discard",
  remove: "Remove",
  stored: "A password is stored.",
  objects: "App objects",
  aboutObjects: "The PBX needs two App objects that point to this service. Create them in the PBX with these addresses:",
  calendar: "Calendar: connects the PBX with the service",
  admin: "Calendar Admin: shows administrators what is going on",
};

/** What the service does, in a sentence. */
export function status(status) {
  if (!status) return "";
  const known = { off: "The synchronisation is disabled.", running: `The calendars of ${status.users} users are followed.` };
  return known[status.sync] ?? "The synchronisation does not run.";
}

/** What stands beside the buttons. */
export function notice({ loaded, notice }, count) {
  if (!loaded) return "";
  if (notice) return notice;
  if (count === 0) return TEXTS.unchanged;
  return count === 1 ? "1 unsaved change" : `${count} unsaved changes`;
}

/** What stands beside the buttons after a save was refused. */
export const attention = (count) =>
  count === 1 ? "Not saved: one field needs your attention." : `Not saved: ${count} fields need your attention.`;
