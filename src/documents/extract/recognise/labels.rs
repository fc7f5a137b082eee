//! The labels of label–value blocks ("Job title", "Responsible to") and the details they stand for.
//!
//! Vocabulary only. How a label and its value are found is `pairs`' business.

use super::ledger::words;

/// A key of `details`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    Title,
    Employer,
    Grade,
    PayScheme,
    Salary,
    Hours,
    Contract,
    WorkingPattern,
    Location,
    Directorate,
    Service,
    ReportsTo,
    ResponsibleFor,
    PostNumbers,
    Reference,
    LastReviewed,
    DatePosted,
    ClosingDate,
    ShortlistingDate,
    InterviewDate,
}

impl Key {
    /// Whether its value is a date in the result.
    pub fn is_date(self) -> bool {
        matches!(self, Key::LastReviewed | Key::DatePosted | Key::ClosingDate | Key::ShortlistingDate | Key::InterviewDate)
    }

    /// Whether a list of labels with this key among them describes a vacancy.
    pub fn is_term(self) -> bool {
        matches!(
            self,
            Key::Salary | Key::Hours | Key::Contract | Key::WorkingPattern | Key::PayScheme | Key::DatePosted | Key::ClosingDate | Key::Reference
        )
    }
}

const KEYS: &[(Key, &[&str])] = &[
    (Key::Title, &["job title", "post title", "role title", "title", "title of post", "title of job", "position title", "post", "job", "role", "position", "designation", "name of post", "vacancy title", "job role"]),
    (Key::Employer, &["employer", "employer name", "name of employer", "organisation", "trust", "employing organisation", "council", "local authority", "authority", "company"]),
    (Key::Grade, &["grade", "band", "pay band", "pay grade", "salary grade", "salary band", "scale", "pay scale", "job grade", "post grade", "grade band", "band grade", "afc band", "grade of post", "nhs band", "afc pay band", "agenda for change band", "current grade", "evaluated grade", "indicative grade", "indicative band"]),
    (Key::PayScheme, &["pay scheme", "pay framework"]),
    (Key::Salary, &["salary", "pay", "salary range", "salary scale", "remuneration", "pay range", "annual salary", "salary per annum", "starting salary", "grade and salary", "wage"]),
    (Key::Hours, &["hours", "hours of work", "working hours", "contracted hours", "hours per week", "weekly hours", "hours of duty", "normal hours", "basic hours", "contractual hours"]),
    (Key::Contract, &["contract", "contract type", "type of contract", "employment type", "tenure", "contract term", "duration", "nature of contract", "basis", "contract duration", "job type", "employment status"]),
    (Key::WorkingPattern, &["working pattern", "work pattern", "working arrangements", "pattern of work", "shift pattern", "work style", "working style", "workstyle"]),
    (Key::Location, &["location", "base", "job location", "job locations", "place of work", "work base", "work location", "working location", "normal place of work", "main base", "workplace", "site", "based at", "base location", "office location", "usual place of work", "normal base", "location base", "base location of post", "initial location"]),
    (Key::Directorate, &["directorate", "department directorate", "directorate department", "department", "division", "clinical service unit", "business unit", "directorate division", "division directorate", "care group"]),
    (Key::Service, &["service", "service area", "service team", "service group", "service unit", "business area", "division service", "service department"]),
    (Key::ReportsTo, &["reports to", "responsible to", "accountable to", "reporting to", "line manager", "managed by", "line managed by", "report to", "reports directly to", "immediate manager", "immediate supervisor", "supervised by", "post reports to", "line manager job title", "manager", "reporting line", "responsible manager"]),
    (Key::ResponsibleFor, &["responsible for", "line manages", "manages", "direct reports", "staff responsible for", "supervises", "staff managed", "line management of", "management responsibility", "supervisory responsibility", "staff supervised", "employees supervised", "accountable for", "posts managed", "number of staff", "line reports"]),
    (Key::PostNumbers, &["post number", "post numbers", "post no", "post nos", "position number", "position no", "position numbers", "post number s", "post id", "position id", "post no s", "post ref no"]),
    (Key::Reference, &["reference", "reference number", "job reference", "vacancy reference", "ref", "ref no", "job ref", "job reference number", "job number", "vacancy ref", "reference no", "job id", "vacancy number", "vacancy id", "jd ref", "job description reference", "job description number", "job code", "je ref", "je reference", "job evaluation reference", "post reference", "job family reference", "jd number", "profile reference"]),
    (Key::LastReviewed, &["last review date", "last reviewed", "date last reviewed", "date of last review", "review date", "date reviewed", "last updated", "date last updated", "date of review", "date updated", "date", "date prepared", "date of issue", "date written", "date agreed", "last update", "reviewed", "date revised", "date produced", "date completed", "version date", "date of job description", "updated", "last revised", "revised"]),
    (Key::DatePosted, &["date posted", "posted", "date advertised", "advert date", "opening date", "published", "posting date", "date published"]),
    (Key::ClosingDate, &["closing date", "closing date for applications", "close date", "application deadline", "deadline", "applications close", "advert closing date", "advert end date", "closing", "closes"]),
    (Key::ShortlistingDate, &["shortlisting date", "expected shortlisting date", "planned shortlisting date", "shortlisting", "shortlist date"]),
    (Key::InterviewDate, &["interview date", "planned interview date", "expected interview date", "interviews", "interview dates", "date of interview", "proposed interview date", "interview date s", "provisional interview date"]),
];

/// Labels that often stand in label–value blocks but have no key of their own.
const OTHERS: &[&str] = &[
    "profession", "professional group", "section", "team", "unit", "ward", "cost centre", "car user status", "car user", "political restriction", "politically restricted", "job family", "staff group", "post level", "level",
    "liaison with", "accountability", "professionally accountable to", "managerially accountable to", "job evaluation number", "job share", "disclosure level", "dbs check", "dbs required", "dbs", "vetting level", "special conditions", "version",
    "prepared by", "author", "agreed by", "career grade", "reports", "annual leave", "pension", "notice", "notice period", "medical", "probation", "benefits", "allowances", "nhs pension", "sickness", "overtime", "region", "essential car user",
    "budget", "budget responsibility", "budget holder", "address", "employers website", "website", "telephone", "email", "email address", "name", "specialty", "main area", "tel", "phone", "contact", "visa", "sponsorship",
    "school", "faculty", "campus", "occupational group", "area", "reports indirectly to", "job evaluation score", "je score", "points", "work style", "on call", "travel", "leave", "holidays", "holiday", "post status", "hierarchy", "role profile", "function",
    "professional lead", "key relationships", "key contacts", "hours of operation", "dbs level", "dbs disclosure", "dbs requirement", "political status", "rehabilitation of offenders", "leave entitlement", "annual leave entitlement", "medical clearance", "superannuation", "retirement", "disclosure", "period of notice", "number of posts",
];

/// The words of a label in plain form: "Post Number/s:" is `post number s`.
pub fn plain(label: &str) -> String {
    words(&label.replace(['/', '&', '-'], " ").replace(" and ", " ").replace(" AND ", " ")).join(" ")
}

/// The key of `details` that a label stands for.
pub fn key(label: &str) -> Option<Key> {
    let outside = label.split_once('(').map_or(label, |(before, _)| before);
    let plain = plain(if outside.trim().is_empty() { label } else { outside });
    if let Some((key, _)) = KEYS.iter().find(|(_, names)| names.contains(&plain.as_str())) {
        return Some(*key);
    }
    let short = plain.split(' ').count() <= 6;
    let longer = |start: &str| short && plain.strip_prefix(start).is_some_and(|rest| is_label_tail(rest));
    match () {
        () if longer("responsible to") || longer("reports to") || longer("accountable to") => Some(Key::ReportsTo),
        () if longer("responsible for") => Some(Key::ResponsibleFor),
        () => None,
    }
}

/// What may follow in a longer label: "Responsible for following staff".
fn is_label_tail(rest: &str) -> bool {
    const TAIL: &[&str] = &["following", "manager", "staff", "the", "post", "posts", "job", "title", "line", "supervising", "management", "of", "supervision", "direct", "reports", "title", "s", "name", "and"];
    rest.starts_with(' ') && rest.split_whitespace().all(|word| TAIL.contains(&word))
}

/// Whether a text is a label by its words alone.
pub fn is_known(label: &str) -> bool {
    let plain = plain(label);
    key(label).is_some() || OTHERS.contains(&plain.as_str())
}

/// Whether a lone line of these words is surely a label: words such as "post" or "area" are often something else.
pub fn is_firm(label: &str) -> bool {
    const LOOSE: &[&str] = &["title", "post", "job", "role", "position", "date", "pay", "council", "trust", "authority", "closing", "closes", "reviewed", "posted", "published", "area", "level", "name", "travel", "function", "reports", "team", "version", "contact", "leave", "shortlisting", "interviews", "benefits", "manager", "basis", "manages", "visa", "points", "unit", "company", "duration", "email", "pension", "notice", "school", "section", "organisation", "updated", "revised", "disclosure", "medical", "deadline", "site", "holiday", "holidays"];
    is_known(label) && !LOOSE.contains(&plain(label).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_have_their_keys() {
        let cases = [
            ("Job Title:", Key::Title),
            ("Post Number/s:", Key::PostNumbers),
            ("Responsible to following manager:", Key::ReportsTo),
            ("Hours of work", Key::Hours),
            ("Planned Interview Date", Key::InterviewDate),
            ("Salary (pro rata)", Key::Salary),
        ];
        for (label, expected) in cases {
            assert_eq!(key(label), Some(expected), "{label}");
        }
        assert_eq!(key("Responsible for stock control"), None);
        assert!(is_known("Job family") && is_firm("Closing date") && !is_firm("Post"));
    }
}
