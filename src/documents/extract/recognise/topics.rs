//! What headings of UK public-sector job documents are about: the words, and the topic they name.
//!
//! Only vocabulary that is common to many employers belongs here; how a heading looks is `headings`' business.

use super::ledger::words;

/// What a heading announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The document's own name: "Job description".
    Document,
    /// Label–value rows of the post: "Post details".
    Details,
    Terms,
    Duties,
    /// Duties of every post of the employer: "Corporate responsibilities".
    CommonDuties,
    /// Why the post exists: "Job purpose".
    Purpose,
    Prose,
    /// Values and behaviours, benefits: lists that are neither duties nor criteria.
    Values,
    Criteria,
    /// A usual category of a person specification: "Experience".
    Category,
    Factors,
    Demands,
    /// A collection of standard clauses: "General information".
    Clauses,
    /// One standard clause: "Infection control".
    Clause,
    Chart,
    Employer,
    Contact,
    /// Parts of a web page: "Supporting documents".
    Web,
}

struct Entry {
    topic: Topic,
    /// Every one of these words or phrases names the topic.
    names: &'static [&'static str],
}

/// In order: the first entry that fits decides.
const ENTRIES: &[Entry] = &[
    Entry { topic: Topic::Chart, names: &["organisation chart", "organisational chart", "organisation structure", "organisational structure", "organization chart", "organizational chart", "structure chart", "organogram", "organisational position", "team structure", "organisation diagram"] },
    Entry { topic: Topic::Criteria, names: &["person specification", "personal specification", "person specifications", "employee specification", "candidate specification", "selection criteria", "essential criteria", "desirable criteria", "essential requirements", "desirable requirements", "person profile", "candidate profile", "shortlisting criteria", "person spec", "essential skills", "desirable skills", "person requirements"] },
    Entry { topic: Topic::Factors, names: &["factor levels", "job evaluation factors", "competency levels", "competencies", "competences", "behavioural competencies", "competency framework"] },
    Entry { topic: Topic::Demands, names: &["emotional effort", "physical effort", "mental effort", "effort", "working conditions", "physical demands", "mental demands", "emotional demands", "demands"] },
    Entry { topic: Topic::Terms, names: &["terms and conditions", "conditions of service", "terms of service", "conditions of employment", "terms of appointment", "terms of employment", "main terms", "vacancy details", "details of the vacancy", "contract details"] },
    Entry { topic: Topic::Details, names: &["details", "post information", "job information", "role information", "job identification", "post particulars", "job particulars", "identifying facts"] },
    Entry { topic: Topic::Values, names: &["values", "behaviours", "our behaviours", "benefits", "what we offer", "what we can offer", "we offer", "in return", "rewards", "why work for us", "why join us"] },
    Entry { topic: Topic::Contact, names: &["contact", "contact details", "contact us", "further information", "informal discussion", "how to apply"] },
    Entry { topic: Topic::Employer, names: &["employer", "employer details", "employer contact details", "about the employer"] },
    Entry { topic: Topic::Web, names: &["supporting documents", "privacy notice", "share this job", "similar jobs", "cookies", "apply now", "apply for this job", "back to search results", "sign in"] },
    Entry { topic: Topic::Purpose, names: &["purpose", "summary", "objective", "overview", "profile summary", "about the role", "about the job", "about the post", "the role", "the post", "job objective", "aim", "aims"] },
    Entry { topic: Topic::Prose, names: &["about us", "about the team", "about the service", "about the department", "about you", "service description", "background", "context", "scope", "dimensions", "job context", "introduction", "relationships", "working relationships", "contacts", "working environment", "work environment", "communications and relationships", "communication and working relationships", "resources", "financial dimensions", "structure", "location", "special conditions", "special circumstances", "special features", "key facts", "supervision", "supervision received", "management", "decision making", "knowledge skills and experience", "knowledge and skills", "core behaviours", "core knowledge", "equal opportunities statement"] },
    Entry { topic: Topic::CommonDuties, names: &["corporate responsibilities", "corporate accountabilities", "corporate duties", "corporate responsibility", "generic duties", "generic responsibilities", "generic accountabilities", "general duties", "general responsibilities", "general accountabilities", "standard duties", "common duties", "common responsibilities", "statutory duties", "statutory responsibilities", "corporate requirements"] },
    Entry { topic: Topic::Duties, names: &["duties", "responsibilities", "accountabilities", "key result areas", "result areas", "tasks", "job content", "key deliverables", "deliverables", "what you will do", "what you will be doing", "what youll do", "what youll be doing", "activities", "key activities", "key outputs", "outputs", "areas of responsibility", "responsibility"] },
    Entry { topic: Topic::Clauses, names: &["statutory information", "standard clauses", "general information", "additional information", "general requirements", "general conditions", "general", "other information", "statutory requirements", "organisational and statutory requirements", "corporate information", "policies", "policies and procedures", "important information", "additional notes", "general notes", "standard statements", "notes"] },
    Entry { topic: Topic::Clause, names: CLAUSES },
    Entry { topic: Topic::Category, names: CATEGORIES },
    Entry { topic: Topic::Document, names: &["job description", "job profile", "role profile", "role description", "post specification", "post profile", "job specification", "job advert", "job advertisement", "vacancy", "job pack", "recruitment pack", "job summary sheet"] },
];

const CLAUSES: &[&str] = &[
    "health and safety", "health safety and wellbeing", "health safety and security", "risk management", "infection control", "infection prevention", "infection prevention and control",
    "equality and diversity", "equality diversity and inclusion", "diversity", "inclusion", "equal opportunities", "equality", "equalities", "confidentiality",
    "data protection", "data quality", "information governance", "information security", "records management", "freedom of information", "safeguarding",
    "safeguarding children", "safeguarding adults", "safeguarding children and vulnerable adults", "disclosure and barring", "disclosure and barring service", "disclosure and barring service check",
    "dbs", "dbs check", "criminal record", "criminal records", "rehabilitation of offenders", "rehabilitation of offenders act", "smoking", "smoke free", "no smoking", "job share", "job sharing",
    "sustainability", "sustainable development", "environment and sustainability", "climate", "mental capacity", "mental capacity act", "professional registration", "professional conduct",
    "code of conduct", "codes of conduct", "flexibility", "flexibility statement", "flexibility clause", "note", "job description review", "review of this job description", "review of job description",
    "patient and public involvement", "patient confidentiality", "respect for patient confidentiality", "conflict of interest", "conflicts of interest", "counter fraud", "fraud", "emergency planning",
    "major incident", "major incidents", "business continuity", "mobility", "politically restricted", "political restriction", "duty of candour", "whistleblowing", "raising concerns",
    "modern slavery", "training and development", "training and personal development", "continuous professional development", "continuing professional development", "personal development",
    "learning and development", "mandatory training", "no smoking policy", "standing financial instructions", "uniform", "dignity at work", "customer care", "customer service standards",
    "use of it", "intellectual property", "working time regulations", "probation", "probationary period", "gdpr", "acceptance of gifts", "gifts and hospitality", "dress code",
    "variation", "variations", "other duties", "right to work", "prevent", "crime and disorder",
];

const CATEGORIES: &[&str] = &[
    "qualifications", "qualification", "education", "training", "knowledge", "experience", "skills", "abilities", "ability", "aptitude", "aptitudes", "attributes", "personal attributes", "personal qualities",
    "qualities", "competence", "disposition", "special requirements", "special conditions", "other requirements", "other", "additional requirements", "circumstances", "personal circumstances", "physical",
    "physical requirements", "physical skills", "communication", "communication skills", "analytical skills", "attainments", "achievements", "professional", "professional qualifications", "expertise",
    "understanding", "values and behaviours", "behaviours", "skills and behaviours", "interpersonal skills", "practical skills", "work related circumstances", "equality", "equal opportunities", "motivation",
    "education and qualifications", "specialist knowledge", "judgement", "leadership", "planning and organising", "commitment", "personality", "health", "work circumstances", "general requirements",
    "registration", "memberships",
];

/// Words that change no topic.
const FILLERS: &[&str] = &[
    "a", "an", "and", "the", "of", "for", "to", "in", "on", "by", "with", "this", "our", "your", "or", "at", "all", "job", "role", "post", "postholder", "jobholder", "holder", "position", "main", "key", "principal", "primary", "specific", "core",
    "generic", "general", "corporate", "service", "overall", "brief", "major", "other", "additional", "area", "areas", "section", "part", "standard", "detailed", "description", "profile", "required", "requirements", "requirement", "check", "checks", "act",
    "1974", "2018", "1998", "2010", "2005", "policy", "policies", "statement", "staff", "s", "expected", "typical", "essential", "relevant", "related", "work", "working", "functions", "function", "team", "departmental", "management", "managerial", "professional",
    "operational", "statutory", "clinical", "personal", "criteria", "shared", "council", "trust", "nhs", "including", "include", "includes", "you", "we", "are", "is", "as", "follows", "summary", "continued", "cont",
];

/// The topic that a heading's words name: every word must be part of a name or change nothing.
/// For lines that only their words show to be headings.
pub fn exact(text: &str) -> Option<Topic> {
    let words = words_of(text);
    if words.is_empty() || words.len() > 12 {
        return None;
    }
    ENTRIES.iter().find(|entry| covers(entry, &words)).map(|entry| entry.topic)
}

/// The topic that stands somewhere in a heading. For lines that look like headings.
pub fn within(text: &str) -> Option<Topic> {
    let words = words_of(text);
    if let Some(topic) = exact(text) {
        return Some(topic);
    }
    ENTRIES.iter().find(|entry| entry.names.iter().any(|name| position(&words, name).is_some())).map(|entry| entry.topic)
}

/// The heading's words without what stands in brackets.
fn words_of(text: &str) -> Vec<String> {
    let outside: String = match text.split_once('(') {
        Some((before, _)) if !before.trim().is_empty() => before.to_owned(),
        Some(_) | None => text.to_owned(),
    };
    words(&outside.replace('&', " and ").replace('/', " and "))
}

fn covers(entry: &Entry, all: &[String]) -> bool {
    let mut used = vec![false; all.len()];
    let mut named = false;
    for name in entry.names {
        if let Some(at) = position(all, name) {
            named = true;
            used[at..at + name.split(' ').count()].fill(true);
        }
    }
    named && all.iter().zip(&used).all(|(word, used)| *used || FILLERS.contains(&word.as_str()) || is_number(word))
}

fn is_number(word: &str) -> bool {
    word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit())
}

fn position(all: &[String], name: &str) -> Option<usize> {
    let name: Vec<&str> = name.split(' ').collect();
    all.windows(name.len()).position(|window| window.iter().zip(&name).all(|(word, name)| word == name))
}

/// Whether the text names a usual category of a person specification, and nothing else.
pub fn is_category(text: &str) -> bool {
    let words = words_of(text);
    !words.is_empty() && words.len() <= 9 && ENTRIES.iter().any(|entry| entry.topic == Topic::Category && covers(entry, &words))
}

/// Whether the text names a standard clause, and nothing else or nearly so.
pub fn is_clause(text: &str) -> bool {
    let words = words_of(text);
    !words.is_empty() && words.len() <= 12 && CLAUSES.iter().any(|name| position(&words, name).is_some())
}

/// Whether a text is the name of the document as a whole: "Job description and person specification".
pub fn is_document_name(text: &str) -> bool {
    const NAMES: &[&str] = &["description", "profile", "specification", "advert", "advertisement", "pack", "vacancy", "document"];
    const PARTS: &[&str] = &["job", "role", "post", "person", "personal", "comprising", "and", "detailed", "a", "the", "of", "recruitment", "candidate", "employee", "council", "nhs", "trust", "generic", "standard", "template", "form"];
    let words = words_of(text);
    let name = words.iter().any(|word| NAMES.contains(&word.as_str()));
    let job = words.iter().any(|word| ["job", "role", "post", "vacancy", "recruitment"].contains(&word.as_str()));
    name && job && words.len() <= 10 && words.iter().all(|word| NAMES.contains(&word.as_str()) || PARTS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_headings_name_their_topic() {
        let cases = [
            ("Main duties and responsibilities", Topic::Duties),
            ("KEY TASKS", Topic::Duties),
            ("Generic Duties and Responsibilities", Topic::CommonDuties),
            ("Job purpose", Topic::Purpose),
            ("Person specification", Topic::Criteria),
            ("TERMS AND CONDITIONS OF SERVICE", Topic::Terms),
            ("Infection prevention & control", Topic::Clause),
            ("Qualifications and training", Topic::Category),
            ("Organisational chart", Topic::Chart),
            ("Job description", Topic::Document),
            ("Key working relationships", Topic::Prose),
        ];
        for (text, topic) in cases {
            assert_eq!(exact(text), Some(topic), "{text}");
        }
    }

    #[test]
    fn sentences_and_job_titles_name_none() {
        for text in ["Carry out other duties as directed by the manager", "Senior Parking Officer", "Responsible to the Head of Parking", "Ability to prioritise"] {
            assert_eq!(exact(text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_the_document_is_known() {
        assert!(is_document_name("Job description and person specification"));
        assert!(!is_document_name("Person specification"));
        assert!(!is_document_name("Job details"));
    }
}
