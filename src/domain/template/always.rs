//! The checks that no template switches off, each with what it rests on.

/// A check that holds for every job profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Always {
    pub what: &'static str,
    pub why: &'static str,
    /// The law that asks for it; empty where a document without it would say nothing, or not what its author meant.
    pub law: &'static str,
}

/// What `domain::checks` asks of every version, those that the law asks for first.
pub const ALWAYS: &[Always] = &[
    Always {
        what: "The job has a title and a grade",
        why: "An employee’s written statement names the job and its rate of pay.",
        law: "Employment Rights Act 1996, section 1(4)(a) and (f)",
    },
    Always {
        what: "Before it comes into force, it says how the grade was decided, and of a changed grade why",
        why: "Only a grade whose evaluation is on record answers a claim for equal pay.",
        law: "Equality Act 2010, sections 65 and 131",
    },
    Always {
        what: "No standard clause stands in it that has ended",
        why: "Clauses state duties such as safeguarding and data protection, and one that has ended may state them wrongly.",
        law: "the legal basis that each clause’s own page names",
    },
    Always {
        what: "What was read from a document with a guess is confirmed by a person",
        why: "Nobody approves what nobody has read.",
        law: "",
    },
    Always {
        what: "No line is empty, and no heading stands over nothing",
        why: "Readers would look for what is missing.",
        law: "",
    },
    Always {
        what: "Required sections are written, and what has no place is placed or deleted",
        why: "That is what this template says of its sections.",
        law: "",
    },
];
