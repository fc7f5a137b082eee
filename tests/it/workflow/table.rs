//! Every event in every state, and who is kept apart from whom: `tests/golden/workflow.txt`.

use rolebook::domain::checks::{Place, Problem};
use rolebook::domain::ids::MembershipId;
use rolebook::domain::version::{
    Act, Approval, Authority, Event, EventName, Issue, Refusal, Scheduled, State, StateName,
};
use time::macros::{date, datetime};
use time::{Date, Duration, OffsetDateTime};

use crate::support::golden;

const NOW: OffsetDateTime = datetime!(2026-01-15 10:00 UTC);
const TODAY: Date = date!(2026 - 01 - 15);
const AUTHOR: MembershipId = MembershipId(1);
const COLLEAGUE: MembershipId = MembershipId(2);
const APPROVER: MembershipId = MembershipId(3);
const OTHER_MANAGER: MembershipId = MembershipId(4);
const ADMIN: MembershipId = MembershipId(5);

fn by(member: MembershipId) -> Act {
    Act { by: member, at: NOW }
}

fn approval() -> Approval {
    Approval { submitted: by(AUTHOR), approved: by(APPROVER) }
}

fn issue() -> Issue {
    Issue { authority: Authority::Approval(approval()), issued: by(AUTHOR), effective_from: TODAY }
}

fn problem(text: &str) -> Vec<Problem> {
    vec![Problem { place: Place::Version, text: text.into() }]
}

/// A state with facts: the author sent it, the approver approves, and a date of issue has come.
fn state(name: StateName) -> State {
    match name {
        StateName::Draft => State::Draft,
        StateName::InReview => State::InReview { submitted: by(AUTHOR) },
        StateName::ChangesRequested => State::ChangesRequested { requested: by(APPROVER), reason: "Say more".into() },
        StateName::Approved => {
            State::Approved { approval: approval(), scheduled: Some(Scheduled { on: TODAY, by: AUTHOR }) }
        }
        StateName::Issued => State::Issued(issue()),
        StateName::Superseded => State::Superseded { issue: issue(), at: NOW },
        StateName::Withdrawn => {
            State::Withdrawn { approval: approval(), withdrawn: by(AUTHOR), reason: "It moves".into() }
        }
        StateName::Discarded => State::Discarded { discarded: by(AUTHOR) },
    }
}

/// An event against which nothing speaks but the state, and who brings it about.
fn event(name: EventName) -> (Event, Act) {
    let reason = "Because".to_owned();
    let (problems, editors, proposers) = (Vec::new(), vec![AUTHOR, COLLEAGUE], vec![OTHER_MANAGER]);
    match name {
        EventName::Submit => (Event::Submit { problems, approver: APPROVER, editors, proposers }, by(AUTHOR)),
        EventName::Recall => (Event::Recall { administrator: false }, by(AUTHOR)),
        EventName::RequestChanges => (Event::RequestChanges { approver: APPROVER, reason }, by(APPROVER)),
        EventName::Approve => (Event::Approve { approver: APPROVER, editors, proposers }, by(APPROVER)),
        EventName::Issue => (Event::Issue { problems, effective_from: TODAY, today: TODAY }, by(AUTHOR)),
        EventName::IssueDue => (Event::IssueDue { today: TODAY }, by(AUTHOR)),
        EventName::Supersede => (Event::Supersede, by(AUTHOR)),
        EventName::Withdraw => (Event::Withdraw { reason }, by(AUTHOR)),
        EventName::Discard => (Event::Discard, by(AUTHOR)),
        EventName::Restore => (Event::Restore, by(AUTHOR)),
        EventName::EmergencyIssue => (Event::EmergencyIssue { problems, reason, today: TODAY }, by(ADMIN)),
    }
}

fn outcome(state: State, (event, act): (Event, Act)) -> String {
    match state.after(event, act) {
        Ok(State::Approved { scheduled: Some(scheduled), .. }) => {
            format!("-> Approved, issues itself on {}", scheduled.on)
        }
        Ok(next) => format!("-> {}", next.name().label()),
        Err(refusals) => {
            let words: Vec<String> = refusals.iter().map(Refusal::to_string).collect();
            format!("no: {}", words.join(" / "))
        }
    }
}

#[test]
fn every_event_in_every_state() {
    let mut text =
        String::from("The workflow of a version. Written by tests/it/workflow: UPDATE_GOLDEN=1 writes it anew.\n");
    for name in EventName::ALL {
        text.push_str(&format!("\n{}\n", name.label()));
        let rows: Vec<Vec<String>> = StateName::ALL
            .iter()
            .map(|from| vec![String::new(), from.label().to_owned(), outcome(state(*from), event(*name))])
            .collect();
        text.push_str(&golden::table(&rows));
    }
    text.push_str("\nWho is kept apart from whom, and what else speaks against it\n");
    let rows: Vec<Vec<String>> = cases()
        .into_iter()
        .map(|(about, from, event)| vec![String::new(), about.to_owned(), outcome(from, event)])
        .collect();
    text.push_str(&golden::table(&rows));
    golden::check("workflow.txt", &text);
}

/// An event is named as its facts say it is.
#[test]
fn names_and_facts_agree() {
    for name in EventName::ALL {
        assert_eq!(event(*name).0.name(), *name);
    }
    for name in StateName::ALL {
        assert_eq!(state(*name).name(), *name);
        let editable = matches!(name, StateName::Draft | StateName::ChangesRequested);
        assert_eq!(name.is_editable(), editable, "{name:?}");
        assert!(name.is_open() || !name.is_editable(), "{name:?}");
    }
}

type Case = (&'static str, State, (Event, Act));

fn cases() -> Vec<Case> {
    let mut cases = four_eyes();
    cases.extend(other_refusals());
    cases
}

fn four_eyes() -> Vec<Case> {
    let (editors, proposers) = (vec![AUTHOR, COLLEAGUE], vec![AUTHOR, COLLEAGUE, OTHER_MANAGER]);
    let submit = |approver| {
        let (editors, proposers) = (editors.clone(), proposers.clone());
        Event::Submit { problems: Vec::new(), approver, editors, proposers }
    };
    let approve = |approver| Event::Approve { approver, editors: editors.clone(), proposers: proposers.clone() };
    let request = |approver| Event::RequestChanges { approver, reason: "Because".into() };
    let in_review = || state(StateName::InReview);
    let sent_by_admin = || State::InReview { submitted: by(ADMIN) };
    vec![
        ("submit, naming oneself", State::Draft, (submit(AUTHOR), by(AUTHOR))),
        ("submit, naming a colleague who edited it", State::Draft, (submit(COLLEAGUE), by(AUTHOR))),
        ("submit, naming a manager whose words were accepted", State::Draft, (submit(OTHER_MANAGER), by(AUTHOR))),
        ("submit by somebody who edited nothing, naming the approver", State::Draft, (submit(APPROVER), by(ADMIN))),
        ("approve by another manager than the one who was asked", in_review(), (approve(APPROVER), by(OTHER_MANAGER))),
        ("approve by its submitter, to whom the task was given", in_review(), (approve(AUTHOR), by(AUTHOR))),
        (
            "approve by a colleague who edited it, to whom the task was given",
            in_review(),
            (approve(COLLEAGUE), by(COLLEAGUE)),
        ),
        (
            "approve by a manager whose words were accepted, to whom the task was given",
            in_review(),
            (approve(OTHER_MANAGER), by(OTHER_MANAGER)),
        ),
        ("approve by its submitter, who edited nothing", sent_by_admin(), (approve(ADMIN), by(ADMIN))),
        ("request changes by another manager", in_review(), (request(APPROVER), by(OTHER_MANAGER))),
        ("request changes by its submitter, to whom the task was given", in_review(), (request(AUTHOR), by(AUTHOR))),
        (
            "request changes by a colleague who edited it, to whom the task was given",
            in_review(),
            (request(COLLEAGUE), by(COLLEAGUE)),
        ),
        ("recall by a colleague", in_review(), (Event::Recall { administrator: false }, by(COLLEAGUE))),
        ("recall by an administrator", in_review(), (Event::Recall { administrator: true }, by(ADMIN))),
    ]
}

fn other_refusals() -> Vec<Case> {
    let discarded = |days| State::Discarded { discarded: Act { by: AUTHOR, at: NOW - Duration::days(days) } };
    let approved = |scheduled| State::Approved { approval: approval(), scheduled };
    let tomorrow = Scheduled { on: date!(2026 - 01 - 16), by: AUTHOR };
    let issue = |problems, on| Event::Issue { problems, effective_from: on, today: TODAY };
    let emergency = |problems, reason: &str| Event::EmergencyIssue { problems, reason: reason.into(), today: TODAY };
    let two_problems = [problem("Give the job a title"), problem("Choose the grade")].concat();
    let (problems, editors, proposers) = (two_problems.clone(), vec![AUTHOR], Vec::new());
    let submit = Event::Submit { problems, approver: AUTHOR, editors, proposers };
    let no_reason = Event::RequestChanges { approver: APPROVER, reason: String::new() };
    vec![
        ("submit with two things to put right, naming oneself", State::Draft, (submit, by(AUTHOR))),
        ("request changes without a reason", state(StateName::InReview), (no_reason, by(APPROVER))),
        (
            "issue with something to put right",
            approved(None),
            (issue(problem("Say how the grade was decided"), TODAY), by(AUTHOR)),
        ),
        ("issue on a later date", approved(None), (issue(Vec::new(), tomorrow.on), by(AUTHOR))),
        (
            "issue today what was to issue itself tomorrow",
            approved(Some(tomorrow)),
            (issue(Vec::new(), TODAY), by(AUTHOR)),
        ),
        ("issue from an earlier date", approved(None), (issue(Vec::new(), date!(2026 - 01 - 01)), by(AUTHOR))),
        (
            "issue on its date before that has come",
            approved(Some(tomorrow)),
            (Event::IssueDue { today: TODAY }, by(AUTHOR)),
        ),
        ("issue on its date where none was set", approved(None), (Event::IssueDue { today: TODAY }, by(AUTHOR))),
        ("withdraw without a reason", approved(None), (Event::Withdraw { reason: String::new() }, by(AUTHOR))),
        ("restore after 90 days", discarded(90), (Event::Restore, by(AUTHOR))),
        ("restore after 91 days", discarded(91), (Event::Restore, by(AUTHOR))),
        ("emergency issue without a reason", State::Draft, (emergency(Vec::new(), ""), by(ADMIN))),
        ("emergency issue with two things to put right", State::Draft, (emergency(two_problems, "Tonight"), by(ADMIN))),
    ]
}
