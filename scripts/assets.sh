#!/usr/bin/env bash
# Prepares static/vendor/ from the npm packages that package-lock.json pins.
# GDS Transport may be used on GOV.UK only, so its @font-face blocks go and the
# typeface of static/css/tokens.css takes its place; the crest goes for the same reason.
set -euo pipefail
cd "$(dirname "$0")/.."

vendor=static/vendor
govuk=node_modules/govuk-frontend/dist/govuk
font=node_modules/@fontsource-variable/atkinson-hyperlegible-next
google=node_modules/@expo-google-fonts
print=$google/atkinson-hyperlegible-next
mark=$(cat package-lock.json scripts/assets.sh | sha256sum | cut -d' ' -f1)

say() { echo "assets: $*"; }
fail() { echo "assets: $*" >&2; exit 1; }

if [[ -f $vendor/.mark && $(<"$vendor/.mark") == "$mark" ]]; then
  say "up to date in $vendor"
  exit 0
fi

command -v npm >/dev/null || fail "npm is needed to prepare the style sheets; install Node.js 20 or later"
if [[ ! node_modules/.package-lock.json -nt package-lock.json ]]; then
  say "installing the packages of package-lock.json"
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

# A half-made folder must never look finished: build beside it, then swap.
work=$vendor.new
rm -rf "$work"
mkdir -p "$work/fonts" "$work/print"

sed -E \
  -e 's/@font-face\{[^}]*\}//g' \
  -e 's/font-family:(GDS Transport,arial,sans-serif|sans-serif)/font-family:var(--font)/g' \
  -e 's/url\(\/assets\/images\/[^)]*\)/none/g' \
  -e '/^\/\*# sourceMappingURL/d' \
  "$govuk/govuk-frontend.min.css" >"$work/govuk-frontend.min.css"
if grep -qE 'GDS Transport|url\(|@font-face' "$work/govuk-frontend.min.css"; then
  fail "govuk-frontend.min.css has changed shape: a font or picture address is left in it"
fi
say "govuk-frontend.min.css without GDS Transport"

sed -E -e "s,//# sourceMappingURL=.*$,," "$govuk/govuk-frontend.min.js" >"$work/govuk-frontend.min.js"
say "govuk-frontend.min.js"

for cut in latin latin-ext; do # latin-ext holds the Welsh ŵ and ŷ
  cp "$font/files/atkinson-hyperlegible-next-$cut-wght-normal.woff2" "$work/fonts/atkinson-$cut.woff2"
done
say "Atkinson Hyperlegible Next, two files"

for cut in 400Regular 600SemiBold 700Bold; do # what PDFs embed: TrueType, one file a weight
  cp "$print/$cut/AtkinsonHyperlegibleNext_$cut.ttf" "$work/print/"
done
cp "$print/LICENSE_FONT" "$work/print/LICENCE.txt"
say "Atkinson Hyperlegible Next for print, three files"

# For names and words in other writing, and signs: what Atkinson lacks. Chinese, Japanese and Korean are not among them:
# one such font weighs more than the whole program. A font put into static/print-fonts/ is used too.
for font_of in noto-sans:NotoSans noto-sans-arabic:NotoSansArabic noto-sans-devanagari:NotoSansDevanagari \
  noto-sans-hebrew:NotoSansHebrew; do
  for cut in 400Regular 600SemiBold; do
    cp "$google/${font_of%%:*}/$cut/${font_of##*:}_$cut.ttf" "$work/print/"
  done
done
for font_of in noto-emoji:NotoEmoji noto-sans-symbols-2:NotoSansSymbols2; do
  cp "$google/${font_of%%:*}/400Regular/${font_of##*:}_400Regular.ttf" "$work/print/"
done
cp "$google/noto-sans/LICENSE_FONT" "$work/print/LICENCE-Noto.txt"
say "Noto for print: Greek, Cyrillic, Arabic, Hebrew, Devanagari, emoji and signs"

cp "$font/LICENSE" "$work/fonts/LICENCE.txt"
cat >"$work/LICENCE-govuk-frontend.txt" <<'TEXT'
GOV.UK Frontend. Crown copyright (Government Digital Service).

The MIT License (MIT)

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
TEXT
say "licences"

echo "$mark" >"$work/.mark"
rm -rf "$vendor"
mv "$work" "$vendor"
say "ready in $vendor"
