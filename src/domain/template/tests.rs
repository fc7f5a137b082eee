//! Templates over contents of every kind: no move loses a line, and what is told of it is what happens.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::domain::checks::{Place as At, Problem, before_submitting};
use crate::domain::content::{Body, Content, Importance, Item, Section};
use crate::domain::details::Details;
use crate::domain::diff::samples::{Chance, content};
use crate::domain::ids::ItemId;
use crate::reference::templates::starter_templates;

/// A place of a template.
fn place(slot: &str, kind: SectionKind, heading: &str, need: Need) -> TemplateSection {
    TemplateSection {
        slot: slot.to_owned(),
        kind,
        heading: heading.to_owned(),
        also: Vec::new(),
        need,
        fixed: if need == Need::Locked { format!("Fixed in {slot}.") } else { String::new() },
        guidance: String::new(),
        source: String::new(),
        numbering: Numbering::Numbers,
        applicants: true,
        checks: Vec::new(),
        told: Vec::new(),
    }
}

fn layout(sections: Vec<TemplateSection>) -> Layout {
    Layout { style: Style::Own, review_months: None, sections }
}

/// A layout made of chance: slots that come again in others under other kinds and needs, and headings of which some are
/// those of the content, so that fixed text, too, stands under a heading that somebody wrote under.
fn made(seed: u64, content: &Content) -> Layout {
    let mut chance = Chance::new(seed ^ 0x7e3);
    let mut sections: Vec<TemplateSection> = Vec::new();
    for _ in 0..chance.below(9) + 1 {
        let slot = format!("slot{}", chance.below(14));
        let like = content.sections.get(chance.below(content.sections.len() * 2 + 1));
        let kind = like.map_or(SectionKind::ALL[chance.below(SectionKind::ALL.len())], |section| section.kind);
        let heading = match like {
            Some(section) if !section.heading.is_empty() => section.heading.clone(),
            Some(_) => kind.label().to_owned(),
            None => chance.text(2),
        };
        let locked = kind == SectionKind::Prose && chance.below(3) == 0;
        let need = if locked { Need::Locked } else { [Need::Required, Need::Optional][chance.below(2)] };
        if sections.iter().all(|section| section.slot != slot) {
            let mut one = place(&slot, kind, &heading, need);
            if locked {
                one.fixed.push_str(&seed.to_string());
            }
            sections.push(one);
        }
    }
    layout(sections)
}

fn on(layout: &Layout, arranged: &Arranged) -> Fitted {
    let (name, places, layout) = (String::new(), arranged.places.clone(), layout.clone());
    Fitted { template: TemplateId(1), name, edition: 1, latest: 1, layout, places }
}

/// Every line but those that the template writes: its identity, what it says, and whether it is what stood there.
fn written(content: &Content, now: Option<&Fitted>) -> BTreeMap<ItemId, Item> {
    let locked = |section: &&Section| now.and_then(|now| now.of(section.id)).is_some_and(TemplateSection::is_locked);
    let own = content.sections.iter().filter(|section| !locked(section));
    own.flat_map(Section::all_items).map(|item| (item.id, item.clone())).collect()
}

fn counting() -> impl FnMut() -> i64 {
    let mut next = 500_000;
    move || {
        next += 1;
        next
    }
}

#[test]
fn moving_to_any_template_and_on_to_any_other_loses_no_line_and_changes_no_identity() {
    let mut identity = counting();
    for seed in 0..400 {
        let mut now: (Content, Option<Fitted>) = (content(seed), None);
        let mut before = written(&now.0, None);
        let mut sections: BTreeSet<SectionId> =
            now.0.sections.iter().filter(|section| !section.items.is_empty()).map(|section| section.id).collect();
        for step in 0..4 {
            // The last step goes back to the first layout.
            let to = made(seed * 3 + step % 3, &now.0);
            let after = arrange(&now.0, now.1.as_ref(), &to, &mut identity);
            let fitted = on(&to, &after);
            let lines = written(&after.content, Some(&fitted));
            for (id, item) in &before {
                assert_eq!(lines.get(id), Some(item), "seed {seed}, step {step}");
            }
            for id in &sections {
                assert!(
                    after.content.section(*id).is_some(),
                    "seed {seed}, step {step}: a written section stays itself"
                );
            }
            whole(&after, &to, (seed, step));
            now = (after.content, Some(fitted));
            // Beside the template its author writes a section, which no later template takes, keeps or loses.
            let own = own_section(&mut identity, (seed + step) % 2 == 0);
            for id in sections.iter().filter(|id| id.0 >= OWN) {
                assert!(!after.places.contains_key(id), "seed {seed}, step {step}: it stays its author's own");
            }
            before.extend(own.items.iter().map(|item| (item.id, item.clone())));
            sections.insert(own.id);
            let at = usize::try_from(seed).unwrap_or(0) % (now.0.sections.len() + 1);
            now.0.sections.insert(at, own);
        }
    }
}

/// Sections of an author's own have identities from here on.
const OWN: i64 = 900_000_000;

fn own_section(identity: &mut impl FnMut() -> i64, is_duties: bool) -> Section {
    let (kind, body) = match is_duties {
        true => (SectionKind::Duties, Body::duty()),
        false => (SectionKind::Prose, Body::Paragraph),
    };
    let id = SectionId(OWN + identity());
    let item = Item::new(ItemId(identity()), "Words of its author.", body);
    Section { id, kind, heading: "Mine".to_owned(), revision: 1, items: vec![item] }
}

/// What holds of every arranged content.
fn whole(after: &Arranged, layout: &Layout, (seed, step): (u64, u64)) {
    let place = |section: &Section| after.places.get(&section.id).filter(|place| !place.kept);
    let stand: Vec<&str> = after.content.sections.iter().filter_map(place).map(|place| place.slot.as_str()).collect();
    let asked: Vec<&str> = layout.sections.iter().map(|section| section.slot.as_str()).collect();
    assert_eq!(stand, asked, "seed {seed}, step {step}: each place once, in the order of the template");
    let ids: BTreeSet<SectionId> = after.content.sections.iter().map(|section| section.id).collect();
    assert_eq!(ids.len(), after.content.sections.len());
    let items: Vec<ItemId> = after.content.all_items().iter().map(|item| item.id).collect();
    assert_eq!(items.iter().collect::<BTreeSet<_>>().len(), items.len(), "seed {seed}, step {step}");
    for section in &after.content.sections {
        let Some(told) = place(section).and_then(|place| layout.section(&place.slot)) else { continue };
        assert_eq!((section.kind, &section.heading), (told.kind, &told.heading));
        if told.is_locked() {
            assert_eq!(section.items.iter().map(|item| item.text.as_str()).collect::<Vec<_>>(), [told.fixed.as_str()]);
        }
    }
}

#[test]
fn moving_to_the_same_template_again_changes_nothing() {
    let mut identity = counting();
    for seed in 0..200 {
        let to = made(seed, &content(seed));
        let first = arrange(&content(seed), None, &to, &mut identity);
        let fitted = on(&to, &first);
        let again = arrange(&first.content, Some(&fitted), &to, || panic!("nothing new is needed"));
        assert_eq!(again, first, "seed {seed}");
        assert!(effects(&first.content, Some(&fitted), &again, &to).moved.is_empty());
    }
}

fn section(id: i64, kind: SectionKind, heading: &str, lines: &[&str]) -> Section {
    let item = |(n, line): (usize, &&str)| Item::new(ItemId(id * 100 + n as i64), *line, Body::Paragraph);
    let items = lines.iter().enumerate().map(item).collect();
    Section { id: SectionId(id), kind, heading: heading.to_owned(), revision: 1, items }
}

fn names(arranged: &Arranged) -> Vec<String> {
    let kept = |section: &Section| arranged.places.get(&section.id).is_some_and(|place| place.kept);
    let mark = |section: &Section| if kept(section) { " (kept)" } else { "" };
    arranged.content.sections.iter().map(|section| format!("{}{}", section.heading, mark(section))).collect()
}

#[test]
fn a_document_finds_its_places_by_heading_and_kind() {
    let mut purpose = place("purpose", SectionKind::Prose, "Purpose of the job", Need::Required);
    purpose.also = vec!["Job summary".to_owned()];
    let duties = place("duties", SectionKind::Duties, "What you do", Need::Required);
    let to = layout(vec![duties, purpose]);
    let document = Content {
        sections: vec![
            section(1, SectionKind::Prose, "JOB SUMMARY:", &["Why it exists."]),
            section(2, SectionKind::Prose, "History of the team", &["It began long ago."]),
            section(3, SectionKind::Duties, "Key tasks", &["Orders."]),
            section(4, SectionKind::Terms, "Terms", &[]),
        ],
    };
    let after = arrange(&document, None, &to, counting());
    assert_eq!(names(&after), ["What you do", "Purpose of the job", "History of the team (kept)"]);
    assert_eq!(after.content.sections[1].id, SectionId(1));
}

#[test]
fn a_longer_heading_finds_the_place_that_it_names() {
    let named = |slot: &str, heading: &str, also: &[&str]| {
        let mut one = place(slot, SectionKind::Prose, heading, Need::Optional);
        one.also = also.iter().map(|name| (*name).to_owned()).collect();
        one
    };
    let to = layout(vec![
        named("purpose", "Purpose of the job", &["Purpose"]),
        named("values", "Values and behaviours", &["Values"]),
        named("managed", "Who leads it", &["The post is managed"]),
        named("contacts", "Who it deals with", &["Working relationships", "Main contacts"]),
    ]);
    let heads = [
        "Purpose-built rooms",
        "THE HARBOUR VALUES",
        "How and by whom the post is managed",
        "Communication & working relationships",
        "Main contacts within the town",
    ];
    let sections =
        heads.iter().enumerate().map(|(n, head)| section(n as i64 + 1, SectionKind::Prose, head, &["Words."]));
    let after = arrange(&Content { sections: sections.collect() }, None, &to, counting());
    assert_eq!(
        names(&after),
        [
            "Purpose of the job",
            "Values and behaviours",
            "Who leads it",
            "Who it deals with",
            "Purpose-built rooms (kept)",
            "Main contacts within the town (kept)"
        ]
    );
    let at = |slot: &str| after.places.iter().find(|(_, place)| place.slot == slot).map(|(id, _)| id.0);
    assert_eq!((at("values"), at("managed"), at("contacts")), (Some(2), Some(3), Some(4)));
}

#[test]
fn a_section_of_the_authors_own_stays_behind_what_it_stood_behind() {
    let (one, two) =
        (place("a", SectionKind::Prose, "A", Need::Required), place("b", SectionKind::Prose, "B", Need::Required));
    let first = layout(vec![one.clone(), two.clone()]);
    let mut begun = arrange(&Content::default(), None, &first, counting());
    begun.content.sections.insert(1, section(7, SectionKind::Prose, "Mine", &["Own words."]));
    let fitted = on(&first, &begun);
    let turned = arrange(&begun.content, Some(&fitted), &layout(vec![two, one]), counting());
    assert_eq!(names(&turned), ["B", "A", "Mine"]);
}

#[test]
fn what_a_template_drops_is_kept_and_finds_its_way_back() {
    let (one, two) =
        (place("a", SectionKind::Prose, "A", Need::Required), place("b", SectionKind::Prose, "B", Need::Required));
    let both = layout(vec![one.clone(), two]);
    let mut begun = arrange(&Content::default(), None, &both, counting());
    begun.content.sections[1].items = vec![Item::new(ItemId(1), "Written.", Body::Paragraph)];
    let fitted = on(&both, &begun);
    let only = layout(vec![one]);
    let less = arrange(&begun.content, Some(&fitted), &only, counting());
    assert_eq!(names(&less), ["A", "B (kept)"]);
    let told = effects(&begun.content, Some(&fitted), &less, &only);
    assert_eq!((told.loses_place, told.missing), (vec!["B".to_owned()], vec!["A".to_owned()]));
    let back = arrange(&less.content, Some(&on(&only, &less)), &both, counting());
    assert_eq!(back, begun);
}

#[test]
fn a_draft_lacks_what_its_template_requires_and_checks() {
    let mut criteria = place("who", SectionKind::Criteria, "Who", Need::Required);
    criteria.checks = vec![SectionCheck::Essential, SectionCheck::Assessed];
    let optional = place("more", SectionKind::Prose, "More", Need::Optional);
    let required = place("why", SectionKind::Prose, "Why", Need::Required);
    let to = layout(vec![required, optional, criteria]);
    let wish = Body::Criterion { importance: Importance::Desirable, subheading: String::new(), assessment: Vec::new() };
    let mut who = section(1, SectionKind::Criteria, "Who", &[]);
    who.items = vec![Item::new(ItemId(9), "Knows the town.", wish)];
    let stray = section(2, SectionKind::Prose, "Odd", &["Words."]);
    let after = arrange(&Content { sections: vec![who, stray] }, None, &to, counting());
    let details =
        Details { title: "Clerk".into(), grade_from: Some(crate::domain::ids::GradeId(1)), ..Details::default() };
    let found = before_submitting(&details, &after.content);
    let told: Vec<String> =
        problems(found.clone(), &after.content, Some(&on(&to, &after))).into_iter().map(|one| one.text).collect();
    assert_eq!(
        told,
        [
            "“Why” is empty, and the template requires it: write it",
            "“Who” names nothing essential: say what the job can’t be done without",
            "Say how “Knows the town.” is assessed",
            "“Odd” has no place in the template: place it or delete it",
        ]
    );
    assert_eq!(problems(found.clone(), &after.content, None), found, "without a template nothing else is asked");
    // The same checks, pointed out alone: what is asked shrinks to what no template switches off.
    let mut lenient = on(&to, &after);
    let who = lenient.layout.sections.iter_mut().find(|place| place.slot == "who").unwrap();
    who.told = std::mem::take(&mut who.checks);
    let texts = |problems: Vec<Problem>| problems.into_iter().map(|one| one.text).collect::<Vec<_>>();
    assert_eq!(texts(problems(found.clone(), &after.content, Some(&lenient))), [told[0].as_str(), told[3].as_str()]);
    assert_eq!(texts(advice(&after.content, Some(&lenient))), [told[1].as_str(), told[2].as_str()]);
    assert_eq!(advice(&after.content, None), []);
    assert!(found.iter().any(|one| matches!(one.place, At::Section(_))));
}

#[test]
fn a_layout_is_changed_one_section_at_a_time() {
    let both = layout(vec![
        place("a", SectionKind::Prose, "A", Need::Required),
        place("b", SectionKind::Duties, "B", Need::Required),
    ]);
    let slots = |layout: Layout| layout.sections.into_iter().map(|section| section.slot).collect::<Vec<_>>();
    assert_eq!(moved(&both, "b", true).map(slots), Ok(vec!["b".to_owned(), "a".to_owned()]));
    assert_eq!(moved(&both, "b", false).map(slots), Ok(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(removed(&both, "c"), Err(Refusal::Gone));
    let one = removed(&both, "b").unwrap();
    assert_eq!(removed(&one, "a"), Err(Refusal::LastOne));
    let entry = |heading: &str, need| SectionEntry {
        kind: Some(SectionKind::Duties),
        heading: heading.to_owned(),
        also: Vec::new(),
        need,
        fixed: "Words.".to_owned(),
        guidance: String::new(),
        source: String::new(),
        numbering: Numbering::Bullets,
        applicants: false,
        checks: vec![
            (SectionCheck::Essential, Strength::Blocks),
            (SectionCheck::FewDuties, Strength::Blocks),
            (SectionCheck::ShortLines, Strength::Told),
            (SectionCheck::Shares, Strength::Off),
        ],
    };
    let fields = |wrong: Result<TemplateSection, Vec<(&'static str, String)>>| {
        wrong.unwrap_err().into_iter().map(|(field, _)| field).collect::<Vec<_>>()
    };
    assert_eq!(fields(entry("a ", Some(Need::Locked)).section("new", &both, None)), ["heading", "need"]);
    assert_eq!(fields(entry("", None).section("new", &both, None)), ["heading", "need"]);
    let section = entry("C", Some(Need::Required)).section("new", &both, None).unwrap();
    let strengths = TemplateSection::checks_for(SectionKind::Duties).iter().map(|check| section.strength(*check));
    assert_eq!(strengths.collect::<Vec<_>>(), [Strength::Blocks, Strength::Told, Strength::Off]);
    assert_eq!((section.fixed.as_str(), section.checks), ("", vec![SectionCheck::FewDuties]));
}

#[test]
fn what_is_kept_as_data_is_read_again() {
    for one in starter_templates().unwrap() {
        let json = serde_json::to_value(&one.layout).unwrap();
        assert_eq!(serde_json::from_value::<Layout>(json).unwrap(), one.layout);
    }
}
