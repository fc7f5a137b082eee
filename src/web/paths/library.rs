//! Addresses of what an employer keeps for all its profiles: grades, terms, and what others share with it.

use super::Employer;
use crate::domain::ids::GradeId;
use crate::domain::sharing::Shareable;

impl Employer<'_> {
    pub fn pay_terms(self) -> String {
        self.under("pay/terms")
    }

    pub fn pay_new_grade(self) -> String {
        self.under("pay/grades/new")
    }

    pub fn pay_grade(self, grade: GradeId) -> String {
        self.under(&format!("pay/grades/{grade}"))
    }

    /// What other employers share with this one.
    pub fn shared(self) -> String {
        self.under("shared")
    }

    /// Whom a clause or a template is shared with.
    pub fn share(self, kind: Shareable, id: i64) -> String {
        self.under(&format!("share/{}/{id}", kind.word()))
    }
}
