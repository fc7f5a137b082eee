//! Word opens a file only where the children of its elements stand in the order that ECMA-376 lays down.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::round_trip::word;
use super::sample;
use crate::documents::render::paper::Audience;
use crate::documents::render::sheet::{Against, Family, Look, Sheet, comparison, sheet};
use crate::domain::brand::Accent;
use crate::domain::content::{Body, Item, ItemKind};
use crate::domain::ids::ItemId;

/// The order of children, of the elements that we write (ECMA-376-1, chapters 17.3 to 17.9). `*` repeats.
const ORDER: &[(&str, &str)] = &[
    (
        "pPr",
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
         suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd \
         snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment \
         textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        "rPr",
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint \
         noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText \
         vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    ),
    (
        "tblPr",
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
         tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    ),
    ("tblBorders", "top start left bottom end right insideH insideV"),
    ("tblCellMar", "top start left bottom end right"),
    (
        "trPr",
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden ins del",
    ),
    ("tcPr", "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"),
    ("tbl", "tblPr tblGrid tr*"),
    ("tr", "tblPrEx trPr tc*"),
    ("pBdr", "top left bottom right between bar"),
    ("numPr", "ilvl numId"),
    ("lvl", "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr"),
    ("abstractNum", "nsid multiLevelType tmpl name styleLink numStyleLink lvl*"),
    ("num", "abstractNumId lvlOverride*"),
    ("numbering", "numPicBullet abstractNum* num*"),
    (
        "style",
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal \
         personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    ),
    ("styles", "docDefaults latentStyles style*"),
    (
        "sectPr",
        "headerReference* footerReference* footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols",
    ),
    (
        "settings",
        "writeProtection view zoom removePersonalInformation mirrorMargins trackRevisions defaultTabStop compat themeFontLang clrSchemeMapping",
    ),
    ("inline", "extent effectExtent docPr cNvGraphicFramePr graphic"),
    ("pic", "nvPicPr blipFill spPr"),
];

/// Where an element's children break the order: `pPr: ind before tabs`.
fn disorder(xml: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    // Each open element with the place of its last child in its order, and that child.
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut meet = |open: &mut Vec<(String, usize, String)>, name: &str| {
        let Some((parent, place, before)) = open.last_mut() else { return };
        let Some((_, order)) = ORDER.iter().find(|(known, _)| known == parent) else { return };
        match order.split_whitespace().position(|one| one.trim_end_matches('*') == name) {
            None => found.push(format!("{parent}: {name} has no place")),
            Some(at) if at + 1 < *place => found.push(format!("{parent}: {before} before {name}")),
            Some(at) if at + 1 == *place && !order.split_whitespace().any(|one| one == format!("{name}*")) => {
                found.push(format!("{parent}: {name} twice"));
            }
            Some(at) => (*place, *before) = (at + 1, name.to_owned()),
        }
    };
    loop {
        match reader.read_event().unwrap() {
            Event::Start(element) => {
                let name = String::from_utf8(element.local_name().as_ref().to_vec()).unwrap();
                meet(&mut open, &name);
                open.push((name, 0, String::new()));
            }
            Event::Empty(element) => {
                meet(&mut open, std::str::from_utf8(element.local_name().as_ref()).unwrap());
            }
            Event::End(_) => drop(open.pop()),
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[track_caller]
fn in_order(sheet: &Sheet) {
    let bytes = word(sheet);
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    for n in 0..zip.len() {
        let mut entry = zip.by_index(n).unwrap();
        let name = entry.name().to_owned();
        if name.starts_with("word/") && name.ends_with(".xml") {
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let found = disorder(&text);
            assert!(found.is_empty(), "{name}: {found:?}");
        }
    }
}

/// Every family, with a logo, a line from right to left, and marks.
#[test]
fn every_part_keeps_the_order_that_word_demands() {
    let (details, mut content) = (sample::details(), sample::content());
    let old = content.clone();
    content.sections[1].items.push(Item::new(ItemId(900), "مرحبا بكم", Body::Paragraph));
    let mut turned = Item::new(ItemId(901), "שלום", Body::empty(ItemKind::Duty));
    turned.number = Some("iv".into());
    content.sections[3].items.push(turned);
    content.sections[4].items[0].children.remove(0);
    let logo = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 1, 0, 0, 0, 0, 64]].concat();
    let look = Look::new(Accent::parse("#036").ok(), Some((logo, "Calder & Vale".into())));
    for family in Family::ALL {
        let edition = sample::edition(&details, &content);
        let mut plain = sheet(&edition, Audience::Staff, *family);
        plain.head.look = look.clone();
        in_order(&plain);
        let against = Against { edition: sample::edition(&details, &old) };
        in_order(&comparison(&against, &edition, Audience::Staff, *family).unwrap());
    }
}

#[test]
fn disorder_is_seen() {
    assert_eq!(disorder("<w:pPr><w:ind/><w:tabs/></w:pPr>"), ["pPr: ind before tabs"]);
    assert_eq!(disorder("<w:pPr><w:ind/><w:ind/></w:pPr>"), ["pPr: ind twice"]);
    assert_eq!(disorder("<w:tbl><w:tblPr/><w:tblGrid/><w:tr/><w:tr/></w:tbl>"), [""; 0]);
    assert_eq!(disorder("<w:tr><w:p/></w:tr>"), ["tr: p has no place"]);
}
