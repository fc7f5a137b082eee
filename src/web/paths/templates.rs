//! The addresses of the employer's templates.

use super::Employer;
use crate::domain::ids::TemplateId;

impl Employer<'_> {
    pub fn templates(self) -> String {
        self.under("templates")
    }

    /// `new`
    pub fn templates_at(self, act: &str) -> String {
        self.under(&format!("templates/{act}"))
    }

    pub fn template(self, template: TemplateId) -> String {
        self.under(&format!("templates/{template}"))
    }

    /// Something that is done with a template: `edit`, `preview`, `bind`.
    pub fn template_act(self, template: TemplateId, act: &str) -> String {
        format!("{}/{act}", self.template(template))
    }

    /// A section of a template that is being written.
    pub fn template_slot(self, template: TemplateId, slot: &str) -> String {
        format!("{}/sections/{slot}", self.template(template))
    }
}
