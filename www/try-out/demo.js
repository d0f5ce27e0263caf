// The page of the demo: the form, what colleagues see, and what there is to try.

import { showClock } from "./clock.js";
import { showColleagues } from "./colleagues.js";
import { open } from "./plugin.js";
import { showTrials } from "./trials.js";
import { showViewer } from "./viewer.js";

const clock = showClock(document.getElementById("clock"));
const colleagues = showColleagues(document.getElementById("colleagues"));
const trials = showTrials(document.getElementById("trials"), colleagues);
showViewer(() => {
    clock();
    colleagues.show();
    trials();
});
open(document.getElementById("panel"));
