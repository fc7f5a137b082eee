// Starts the scripts of a page. Every task works without them; they only improve.
// GOV.UK's components look for a class on <body> that its own pages set inline;
// our content security policy allows no inline script, so it is set here.

import { initAll, isSupported } from "../vendor/govuk-frontend.min.js";
import { holdSecondPress } from "./submit-once.js";
import { keepDetails } from "./keep-details.js";
import { focusFlash } from "./flash.js";
import { offerPrinting } from "./print.js";
import { giveVoice } from "./announce.js";
import { watchSession } from "./session.js";
import { offerSharing } from "./share.js";

document.body.classList.add("js-enabled");
holdSecondPress(document);
keepDetails(document);
focusFlash(document);
offerPrinting(document);
giveVoice(document);
watchSession(document);
offerSharing(document);

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
if (isSupported()) {
  initAll();
}
