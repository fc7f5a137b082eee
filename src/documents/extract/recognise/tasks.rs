//! The paragraphs of one duty group, read as lead-in, duties with children, and what comes after.

use super::desk::Desk;
use super::paragraphs;
use super::sheet::Line;
use super::verbs;
use crate::documents::extract::result::{Duty, Paragraph};

#[derive(Debug, Default)]
pub struct Tasks {
    pub lead_in: Option<String>,
    pub duties: Vec<Duty>,
    pub after: Vec<Paragraph>,
}

/// Whether lines hold any duty at all.
pub fn any(lines: &[Line]) -> bool {
    lines.iter().any(|line| !line.head && (line.is_item() || is_task(line)))
}

/// A paragraph that names a task, or what the holder of the post does.
fn is_task(line: &Line) -> bool {
    let lower = line.text().to_lowercase();
    const HOLDERS: &[&str] = &[
        "the post holder ",
        "the postholder ",
        "the post-holder ",
        "the job holder ",
        "the jobholder ",
        "the role holder ",
        "you will ",
        "you’ll ",
        "you'll ",
        "the successful candidate ",
        "the role will ",
        "the role involves ",
    ];
    verbs::starts_task(line.text()) || HOLDERS.iter().any(|start| lower.starts_with(start))
}

/// Paragraphs that speak of the list, not of a task.
fn speaks_of_list(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "not exhaustive",
        "not an exhaustive",
        "not necessarily exhaustive",
        "this job description",
        "this role profile",
        "this job profile",
        "may be amended",
        "will be reviewed",
    ]
    .iter()
    .any(|words| lower.contains(words))
}

/// What kind of mark an item has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number(usize),
    Letter,
    Bullet,
}

fn kind(line: &Line) -> Option<Kind> {
    match (&line.number, line.is_bullet()) {
        (Some(number), _) => {
            let core = number.text().trim_matches(['.', ')', '(']);
            let letters = core.chars().all(char::is_alphabetic);
            Some(if letters { Kind::Letter } else { Kind::Number(core.matches('.').count()) })
        }
        (None, true) => Some(Kind::Bullet),
        (None, false) => None,
    }
}

fn value(line: &Line) -> Option<u32> {
    line.number.as_ref().and_then(|number| number.text().trim_matches(['.', ')', '(']).parse().ok())
}

struct Reader<'a> {
    desk: &'a mut Desk,
    out: Tasks,
    sure: bool,
    /// The mark of the group's own items.
    own: Option<(Kind, u8)>,
    /// The bullet of the group's own items.
    glyph: Option<String>,
    /// A lead-in inside the group: the next items are its children.
    lead: bool,
    last_number: Option<u32>,
}

/// Reads the paragraphs of one group.
pub fn read(desk: &mut Desk, texts: &[Vec<Line>], sure: bool) -> Tasks {
    let listed = texts.iter().any(|lines| lines[0].is_item());
    let last_item = texts.iter().rposition(|lines| lines[0].is_item()).unwrap_or(0);
    let plain: Vec<&Line> = texts[..last_item].iter().map(|lines| &lines[0]).filter(|line| !line.is_item()).collect();
    let loose = plain.iter().filter(|line| is_task(line) && !line.leads_in()).count();
    let mixed = listed && loose >= 3 && loose * 2 >= plain.len() && !texts[0][0].is_item();
    let own = texts.iter().find_map(|lines| Some((kind(&lines[0])?, lines[0].level)));
    let glyph = texts.iter().find_map(|lines| Some(lines[0].glyph.as_ref()?.text().to_owned()));
    // counted once: a document may have ten thousand paragraphs
    let tasks = if listed { 0 } else { texts.iter().filter(|lines| is_task(&lines[0])).count() };
    let mut reader = Reader { glyph, desk, out: Tasks::default(), sure, own, lead: false, last_number: None };
    for (at, lines) in texts.iter().enumerate() {
        let rest = &texts[at + 1..];
        if lines[0].is_item() {
            reader.item(lines);
        } else if mixed {
            reader.mixed(lines, rest);
        } else if listed {
            reader.between(lines, rest, at < last_item);
        } else {
            reader.bare(lines, texts.len() == 1, tasks);
        }
    }
    reader.out
}

impl Reader<'_> {
    fn duty(&mut self, lines: &[Line], sure: bool) -> Duty {
        let number = self.desk.number(&lines[0]);
        Duty { text: paragraphs::text(self.desk, lines), number, sure, children: Vec::new(), work: Default::default() }
    }

    fn item(&mut self, lines: &[Line]) {
        let duty = self.duty(lines, self.sure);
        self.last_number = value(&lines[0]).or(self.last_number.filter(|_| self.is_child(&lines[0])));
        if self.is_child(&lines[0]) {
            match self.out.duties.last_mut() {
                Some(parent) => attach(parent, duty, depth(&lines[0], self.own)),
                None => self.out.duties.push(duty),
            }
        } else {
            self.lead = false;
            self.out.duties.push(duty);
        }
    }

    /// What stands before the first duty.
    fn lead_in(&mut self, lines: &[Line]) {
        let text = paragraphs::text(self.desk, lines);
        match &mut self.out.lead_in {
            Some(before) => {
                before.push('\n');
                before.push_str(&text);
            }
            None => self.out.lead_in = Some(text),
        }
    }

    /// Below a lead-in, deeper than the group's own items, or a bullet under a number.
    fn is_child(&self, line: &Line) -> bool {
        let (Some(kind), Some((own, level))) = (kind(line), self.own) else { return false };
        let deeper = match (own, kind) {
            (Kind::Number(own), Kind::Number(this)) => this > own || line.level > level,
            (Kind::Number(_), Kind::Bullet | Kind::Letter) | (Kind::Bullet, Kind::Letter) => true,
            (Kind::Bullet, Kind::Bullet) => line.level > level || self.is_lesser(line),
            (Kind::Letter, Kind::Letter) => line.level > level,
            (Kind::Letter, Kind::Bullet) => true,
            (Kind::Bullet | Kind::Letter, Kind::Number(_)) => false,
        };
        (self.lead || deeper) && !self.out.duties.is_empty()
    }

    /// A circle or dash under round bullets is one level down.
    fn is_lesser(&self, line: &Line) -> bool {
        let glyph = line.glyph.as_ref().map_or("", |glyph| glyph.text());
        let round = self.glyph.as_deref().is_some_and(|own| ["•", "·", "●", "*"].contains(&own));
        round && ["o", "◦", "○", "-", "–", "▪"].contains(&glyph)
    }

    /// A paragraph among the items of a list.
    fn between(&mut self, lines: &[Line], rest: &[Vec<Line>], more: bool) {
        let first = &lines[0];
        let next = rest.first().map(|lines| &lines[0]);
        if self.out.duties.is_empty() {
            self.lead_in(lines);
        } else if first.leads_in() && next.is_some_and(Line::is_item) {
            let duty = self.duty(lines, self.sure);
            self.out.duties.push(duty);
            self.lead = true;
        } else if more && self.sequel(rest) {
            let text = paragraphs::text(self.desk, lines);
            if let Some(duty) = self.out.duties.last_mut() {
                duty.text.push('\n');
                duty.text.push_str(&text);
            }
        } else if more {
            self.lead = false;
            self.unsure(lines);
        } else {
            let paragraph = paragraphs::paragraph(self.desk, lines);
            self.out.after.push(paragraph);
        }
    }

    /// The numbers go on after this paragraph, so it belongs to the duty before it.
    fn sequel(&self, rest: &[Vec<Line>]) -> bool {
        let next = rest.iter().map(|lines| &lines[0]).find(|line| line.is_item()).and_then(value);
        matches!((self.last_number, next), (Some(last), Some(next)) if next == last + 1)
    }

    fn unsure(&mut self, lines: &[Line]) {
        let duty = self.duty(lines, is_task(&lines[0]) && self.sure);
        if !duty.sure {
            let short: String = duty.text.chars().take(120).collect();
            self.desk.find(
                "unsure-duty",
                &short,
                None,
                "This paragraph stands among list items but has no mark of its own. It was read as a duty.",
            );
        }
        self.out.duties.push(duty);
    }

    /// Paragraphs are duties, and lists below them their children.
    fn mixed(&mut self, lines: &[Line], rest: &[Vec<Line>]) {
        let leads = lines[0].leads_in() && rest.first().is_some_and(|lines| lines[0].is_item());
        if self.out.duties.is_empty() && (leads || !is_task(&lines[0])) {
            return self.between(lines, rest, rest.iter().any(|lines| lines[0].is_item()));
        }
        if speaks_of_list(lines[0].text()) && !leads {
            let paragraph = paragraphs::paragraph(self.desk, lines);
            return self.out.after.push(paragraph);
        }
        let duty = self.duty(lines, self.sure);
        self.out.duties.push(duty);
        self.lead = leads;
    }

    /// A paragraph in a group without any list.
    fn bare(&mut self, lines: &[Line], alone: bool, tasks: usize) {
        let line = &lines[0];
        if self.out.duties.is_empty() && self.out.after.is_empty() && line.leads_in() && !alone {
            self.lead_in(lines);
        } else if tasks == 0
            || alone && !is_task(line)
            || speaks_of_list(line.text()) && !verbs::starts_task(line.text())
        {
            let paragraph = paragraphs::paragraph(self.desk, lines);
            self.out.after.push(paragraph);
        } else {
            let duty = self.duty(lines, self.sure);
            self.out.duties.push(duty);
        }
    }
}

/// How far below the group's own items an item stands.
fn depth(line: &Line, own: Option<(Kind, u8)>) -> u8 {
    own.map_or(0, |(_, level)| line.level.saturating_sub(level))
}

fn attach(parent: &mut Duty, duty: Duty, depth: u8) {
    match parent.children.last_mut() {
        Some(child) if depth > 1 => attach(child, duty, depth - 1),
        Some(_) | None => parent.children.push(duty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tasks(lines: &[&str]) -> Tasks {
        let mut desk = Desk::default();
        let lines: Vec<Line> =
            lines.iter().map(|text| super::super::load::with_marker(Line::plain(desk.ledger.enter(text)))).collect();
        read(&mut desk, &paragraphs::group(&lines), true)
    }

    fn texts(duties: &[Duty]) -> Vec<&str> {
        duties.iter().map(|duty| duty.text.as_str()).collect()
    }

    #[test]
    fn a_list_has_a_lead_in_duties_and_what_follows() {
        let found =
            tasks(&["The ranger will:", "• Walk the paths", "• Clear the drains", "This list is not exhaustive."]);
        assert_eq!(found.lead_in.as_deref(), Some("The ranger will:"));
        assert_eq!(texts(&found.duties), ["Walk the paths", "Clear the drains"]);
        assert_eq!(found.after.len(), 1);
    }

    #[test]
    fn a_lead_in_inside_the_list_has_children() {
        let found = tasks(&["• Walk the paths", "In winter also:", "• Grit the steps", "• Check the ice"]);
        assert_eq!(texts(&found.duties), ["Walk the paths", "In winter also:"]);
        assert_eq!(texts(&found.duties[1].children), ["Grit the steps", "Check the ice"]);
    }

    #[test]
    fn a_paragraph_between_numbers_belongs_to_the_number_before() {
        let found = tasks(&["1. Walk the paths", "Boots are provided.", "2. Clear the drains"]);
        assert_eq!(texts(&found.duties), ["Walk the paths\nBoots are provided.", "Clear the drains"]);
    }

    #[test]
    fn bare_paragraphs_are_duties_where_they_name_tasks() {
        let found = tasks(&["To walk the paths.", "To clear the drains.", "This job description is not exhaustive."]);
        assert_eq!(texts(&found.duties), ["To walk the paths.", "To clear the drains."]);
        assert_eq!(found.after.len(), 1);
        assert!(tasks(&["Duties vary with the seasons."]).duties.is_empty());
    }
}
