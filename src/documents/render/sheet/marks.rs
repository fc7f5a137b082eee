//! Marks: the changes between two versions written into the sheet of the newer one. What was removed stands where a
//! reader would look for it, struck through.

use std::collections::BTreeMap;

use super::family::Family;
use super::head::{Edition, head, top};
use super::{Block, Entry, Line, Mark, Number, Role, Run, Sheet, build, dressed, run};
use crate::documents::render::paper::{Audience, paper};
use crate::domain::content::{Content, Item, Section};
use crate::domain::diff::{Comparison, Fate, Line as Change, SectionChange, Stretch, Tag, TooLong, compare};
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::text::count;
use crate::domain::work::Work;

/// The earlier version of a comparison.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    pub edition: Edition<'a>,
}

/// Writes words, with their marks where there is something to compare with.
#[derive(Default)]
pub struct Pen<'a> {
    items: BTreeMap<ItemId, &'a Change>,
    sections: BTreeMap<SectionId, &'a SectionChange>,
    details: Vec<(&'static str, &'a [Stretch])>,
}

impl<'a> Pen<'a> {
    fn new(comparison: &'a Comparison) -> Self {
        Pen {
            items: comparison
                .sections
                .iter()
                .flat_map(|section| &section.lines)
                .map(|line| (line.item, line))
                .collect(),
            sections: comparison.sections.iter().map(|section| (section.section, section)).collect(),
            details: comparison.details.iter().map(|fact| (fact.label, fact.words.as_slice())).collect(),
        }
    }

    pub fn text(&self, item: &Item) -> Vec<Run> {
        self.items.get(&item.id).map_or_else(|| dressed(&item.text), |line| runs(&line.words))
    }

    /// What a duty says of its work; a comparison names each field that changed.
    pub fn work(&self, item: &Item, work: &Work) -> Vec<Run> {
        let facts = self.items.get(&item.id).map(|line| line.facts.as_slice()).unwrap_or_default();
        if !facts.iter().any(|fact| fact.changed()) {
            return run(work.in_words());
        }
        let mut words = Vec::new();
        for fact in facts {
            let between = if words.is_empty() { "" } else { " · " };
            words.extend(run(format!("{between}{}: ", fact.label)));
            words.extend(runs(&fact.words));
        }
        words
    }

    /// A fact beside an item's words. One that the comparison does not hold is as it was.
    pub fn fact(&self, item: ItemId, label: &str, value: &str) -> Vec<Run> {
        let known = self.items.get(&item).and_then(|line| line.facts.iter().find(|fact| fact.label == label));
        known.map_or_else(|| run(value), |fact| runs(&fact.words))
    }

    pub fn detail(&self, label: &str, value: &str) -> Vec<Run> {
        let known = self.details.iter().find(|(name, _)| *name == label);
        known.map_or_else(|| run(value), |(_, words)| runs(words))
    }

    pub fn detail_changed(&self, label: &str) -> bool {
        self.details.iter().any(|(name, _)| *name == label)
    }

    /// Changed details that the newer version prints no more, and the shown ones name.
    pub fn removed_details(&self, shown: &[String]) -> Vec<(&'static str, Vec<Run>)> {
        let gone = self.details.iter().filter(|(label, words)| {
            *label != "Title"
                && words.iter().all(|word| word.tag == Tag::Removed)
                && !shown.iter().any(|one| one == label)
        });
        gone.map(|(label, words)| (*label, runs(words))).collect()
    }

    pub fn heading(&self, section: SectionId, printed: &str) -> Vec<Run> {
        match self.sections.get(&section) {
            Some(change) if change.fate != Fate::Unchanged && !change.heading.is_empty() => runs(&change.heading),
            Some(_) | None => run(printed),
        }
    }

    /// What happened to an item as a whole.
    pub fn note(&self, item: ItemId) -> &'static str {
        self.items.get(&item).map_or("", |line| match (line.fate, line.moved.is_some()) {
            (Fate::Added, _) => "Added",
            (Fate::Removed, _) => "Removed",
            (Fate::Reworded, true) => "Reworded and moved",
            (Fate::Reworded, false) => "Reworded",
            (Fate::Unchanged, true) => "Moved",
            (Fate::Unchanged, false) => "",
        })
    }
}

fn runs(words: &[Stretch]) -> Vec<Run> {
    let mark = |tag| match tag {
        Tag::Same => Mark::Same,
        Tag::Added => Mark::Added,
        Tag::Removed => Mark::Removed,
    };
    words
        .iter()
        .map(|word| Run { mark: mark(word.tag), text: word.text.clone(), look: word.look.clone(), gloss: false })
        .collect()
}

/// The newer version with the changes since the earlier one marked.
///
/// # Errors
/// [`TooLong`] where the comparison itself says so.
pub fn comparison(old: &Against<'_>, new: &Edition<'_>, audience: Audience, family: Family) -> Result<Sheet, TooLong> {
    let old = &old.edition;
    let compared = compare((old.details, old.content), (new.details, new.content), (old.grade, new.grade))?;
    let whole = both(old.content, new.content, &compared);
    let pen = Pen::new(&compared);
    let mut blocks = top(new, &pen, family);
    let about = |text: String| Block::Text(Line::new(Role::About, text));
    // After employer, title and state.
    let notes = [about(format!("Changes since {}: {}.", old.name(), said(&compared))), about(LEGEND.to_owned())];
    blocks.splice(3..3, notes);
    let whole = paper(&whole, audience, new.printing).with(new.given, audience, (&whole, new.printing));
    blocks.extend(build::parts(whole.parts, &pen, family, new.printing));
    let mut head = head(new);
    head.title = format!("{}: changes since version {}", head.title, old.number);
    let plain = build::parts(paper(new.content, audience, new.printing).parts, &Pen::default(), family, new.printing);
    renumber(&mut blocks, &numbers(&plain));
    Ok(Sheet { head, blocks })
}

const LEGEND: &str = "Added words are underlined, removed words are struck through.";

fn said(compared: &Comparison) -> String {
    let lines = |is: &dyn Fn(&Change) -> bool| compared.lines().filter(|line| is(line)).count();
    let parts = [
        (lines(&|line| line.fate == Fate::Reworded), "line reworded", "lines reworded"),
        (lines(&|line| line.fate == Fate::Added), "line added", "lines added"),
        (lines(&|line| line.fate == Fate::Removed), "line removed", "lines removed"),
        (lines(&|line| line.moved.is_some()), "line moved", "lines moved"),
        (compared.details.len(), "detail changed", "details changed"),
    ];
    let said: Vec<String> =
        parts.into_iter().filter(|(many, ..)| *many > 0).map(|(many, one, more)| count(many, one, more)).collect();
    match said.is_empty() {
        true => "none".to_owned(),
        false => said.join(", "),
    }
}

/// The newer content with what was removed put back in its place, so that one walk meets both.
fn both(old: &Content, new: &Content, compared: &Comparison) -> Content {
    let sections = compared.sections.iter().filter_map(|change| {
        let section = new.section(change.section).or_else(|| old.section(change.section))?;
        let mut lines = change.lines.iter().peekable();
        let items = below(&mut lines, 0, old, new);
        Some(Section { items, ..section.clone() })
    });
    Content { sections: sections.collect() }
}

fn below<'a>(
    lines: &mut std::iter::Peekable<impl Iterator<Item = &'a Change>>,
    depth: usize,
    old: &Content,
    new: &Content,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    while let Some(line) = lines.peek() {
        if line.depth < depth {
            break;
        }
        if line.depth > depth {
            // A removed line may have lost the one it stood under.
            let children = below(lines, depth + 1, old, new);
            match items.last_mut() {
                Some(parent) => parent.children.extend(children),
                None => items.extend(children),
            }
            continue;
        }
        let found = new.item(line.item).or_else(|| old.item(line.item));
        lines.next();
        if let Some((_, item)) = found {
            items.push(Item { children: Vec::new(), ..item.clone() });
        }
    }
    items
}

/// The numbers that the newer version prints: those are what a reader looks for. What was removed has none.
fn numbers(blocks: &[Block]) -> BTreeMap<i64, Number> {
    fn below(list: &[Entry], out: &mut BTreeMap<i64, Number>) {
        for entry in list {
            out.extend(entry.line.item.map(|item| (item, entry.line.number.clone())));
            below(&entry.children, out);
        }
    }
    let mut out = BTreeMap::new();
    for block in blocks {
        match block {
            Block::List(list) => below(list, &mut out),
            Block::Heading { line, .. } => out.extend(line.item.map(|item| (item, line.number.clone()))),
            Block::Part { .. }
            | Block::Title(_)
            | Block::Text(_)
            | Block::Facts(_)
            | Block::Table(_)
            | Block::Chart(_)
            | Block::Posts(_)
            | Block::Break
            | Block::Ungrouped
            | Block::NewPage => {}
        }
    }
    out
}

fn renumber(blocks: &mut [Block], numbers: &BTreeMap<i64, Number>) {
    fn one(line: &mut Line, numbers: &BTreeMap<i64, Number>) {
        if let Some(item) = line.item {
            line.number = numbers.get(&item).cloned().unwrap_or(Number::None);
        }
    }
    fn below(list: &mut [Entry], numbers: &BTreeMap<i64, Number>) {
        for entry in list {
            one(&mut entry.line, numbers);
            below(&mut entry.children, numbers);
        }
    }
    for block in blocks {
        match block {
            Block::List(list) => below(list, numbers),
            Block::Heading { line, .. } => one(line, numbers),
            Block::Part { .. }
            | Block::Title(_)
            | Block::Text(_)
            | Block::Facts(_)
            | Block::Table(_)
            | Block::Chart(_)
            | Block::Posts(_)
            | Block::Break
            | Block::Ungrouped
            | Block::NewPage => {}
        }
    }
}
