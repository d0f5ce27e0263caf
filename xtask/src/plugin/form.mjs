// Entry of pbxcalendar.form.js: of the glue what the page needs, and the way to hear that its module has died.
export { default, mount } from "./glue.js";
export { onDeath } from "./guard.js";
