//! A document's comments, each on the line that it was anchored to; one that has no line is about the whole version.

use super::{Comment, Left, Told};
use crate::documents::extract::recognise::walk::spots;
use crate::documents::extract::result::Extract;
use crate::documents::to_content::Made;
use crate::domain::ids::{ItemId, SectionId};
use crate::domain::remark::LONGEST_COMMENT;
use crate::domain::text::tidy;

/// Most characters that a comment quotes of the words that it marks.
const QUOTED: usize = 200;

pub fn comments(extract: &Extract, made: &Made) -> Vec<Comment> {
    let comment = |read: &crate::documents::extract::result::Comment| {
        let place = place(&read.at, extract, made);
        let about = if place.is_none() && read.answers.is_none() { quoted(&read.on) } else { String::new() };
        let text = tidy(&read.text);
        let text = if text.is_empty() { "(The comment holds no words.)" } else { &text };
        Comment {
            section: place.map(|(section, _)| section),
            item: place.and_then(|(_, item)| item),
            text: cut(&format!("{about}{text}")),
            answers: read.answers,
            resolved: read.resolved && read.answers.is_none(),
            told: Told { by: read.author.trim().to_owned(), date: read.date.clone() },
        }
    };
    extract.comments.iter().map(comment).collect()
}

/// One comment on the whole version that tells what fits no line.
pub fn of_left(left: &[Left]) -> Option<Comment> {
    let mut lines: Vec<String> = Vec::new();
    for Left { said, told } in left {
        let by = if told.by.is_empty() { String::new() } else { format!(" ({})", told.by) };
        lines.push(format!("{said}{by}"));
    }
    let text = format!("Tracked changes of the document that fit no line of the draft:\n{}", lines.join("\n"));
    (!left.is_empty()).then(|| Comment {
        section: None,
        item: None,
        text: cut(&text),
        answers: None,
        resolved: false,
        told: Told::default(),
    })
}

fn quoted(on: &str) -> String {
    let on = on.split_whitespace().collect::<Vec<_>>().join(" ");
    match on.char_indices().nth(QUOTED) {
        _ if on.is_empty() => String::new(),
        None => format!("On “{on}”: "),
        Some((end, _)) => format!("On “{}…”: ", &on[..end]),
    }
}

/// What is longer than a comment can be says so: the whole is in the original.
fn cut(text: &str) -> String {
    const REST: &str = "… (The rest is in the original document.)";
    match text.chars().count() > LONGEST_COMMENT {
        true => text.chars().take(LONGEST_COMMENT - REST.chars().count()).chain(REST.chars()).collect(),
        false => text.to_owned(),
    }
}

/// The section and the item that a path of the reading has become.
fn place(path: &str, extract: &Extract, made: &Made) -> Option<(SectionId, Option<ItemId>)> {
    let at: usize = path.strip_prefix("sections/")?.split('/').next()?.parse().ok()?;
    // a section of further details may stand before those that were read
    let ahead = made.content.sections.len().checked_sub(extract.sections.len())?;
    let section = made.content.sections.get(at + ahead)?;
    let own = format!("sections/{at}");
    let all = spots(&extract.sections);
    let here: Vec<_> =
        all.iter().filter(|spot| spot.path == own || spot.path.starts_with(&format!("{own}/"))).collect();
    let index = here.iter().position(|spot| spot.path == path && path != own);
    let text = |at: usize| tidy(&here[at].text);
    // of lines with the same words it is the one that comes as late
    let item = index.and_then(|index| {
        let earlier = (0..index).filter(|at| here[*at].path != own && text(*at) == text(index)).count();
        section.all_items().into_iter().filter(|item| item.text == text(index)).nth(earlier)
    });
    Some((section.id, item.map(|item| item.id)))
}
