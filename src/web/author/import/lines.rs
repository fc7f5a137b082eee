//! What was read of a document as lines of the report: the document's words, and where they went.

use crate::documents::to_content::{GradeName, Made};
use crate::domain::checks::name;
use crate::domain::content::{Assessment, Body, Item, ItemKind, Section};

/// A line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As the document printed it, with its number; a paragraph each.
    pub from: Vec<String>,
    pub to: String,
    /// Why a person has to look at it; empty where nobody has to.
    pub why: String,
    pub is_sure: bool,
}

/// A section of the report.
pub struct Part {
    pub heading: String,
    pub lines: Vec<Line>,
}

/// Everything that was recognised: the details first, then section by section. `grades` are the employer's, by name.
pub fn parts(made: &Made, grades: &[GradeName]) -> Vec<Part> {
    let details = details(made, grades);
    let mut parts = Vec::new();
    if !details.is_empty() {
        parts.push(Part { heading: "Details".to_owned(), lines: details });
    }
    parts.extend(made.content.sections.iter().map(|section| {
        let heading = name(section).to_owned();
        Part { heading, lines: below(section, None, &section.items) }
    }));
    parts
}

fn details(made: &Made, grades: &[GradeName]) -> Vec<Line> {
    let told = &made.details;
    let grade = grade(made, grades);
    let grade = [("Grade", grade.as_str())].into_iter().filter(|(_, text)| !text.is_empty());
    let title = [("Title", told.title.as_str())].into_iter().filter(|(_, text)| !text.is_empty());
    let posts = [("Post numbers", made.post_numbers.as_str())].into_iter().filter(|(_, text)| !text.is_empty());
    title
        .chain(grade)
        .chain(told.rows())
        .chain(posts)
        .map(|(label, text)| Line { from: paragraphs(text), to: label.to_owned(), why: String::new(), is_sure: true })
        .collect()
}

/// The grade of the employer that the document names; one that it names in more words stands among the further details.
fn grade(made: &Made, grades: &[GradeName]) -> String {
    let named = |id| grades.iter().find(|grade| Some(grade.id) == id).map(|grade| grade.name.as_str());
    let names: Vec<&str> =
        [named(made.details.grade_from), named(made.details.grade_to)].into_iter().flatten().collect();
    if made.grade_in_words.is_some() { String::new() } else { names.join(" to ") }
}

fn below(section: &Section, over: Option<&Item>, items: &[Item]) -> Vec<Line> {
    items
        .iter()
        .flat_map(|item| {
            let mut lines = vec![line(section, over, item)];
            lines.extend(below(section, Some(item), &item.children));
            lines
        })
        .collect()
}

fn line(section: &Section, over: Option<&Item>, item: &Item) -> Line {
    let number = item.number.as_deref().map(|number| format!("{number} ")).unwrap_or_default();
    let mut from = paragraphs(&format!("{number}{}", item.text));
    match &item.body {
        Body::Term { label } | Body::Detail { label } => from.insert(0, label.clone()),
        Body::Clause { heading, .. } => from.insert(0, heading.clone()),
        Body::FactorLevel { factor, level } => from.insert(0, format!("{factor} {level}")),
        Body::Demand { frequency, examples, .. } => {
            from.push(frequency.clone());
            from.extend(paragraphs(examples));
        }
        Body::Criterion { subheading, .. } => from.insert(0, subheading.clone()),
        Body::Paragraph | Body::Group | Body::Duty(_) | Body::Category => {}
    }
    from.retain(|paragraph| !paragraph.trim().is_empty());
    Line { from, to: place(section, over, item), why: String::new(), is_sure: item.sure }
}

/// `Essential criterion in “Skills”, assessed by application and interview`
fn place(section: &Section, over: Option<&Item>, item: &Item) -> String {
    let within = match over {
        Some(over) if over.kind() == ItemKind::Duty => " below the duty before it".to_owned(),
        Some(over) if !over.text.is_empty() => format!(" in “{}”", over.text),
        Some(_) | None => String::new(),
    };
    match &item.body {
        Body::Paragraph | Body::Duty(_) => format!("{}{within}", item.kind().label()),
        Body::Group | Body::Category => format!("{} of “{}”", item.kind().label(), name(section)),
        Body::Criterion { importance, assessment, .. } => {
            format!("{} criterion{within}{}", importance.label(), assessed(assessment))
        }
        Body::Term { label } => format!("Term “{label}”"),
        Body::Detail { label } => format!("Further detail “{label}”"),
        Body::Demand { present, .. } => match present {
            Some(true) => "Demand that is in this job".to_owned(),
            Some(false) => "Demand that is not in this job".to_owned(),
            None => "Demand; the document does not say whether it is in this job".to_owned(),
        },
        Body::FactorLevel { factor, level } => format!("Factor “{factor}”, level {level}"),
        Body::Clause { .. } => "Standard clause".to_owned(),
    }
}

fn assessed(methods: &[Assessment]) -> String {
    let methods: Vec<String> = methods.iter().map(|method| method.label().to_lowercase()).collect();
    match &methods[..] {
        [] => String::new(),
        [one] => format!(", assessed by {one}"),
        [all @ .., last] => format!(", assessed by {} and {last}", all.join(", ")),
    }
}

pub fn paragraphs(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::content::{Content, Importance, SectionKind};
    use crate::domain::details::Details;
    use crate::domain::ids::{GradeId, ItemId, SectionId};

    #[test]
    fn each_line_says_where_it_went() {
        let assessment = vec![Assessment::Application, Assessment::Test, Assessment::Interview];
        let body = Body::Criterion { importance: Importance::Essential, subheading: "IT".into(), assessment };
        let criterion = Item { number: Some("1.".into()), ..Item::new(ItemId(3), "Types\nquickly", body) };
        let category = Item { children: vec![criterion], ..Item::new(ItemId(2), "Skills", Body::Category) };
        let (heading, kind) = ("Who we need".to_owned(), SectionKind::Criteria);
        let section = Section { id: SectionId(1), kind, heading, revision: 1, items: vec![category] };
        let made = Made {
            details: Details { title: "Clerk".into(), grade_from: Some(GradeId(7)), ..Details::default() },
            content: Content { sections: vec![section] },
            post_numbers: String::new(),
            grade_in_words: None,
            identities: 3,
        };
        let grade = GradeName { id: GradeId(7), name: "Scale 4".into(), pay_scheme: "NJC".into() };
        let parts = parts(&made, &[grade]);
        let shown: Vec<(String, &str)> =
            parts.iter().flat_map(|part| &part.lines).map(|line| (line.from.join(" / "), line.to.as_str())).collect();
        let expected = [
            ("Clerk", "Title"),
            ("Scale 4", "Grade"),
            ("Skills", "Category of “Who we need”"),
            ("IT / 1. Types / quickly", "Essential criterion in “Skills”, assessed by application, test and interview"),
        ];
        assert_eq!(shown, expected.map(|(from, to)| (from.to_owned(), to)));
    }
}
