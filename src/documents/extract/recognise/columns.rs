//! What the columns of a table hold, read from its header row.
//!
//! Three shapes have a header that names them: criteria, demands and factors. Other tables are read by their content.

use super::assessment;
use super::ledger::words;
use super::sheet::{GridCell, GridRow};
use super::topics;
use crate::documents::extract::result::{AssessmentMethod, Importance};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Criteria,
    Demands,
    Factors,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Number,
    Category,
    Criterion,
    Essential,
    Desirable,
    /// Holds `E` or `D`, or the words.
    Importance,
    Assessment,
    /// A column of ticks for one way of assessment.
    Method(AssessmentMethod),
    Demand,
    Yes,
    No,
    Frequency,
    Examples,
    Factor,
    Level,
    Text,
    Unknown,
}

impl Role {
    /// How important the criteria of the column are.
    pub fn importance(self) -> Option<Importance> {
        if self == Role::Essential {
            Some(Importance::Essential)
        } else if self == Role::Desirable {
            Some(Importance::Desirable)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    pub shape: Shape,
    /// First column of each header cell, with what it holds.
    pub roles: Vec<(usize, Role)>,
    /// Rows of the header: two where one cell stands over several columns that have names of their own.
    pub heads: usize,
}

impl Columns {
    pub fn role(&self, column: usize) -> Role {
        self.roles.iter().rev().find(|(first, _)| *first <= column).map_or(Role::Unknown, |(_, role)| *role)
    }

    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|(_, own)| *own == role)
    }

    /// Columns in the header.
    pub fn count(&self) -> usize {
        self.roles.len()
    }
}

/// Reads a row as a header. Fires where its cells are short and name importance, assessment, Yes and No, or levels.
pub fn read(row: &GridRow) -> Option<Columns> {
    let cells: Vec<&GridCell> = row.cells.iter().collect();
    if cells.len() < 2
        || cells.iter().all(|cell| cell.is_empty())
        || cells.iter().any(|cell| cell.text().split_whitespace().count() > 30)
    {
        return None;
    }
    demands(&cells).or_else(|| factors(&cells)).or_else(|| criteria(&cells))
}

fn plain(cell: &GridCell) -> String {
    words(&cell.text()).join(" ")
}

fn first_line(cell: &GridCell) -> String {
    cell.lines.iter().map(|line| words(line.text()).join(" ")).find(|text| !text.is_empty()).unwrap_or_default()
}

fn demands(cells: &[&GridCell]) -> Option<Columns> {
    let is = |cell: &GridCell, forms: &[&str]| forms.contains(&plain(cell).as_str());
    let yes = cells.iter().any(|cell| is(cell, &["yes", "y", "yes tick"]));
    let no = cells.iter().any(|cell| is(cell, &["no", "n", "none"]));
    let (yes_no, frequency) =
        (yes && no, cells.iter().any(|cell| plain(cell).contains("frequency") || plain(cell).contains("how often")));
    let demand = cells.first().is_some_and(|cell| is_demand(&plain(cell)))
        || cells.get(1).is_some_and(|cell| is_demand(&plain(cell)));
    let examples = cells.iter().any(|cell| plain(cell).starts_with("example"));
    if !(yes_no || frequency && (demand || examples)) {
        return None;
    }
    let mut named = false;
    let mut role = |cell: &GridCell| match plain(cell).as_str() {
        "yes" | "y" => Role::Yes,
        "no" | "n" => Role::No,
        "" => Role::Unknown,
        text if text.contains("frequency") || text.contains("how often") => Role::Frequency,
        text if text.contains("example")
            || text.contains("detail")
            || text.contains("comment")
            || text.contains("description") && named =>
        {
            Role::Examples
        }
        _ if !named => {
            named = true;
            Role::Demand
        }
        _ => Role::Examples,
    };
    let mut roles: Vec<(usize, Role)> = cells.iter().map(|cell| (cell.column, role(cell))).collect();
    if !roles.iter().any(|(_, role)| *role == Role::Demand) {
        let first = roles.iter_mut().find(|(_, role)| *role == Role::Unknown)?;
        first.1 = Role::Demand;
    }
    Some(Columns { shape: Shape::Demands, roles, heads: 1 })
}

fn is_demand(text: &str) -> bool {
    ["effort", "demand", "demands", "working conditions", "environment", "hazard", "hazards", "activity"]
        .iter()
        .any(|word| text.contains(word))
}

fn factors(cells: &[&GridCell]) -> Option<Columns> {
    let level = |text: &str| {
        text == "level" || text == "levels" || text == "level required" || text == "required level" || text == "score"
    };
    let factor = |text: &str| {
        ["factor", "competency", "competence", "competencies", "behaviour", "skill", "core competency"]
            .iter()
            .any(|word| text.contains(word))
    };
    let has_level = cells.iter().any(|cell| level(&plain(cell)));
    let has_factor = cells.iter().any(|cell| factor(&plain(cell)));
    if !(has_level && has_factor) {
        return None;
    }
    let mut named = false;
    let roles = cells
        .iter()
        .map(|cell| {
            let text = plain(cell);
            let role = match text.as_str() {
                "" => Role::Unknown,
                text if level(text) => Role::Level,
                _ if !named => {
                    named = true;
                    Role::Factor
                }
                _ => Role::Text,
            };
            (cell.column, role)
        })
        .collect();
    Some(Columns { shape: Shape::Factors, roles, heads: 1 })
}

fn criteria(cells: &[&GridCell]) -> Option<Columns> {
    let mut roles: Vec<(usize, Role)> = cells.iter().map(|cell| (cell.column, criteria_role(cell))).collect();
    let has = |role: Role| roles.iter().any(|(_, own)| *own == role);
    let importance = has(Role::Essential) || has(Role::Desirable) || has(Role::Importance);
    let methods = roles.iter().filter(|(_, role)| matches!(role, Role::Method(_))).count();
    let assessed = has(Role::Assessment) || methods >= 2;
    let short = cells.iter().all(|cell| first_line(cell).split(' ').count() <= 8);
    let known = roles.iter().filter(|(_, role)| *role != Role::Unknown).count();
    let row_of_one =
        known == 1 && matches!(roles.first(), Some((_, Role::Essential | Role::Desirable | Role::Importance)));
    if !(importance || assessed && short) || row_of_one || has_lone_letter(cells) {
        return None;
    }
    for (cell, (_, role)) in cells.iter().zip(&mut roles) {
        // `A/I/T` over a column, beside columns that are surely named
        let codes = || assessment::all(&cell.text(), &assessment::Key::default()).is_some_and(|found| found.len() > 1);
        if *role == Role::Unknown && importance && codes() {
            *role = Role::Assessment;
        }
    }
    name_first_columns(&mut roles);
    Some(Columns { shape: Shape::Criteria, roles, heads: 1 })
}

/// A second row of the header, which names the columns below cells of the first that span several: `Importance` over `E`
/// and `D`. Fires where each of its filled cells stands below such a cell, and one names importance or assessment.
pub fn with_second(columns: &Columns, first: &GridRow, second: &GridRow) -> Option<Columns> {
    let below = |cell: &GridCell| first.at(cell.column).filter(|over| over.columns > 1 && !over.is_empty());
    let few = |cell: &GridCell| cell.columns <= 1 && cell.text().split_whitespace().count() <= 5;
    let names = second.filled().filter(|cell| criteria_role(cell) != Role::Unknown).count();
    let all = second.filled().all(|cell| few(cell) && below(cell).is_some());
    if columns.shape != Shape::Criteria || columns.heads > 1 || !all || second.filled().count() < 2 || names == 0 {
        return None;
    }
    let mut roles = columns.roles.clone();
    for cell in second.filled() {
        let named = criteria_role(cell);
        let role = if named == Role::Unknown { columns.role(cell.column) } else { named };
        match roles.iter_mut().find(|(column, _)| *column == cell.column) {
            Some((_, own)) => *own = role,
            None => roles.push((cell.column, role)),
        }
    }
    roles.sort_by_key(|(column, _)| *column);
    Some(Columns { roles, heads: 2, ..columns.clone() })
}

/// `E` alone is the mark of a criterion; `E` and `D` side by side are headers.
fn has_lone_letter(cells: &[&GridCell]) -> bool {
    let letter = |letters: &[&str]| cells.iter().any(|cell| letters.contains(&first_line(cell).as_str()));
    letter(&["e", "ess"]) != letter(&["d", "des"])
}

/// The columns that no word names: the category before columns of criteria, else the criterion, with its category
/// before it where there are two.
fn name_first_columns(roles: &mut [(usize, Role)]) {
    let columns_of_items = roles.iter().any(|(_, role)| matches!(role, Role::Essential | Role::Desirable));
    let last = roles.len() - 1;
    let mut named = false;
    for (index, (_, role)) in roles.iter_mut().enumerate().filter(|(_, (_, role))| *role == Role::Unknown) {
        *role = match (std::mem::replace(&mut named, true), columns_of_items) {
            (false, true) => Role::Category,
            (false, false) => Role::Criterion,
            (true, false) if index < last => Role::Criterion,
            (true, true | false) => Role::Unknown,
        };
    }
    let criteria = roles.iter().filter(|(_, role)| *role == Role::Criterion).count();
    if let Some((_, role)) = roles.iter_mut().find(|(_, role)| *role == Role::Criterion).filter(|_| criteria > 1) {
        *role = Role::Category;
    }
}

/// What a header cell of a person specification names; `Unknown` for the first columns, which are read by position.
fn criteria_role(cell: &GridCell) -> Role {
    let first = first_line(cell);
    let all = plain(cell);
    let has = |word: &str| first.split(' ').any(|own| own == word);
    if is_assessment_heading(&all) {
        return Role::Assessment;
    }
    match first.as_str() {
        "e" | "ess" => return Role::Essential,
        "d" | "des" => return Role::Desirable,
        "e d"
        | "ed"
        | "e or d"
        | "essential desirable"
        | "essential or desirable"
        | "importance"
        | "weighting e d"
        | "rank" => return Role::Importance,
        "no" | "ref" | "number" | "" => return if first.is_empty() { Role::Unknown } else { Role::Number },
        _ => {}
    }
    let few = first.split(' ').count() <= 6;
    if few && has("essential") && has("desirable") {
        return Role::Importance;
    }
    if few && (has("essential") || has("minimum") && has("requirements")) {
        return Role::Essential;
    }
    if few && (has("desirable") || has("preferred")) {
        return Role::Desirable;
    }
    match assessment::single(&all) {
        Some(method) if !topics::is_category(&all) => Role::Method(method),
        Some(_) | None => Role::Unknown,
    }
}

/// A row that tells how all criteria above it are assessed: `How assessed | Application and interview`.
pub fn is_assessment_row(row: &GridRow) -> bool {
    let mut filled = row.filled();
    let heads = filled.next().is_some_and(|cell| is_assessment_heading(&plain(cell)));
    let methods: Vec<bool> =
        filled.map(|cell| assessment::all(&cell.text(), &assessment::Key::default()).is_some()).collect();
    heads && !methods.is_empty() && methods.iter().all(|method| *method)
}

/// Whether a column heading says that the column tells how a criterion is assessed.
pub fn is_assessment_heading(plain: &str) -> bool {
    const STARTS: &[&str] = &[
        "assess",
        "how assessed",
        "how tested",
        "how identified",
        "how measured",
        "how will",
        "method of assessment",
        "methods of assessment",
        "means of assessment",
        "evidence",
        "evidenced by",
        "measured by",
        "demonstrated by",
        "identified by",
        "tested by",
        "method",
        "source",
        "where assessed",
        "stage",
        "test method",
        "how evidenced",
        "to be assessed",
        "selection method",
        "identification",
    ];
    plain.split(' ').count() <= 20 && STARTS.iter().any(|start| plain.starts_with(start) && plain.len() < 90)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::extract::recognise::ledger::Ledger;
    use crate::documents::extract::recognise::sheet::Line;

    fn row(cells: &[&str]) -> GridRow {
        let mut ledger = Ledger::default();
        let cell = |(column, text): (usize, &&str)| GridCell {
            column,
            columns: 1,
            lines: vec![Line::plain(ledger.enter(text))],
        };
        GridRow { cells: cells.iter().enumerate().map(cell).collect() }
    }

    fn roles(cells: &[&str]) -> Vec<Role> {
        read(&row(cells)).map(|columns| columns.roles.into_iter().map(|(_, role)| role).collect()).unwrap_or_default()
    }

    #[test]
    fn headers_of_person_specifications() {
        assert_eq!(
            roles(&["Factor", "Essential", "Desirable", "Assessed by"]),
            [Role::Category, Role::Essential, Role::Desirable, Role::Assessment]
        );
        assert_eq!(
            roles(&["Requirements", "E/D", "How assessed"]),
            [Role::Criterion, Role::Importance, Role::Assessment]
        );
        assert_eq!(roles(&["Skills", "Assessment method"]), [Role::Criterion, Role::Assessment]);
        assert_eq!(roles(&["Area", "Criterion", "E/D"]), [Role::Category, Role::Criterion, Role::Importance]);
    }

    #[test]
    fn headers_of_other_tables() {
        assert_eq!(
            roles(&["", "Physical effort", "Yes", "No", "Examples"]),
            [Role::Unknown, Role::Demand, Role::Yes, Role::No, Role::Examples]
        );
        assert_eq!(roles(&["Factor", "Level", "Description"]), [Role::Factor, Role::Level, Role::Text]);
        assert_eq!(roles(&["Job title", "Gardener"]), []);
    }
}
