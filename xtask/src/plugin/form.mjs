// Entry of pbxcalendar.form.js: the glue, and the way to hear that its module has died.
export { default } from "./glue.js";
export * from "./glue.js";
export { onDeath } from "./guard.js";
