//! The fields of a route's form: a step as a row of text fields, read, moved and written back.

use crate::db::NewRoute;
use crate::domain::details::ChangeKind;
use crate::domain::ids::{MembershipId, UnitId};
use crate::domain::pay::Grade;
use crate::domain::route::{Asked, Band, Group, MOST_STEPS, Step, StepKind, When, problems};
use crate::domain::text::{email, one_line, tidy};
use crate::web::form::{Choice, Form, Submitted};

/// What a step's fields are called, after its number.
const FIELDS: [&str; 14] = [
    "place",
    "kind",
    "name",
    "asked",
    "person",
    "guest_name",
    "guest_email",
    "days",
    "new",
    "size",
    "grade",
    "section",
    "questions",
    "bands",
];

/// The longest name of a route or a step, in characters.
const LONGEST_NAME: usize = 200;
/// The most working days of a step, as the table has it.
const MOST_DAYS: u32 = 60;

pub fn field(number: usize, name: &str) -> String {
    format!("step_{number}_{name}")
}

/// The fields of one step as they were typed, in the order of [`FIELDS`].
pub type Typed = Vec<String>;

/// A step nobody has filled in yet, in the place after the last.
pub fn empty(after: &[Typed]) -> Typed {
    let last = after.iter().filter_map(|step| step.first()?.parse::<u32>().ok()).max().unwrap_or(0);
    let mut typed = vec![String::new(); FIELDS.len()];
    typed[0] = (last + 1).to_string();
    typed[1] = StepKind::Approve.word().to_owned();
    typed[3] = "unit_manager".to_owned();
    typed
}

pub fn of_step(step: &Step) -> Typed {
    let (asked, person) = match &step.asked {
        Asked::UnitManager => ("unit_manager".to_owned(), String::new()),
        Asked::Group(group) => (group.word().to_owned(), String::new()),
        Asked::Person(person) => ("person".to_owned(), person.to_string()),
        Asked::Guest { .. } => ("guest".to_owned(), String::new()),
    };
    let (guest_name, guest_email) = match &step.asked {
        Asked::Guest { name, email } => (name.clone(), email.clone()),
        Asked::UnitManager | Asked::Group(_) | Asked::Person(_) => (String::new(), String::new()),
    };
    let yes_no = |said: Option<bool>| said.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned();
    vec![
        step.place.to_string(),
        step.kind.word().to_owned(),
        step.name.clone(),
        asked,
        person,
        guest_name,
        guest_email,
        step.days.map(|days| days.to_string()).unwrap_or_default(),
        yes_no(step.when.new),
        step.when.kind.map_or("", ChangeKind::word).to_owned(),
        yes_no(step.when.grade),
        step.when.section.clone(),
        step.questions.join("\n"),
        step.when.bands.iter().map(|band| band.name.as_str()).collect::<Vec<_>>().join(", "),
    ]
}

/// The steps as they were typed.
pub fn typed(submitted: &Submitted) -> Vec<Typed> {
    let count = submitted.raw("steps").parse::<usize>().unwrap_or(0).min(MOST_STEPS + 1);
    let of = |number| FIELDS.iter().map(|name| submitted.raw(&field(number, name)).to_owned()).collect();
    (0..count).map(of).collect()
}

/// Adds, removes or moves a step, as a button says: `add`, `remove_2`, `up_2`, `down_2`. False: the button saves.
pub fn rearrange(steps: &mut Vec<Typed>, act: &str) -> bool {
    let (what, at) = act.rsplit_once('_').map_or((act, None), |(what, at)| (what, at.parse::<usize>().ok()));
    match (what, at) {
        ("add", None) if steps.len() < MOST_STEPS => steps.push(empty(steps)),
        ("add", None) => {}
        ("remove", Some(at)) if at < steps.len() => drop(steps.remove(at)),
        // The places stay where they are: the steps change them.
        ("up", Some(at)) if at > 0 && at < steps.len() => swap(steps, at - 1, at),
        ("down", Some(at)) if at + 1 < steps.len() => swap(steps, at, at + 1),
        ("remove" | "up" | "down", _) => {}
        _ => return false,
    }
    true
}

fn swap(steps: &mut [Typed], one: usize, other: usize) {
    let places = (steps[one][0].clone(), steps[other][0].clone());
    steps.swap(one, other);
    steps[one][0] = places.0;
    steps[other][0] = places.1;
}

/// Writes the steps into a form.
pub fn fill(form: &mut Form, steps: &[Typed]) {
    for (number, step) in steps.iter().enumerate() {
        for (name, value) in FIELDS.iter().zip(step) {
            form.replace(&field(number, name), value.clone());
        }
    }
}

/// What is saved, or in the form what is wrong.
pub fn read(
    submitted: &Submitted,
    typed: &[Typed],
    (people, grades, unit): (&[Choice], &[Grade], Option<UnitId>),
    form: &mut Form,
) -> Option<NewRoute> {
    let name = submitted.line("name");
    form.require("name", &name, "Give the route a name");
    form.limit("name", &name, LONGEST_NAME);
    let mut steps = Vec::with_capacity(typed.len());
    for (number, step) in typed.iter().enumerate() {
        steps.extend(read_step(number, step, (people, grades), form));
    }
    if steps.len() == typed.len() {
        for problem in problems(&steps) {
            match problem.step {
                Some(number) => form.problem(&field(number, "kind"), problem.text),
                None => form.problem_at("#add", problem.text),
            }
        }
    }
    let keeps = submitted.raw("keeps") == "yes";
    (!form.has_errors()).then_some(NewRoute { name, keeps, unit, steps })
}

fn read_step(number: usize, typed: &Typed, (people, grades): (&[Choice], &[Grade]), form: &mut Form) -> Option<Step> {
    let at = |name: &str| field(number, name);
    let value = |name: &str| {
        FIELDS.iter().position(|one| *one == name).and_then(|at| typed.get(at)).map_or("", String::as_str).trim()
    };
    let kind = StepKind::parse(value("kind"));
    if kind.is_none() {
        form.problem(&at("kind"), "Choose what the step asks");
    }
    let place = value("place").parse().ok().filter(|place| (1..=crate::domain::route::MOST_PLACES).contains(place));
    if place.is_none() {
        form.problem(&at("place"), "Type a whole number from 1 to 20");
    }
    let guest = (one_line(value("guest_name")), email(value("guest_email")));
    let asked = asked(value("asked"), value("person"), guest, people);
    if asked.is_none() {
        let field = if value("asked") == "guest" { "guest_email" } else { "person" };
        form.problem(&at(field), "Choose who is asked: a guest needs a name and an e-mail address");
    }
    let days = match value("days") {
        "" => Some(None),
        days => days.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)).map(Some),
    };
    if days.is_none() {
        form.problem(&at("days"), format!("Type a whole number from 1 to {MOST_DAYS}, or nothing"));
    }
    let (name, section) = (one_line(value("name")), one_line(value("section")));
    form.limit(&at("name"), &name, LONGEST_NAME);
    form.limit(&at("section"), &section, LONGEST_NAME);
    let yes_no = |said: &str| match said {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let bands = bands(value("bands"), grades).unwrap_or_else(|unknown| {
        form.problem(
            &at("bands"),
            format!("There is no grade “{unknown}” here: write each as the page Pay does, with commas between"),
        );
        Vec::new()
    });
    let when = When {
        new: yes_no(value("new")),
        kind: ChangeKind::parse(value("size")),
        grade: yes_no(value("grade")),
        section,
        bands,
    };
    let questions: Vec<String> =
        tidy(value("questions")).lines().map(one_line).filter(|line| !line.is_empty()).collect();
    if questions.iter().any(|question| question.chars().count() > LONGEST_NAME) {
        form.problem(&at("questions"), format!("A question may be {LONGEST_NAME} characters long"));
    }
    Some(Step { place: place?, kind: kind?, name, asked: asked?, days: days?, when, questions })
}

/// The grades of that name, each; or the first name that no grade has.
fn bands(typed: &str, grades: &[Grade]) -> Result<Vec<Band>, String> {
    let names = typed.split([',', '\n']).map(one_line).filter(|name| !name.is_empty());
    names
        .map(|name| {
            let found = grades.iter().find(|grade| grade.name.to_lowercase() == name.to_lowercase());
            found.map(|grade| Band { id: grade.id, name: grade.name.clone() }).ok_or(name)
        })
        .collect()
}

fn asked(word: &str, person: &str, guest: (String, Option<String>), people: &[Choice]) -> Option<Asked> {
    match word {
        "guest" => match guest {
            (name, Some(email)) if !name.is_empty() && name.chars().count() <= LONGEST_NAME => {
                Some(Asked::Guest { name, email })
            }
            _ => None,
        },
        "unit_manager" => Some(Asked::UnitManager),
        "person" => {
            let known = people.iter().find(|choice| choice.value == person)?;
            known.value.parse().ok().map(MembershipId).map(Asked::Person)
        }
        group => Group::parse(group).map(Asked::Group),
    }
}

/// Of whom a step can be asked.
pub fn asked_choices() -> Vec<Choice> {
    let groups = Group::ALL.iter().map(|group| {
        Choice::new(group.word(), format!("One of those with the role {} here or above", group.label().to_lowercase()))
    });
    std::iter::once(Choice::new("unit_manager", "The unit’s manager"))
        .chain(groups)
        .chain([
            Choice::new("person", "A person, named below"),
            Choice::new("guest", "A guest without an account, named below"),
        ])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_added_moved_and_removed_and_the_places_stay() {
        let mut steps = Vec::new();
        assert!(rearrange(&mut steps, "add") && rearrange(&mut steps, "add"));
        steps[0][2] = "First".to_owned();
        assert!(rearrange(&mut steps, "down_0"));
        assert_eq!((steps[1][0].as_str(), steps[1][2].as_str()), ("2", "First"));
        assert!(rearrange(&mut steps, "up_0") && rearrange(&mut steps, "down_1") && rearrange(&mut steps, "remove_7"));
        assert!(rearrange(&mut steps, "remove_0"));
        assert_eq!((steps.len(), steps[0][2].as_str()), (1, "First"));
        assert!(!rearrange(&mut steps, "save"));
    }

    #[test]
    fn a_step_is_read_as_it_was_written() {
        let when = When {
            new: Some(false),
            kind: Some(ChangeKind::Major),
            grade: Some(true),
            section: "Terms".into(),
            bands: Vec::new(),
        };
        let questions = vec!["Terms: Is it still full time?".to_owned()];
        let asked = Asked::Group(Group::Panel);
        let step =
            Step { place: 2, kind: StepKind::Evaluate, name: "Panel".into(), asked, days: Some(5), when, questions };
        let mut form = Form::empty();
        assert_eq!(read_step(0, &of_step(&step), (&[], &[]), &mut form), Some(step.clone()));
        let named = Step { asked: Asked::Person(MembershipId(7)), ..step };
        assert_eq!(read_step(0, &of_step(&named), (&[Choice::new(7, "Jo")], &[]), &mut form), Some(named.clone()));
        assert_eq!(read_step(0, &of_step(&named), (&[], &[]), &mut form), None, "nobody of another employer");
        assert_eq!(form.problems.len(), 1);
    }
}
