import { ButtonMenu } from "@ministryofjustice/frontend/moj/components/button-menu/button-menu.mjs";
import { createAll, initAll } from "govuk-frontend";

import { keepSaving } from "./autosave.js";
import { leaveQuickly } from "./leave.js";
import { askDevice } from "./passkey.js";
import { warnBeforeTheEnd } from "./stay.js";

initAll();
createAll(ButtonMenu);
document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
document.querySelectorAll("a[data-leave]").forEach(leaveQuickly);
document.querySelectorAll("form[data-passkey]").forEach(askDevice);
document.querySelectorAll("[data-stay]").forEach(warnBeforeTheEnd);
