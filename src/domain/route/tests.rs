//! Over generated routes, people, leave and decisions: a review ends or has exactly the tasks open that its route says.

use proptest::prelude::*;
use time::macros::{date, datetime};
use time::{Date, Duration};

use super::*;
use crate::domain::away::Absence;

const DAY: Date = date!(2026 - 11 - 23);

fn kinds() -> impl Strategy<Value = StepKind> {
    prop::sample::select(StepKind::ALL.to_vec())
}

fn asked() -> impl Strategy<Value = Asked> {
    prop_oneof![
        Just(Asked::UnitManager),
        prop::sample::select(Group::ALL.to_vec()).prop_map(Asked::Group),
        (0..8i64).prop_map(|id| Asked::Person(MembershipId(id))),
    ]
}

fn whens() -> impl Strategy<Value = When> {
    let kind = prop::option::of(prop::sample::select(ChangeKind::ALL.to_vec()));
    let section = prop::sample::select(vec!["", "", "Terms", "Duties"]);
    let bands = prop_oneof![3 => Just(Vec::new()), 1 => prop::sample::subsequence(vec![1i64, 2], 1..=2)];
    let band = |id: i64| Band { id: GradeId(id), name: format!("Band {id}") };
    (any::<Option<bool>>(), kind, any::<Option<bool>>(), section, bands).prop_map(
        move |(new, kind, grade, section, bands)| When {
            new,
            kind,
            grade,
            section: section.to_owned(),
            bands: bands.into_iter().map(band).collect(),
        },
    )
}

prop_compose! {
    fn step()(place in 1..5u32, kind in kinds(), asked in asked(), when in whens()) -> Step {
        Step { place, kind, name: String::new(), asked, days: None, when, questions: Vec::new() }
    }
}

prop_compose! {
    /// As it can be saved: one step approves every change.
    fn route()(mut steps in prop::collection::vec(step(), 0..7), place in 1..5u32) -> Vec<Step> {
        let asked = Asked::UnitManager;
        let (name, when, questions) = (String::new(), When::default(), Vec::new());
        steps.push(Step { place, kind: StepKind::Approve, name, asked, days: None, when, questions });
        steps
    }
}

prop_compose! {
    fn facts()(
        is_new in any::<bool>(), kind in prop::sample::select(ChangeKind::ALL.to_vec()), affects_grade in any::<bool>(),
        sections in prop::sample::subsequence(vec!["terms ".to_owned(), "Duties".to_owned()], 0..=2),
        grades in prop::sample::subsequence(vec![GradeId(2), GradeId(3)], 0..=2),
    ) -> Facts {
        Facts { is_new, kind, affects_grade, sections, grades }
    }
}

fn members() -> impl Strategy<Value = Vec<Member>> {
    let groups = prop::sample::subsequence(Group::ALL.to_vec(), 0..=4);
    prop::collection::vec(groups, 0..8)
        .prop_map(|all| (0..).zip(all).map(|(id, groups)| Member { id: MembershipId(id), groups }).collect())
}

fn absences() -> impl Strategy<Value = Vec<Absence>> {
    let one = (0..8i64, prop::option::of(0..8i64), -2..2i64);
    prop::collection::vec(one, 0..6).prop_map(|rows| {
        rows.into_iter()
            .map(|(who, delegate, begins)| {
                let first_day = DAY + Duration::days(begins);
                let delegate = delegate.filter(|delegate| *delegate != who).map(MembershipId);
                Absence { who: MembershipId(who), first_day, last_day: first_day + Duration::days(1), delegate }
            })
            .collect()
    })
}

fn started(steps: &[Step], facts: &Facts) -> Instance {
    let applying = applying(steps, facts);
    let run = |(id, (place, step)): (i64, (u32, &Step))| Run {
        id: StepId(id),
        place,
        kind: step.kind,
        stand: Stand::Waiting,
    };
    Instance((0..).zip(applying).map(run).collect())
}

/// What a route says has to be open, told another way than the code does.
fn is_as_its_route_says(instance: &Instance) -> bool {
    instance.0.iter().all(|run| {
        let before_are_over = instance.0.iter().filter(|one| one.place < run.place).all(|one| one.stand.is_over());
        match run.stand {
            Stand::Open => before_are_over,
            Stand::Waiting => !before_are_over,
            Stand::Done { .. } | Stand::Kept | Stand::Skipped => true,
        }
    })
}

fn has(members: &[Member], who: MembershipId, group: Group) -> bool {
    members.iter().any(|member| member.id == who && member.groups.contains(&group))
}

/// What a jump leaves out was not over, and lay before the step that was gone to.
fn was_left_out(before: &Instance, one: StepId, to: StepId) -> bool {
    let of = |id| before.0.iter().find(|run| run.id == id);
    of(one).zip(of(to)).is_some_and(|(one, to)| one.place < to.place && !one.stand.is_over())
}

proptest! {
    #[test]
    fn a_review_ends_or_has_exactly_the_tasks_open_that_its_route_says(
        steps in route(), facts in facts(), acts in prop::collection::vec((0..8usize, 0..3u8), 0..30),
    ) {
        prop_assert!(problems(&steps).iter().all(|one| one.step.is_some()));
        let mut instance = started(&steps, &facts);
        prop_assert!(!instance.0.is_empty());
        instance.open();
        prop_assert!(is_as_its_route_says(&instance));
        for (n, (which, act)) in (0..).zip(acts) {
            let id = StepId(which as i64);
            let before = instance.clone();
            let at = datetime!(2026-11-23 09:00 UTC) + Duration::minutes(n);
            let done = match act {
                0 => instance.skip(id),
                1 => instance.jump(id).map(|(left_out, opened)| {
                    assert!(left_out.iter().all(|one| was_left_out(&before, *one, id)), "{left_out:?} of {before:?}");
                    assert!(opened.contains(&id), "{opened:?}");
                    opened
                }),
                2..=u8::MAX => instance.finish(id, Some(MembershipId(n)), at),
            };
            match done {
                Ok(opened) => prop_assert!(opened.iter().all(|one| before.0.iter().any(|run| run.id == *one
                    && run.stand == Stand::Waiting))),
                Err(_) => prop_assert_eq!(&instance, &before),
            }
            prop_assert!(is_as_its_route_says(&instance));
        }
        // However far it came, it can be led to its end, and then somebody has approved it.
        while let Some(open) = instance.0.iter().find(|run| run.stand == Stand::Open).map(|run| run.id) {
            instance.finish(open, Some(MembershipId(99)), datetime!(2026-11-24 09:00 UTC)).unwrap();
        }
        prop_assert!(instance.is_over());
        // On the word of the last who did.
        let approvals = instance.0.iter().filter(|run| run.kind == StepKind::Approve);
        let given: Vec<_> = approvals.filter_map(|run| match run.stand {
            Stand::Done { by: Some(by), at } => Some((at, by)),
            Stand::Done { by: None, .. } | Stand::Waiting | Stand::Open | Stand::Kept | Stand::Skipped => None,
        }).collect();
        let last = given.iter().map(|(at, _)| *at).max();
        let word = instance.approved_by();
        prop_assert!(word.is_some_and(|word| given.iter().any(|(at, by)| Some(*at) == last && *by == word)), "{:?}", given);
    }

    #[test]
    fn a_step_goes_to_somebody_who_is_there_and_may(
        kind in kinds(), asked in asked(), members in members(), absences in absences(),
        hand in prop::collection::vec((0..8i64).prop_map(MembershipId), 0..4),
        manager in prop::option::of((0..8i64).prop_map(MembershipId)),
        chosen in prop::option::of((0..8i64).prop_map(MembershipId)),
    ) {
        let known = Known { members: &members, absences: &absences, had_a_hand: &hand, unit_manager: manager };
        let may = |who: MembershipId| members.iter().any(|member| member.id == who
            && kind.needs().is_none_or(|group| member.groups.contains(&group)));
        let is_away = |who| absences.iter().any(|one| one.who == who && one.covers(DAY));
        let free = |who: MembershipId| may(who) && !hand.contains(&who);
        // Told another way than the code does: of whom the step is asked, and who comes where that is nobody.
        let fits = |who: MembershipId| free(who) && match &asked {
            Asked::Group(group) => has(&members, who, *group),
            Asked::UnitManager => has(&members, who, Group::Managers),
            Asked::Person(person) => who == *person,
            Asked::Guest { .. } => false,
        };
        let instead = |who: MembershipId| free(who) && match &asked {
            Asked::Person(_) => has(&members, who, kind.needs().unwrap_or(Group::Managers)),
            Asked::Group(_) | Asked::UnitManager | Asked::Guest { .. } => false,
        };
        let asks_a_manager = matches!(asked, Asked::UnitManager | Asked::Group(Group::Managers));
        let anybody_fits = members.iter().any(|member| fits(member.id));
        let asked_first = |who: MembershipId| match chosen.filter(|chosen| fits(*chosen)) {
            Some(chosen) => who == chosen,
            None => match manager.filter(|manager| asks_a_manager && fits(*manager)) {
                Some(manager) => who == manager,
                None => fits(who) || !anybody_fits && instead(who),
            },
        };
        match cast(kind, &asked, chosen, known, DAY) {
            Cast::To { who, instead_of } => {
                prop_assert!(free(who) && !is_away(who));
                prop_assert!(instead_of.is_none_or(is_away));
                prop_assert!(asked_first(instead_of.unwrap_or(who)));
            }
            Cast::Stuck { who, .. } => prop_assert!(asked_first(who) && is_away(who)),
            Cast::Nobody => prop_assert!(!members.iter().any(|member| fits(member.id) || instead(member.id))),
        }
    }

    #[test]
    fn steps_run_in_the_order_of_their_places(steps in route(), facts in facts()) {
        let taken = applying(&steps, &facts);
        for (one, other) in taken.iter().zip(taken.iter().skip(1)) {
            prop_assert_eq!(one.0 < other.0, one.1.place < other.1.place);
            prop_assert!(one.0 <= other.0 && other.0 - one.0 <= 1, "places are closed up");
        }
        prop_assert!(taken.first().is_none_or(|(place, _)| *place == 1));
    }

    #[test]
    fn a_condition_that_is_said_has_to_hold(when in whens(), facts in facts()) {
        let step = Step {
            place: 3, kind: StepKind::Review, name: String::new(), asked: Asked::UnitManager, days: None,
            when: when.clone(), questions: Vec::new(),
        };
        let steps = [step];
        let taken = applying(&steps, &facts);
        let fails = [
            when.new.is_some_and(|new| new != facts.is_new),
            when.kind.is_some_and(|kind| kind != facts.kind),
            when.grade.is_some_and(|grade| grade != facts.affects_grade),
            !when.bands.is_empty() && !when.bands.iter().any(|band| facts.grades.contains(&band.id)),
            !when.section.is_empty() && !facts.sections.iter().any(|one| one.trim().eq_ignore_ascii_case(&when.section)),
        ];
        prop_assert_eq!(taken.is_empty(), fails.contains(&true), "{:?} of {:?}", when, facts);
        prop_assert!(taken.iter().all(|(place, _)| *place == 1), "places are closed up");
        if when.is_always() { prop_assert!(when.holds(&facts)) }
        prop_assert_eq!(when.in_words().is_empty(), when.is_always());
    }
}

#[test]
fn what_was_kept_stands_for_no_approval_of_these_words() {
    let run = |id, stand| Run { id: StepId(id), place: 1, kind: StepKind::Approve, stand };
    let mut instance = Instance(vec![run(1, Stand::Kept), run(2, Stand::Open)]);
    assert_eq!(instance.skip(StepId(2)), Err(NotThat::OnlyApproval));
    instance.finish(StepId(2), Some(MembershipId(7)), datetime!(2026-11-23 09:00 UTC)).unwrap();
    assert_eq!((instance.is_over(), instance.approved_by()), (true, Some(MembershipId(7))));
}

#[test]
fn a_jump_leaves_out_what_lies_before_and_never_the_only_approval() {
    let run = |id, place, kind, stand| Run { id: StepId(id), place, kind, stand };
    let steps = vec![
        run(1, 1, StepKind::Review, Stand::Open),
        run(2, 2, StepKind::Evaluate, Stand::Waiting),
        run(3, 3, StepKind::Approve, Stand::Waiting),
        run(4, 3, StepKind::Agree, Stand::Waiting),
        run(5, 4, StepKind::Acknowledge, Stand::Waiting),
    ];
    let mut instance = Instance(steps);
    assert_eq!(instance.jump(StepId(1)), Err(NotThat::Over), "it has begun");
    assert_eq!(instance.jump(StepId(5)), Err(NotThat::NoApproval));
    assert_eq!(instance.jump(StepId(3)), Ok((vec![StepId(1), StepId(2)], vec![StepId(3), StepId(4)])));
    assert_eq!(instance.jump(StepId(3)), Err(NotThat::Over));
    instance.finish(StepId(3), Some(MembershipId(7)), datetime!(2026-11-23 09:00 UTC)).unwrap();
    assert_eq!(instance.jump(StepId(5)), Ok((vec![StepId(4)], vec![StepId(5)])), "it was approved by then");
}

#[test]
fn a_route_on_which_nothing_could_be_approved_is_refused() {
    let step = |kind, asked, when| Step {
        place: 1,
        kind,
        name: String::new(),
        asked,
        days: None,
        when,
        questions: Vec::new(),
    };
    let texts = |steps: &[Step]| problems(steps).into_iter().map(|one| one.text).collect::<Vec<_>>();
    assert_eq!(texts(&[]).len(), 1);
    let sometimes = When { kind: Some(ChangeKind::Major), ..When::default() };
    assert!(texts(&[step(StepKind::Approve, Asked::UnitManager, sometimes)])[0].starts_with("One step has to approve"));
    let always = When::default();
    assert!(texts(&[step(StepKind::Approve, Asked::UnitManager, always.clone())]).is_empty());
    let guest = Asked::Guest { name: "Jo".into(), email: "jo@union.example".into() };
    let both = [step(StepKind::Approve, Asked::UnitManager, always.clone()), step(StepKind::Evaluate, guest, always)];
    assert!(texts(&both)[0].starts_with("A guest can"));
}

#[test]
fn sections_that_differ_are_named_whether_new_gone_or_reworded() {
    use crate::domain::content::{Body, Item, Section, SectionKind};
    use crate::domain::ids::{ItemId, SectionId};
    let section = |id, heading: &str, text: &str| Section {
        id: SectionId(id),
        kind: SectionKind::Prose,
        heading: heading.to_owned(),
        revision: 1,
        items: vec![Item::new(ItemId(id), text, Body::Paragraph)],
    };
    let content = |sections| Content { sections };
    let before = content(vec![section(1, "Purpose", "Same."), section(2, "Terms", "Old."), section(3, "Gone", "Bye.")]);
    let now = content(vec![section(7, "Purpose", "Same."), section(2, "Terms", "New."), section(4, "Here", "Hello.")]);
    let mut changed = changed_sections(Some(&before), &now);
    changed.sort();
    changed.dedup();
    assert_eq!(changed, ["Gone", "Here", "Terms"]);
    assert!(changed_sections(Some(&now), &now).is_empty());
    assert_eq!(changed_sections(None, &now), ["Purpose", "Terms", "Here"]);
}
