//! Our own files on their way back: read by the styles that we gave every line, not by likeness. What a person typed
//! between keeps its place and is marked as a guess; every word is accounted for as in any other document.

mod collect;
mod facts;
mod result;

use super::desk::Desk;
use super::{audit, findings, layout, tracked, walk};
use crate::documents::extract::blocks::{Block, BlockKind, Document, Place};
use crate::documents::extract::containers::StyledLine;
use crate::documents::extract::result::{Details, Extract, FORMAT, Label, Reason, Source, Unplaced};
use crate::documents::render::json::VersionFile;
use collect::Collector;

/// Reads the styled lines of a document of ours.
pub fn read(document: &Document, lines: &[StyledLine], source: Source) -> Extract {
    let mut collector = Collector::default();
    for line in lines.iter().filter(|line| !(line.text.is_empty() && line.removed)) {
        collector.line(line);
    }
    let collected = collector.finish();
    let mut desk = Desk { details: collected.details, ..Desk::default() };
    desk.sections = result::sections(&collected.content, &mut desk.details);
    desk.labels = collected.labels;
    desk.unplaced = collected.unplaced;
    desk.unplaced.extend(furniture(&document.blocks));
    finish(desk, document, source)
}

/// A version as data: nothing to guess, no words left over.
pub fn version(file: &VersionFile, source: Source) -> Extract {
    let mut details = facts::of(&file.details, &file.grade);
    let sections = result::sections(&file.content(), &mut details);
    finish(Desk { details, sections, ..Desk::default() }, &Document::default(), source)
}

/// What stands on every page.
fn furniture(blocks: &[Block]) -> Vec<Unplaced> {
    let on_every_page = blocks.iter().filter(|block| matches!(block.place, Place::Header | Place::Footer));
    let texts = on_every_page.filter_map(|block| match &block.kind {
        BlockKind::Heading { text, .. } | BlockKind::Paragraph { text, .. } | BlockKind::ListItem { text, .. } => {
            Some(text.clone())
        }
        BlockKind::Table(_) => None,
    });
    texts.map(|text| Unplaced { text, reason: Reason::PageFurniture }).collect()
}

fn finish(mut desk: Desk, document: &Document, source: Source) -> Extract {
    let spots = walk::spots(&desk.sections);
    findings::run(&mut desk, &spots);
    let beside = tracked::read(&mut desk, &document.asides, &spots);
    let whole = audit::source_texts(&document.blocks).join(" ");
    let layout = layout::judge(&desk.details, &desk.sections, &whole, true);
    let mut extract = Extract {
        format: FORMAT.to_owned(),
        source,
        layout,
        details: desk.details,
        sections: desk.sections,
        labels: desk.labels,
        unplaced: desk.unplaced,
        tracked: beside.tracked,
        comments: beside.comments,
        findings: desk.findings,
        before: None,
        ours: true,
    };
    let lost = audit::compare(document, &extract).lost;
    if !lost.is_empty() {
        extract.unplaced.push(Unplaced { text: lost.join(" "), reason: Reason::Uncertain });
    }
    extract
}

/// What the head of a document and its sections come to.
struct Collected {
    details: Details,
    content: crate::domain::content::Content,
    labels: Vec<Label>,
    unplaced: Vec<Unplaced>,
}
