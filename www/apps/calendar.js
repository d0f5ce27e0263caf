// The page of the service's App object: says what the object is for.

import { isInMyApps, open } from "./myapps.js";
import { follow } from "./page.js";

if (isInMyApps) open();
follow();
