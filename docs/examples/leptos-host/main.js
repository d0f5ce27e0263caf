// Loads the module, teaches it the texts of one language, and shows the page. Where the service is and its instance password
// would come from the program's own login; here they are parameters of the address.

import init, { show, teach } from "./example.js";

const language = "en";
const [texts] = await Promise.all([
  fetch(`texts.${language}.json`).then((answer) => answer.json()),
  init(),
]);
teach(language, texts);
const parameters = new URLSearchParams(location.hash.slice(1));
show(document.querySelector("main"), parameters.get("service"), parameters.get("password"));
