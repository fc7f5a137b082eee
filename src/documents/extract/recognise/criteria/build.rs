//! The person specification as it is put together: the open category, what holds for the next criteria, and the result.

use super::Common;
use super::items::{self, Entry};
use super::marks::{self, Marked};
use crate::documents::extract::recognise::assessment;
use crate::documents::extract::recognise::desk::Desk;
use crate::documents::extract::recognise::ledger::Piece;
use crate::documents::extract::recognise::paragraphs;
use crate::documents::extract::recognise::sheet::Line;
use crate::documents::extract::result::{AssessmentMethod, CriteriaCategory, Criterion, Importance, Label};

pub struct Build<'a> {
    pub desk: &'a mut Desk,
    pub common: &'a Common,
    /// What a heading or column says of the criteria that follow.
    pub importance: Option<Importance>,
    /// The order of the page does not tell which criteria are essential.
    pub flattened: bool,
    /// A heading inside the category. It stands on the first criterion under it, as printed, and is placed once.
    pub subheading: Option<String>,
    categories: Vec<CriteriaCategory>,
    /// Text before the first criterion and after the last that is none.
    before: Vec<Line>,
    after: Vec<Line>,
    unlabelled: bool,
    /// Criteria followed the word of importance at once, so it does not reach past the next category.
    pub direct: bool,
    /// A category came after the word of importance, which holds for all that follow.
    pub nested: bool,
    /// A table came, so sentences after it are no criteria.
    pub tabled: bool,
    /// Index of the open category.
    open: usize,
}

/// What one criterion is said to be.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub importance: Option<Importance>,
    pub methods: Vec<AssessmentMethod>,
    pub subheading: Option<String>,
}

impl<'a> Build<'a> {
    pub fn new(desk: &'a mut Desk, common: &'a Common) -> Self {
        Build {
            desk,
            common,
            importance: None,
            flattened: false,
            subheading: None,
            categories: Vec::new(),
            before: Vec::new(),
            after: Vec::new(),
            unlabelled: false,
            direct: false,
            nested: false,
            tabled: false,
            open: 0,
        }
    }

    /// Sets the heading for the next criterion. One that no criterion has taken is a label.
    pub fn set_subheading(&mut self, heading: Option<String>) {
        if let Some(text) = std::mem::replace(&mut self.subheading, heading) {
            self.desk.labels.push(Label { text, used_as: "subheading".to_owned() });
        }
    }

    /// Opens a category under its heading, or goes on with the one of the same name.
    pub fn category(&mut self, heads: &[Line]) {
        let number = heads.first().and_then(|line| self.desk.number(line));
        let heading = self.desk.heading(heads);
        self.set_subheading(None);
        if std::mem::take(&mut self.direct) {
            self.importance = None;
        }
        self.nested = true;
        let plain = |heading: Option<&str>| heading.map(str::to_lowercase);
        let same = |open: &CriteriaCategory| {
            open.heading.is_some() && plain(open.heading.as_deref()) == plain(heading.as_deref())
        };
        match self.categories.iter().position(same) {
            Some(at) => {
                self.open = at;
                for text in number.into_iter().chain(heading) {
                    self.desk.labels.push(Label { text, used_as: "category".to_owned() });
                }
            }
            None => {
                self.open = self.categories.len();
                self.categories.push(CriteriaCategory { heading, number, criteria: Vec::new() });
            }
        }
    }

    pub fn has_category(&self) -> bool {
        self.categories.iter().any(|category| category.heading.is_some())
    }

    /// Whether the open category holds nothing yet.
    pub fn is_fresh(&self) -> bool {
        self.categories
            .get(self.open)
            .is_some_and(|category| category.criteria.is_empty() && category.heading.is_some())
    }

    pub fn has_criteria(&self) -> bool {
        self.categories.iter().any(|category| !category.criteria.is_empty())
    }

    /// Text that is no criterion.
    pub fn aside(&mut self, line: &Line) {
        if self.has_criteria() {
            self.after.push(line.clone());
        } else {
            self.before.push(line.clone());
        }
    }

    /// Adds the criteria of a cell. `methods`: one list for all, or one for each criterion.
    pub fn cell(&mut self, lines: &[Line], said: &Said, methods: &[Vec<AssessmentMethod>]) {
        let found = items::entries(lines);
        let count = found.iter().filter(|entry| matches!(entry, Entry::Item(_))).count();
        let mut subheading = said.subheading.clone();
        let mut at = 0;
        for entry in found {
            match entry {
                Entry::Subheading(line) => {
                    self.desk.label_number(&line);
                    let heading = self.desk.heading(&[line]);
                    let unused = std::mem::replace(&mut subheading, heading);
                    self.set_subheading(unused);
                    self.set_subheading(None);
                }
                Entry::Item(lines) => {
                    let own = if methods.len() == count { methods.get(at) } else { methods.first() };
                    at += 1;
                    let said = Said {
                        methods: own.cloned().unwrap_or_default(),
                        subheading: subheading.take(),
                        importance: said.importance,
                    };
                    self.criterion(&lines, &said);
                }
            }
        }
        self.set_subheading(subheading);
        self.set_subheading(None);
    }

    /// Adds one criterion.
    pub fn criterion(&mut self, lines: &[Line], said: &Said) {
        let Some(last) = lines.last() else { return };
        if marks::is_none(last.text()) && lines.len() == 1 {
            self.set_subheading(said.subheading.clone());
            self.set_subheading(None);
            return self.desk.label_line(last, "none");
        }
        self.direct |= self.importance.is_some() && !self.nested;
        let number = lines.first().and_then(|line| self.desk.number(line));
        let (rest, marked) = marks::strip(&last.piece, &self.common.key);
        let mut lines = lines.to_vec();
        if let Some(end) = lines.last_mut() {
            *end = end.with(rest);
        }
        for piece in &marked.used {
            self.desk.label(piece, "code");
        }
        if let ([line], true) = (lines.as_slice(), marked.led) {
            let parts = marks::joined(&line.piece);
            if parts.len() > 1 {
                return self.each(parts, number, &Said { importance: marked.importance, ..said.clone() });
            }
        }
        let text = paragraphs::text(self.desk, &lines);
        self.write(text, number, said, marked);
    }

    fn write(&mut self, text: String, number: Option<String>, said: &Said, marked: Marked) {
        let importance = marked.importance.or(said.importance).or(self.importance);
        self.unlabelled |= importance.is_none();
        let sure = importance.is_some() && !(self.flattened && marked.importance.is_none());
        let methods = [marked.methods, said.methods.clone(), self.common.methods.clone()];
        let criterion = Criterion {
            text,
            number,
            subheading: said.subheading.clone(),
            importance: importance.unwrap_or(Importance::Essential),
            assessment: methods.into_iter().find(|methods| !methods.is_empty()).unwrap_or_default(),
            sure,
        };
        self.push(criterion);
    }

    /// Criteria that one line has joined by slashes.
    fn each(&mut self, parts: Vec<Piece>, number: Option<String>, said: &Said) {
        for (at, part) in parts.into_iter().enumerate() {
            let subheading = said.subheading.clone().filter(|_| at == 0);
            self.criterion(&[Line::plain(part)], &Said { subheading, ..said.clone() });
        }
        if let Some(text) = number {
            self.desk.labels.push(Label { text, used_as: "number".to_owned() });
        }
    }

    fn push(&mut self, criterion: Criterion) {
        if self.categories.is_empty() {
            self.categories.push(CriteriaCategory { heading: None, number: None, criteria: Vec::new() });
        }
        if let Some(category) = self.categories.get_mut(self.open) {
            category.criteria.push(criterion);
        }
    }

    /// Gives assessment methods that stood on a line of their own to the criterion before; in a flattened table to
    /// every criterion of the row, which the category began.
    pub fn assess_last(&mut self, methods: &[AssessmentMethod]) {
        let Some(open) = self.categories.get_mut(self.open) else { return };
        let reach = if self.flattened { open.criteria.len() } else { 1 };
        for criterion in open.criteria.iter_mut().rev().take(reach).filter(|criterion| criterion.assessment.is_empty())
        {
            criterion.assessment = methods.to_vec();
        }
    }

    /// Gives assessment methods to every criterion that has none.
    pub fn assess_all(&mut self, methods: &[AssessmentMethod]) {
        let all = self.categories.iter_mut().flat_map(|category| &mut category.criteria);
        for criterion in all.filter(|criterion| criterion.assessment.is_empty()) {
            criterion.assessment = methods.to_vec();
        }
    }

    /// Sets the importance of the criterion added last: its letter stood on a line of its own.
    pub fn rank_last(&mut self, importance: Importance) {
        if let Some(criterion) = self.categories.get_mut(self.open).and_then(|category| category.criteria.last_mut()) {
            criterion.importance = importance;
            criterion.sure = true;
        }
    }

    /// Methods that a cell names, one list a line where its lines differ, and its words as labels.
    pub fn methods(&mut self, lines: &[Line]) -> Vec<Vec<AssessmentMethod>> {
        let whole: String = lines.iter().map(Line::text).collect::<Vec<_>>().join(" ");
        let each: Vec<Vec<AssessmentMethod>> = lines
            .iter()
            .filter(|line| line.has_words())
            .map(|line| assessment::all(line.text(), &self.common.key).unwrap_or_default())
            .collect();
        for line in lines {
            self.desk.label_line(line, "assessment");
        }
        if whole.trim().is_empty() || marks::is_none(&whole) {
            return Vec::new();
        }
        let Some(all) = assessment::all(&whole, &self.common.key) else {
            let found: Vec<AssessmentMethod> = known_parts(&whole, self.common);
            return vec![found];
        };
        if each.len() > 1 && each.iter().all(|methods| !methods.is_empty()) { each } else { vec![all] }
    }

    /// The categories, and the texts before and after them.
    pub fn finish(mut self) -> (Vec<CriteriaCategory>, Vec<Line>, Vec<Line>) {
        let has_criteria = self.has_criteria();
        self.set_subheading(None);
        if self.flattened && has_criteria {
            let why = "The table was flattened: the page does not tell which criteria are essential and which are desirable. Each one needs a person's decision.";
            self.desk.find("unsure-importance", "Essential / Desirable", None, why);
        } else if self.unlabelled && has_criteria {
            let why = "The document does not say which criteria are essential or desirable, so they are read as essential. A person has to confirm it.";
            self.desk.find("no-importance", "Person specification", None, why);
        }
        (self.categories, self.before, self.after)
    }
}

/// Methods among words that are none: "Application and professional discussion".
fn known_parts(text: &str, common: &Common) -> Vec<AssessmentMethod> {
    let mut found: Vec<AssessmentMethod> = text
        .split(['/', ',', '&', ';', '+', '\n'])
        .flat_map(|part| part.split(" and "))
        .filter_map(|part| assessment::all(part, &common.key))
        .flatten()
        .collect();
    found.push(AssessmentMethod::Other);
    found.sort_unstable();
    found.dedup();
    found
}
