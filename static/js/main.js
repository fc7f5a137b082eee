// Starts the scripts of a page. Every task works without them; they only improve.
// GOV.UK's components look for a class on <body> that its own pages set inline;
// our content security policy allows no inline script, so it is set here.

import { initAll, isSupported } from "../vendor/govuk-frontend.min.js";
import { holdSecondPress } from "./submit-once.js";
import { keepDetails } from "./keep-details.js";
import { focusFlash } from "./flash.js";
import { offerPrinting } from "./print.js";
import { giveVoice } from "./announce.js";
import { keepTyping } from "./keep-typing.js";
import { offerCopies } from "./offers.js";
import { showOthers } from "./here.js";
import { watchSession } from "./session.js";
import { offerReordering } from "./reorder.js";
import { offerRichText } from "./rich-text.js";
import { readPastes } from "./paste.js";
import { followSections } from "./guides.js";
import { countWords } from "./words.js";
import { offerSharing } from "./share.js";
import { watchProgress } from "./watch-progress.js";
import { dragLines } from "./drag-lines.js";

document.body.classList.add("js-enabled");
holdSecondPress(document);
keepDetails(document);
focusFlash(document);
offerPrinting(document);
giveVoice(document);
watchSession(document);
offerCopies(document, keepTyping(document));
showOthers(document);
offerReordering(document);
offerRichText(document);
readPastes(document);
followSections(document);
offerSharing(document);
countWords(document);
watchProgress(document);
dragLines(document);

if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
if (isSupported()) {
  initAll();
}
