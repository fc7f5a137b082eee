// Starts what only the pages of staff need, after main.js: a reader of adverts has no use for the editor's scripts.

import { keepTyping } from "./keep-typing.js";
import { offerCopies } from "./offers.js";
import { showOthers } from "./here.js";
import { offerReordering } from "./reorder.js";
import { offerRichText } from "./rich-text.js";
import { readPastes } from "./paste.js";
import { followSections } from "./guides.js";
import { countWords } from "./words.js";
import { watchProgress } from "./watch-progress.js";
import { dragLines } from "./drag-lines.js";
import { startAtTheLine } from "./open-line.js";
import { lookForAlike } from "./alike.js";

offerCopies(document, keepTyping(document));
showOthers(document);
offerReordering(document);
offerRichText(document);
readPastes(document);
followSections(document);
countWords(document);
watchProgress(document);
dragLines(document);
startAtTheLine(document);
lookForAlike(document);
