//! Content as the sections of a result.

use crate::documents::extract::result::{
    AssessmentMethod, Clause, CriteriaCategory, Criterion, Demand, Details, Duty, DutyGroup, Factor,
    Importance as Read, LabelledText, Paragraph, Section,
};
use crate::domain::content::{self, Assessment, Body, Content, Importance, Item, SectionKind};
use crate::domain::work::Work;

/// Every section; further details go where a result keeps them.
pub(super) fn sections(content: &Content, details: &mut Details) -> Vec<Section> {
    let mut sections = Vec::new();
    for own in &content.sections {
        let heading = said(&own.heading);
        let items = &own.items;
        sections.push(match own.kind {
            SectionKind::Details => {
                for row in items.iter().filter_map(row) {
                    // A result has a field for these, which is told from a term that says the same. A grade stands here
                    // where the employer has none that is called so, and comes back in its place among the rows.
                    match row.label.as_str() {
                        "Grade" if details.grade.is_none() => details.grade = Some(row.text),
                        "Pay scheme" if details.pay_scheme.is_none() => details.pay_scheme = Some(row.text),
                        _ => details.other.push(row),
                    }
                }
                continue;
            }
            SectionKind::Prose => Section::Prose { heading, paragraphs: items.iter().map(paragraph).collect() },
            SectionKind::OrganisationChart => {
                Section::OrganisationChart { heading, paragraphs: items.iter().map(paragraph).collect() }
            }
            SectionKind::Duties => Section::Duties { heading, groups: groups(items) },
            SectionKind::Criteria => Section::Criteria { heading, categories: categories(items) },
            SectionKind::Terms => Section::Terms { heading, rows: items.iter().filter_map(row).collect() },
            SectionKind::Demands => Section::Demands { heading, rows: items.iter().filter_map(demand).collect() },
            SectionKind::Factors => Section::Factors { heading, rows: items.iter().filter_map(factor).collect() },
            SectionKind::Clauses => Section::Clauses { heading, clauses: items.iter().filter_map(clause).collect() },
        });
    }
    sections
}

fn said(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn paragraph(item: &Item) -> Paragraph {
    Paragraph { text: item.text.clone(), number: item.number.clone() }
}

/// Groups with a heading as they are; what stands between them in groups without.
fn groups(items: &[Item]) -> Vec<DutyGroup> {
    let mut groups = Vec::new();
    let mut loose: Vec<&Item> = Vec::new();
    for item in items {
        if matches!(item.body, Body::Group) {
            groups.extend(runs(std::mem::take(&mut loose), None));
            groups.extend(runs(item.children.iter().collect(), Some(item)));
        } else {
            loose.push(item);
        }
    }
    groups.extend(runs(loose, None));
    groups
}

/// Paragraph, duties, paragraphs: what one group holds. What comes after goes into further ones without a heading.
fn runs(items: Vec<&Item>, over: Option<&Item>) -> Vec<DutyGroup> {
    let mut groups: Vec<DutyGroup> = Vec::new();
    let group = |over: Option<&Item>| DutyGroup {
        heading: over.map(|over| over.text.clone()),
        number: over.and_then(|over| over.number.clone()),
        lead_in: None,
        duties: Vec::new(),
        after: Vec::new(),
    };
    let mut open = over.map(|over| group(Some(over)));
    for item in items {
        let is_paragraph = matches!(item.body, Body::Paragraph);
        let mut own = match open.take() {
            Some(own) if is_paragraph || own.after.is_empty() => own,
            full => {
                groups.extend(full);
                group(None)
            }
        };
        let is_first = own.duties.is_empty() && own.after.is_empty() && own.lead_in.is_none();
        if !is_paragraph {
            own.duties.push(duty(item));
        } else if is_first && item.number.is_none() {
            own.lead_in = Some(item.text.clone());
        } else {
            own.after.push(paragraph(item));
        }
        open = Some(own);
    }
    groups.extend(open);
    groups
}

fn duty(item: &Item) -> Duty {
    Duty {
        text: item.text.clone(),
        number: item.number.clone(),
        sure: item.sure,
        children: item.children.iter().map(duty).collect(),
        work: if let Body::Duty(work) = &item.body { work.clone() } else { Work::default() },
    }
}

fn categories(items: &[Item]) -> Vec<CriteriaCategory> {
    let mut categories: Vec<CriteriaCategory> = Vec::new();
    for item in items {
        if matches!(item.body, Body::Category) {
            let criteria = item.children.iter().filter_map(criterion).collect();
            categories.push(CriteriaCategory {
                heading: Some(item.text.clone()),
                number: item.number.clone(),
                criteria,
            });
        } else if let Some(own) = criterion(item) {
            match categories.last_mut() {
                Some(last) if last.heading.is_none() => last.criteria.push(own),
                Some(_) | None => {
                    categories.push(CriteriaCategory { heading: None, number: None, criteria: vec![own] });
                }
            }
        }
    }
    categories
}

fn criterion(item: &Item) -> Option<Criterion> {
    let Body::Criterion { importance, subheading, assessment } = &item.body else { return None };
    Some(Criterion {
        text: item.text.clone(),
        number: item.number.clone(),
        subheading: said(subheading),
        importance: match importance {
            Importance::Essential => Read::Essential,
            Importance::Desirable => Read::Desirable,
        },
        assessment: assessment.iter().map(|method| self::method(*method)).collect(),
        sure: item.sure,
    })
}

fn method(own: Assessment) -> AssessmentMethod {
    match own {
        Assessment::Application => AssessmentMethod::Application,
        Assessment::Interview => AssessmentMethod::Interview,
        Assessment::Test => AssessmentMethod::Test,
        Assessment::Certificate => AssessmentMethod::Certificate,
        Assessment::Presentation => AssessmentMethod::Presentation,
        Assessment::References => AssessmentMethod::References,
        Assessment::AssessmentCentre => AssessmentMethod::AssessmentCentre,
        Assessment::Other => AssessmentMethod::Other,
    }
}

fn row(item: &Item) -> Option<LabelledText> {
    let (content::Body::Term { label } | content::Body::Detail { label }) = &item.body else { return None };
    Some(LabelledText { label: label.clone(), text: item.text.clone() })
}

fn demand(item: &Item) -> Option<Demand> {
    let Body::Demand { present, frequency, examples } = &item.body else { return None };
    Some(Demand { demand: item.text.clone(), present: *present, frequency: said(frequency), examples: said(examples) })
}

fn factor(item: &Item) -> Option<Factor> {
    let Body::FactorLevel { factor, level } = &item.body else { return None };
    Some(Factor { factor: factor.clone(), level: level.clone(), text: item.text.clone() })
}

fn clause(item: &Item) -> Option<Clause> {
    let Body::Clause { heading, .. } = &item.body else { return None };
    Some(Clause { heading: said(heading), number: item.number.clone(), text: item.text.clone() })
}
