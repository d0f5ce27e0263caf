// The stand-in of the PBX Manager: shows the plugin's tile and the plugin, and answers its requests.

import { showColleagues } from "./colleagues.js";
import { showNotes } from "./notes.js";
import { showTile } from "./plugin.js";
import { showViewer } from "./viewer.js";

const { show } = showColleagues(document.getElementById("colleagues"));
showViewer(show);
showTile(document.getElementById("plugins"), document.getElementById("panel"));
showNotes(document.getElementById("notes"));
