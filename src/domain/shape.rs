//! What may stand where: which kinds of item a section takes, and which of them take children.

use super::content::{Item, ItemKind, SectionKind};

/// The kinds that may stand directly in a section of this kind; the first is what "add" offers first.
pub fn section_takes(kind: SectionKind) -> &'static [ItemKind] {
    match kind {
        SectionKind::Details => &[ItemKind::Detail],
        SectionKind::Prose | SectionKind::OrganisationChart => &[ItemKind::Paragraph],
        SectionKind::Duties => &[ItemKind::Duty, ItemKind::Group, ItemKind::Paragraph],
        SectionKind::Criteria => &[ItemKind::Criterion, ItemKind::Category],
        SectionKind::Terms => &[ItemKind::Term],
        SectionKind::Demands => &[ItemKind::Demand],
        SectionKind::Factors => &[ItemKind::FactorLevel],
        SectionKind::Clauses => &[ItemKind::Clause],
    }
}

/// The kinds that may stand below an item of this kind.
pub fn item_takes(kind: ItemKind) -> &'static [ItemKind] {
    match kind {
        ItemKind::Group => &[ItemKind::Duty, ItemKind::Paragraph],
        ItemKind::Duty => &[ItemKind::Duty],
        ItemKind::Category => &[ItemKind::Criterion],
        ItemKind::Paragraph
        | ItemKind::Criterion
        | ItemKind::Term
        | ItemKind::Demand
        | ItemKind::FactorLevel
        | ItemKind::Clause
        | ItemKind::Detail => &[],
    }
}

/// Whether this kind is a heading over others rather than content of its own.
pub fn is_heading(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Group | ItemKind::Category)
}

/// Whether the text of this kind takes bold, italic and links.
pub fn takes_marks(kind: ItemKind) -> bool {
    !is_heading(kind) && kind != ItemKind::Demand
}

/// Every item stands where its kind may stand.
pub fn holds(section: SectionKind, items: &[Item]) -> bool {
    fn below(takes: &[ItemKind], items: &[Item]) -> bool {
        items.iter().all(|item| takes.contains(&item.kind()) && below(item_takes(item.kind()), &item.children))
    }
    below(section_takes(section), items)
}
