//! Eight plain questions about a post, and what follows from the answers: the level of the DBS check, and which clauses.

use std::collections::BTreeSet;

use crate::domain::worded::worded;

worded! {
    Question {
        Patients = "patients", "Contact with patients";
        Children = "children", "Work with children";
        Adults = "adults", "Care of adults";
        Drives = "drives", "Driving";
        Public = "public", "Speaking with the public";
        Budget = "budget", "Money";
        OnCall = "on_call", "On call";
        Political = "political", "Politically restricted";
    }
}

impl Question {
    pub fn asks(self) -> &'static str {
        match self {
            Self::Patients => "Does the job bring the person into contact with patients as part of its usual work?",
            Self::Children => "Does the job look after, teach, treat or supervise children, often or overnight?",
            Self::Adults => {
                "Does the job give adults health care, personal care or social work, or handle their money for them?"
            }
            Self::Drives => "Does the person drive for the job, beside travelling to work?",
            Self::Public => "Does the person speak with members of the public as a regular part of the job?",
            Self::Budget => "Does the person hold a budget, or approve what is spent or bought?",
            Self::OnCall => "Is the person on call outside their usual hours?",
            Self::Political => "Is the post politically restricted?",
        }
    }

    /// What counts, and what doesn't.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Patients => "Such as on a ward or at a clinic’s desk. A shared corridor is not contact.",
            Self::Children => "Without somebody else supervising. Children as visitors or colleagues do not count.",
            Self::Adults => "Because of their age, illness or disability. General advice to the public does not count.",
            Self::Drives => "In their own vehicle or one of the employer’s.",
            Self::Public => "In person or by telephone.",
            Self::Budget => "Of any size.",
            Self::OnCall => "By telephone or by coming in, on a rota.",
            Self::Political => {
                "Councils only: chief officers and their deputies, and those who advise the council or speak for it to the press."
            }
        }
    }
}

worded! {
    /// The highest level of check by the Disclosure and Barring Service that a post may ask for. Which posts are eligible
    /// is the law's to say: the Police Act 1997 with the Exceptions Order 1975 of the Rehabilitation of Offenders Act.
    Check {
        Basic = "check_basic", "Basic, at most";
        Standard = "check_standard", "Standard";
        EnhancedChildren = "check_children", "Enhanced, with the children’s barred list";
        EnhancedAdults = "check_adults", "Enhanced, with the adults’ barred list";
        EnhancedBoth = "check_both", "Enhanced, with both barred lists";
    }
}

impl Check {
    /// Why it is that level.
    pub fn because(self) -> &'static str {
        match self {
            Self::Basic => "Nothing here makes the post eligible for a higher level.",
            Self::Standard => "The post has access to patients in the course of its usual duties.",
            Self::EnhancedChildren => "The post is in regulated activity with children.",
            Self::EnhancedAdults => "The post is in regulated activity with adults.",
            Self::EnhancedBoth => "The post is in regulated activity with children and with adults.",
        }
    }
}

worded! {
    /// What places a clause in a profile.
    When {
        Always = "always", "Every post";
        Patients = "patients", "Contact with patients";
        Children = "children", "Work with children";
        Adults = "adults", "Care of adults";
        Drives = "drives", "Driving";
        Public = "public", "Speaking with the public";
        Budget = "budget", "Money";
        OnCall = "on_call", "On call";
        Political = "political", "Politically restricted";
        CheckBasic = "check_basic", "Check: basic, at most";
        CheckStandard = "check_standard", "Check: standard";
        CheckChildren = "check_children", "Check: enhanced, children’s list";
        CheckAdults = "check_adults", "Check: enhanced, adults’ list";
        CheckBoth = "check_both", "Check: enhanced, both lists";
    }
}

/// What was answered: every question, some of them with yes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    pub yes: BTreeSet<Question>,
}

impl Answers {
    pub fn of(yes: impl IntoIterator<Item = Question>) -> Self {
        Answers { yes: yes.into_iter().collect() }
    }

    pub fn says(&self, question: Question) -> bool {
        self.yes.contains(&question)
    }

    /// The level of the check. Care given to patients is asked for as care of adults or of children: contact alone is
    /// eligible for the standard level.
    pub fn check(&self) -> Check {
        let (patients, children, adults) =
            (self.says(Question::Patients), self.says(Question::Children), self.says(Question::Adults));
        match (children, adults, patients) {
            (true, true, _) => Check::EnhancedBoth,
            (true, false, _) => Check::EnhancedChildren,
            (false, true, _) => Check::EnhancedAdults,
            (false, false, true) => Check::Standard,
            (false, false, false) => Check::Basic,
        }
    }

    fn meets(&self, when: When) -> bool {
        match when {
            When::Always => true,
            When::Patients => self.says(Question::Patients),
            When::Children => self.says(Question::Children),
            When::Adults => self.says(Question::Adults),
            When::Drives => self.says(Question::Drives),
            When::Public => self.says(Question::Public),
            When::Budget => self.says(Question::Budget),
            When::OnCall => self.says(Question::OnCall),
            When::Political => self.says(Question::Political),
            When::CheckBasic => self.check() == Check::Basic,
            When::CheckStandard => self.check() == Check::Standard,
            When::CheckChildren => self.check() == Check::EnhancedChildren,
            When::CheckAdults => self.check() == Check::EnhancedAdults,
            When::CheckBoth => self.check() == Check::EnhancedBoth,
        }
    }
}

/// Whether the answers place a clause of these conditions: one that is met is enough.
pub fn called_for(when: &[When], answers: &Answers) -> bool {
    when.iter().any(|when| answers.meets(*when))
}
