// Entry of a module: of the glue what the page needs, and the way to hear that the module has died.
export { default, mount } from "./glue.js";
export { onDeath } from "./guard.js";
