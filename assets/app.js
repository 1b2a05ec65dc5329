import { ButtonMenu } from "@ministryofjustice/frontend/moj/components/button-menu/button-menu.mjs";
import { createAll, initAll } from "govuk-frontend";

import { keepSaving } from "./autosave.js";
import { leaveQuickly } from "./leave.js";

initAll();
createAll(ButtonMenu);
document.querySelectorAll("form[data-autosave]").forEach(keepSaving);
document.querySelectorAll("a[data-leave]").forEach(leaveQuickly);
