//! A pay award: what its lines make of the grades, how much each changes, and what that does to a post.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use super::award_file::{Line, What};
use super::salary::{Day, Post, salary};
use super::{Amount, Grade, NewSupplement};
use crate::domain::ids::GradeId;
use crate::domain::text::long_date;

/// Hundredths of a per cent that a change may lie from the middle of all before it is named.
const OUTLIER: i64 = 200;
/// No award of the last years came near this, in hundredths of a per cent.
const MOST: i64 = 1_000;

/// What one point of a grade pays, in pence a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointPay {
    pub name: String,
    pub annual: i64,
    pub years: Option<i32>,
}

/// What a grade pays from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAmount {
    pub grade: GradeId,
    pub from: Date,
    pub minimum: i64,
    pub maximum: i64,
    pub source: String,
    pub points: Vec<PointPay>,
}

/// Everything that an award writes down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Award {
    /// By day and grade.
    pub amounts: Vec<NewAmount>,
    pub spine: Vec<(i32, Date, i64, String)>,
    pub supplements: Vec<NewSupplement>,
}

/// The grades as they were before anything came in at that time or after it.
pub fn known_before(grades: &[Grade], at: OffsetDateTime) -> Vec<Grade> {
    let mut grades = grades.to_vec();
    for grade in &mut grades {
        grade.amounts.retain(|amount| amount.known.unix_timestamp() < at.unix_timestamp());
        grade.supplements.retain(|one| one.known.unix_timestamp() < at.unix_timestamp());
    }
    grades
}

/// How much the pay of one grade changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub grade: String,
    pub from: Date,
    pub before: Option<(i64, i64)>,
    pub after: (i64, i64),
    /// In hundredths of a per cent, for lowest and highest.
    pub percent: Option<(i64, i64)>,
    /// Why somebody should look at it again; empty where it is like the others.
    pub odd: String,
}

/// What a post paid and pays, where that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub before: String,
    pub after: String,
    /// The new pay for a full-time year, lowest and highest, in pence.
    pub full: (i64, i64),
}

impl Award {
    /// What the lines mean for the grades of their scheme.
    ///
    /// # Errors
    /// A sentence for each line that does not fit them.
    pub fn of(lines: &[Line], grades: &[Grade]) -> Result<Award, Vec<String>> {
        let mut award = Award::default();
        let mut problems = Vec::new();
        let mut points: BTreeMap<(Date, usize), Vec<&Line>> = BTreeMap::new();
        let mut spine: BTreeMap<Date, BTreeMap<i32, &Line>> = BTreeMap::new();
        for line in lines {
            match &line.what {
                What::Grade { name, .. } => match grades.iter().position(|grade| same(&grade.name, name)) {
                    Some(at) => points.entry((line.from, at)).or_default().push(line),
                    None => {
                        problems.push(format!("Line {}: “{name}” is none of your grades in this scheme", line.line))
                    }
                },
                What::Spine(point) => {
                    spine.entry(line.from).or_default().insert(*point, line);
                    award.spine.push((*point, line.from, line.minimum, line.source.clone()));
                }
                What::Area(area, percent) => {
                    let last = grades.iter().flat_map(|grade| &grade.supplements).filter(|one| one.area == *area);
                    problems.extend(too_early(line, area.label(), last.map(|one| one.effective_from).max()));
                    let limits = (line.minimum, line.maximum);
                    award.supplements.push(NewSupplement {
                        area: *area,
                        from: line.from,
                        percent: *percent,
                        limits,
                        source: line.source.clone(),
                    });
                }
            }
        }
        for ((from, at), lines) in points {
            add(&mut award, &mut problems, &grades[at], from, &lines);
        }
        for (from, points) in &spine {
            over_spine(&mut award, &mut problems, grades, *from, points);
        }
        if problems.is_empty() { Ok(award) } else { Err(problems) }
    }

    /// The first day on which it changes anything.
    pub fn begins(&self) -> Option<Date> {
        let supplements = self.supplements.iter().map(|one| one.from);
        self.amounts.iter().map(|amount| amount.from).chain(supplements).min()
    }
}

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

fn too_early(line: &Line, name: &str, last: Option<Date>) -> Option<String> {
    let last = last.filter(|last| line.from <= *last)?;
    Some(format!(
        "Line {}: {name} has amounts from {} already, and this line begins on {}",
        line.line,
        long_date(last),
        long_date(line.from)
    ))
}

fn add(award: &mut Award, problems: &mut Vec<String>, grade: &Grade, from: Date, lines: &[&Line]) {
    let Some(first) = lines.first() else { return };
    problems.extend(too_early(first, &grade.name, grade.amounts.last().map(|amount| amount.effective_from)));
    let mut points: Vec<PointPay> = lines.iter().filter_map(|line| point(line)).collect();
    points.sort_by_key(|point| point.annual);
    award.amounts.push(NewAmount {
        grade: grade.id,
        from,
        minimum: lines.iter().map(|line| line.minimum).min().unwrap_or(first.minimum),
        maximum: lines.iter().map(|line| line.maximum).max().unwrap_or(first.maximum),
        source: first.source.clone(),
        points,
    });
}

fn point(line: &Line) -> Option<PointPay> {
    match &line.what {
        What::Grade { point, .. } if !point.is_empty() => {
            Some(PointPay { name: point.clone(), annual: line.minimum, years: line.years })
        }
        What::Grade { .. } | What::Spine(_) | What::Area(..) => None,
    }
}

/// Grades that run over the spine take its points.
fn over_spine(
    award: &mut Award,
    problems: &mut Vec<String>,
    grades: &[Grade],
    from: Date,
    points: &BTreeMap<i32, &Line>,
) {
    let first_line = points.values().next();
    for (grade, (low, high)) in grades.iter().filter_map(|grade| Some((grade, grade.spine?))) {
        let mine: Vec<(i32, &Line)> = points.range(low..=high).map(|(point, line)| (*point, *line)).collect();
        let there = |point: i32| mine.iter().any(|(one, _)| *one == point);
        if let Some(missing) = (low..=high).find(|point| !there(*point)) {
            let begin = format!("{} runs over points {low} to {high}", grade.name);
            problems.push(format!("{begin}, and the file has no point {missing} from {}", long_date(from)));
            continue;
        }
        let last = grade.amounts.last().map(|amount| amount.effective_from);
        problems.extend(first_line.and_then(|line| too_early(line, &grade.name, last)));
        award.amounts.push(NewAmount {
            grade: grade.id,
            from,
            minimum: mine.iter().map(|(_, line)| line.minimum).min().unwrap_or_default(),
            maximum: mine.iter().map(|(_, line)| line.maximum).max().unwrap_or_default(),
            source: mine.first().map(|(_, line)| line.source.clone()).unwrap_or_default(),
            points: mine
                .iter()
                .map(|(point, line)| PointPay { name: point.to_string(), annual: line.minimum, years: None })
                .collect(),
        });
    }
}

/// The grades as they are once the award is applied at that time.
pub fn with_award(grades: &[Grade], award: &Award, known: OffsetDateTime) -> Vec<Grade> {
    let mut grades = grades.to_vec();
    for grade in &mut grades {
        let new = award.amounts.iter().filter(|amount| amount.grade == grade.id);
        grade.amounts.extend(new.map(|new| Amount {
            effective_from: new.from,
            minimum_pence: new.minimum,
            maximum_pence: new.maximum,
            known,
        }));
        grade.amounts.sort_by_key(|amount| amount.effective_from);
        grade.supplements.extend(award.supplements.iter().map(|one| one.known_at(known)));
        grade.supplements.sort_by_key(|one| one.effective_from);
    }
    grades
}

/// Each change against the figures before it, in per cent; those unlike the others say so.
pub fn changes(grades: &[Grade], award: &Award) -> Vec<Change> {
    let mut changes: Vec<Change> = award
        .amounts
        .iter()
        .filter_map(|new| {
            let grade = grades.iter().find(|grade| grade.id == new.grade)?;
            let earlier = award.amounts.iter().filter(|one| one.grade == new.grade && one.from < new.from);
            let in_file = earlier.max_by_key(|one| one.from).map(|one| (one.minimum, one.maximum));
            let last = grade.amounts.iter().rev().find(|amount| amount.effective_from < new.from);
            let before = in_file.or(last.map(|amount| (amount.minimum_pence, amount.maximum_pence)));
            let percent = before.map(|(low, high)| (rise(low, new.minimum), rise(high, new.maximum)));
            let after = (new.minimum, new.maximum);
            Some(Change { grade: grade.name.clone(), from: new.from, before, after, percent, odd: String::new() })
        })
        .collect();
    let mut all: Vec<i64> = changes.iter().filter_map(|change| change.percent).flat_map(|(l, h)| [l, h]).collect();
    all.sort_unstable();
    let middle = all.get(all.len() / 2).copied().unwrap_or_default();
    for change in &mut changes {
        change.odd = odd(change, middle);
    }
    changes
}

fn rise(before: i64, after: i64) -> i64 {
    (after - before) * 10_000 / before.max(1)
}

fn odd(change: &Change, middle: i64) -> String {
    let Some((low, high)) = change.percent else { return "It has no earlier pay to compare with".to_owned() };
    let (least, most) = (low.min(high), low.max(high));
    if least < 0 {
        "It falls".to_owned()
    } else if most > MOST {
        "It rises by more than 10%".to_owned()
    } else if (least - middle).abs() > OUTLIER || (most - middle).abs() > OUTLIER {
        format!("It lies far from the middle of all changes, {}%", in_percent(middle))
    } else {
        String::new()
    }
}

/// `3.3` of 330 hundredths of a per cent, to one place.
fn in_percent(hundredths: i64) -> String {
    let tenths = (hundredths.abs() + 5) / 10;
    let sign = if hundredths < 0 && tenths > 0 { "−" } else { "" };
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

impl Change {
    /// `+3.3%`, or `+3.2% to +3.4%`.
    pub fn in_words(&self) -> String {
        let Some((low, high)) = self.percent else { return "new".to_owned() };
        let signed = |n: i64| {
            let words = in_percent(n);
            if n >= 0 { format!("+{words}%") } else { format!("{words}%") }
        };
        match signed(low) == signed(high) {
            true => signed(low),
            false => format!("{} to {}", signed(low), signed(high)),
        }
    }
}

impl Effect {
    /// What a post pays by the one table and by the other on that day; none where that is the same.
    pub fn on(
        (before, after): (&[Grade], &[Grade]),
        (from, to): (GradeId, Option<GradeId>),
        day: Day,
        post: Post<'_>,
    ) -> Option<Effect> {
        let words = |grades: &[Grade]| {
            let find = |id: GradeId| grades.iter().find(|grade| grade.id == id);
            salary(find(from)?, to.and_then(find), day, post)
        };
        let new = words(after)?;
        let (before, after) = (words(before).map(|old| old.words()).unwrap_or_default(), new.words());
        (before != after).then_some(Effect { before, after, full: new.full })
    }
}

#[cfg(test)]
mod tests {
    use super::super::read_award;
    use super::*;
    use time::macros::{date, datetime};

    fn grades() -> Vec<Grade> {
        let known = datetime!(2025-01-01 0:00 UTC);
        let grade = |id, name: &str, low, high, spine| Grade {
            id: GradeId(id),
            pay_scheme: "Own".into(),
            name: name.into(),
            week: 3700,
            spine,
            ended_on: None,
            amounts: vec![Amount {
                effective_from: date!(2026 - 04 - 01),
                minimum_pence: low,
                maximum_pence: high,
                known,
            }],
            supplements: Vec::new(),
        };
        vec![grade(1, "Grade A", 2_000_000, 2_200_000, None), grade(2, "Grade B", 2_500_000, 2_700_000, Some((5, 6)))]
    }

    fn award(file: &str) -> Result<Award, Vec<String>> {
        Award::of(&read_award(file.as_bytes()).unwrap(), &grades())
    }

    #[test]
    fn points_of_a_spine_make_the_pay_of_the_grades_over_it() {
        let award =
            award("scp,annual_gbp,effective_from\n5,26000,2027-04-01\n6,28000,2027-04-01\n7,29000,2027-04-01\n");
        let award = award.unwrap();
        assert_eq!(award.spine.len(), 3);
        assert_eq!((award.amounts[0].grade, award.amounts[0].minimum), (GradeId(2), 2_600_000));
        assert_eq!(award.amounts[0].maximum, 2_800_000);
        let changes = changes(&grades(), &award);
        assert_eq!(changes[0].in_words(), "+4.0% to +3.7%");
        assert_eq!(changes[0].odd, "");
    }

    #[test]
    fn what_does_not_fit_the_grades_is_named_by_its_line() {
        let file = "grade,annual_gbp,effective_from\nGrade X,1,2027-04-01\nGrade A,1,2026-04-01\n";
        assert_eq!(
            award(file).unwrap_err(),
            [
                "Line 2: “Grade X” is none of your grades in this scheme",
                "Line 3: Grade A has amounts from 1 April 2026 already, and this line begins on 1 April 2026",
            ]
        );
        let gap = award("scp,annual_gbp,effective_from\n5,26000,2027-04-01\n").unwrap_err();
        assert_eq!(gap, ["Grade B runs over points 5 to 6, and the file has no point 6 from 1 April 2027"]);
    }

    #[test]
    fn outliers_are_named() {
        let file = "grade,minimum_gbp,maximum_gbp,effective_from\nGrade A,20660,22726,2027-04-01\nGrade B,24000,30000,2027-04-01\n";
        let changes = changes(&grades(), &award(file).unwrap());
        assert_eq!((changes[0].in_words(), changes[0].odd.as_str()), ("+3.3%".to_owned(), ""));
        assert_eq!((changes[1].in_words(), changes[1].odd.as_str()), ("−4.0% to +11.1%".to_owned(), "It falls"));
    }

    #[test]
    fn an_effect_is_there_where_the_words_differ() {
        let award = award("grade,minimum_gbp,maximum_gbp,effective_from\nGrade A,20660,22726,2027-04-01\n").unwrap();
        let now = datetime!(2027-03-01 0:00 UTC);
        let (before, after) = (grades(), with_award(&grades(), &award, now));
        let on = |date, id| Effect::on((&before, &after), (GradeId(id), None), Day::of(date), Post::default());
        let effect = on(date!(2027 - 04 - 01), 1).unwrap();
        assert_eq!(effect.before, "£20,000 to £22,000 a year");
        assert_eq!(effect.after, "£20,660 to £22,726 a year");
        assert_eq!((on(date!(2027 - 03 - 31), 1), on(date!(2027 - 04 - 01), 2)), (None, None));
    }
}
