//! What a paper shows that its author did not write: the terms of the pay scheme, and the chart that reporting lines make.

use super::paper::{Audience, Paper, Part, PartBody};
use crate::domain::content::{Content, SectionKind};
use crate::domain::given::Given;
use crate::domain::ids::SectionId;
use crate::domain::template::{Printing, TemplateSection};

/// Parts that no author wrote are told from written ones by their identity.
const GIVEN_TERMS: SectionId = SectionId(-1);
const GIVEN_CHART: SectionId = SectionId(-2);

impl Paper {
    /// The paper of `content` with what its author left to the scheme and to reporting lines. What an author wrote
    /// stands, and what a template keeps from applicants stays kept from them.
    pub fn with(mut self, given: &Given, audience: Audience, (content, printing): (&Content, &Printing)) -> Self {
        let is_for = |kind: SectionKind| {
            let of_template = || content.sections.iter().find(|section| section.kind == kind);
            match audience {
                Audience::Staff => true,
                Audience::Public => of_template()
                    .and_then(|section| printing.for_applicants(section.id))
                    .unwrap_or_else(|| TemplateSection::usually_for_applicants(kind)),
            }
        };
        if !given.terms.lines.is_empty() && is_for(SectionKind::Terms) {
            let body = PartBody::SchemeTerms(given.terms.clone());
            // After what the job is and needs, before standard clauses.
            let at = self.parts.iter().position(|part| part.kind == SectionKind::Clauses);
            self.give(SectionKind::Terms, GIVEN_TERMS, body, at);
        }
        if let (Some(chart), true) = (&given.chart, is_for(SectionKind::OrganisationChart)) {
            let body = PartBody::Reporting(chart.clone());
            let before = [SectionKind::Duties, SectionKind::Criteria, SectionKind::Terms];
            let at = self.parts.iter().position(|part| before.contains(&part.kind));
            self.give(SectionKind::OrganisationChart, GIVEN_CHART, body, at);
        }
        self
    }

    fn give(&mut self, kind: SectionKind, id: SectionId, body: PartBody, at: Option<usize>) {
        match self.parts.iter_mut().find(|part| part.kind == kind) {
            Some(part) if part.body.is_blank() => part.body = body,
            Some(_) => {}
            None => {
                let part = Part { id, kind, heading: kind.label().to_owned(), is_named: false, body };
                self.parts.insert(at.unwrap_or(self.parts.len()), part);
            }
        }
    }
}

impl Part {
    /// Its author has no such section at all.
    pub fn is_given(&self) -> bool {
        self.id.0 < 0
    }
}

impl PartBody {
    fn is_blank(&self) -> bool {
        match self {
            PartBody::Paragraphs(items) => items.is_empty(),
            PartBody::Rows(rows) => rows.is_empty(),
            PartBody::Duties(_)
            | PartBody::Criteria(_)
            | PartBody::Demands(_)
            | PartBody::Factors(_)
            | PartBody::Clauses(_)
            | PartBody::SchemeTerms(_)
            | PartBody::Reporting(_) => false,
        }
    }
}
