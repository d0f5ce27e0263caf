// The page of a service that is no try-out: the login, and the form over the whole page.

import { open } from "./plugin.js";
import { showViewer } from "./viewer.js";

showViewer();
open(document.getElementById("panel"));
