//! The policy as a table: every act for every kind of actor, whatever the routes do with it.

use std::collections::BTreeSet;

use rolebook::domain::ids::{EmployerId, MembershipId, PersonId, UnitId};
use rolebook::policy::{Action, Actor, Covers, Held, Job, Person, Place, Role, Staff, Via, allows};

use crate::support::golden::table;

const HERE: (EmployerId, UnitId) = (EmployerId(1), UnitId(11));
const OTHER_UNIT: UnitId = UnitId(12);
const ELSEWHERE: EmployerId = EmployerId(2);
const MYSELF: PersonId = PersonId(7);
const SOMEBODY_ELSE: PersonId = PersonId(8);

/// An actor as a column: two lines of heading.
struct Column {
    group: &'static str,
    name: &'static str,
    actor: Actor,
}

pub fn actions() -> String {
    let columns = columns();
    let heading = |of: fn(&Column) -> &str| {
        std::iter::once(String::new()).chain(columns.iter().map(|column| of(column).to_owned())).collect::<Vec<_>>()
    };
    let mut rows = vec![heading(|column| column.group), heading(|column| column.name)];
    for action in Action::ALL {
        let cells = columns.iter().map(|column| cell(*action, &column.actor).to_owned());
        rows.push(std::iter::once(action.label().to_owned()).chain(cells).collect());
    }
    let about =
        "yes: for what belongs to a unit or to the whole employer; unit: only for the unit's; own: their own alone";
    format!("\n== Acts\n\n{about}\n\n{}", table(&rows))
}

/// Where the act is open to the actor, of all the places that there are.
fn cell(action: Action, actor: &Actor) -> &'static str {
    let open = |employer, unit, person| allows(action, actor, Place { employer, unit, person });
    let (employer, unit) = (Some(HERE.0), Some(HERE.1));
    let places = (
        open(employer, unit, None),
        open(employer, None, None),
        open(None, None, Some(MYSELF)),
        open(None, None, Some(SOMEBODY_ELSE)),
        open(None, None, None),
    );
    match places {
        // What somebody said at work is theirs alone, and lies in a unit too.
        (false, false, false, false, false) => {
            match (open(employer, unit, Some(MYSELF)), open(employer, unit, Some(SOMEBODY_ELSE))) {
                (true, false) => "own",
                (false, _) => "-",
                (true, true) => panic!("{action:?} of somebody else is open to {actor:?}"),
            }
        }
        (true, true, false, false, false) => "yes",
        (true, false, false, false, false) => "unit",
        (false, false, true, false, false) => "own",
        // Work without a person has no place of its own.
        (true, true, true, true, true) => "yes",
        other => panic!("{action:?} is open to {actor:?} in an odd set of places: {other:?}"),
    }
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column { group: "", name: "nobody", actor: Actor::Anonymous },
        Column { group: "", name: "applicant", actor: Actor::Applicant(person()) },
    ];
    let units = |unit: UnitId| Covers::Units(BTreeSet::from([unit]));
    let groups = [
        ("here", HERE.0, units(HERE.1), Via::Web),
        ("other unit", HERE.0, units(OTHER_UNIT), Via::Web),
        ("whole employer", HERE.0, Covers::Employer, Via::Web),
        ("elsewhere", ELSEWHERE, Covers::Employer, Via::Web),
        ("whole, command line", HERE.0, Covers::Employer, Via::CommandLine),
    ];
    for (group, employer, covers, via) in groups {
        let roles = Role::ALL.iter().filter(|role| **role != Role::Admin || covers == Covers::Employer);
        for (n, role) in roles.enumerate() {
            let held = vec![Held { role: *role, covers: covers.clone() }];
            let staff = Staff { person: person(), employer, membership: MembershipId(3), held, via };
            let group = if n == 0 { group } else { "" };
            columns.push(Column { group, name: role.word(), actor: Actor::Staff(staff) });
        }
    }
    columns.push(Column { group: "system", name: "issue job", actor: Actor::System(Job::IssueDue) });
    columns.push(Column { group: "", name: "review job", actor: Actor::System(Job::Reviews) });
    columns.push(Column { group: "", name: "clauses job", actor: Actor::System(Job::Clauses) });
    columns.push(Column { group: "", name: "templates job", actor: Actor::System(Job::Templates) });
    columns.push(Column { group: "", name: "pay job", actor: Actor::System(Job::Pay) });
    columns.push(Column { group: "", name: "guest", actor: Actor::System(Job::Guest) });
    columns.push(Column { group: "", name: "operator", actor: Actor::System(Job::Operator) });
    columns
}

fn person() -> Person {
    Person { id: MYSELF, name: "Pat Person".into(), email: "pat@home.example".into() }
}
