//! Reading the file of a pay award: every line, or every reason why none of it is taken.

use std::collections::BTreeMap;

use csv::StringRecord;
use serde::{Deserialize, Serialize, Serializer};
use time::Date;

use super::{Area, iso_day};
use crate::domain::text::{iso_date, long_date, one_line, parse_date};

/// Lines of one file. The NHS has some 30 points, councils fewer than 100.
pub const MOST_LINES: usize = 5_000;
/// Pay above this is a slip, in pounds a year.
const MOST_POUNDS: i64 = 10_000_000;
/// The longest name of a grade, point or source, in characters.
const LONGEST: usize = 300;

/// What a line gives the pay of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum What {
    /// A grade, or one named point in it.
    Grade { name: String, point: String },
    /// A point of the scheme's spine.
    Spine(i32),
    /// What the place adds: so many per cent, within the limits of the line.
    Area(Area, i64),
}

/// One line of the file, in pence a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Where it stands in the file, the headings being line 1.
    pub line: usize,
    pub what: What,
    #[serde(deserialize_with = "iso_day", serialize_with = "as_iso")]
    pub from: Date,
    pub minimum: i64,
    pub maximum: i64,
    /// Whole years in the grade that reach the point.
    pub years: Option<i32>,
    pub source: String,
}

fn as_iso<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&iso_date(*date))
}

/// The lines of a CSV file.
///
/// # Errors
/// A sentence for each line that stands in the way, in the file's order.
pub fn read_award(bytes: &[u8]) -> Result<Vec<Line>, Vec<String>> {
    let text = as_text(bytes).map_err(|sentence| vec![sentence])?;
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let headings = reader.headers().cloned().unwrap_or_default();
    let columns = Columns::read(&headings).map_err(|sentence| vec![sentence])?;
    let (mut lines, mut problems) = (Vec::new(), Vec::new());
    for row in reader.records() {
        let Ok(row) = row else {
            problems.push("A line can't be read as a row of a table".to_owned());
            continue;
        };
        let at = row.position().map_or(0, |position| position.line() as usize);
        if row.iter().all(str::is_empty) {
            continue;
        }
        match columns.line(&row, at, headings.len()) {
            Ok(line) => lines.push(line),
            Err(sentence) => problems.push(format!("Line {at}: {sentence}")),
        }
        if lines.len() > MOST_LINES {
            return Err(vec![format!("The file has more than {MOST_LINES} lines, which is the most")]);
        }
    }
    problems.extend(overlaps(&lines));
    if lines.is_empty() && problems.is_empty() {
        problems.push("The file has no line below its headings".to_owned());
    }
    let lines = lines.into_iter().map(|(line, _)| line).collect();
    if problems.is_empty() { Ok(lines) } else { Err(problems) }
}

fn as_text(bytes: &[u8]) -> Result<&str, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let again = "save it as “CSV UTF-8” and choose it again";
    if bytes.starts_with(b"PK") {
        return Err(format!("The file is a workbook and no CSV: {again}"));
    }
    if bytes.contains(&0) {
        return Err(format!("The file is no CSV in UTF-8: {again}"));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
        format!("Line {line} holds a character that is not UTF-8, as Windows-1252 writes it: {again}")
    })
}

/// Where each column stands.
struct Columns(BTreeMap<&'static str, usize>);

impl Columns {
    /// Every name that a column may have, and what it is called here.
    const NAMES: [(&'static str, &'static str); 15] = [
        ("grade", "grade"),
        ("band", "band"),
        ("point", "point"),
        ("scp", "scp"),
        ("area", "area"),
        ("percent", "percent"),
        ("years", "years"),
        ("annual_gbp", "annual_gbp"),
        ("minimum_gbp", "minimum_gbp"),
        ("maximum_gbp", "maximum_gbp"),
        ("min_gbp", "minimum_gbp"),
        ("max_gbp", "maximum_gbp"),
        ("effective_from", "effective_from"),
        ("effective_to", "effective_to"),
        ("source", "source"),
    ];

    fn read(headings: &StringRecord) -> Result<Self, String> {
        let mut columns = BTreeMap::new();
        for (at, heading) in headings.iter().enumerate() {
            let heading = heading.trim().to_lowercase().replace(' ', "_");
            if let Some((_, name)) = Self::NAMES.iter().find(|(name, _)| *name == heading)
                && columns.insert(*name, at).is_some()
            {
                return Err(format!("The first line has the column {name} twice"));
            }
        }
        let columns = Columns(columns);
        if headings.len() == 1 && headings.get(0).is_some_and(|one| one.contains(';')) {
            return Err("The file parts its cells by semicolons: save it with commas".to_owned());
        }
        let has = |name: &str| columns.0.contains_key(name);
        let missing = [
            (!["grade", "band", "point", "scp", "area"].iter().any(|name| has(name)), "grade, scp or area"),
            (!has("effective_from"), "effective_from"),
            (
                !(has("annual_gbp") || has("minimum_gbp") && has("maximum_gbp")),
                "annual_gbp, or minimum_gbp and maximum_gbp",
            ),
            (has("area") && !has("percent"), "percent"),
        ];
        match missing.iter().find(|(missing, _)| *missing) {
            Some((_, name)) => Err(format!("The first line lacks the column {name}. Headings come first")),
            None => Ok(columns),
        }
    }

    fn line(&self, row: &StringRecord, at: usize, wide: usize) -> Result<(Line, Option<Date>), String> {
        if row.len() != wide {
            return Err(format!(
                "it has {} cells and the first line {wide}. A comma in an amount starts a new cell: write 27485 and not 27,485",
                row.len()
            ));
        }
        let cell = |name: &str| self.0.get(name).and_then(|at| row.get(*at)).map(one_line).unwrap_or_default();
        let date = |name: &str| {
            let typed = cell(name);
            parse_date(&typed).ok_or_else(|| format!("“{typed}” in {name} is no date: write it like 2027-04-01"))
        };
        let from = date("effective_from")?;
        let to = if cell("effective_to").is_empty() { None } else { Some(date("effective_to")?) };
        if to.is_some_and(|to| to < from) {
            return Err("it ends before it begins".to_owned());
        }
        let (minimum, maximum) = match cell("annual_gbp").as_str() {
            "" => (pence(&cell("minimum_gbp"))?, pence(&cell("maximum_gbp"))?),
            annual => (pence(annual)?, pence(annual)?),
        };
        if minimum > maximum {
            return Err("the minimum is above the maximum".to_owned());
        }
        let years = match cell("years").as_str() {
            "" => None,
            typed => Some(typed.parse::<i32>().map_err(|_| format!("“{typed}” in years is no whole number"))?),
        };
        let what = self.what(cell)?;
        Ok((Line { line: at, what, from, minimum, maximum, years, source: short(cell("source")) }, to))
    }

    fn what(&self, cell: impl Fn(&str) -> String) -> Result<What, String> {
        let (grade, band, point, scp, area) = (cell("grade"), cell("band"), cell("point"), cell("scp"), cell("area"));
        if !area.is_empty() {
            let known = Area::parse(&area.to_lowercase());
            let percent = cell("percent").parse::<i64>().ok().filter(|percent| (1..=100).contains(percent));
            return match (known, percent) {
                (Some(area), Some(percent)) => Ok(What::Area(area, percent)),
                (None, _) => Err(format!("“{area}” is no area: write inner, outer or fringe")),
                (_, None) => Err(format!("“{}” in percent is no whole number from 1 to 100", cell("percent"))),
            };
        }
        if !grade.is_empty() {
            return Ok(What::Grade { name: short(grade), point: short(point) });
        }
        if !band.is_empty() {
            return Ok(What::Grade { name: short(format!("Band {band}")), point: short(point) });
        }
        let number = if scp.is_empty() { point } else { scp };
        match number.parse::<i32>() {
            Ok(number) if number > 0 => Ok(What::Spine(number)),
            Ok(_) | Err(_) if number.is_empty() => Err("it names neither a grade nor a point".to_owned()),
            Ok(_) | Err(_) => Err(format!("“{number}” is no point of a spine: write its number")),
        }
    }
}

fn short(text: String) -> String {
    text.chars().take(LONGEST).collect()
}

/// Pence of `27485` or `27485.50`.
fn pence(typed: &str) -> Result<i64, String> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if typed.is_empty() {
        return Err("the amount is missing".to_owned());
    }
    if typed.starts_with('-') || typed.starts_with('(') || typed.starts_with('−') {
        return Err(format!("“{typed}” is negative: pay is above nothing"));
    }
    if typed.contains(',') || typed.contains(' ') {
        let plain: String = typed.chars().filter(|c| !matches!(c, ',' | ' ' | '£')).collect();
        return Err(format!("“{typed}” has a thousand separator: write {plain}"));
    }
    let (whole, part) = typed.split_once('.').unwrap_or((typed, "00"));
    let pence = (digits(whole) && digits(part) && part.len() <= 2).then(|| format!("{part:0<2}"));
    let amount =
        pence.and_then(|pence| Some(whole.parse::<i64>().ok()?.checked_mul(100)? + pence.parse::<i64>().ok()?));
    match amount {
        Some(0) => Err("the amount is nothing".to_owned()),
        Some(amount) if amount > MOST_POUNDS * 100 => Err(format!("“{typed}” is more than anybody is paid")),
        Some(amount) => Ok(amount),
        None => Err(format!("“{typed}” is no amount: write pounds alone, such as 27485 or 27485.50")),
    }
}

/// Lines about the same pay at the same time.
fn overlaps(lines: &[(Line, Option<Date>)]) -> Vec<String> {
    let mut by_what: BTreeMap<&What, Vec<&(Line, Option<Date>)>> = BTreeMap::new();
    for line in lines {
        by_what.entry(&line.0.what).or_default().push(line);
    }
    let mut problems = Vec::new();
    for same in by_what.values_mut() {
        same.sort_by_key(|(line, _)| (line.from, line.line));
        for pair in same.windows(2) {
            let ((one, until), (other, _)) = (pair[0], pair[1]);
            let both = format!("Lines {} and {}", one.line.min(other.line), one.line.max(other.line));
            if one.from == other.from {
                problems.push(format!("{both} both say what is paid from {}", long_date(one.from)));
            } else if let Some(until) = until.filter(|until| *until >= other.from) {
                let (until, from) = (long_date(until), long_date(other.from));
                problems.push(format!("{both} overlap: one holds until {until}, the other from {from}"));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    fn refused(file: &str) -> Vec<String> {
        read_award(file.as_bytes()).unwrap_err()
    }

    #[test]
    fn the_shapes_of_the_reference_files_are_read() {
        let afc =
            "# a remark\nband,point,years,annual_gbp,effective_from,source\n4,entry,0,28392,2026-04-01,The tables\n";
        let lines = read_award(afc.as_bytes()).unwrap();
        assert_eq!(lines[0].what, What::Grade { name: "Band 4".into(), point: "entry".into() });
        assert_eq!((lines[0].line, lines[0].minimum, lines[0].from), (3, 2_839_200, date!(2026 - 04 - 01)));
        let spine = read_award(b"\xef\xbb\xbfSCP,Annual GBP,Effective from\n5,24790.50,2027-04-01\n").unwrap();
        assert_eq!((spine[0].what.clone(), spine[0].maximum), (What::Spine(5), 2_479_050));
        let area = read_award(b"area,percent,min_gbp,max_gbp,effective_from\ninner,20,5794,8746,2026-04-01\n").unwrap();
        assert_eq!((area[0].what.clone(), area[0].minimum), (What::Area(Area::Inner, 20), 579_400));
    }

    #[test]
    fn every_line_in_the_way_is_named_in_words() {
        let file = "grade,effective_from,minimum_gbp,maximum_gbp\n\
            A,2027-04-01,\"27,485\",30000\nB,2027-04-01,-5,30000\nC,soon,1,2\nD,2027-04-01,27,485,30000\n\
            E,2027-04-01,30000,20000\nF,2027-04-01,0,1\n,2027-04-01,1,2\nG,2027-04-01,£5,6\n";
        assert_eq!(
            refused(file),
            [
                "Line 2: “27,485” has a thousand separator: write 27485",
                "Line 3: “-5” is negative: pay is above nothing",
                "Line 4: “soon” in effective_from is no date: write it like 2027-04-01",
                "Line 5: it has 5 cells and the first line 4. A comma in an amount starts a new cell: write 27485 and not 27,485",
                "Line 6: the minimum is above the maximum",
                "Line 7: the amount is nothing",
                "Line 8: it names neither a grade nor a point",
                "Line 9: “£5” is no amount: write pounds alone, such as 27485 or 27485.50",
            ]
        );
    }

    #[test]
    fn a_file_of_another_kind_is_refused_in_a_sentence() {
        assert_eq!(refused("grade,effective_from\nA,2027-04-01\n").len(), 1);
        assert!(refused("grade,effective_from\n")[0].contains("annual_gbp, or minimum_gbp and maximum_gbp"));
        assert!(refused("annual_gbp,effective_from\n")[0].contains("grade, scp or area"));
        assert!(refused("grade;effective_from;annual_gbp\n")[0].contains("semicolons"));
        assert_eq!(refused("grade,effective_from,annual_gbp\n"), ["The file has no line below its headings"]);
        let windows = read_award(b"grade,effective_from,annual_gbp\nCaf\xe9,2027-04-01,5\n").unwrap_err();
        assert!(windows[0].starts_with("Line 2 holds a character that is not UTF-8, as Windows-1252"), "{windows:?}");
        assert!(read_award(b"\xff\xfeg\0").unwrap_err()[0].contains("no CSV"));
        assert!(read_award(b"PK\x03\x04").unwrap_err()[0].contains("workbook"));
    }

    #[test]
    fn lines_about_the_same_time_are_refused_together() {
        let file = "grade,effective_from,effective_to,annual_gbp\nA,2027-04-01,,5\nA,2027-04-01,,6\n\
            B,2027-04-01,2028-06-30,5\nB,2028-04-01,,6\nC,2027-04-01,2028-03-31,5\nC,2028-04-01,,6\n";
        assert_eq!(
            refused(file),
            [
                "Lines 2 and 3 both say what is paid from 1 April 2027",
                "Lines 4 and 5 overlap: one holds until 30 June 2028, the other from 1 April 2028",
            ]
        );
    }
}
