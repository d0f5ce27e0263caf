// The page of an address that is none, in the language of the browser.

import { showViewer } from "./viewer.js";

showViewer();
