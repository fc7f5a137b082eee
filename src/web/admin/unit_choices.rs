//! Units in the order of their tree, for lists and for choosing one in a form.

use std::collections::BTreeMap;

use crate::db::ManagedUnit;
use crate::domain::ids::UnitId;
use crate::web::form::Choice;

/// In forms: the whole employer instead of a unit.
pub const WHOLE: &str = "whole";

/// Every unit with its depth, each followed by those below it.
pub fn in_tree_order(units: &[ManagedUnit]) -> Vec<(usize, &ManagedUnit)> {
    let mut below: BTreeMap<Option<UnitId>, Vec<&ManagedUnit>> = BTreeMap::new();
    for unit in units {
        below.entry(unit.parent).or_default().push(unit);
    }
    let mut ordered = Vec::with_capacity(units.len());
    let mut waiting: Vec<(usize, &ManagedUnit)> = Vec::new();
    let open = |waiting: &mut Vec<_>, depth: usize, parent: Option<UnitId>| {
        waiting.extend(below.get(&parent).into_iter().flatten().rev().map(|unit| (depth, *unit)));
    };
    open(&mut waiting, 0, None);
    while let Some((depth, unit)) = waiting.pop() {
        ordered.push((depth, unit));
        open(&mut waiting, depth + 1, Some(unit.id));
    }
    ordered
}

/// Options for a select: the tree, drawn with dashes.
pub fn choices(units: &[ManagedUnit]) -> Vec<Choice> {
    let drawn =
        |(depth, unit): (usize, &ManagedUnit)| Choice::new(unit.id, format!("{}{}", "– ".repeat(depth), unit.name));
    in_tree_order(units).into_iter().map(drawn).collect()
}

/// The same, with the whole employer first.
pub fn choices_and_whole(units: &[ManagedUnit]) -> Vec<Choice> {
    let mut all = vec![Choice::new(WHOLE, "The whole employer")];
    all.extend(choices(units));
    all
}

/// What was chosen: a unit of this employer, the whole employer, or neither.
pub fn chosen<'a>(units: &'a [ManagedUnit], value: &str) -> Option<Option<&'a ManagedUnit>> {
    match value {
        WHOLE => Some(None),
        value => units.iter().find(|unit| unit.id.to_string() == value).map(Some),
    }
}

/// The words for a place: a unit's name, or the whole employer.
pub fn place(unit: Option<&str>) -> &str {
    unit.unwrap_or("the whole employer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_unit_is_followed_by_those_below_it() {
        let unit = |id, parent: Option<i64>, name: &str| ManagedUnit {
            id: UnitId(id),
            parent: parent.map(UnitId),
            name: name.into(),
            manager: None,
        };
        let units = [
            unit(3, Some(2), "Ash"),
            unit(4, None, "Elm"),
            unit(1, Some(2), "Oak"),
            unit(2, None, "Yew"),
            unit(5, Some(1), "Fir"),
        ];
        let drawn: Vec<_> = choices(&units).into_iter().map(|choice| choice.text).collect();
        assert_eq!(drawn, ["Elm", "Yew", "– Ash", "– Oak", "– – Fir"]);
        assert_eq!(chosen(&units, "whole"), Some(None));
        assert_eq!(chosen(&units, "9"), None);
    }
}
