//! One advert by its number.

use time::{Date, Duration, OffsetDateTime};

use super::chance::Chance;
use super::employers::EMPLOYERS;
use super::words::{Sector, Words, words};
use crate::clock::{end_of_day, start_of_day};
use crate::db::{ManyAdvert, ManyPlace};
use crate::demo::DemoError;
use crate::domain::advert::{ContractKind, Flexible, Pattern, salary_range};
use crate::domain::places::miles;
use crate::domain::text::pounds;
use crate::domain::working_days::Nation;
use crate::reference::bank_holidays;
use crate::reference::places::{Town, of_lines, outcodes, size, towns};

const WHAT: u64 = 7;
/// Employers have places of work within so many miles of their town.
const AROUND: f64 = 15.0;

/// What everything is made from.
pub struct Maker {
    pub(super) words: Words,
    pub(super) towns: Vec<Home>,
    today: Date,
    now: OffsetDateTime,
    /// Grade, with its lowest and highest pay in pence.
    pay: Vec<(String, i64, i64)>,
    kinds: [Vec<usize>; 3],
}

/// A town with the outward codes that are nearer to it than to any other.
pub(super) struct Home {
    pub name: String,
    around: Vec<String>,
    /// The unit postcodes under each of them and those before it, so that crowded ones are met oftener.
    until: Vec<usize>,
}

impl Home {
    fn new(name: String) -> Self {
        Home { name, around: Vec::new(), until: Vec::new() }
    }

    /// How many live there, in unit postcodes.
    pub fn size(&self) -> usize {
        self.until.last().copied().unwrap_or_default()
    }

    fn add(&mut self, code: String, size: usize) {
        self.until.push(self.size() + size);
        self.around.push(code);
    }

    fn code(&self, chance: &mut Chance) -> &str {
        let wanted = chance.below(self.size());
        let place = self.until.partition_point(|until| *until <= wanted);
        self.around.get(place).map_or("", String::as_str)
    }
}

/// Every town with what lies nearest to it: so that adverts are as dense as people are.
fn homes() -> Vec<Home> {
    let mut homes: Vec<Home> = towns().iter().map(|town| Home::new(town.place.name.clone())).collect();
    for place in outcodes() {
        let far = |town: &Town| miles((town.place.latitude, town.place.longitude), (place.latitude, place.longitude));
        let nearest = towns().iter().enumerate().map(|(number, town)| (far(town), number));
        let nearest = nearest.min_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((_, number)) = nearest.filter(|(far, _)| *far <= AROUND) {
            homes[number].add(place.name.clone(), size(&place.name));
        }
    }
    homes
}

/// An advert as it goes to the database.
pub struct MadeAdvert {
    pub number: usize,
    pub row: ManyAdvert,
}

impl Maker {
    /// Dates count from `today`.
    ///
    /// # Errors
    /// Where the words or the pay points can't be read.
    pub fn new(today: Date, now: OffsetDateTime) -> Result<Self, DemoError> {
        let words = words()?;
        let of = |sector: Sector| {
            let kinds = words.kinds.iter().enumerate();
            kinds.filter(|(_, kind)| kind.sector == sector).map(|(number, _)| number).collect()
        };
        let kinds = [of(Sector::Nhs), of(Sector::Council), of(Sector::School)];
        let mut maker = Maker { towns: homes(), words, today, now, pay: Vec::new(), kinds };
        for grade in maker.grades()? {
            if let Some((_, low, high, _)) = grade.amounts.iter().rev().find(|(from, ..)| *from <= today) {
                maker.pay.push((grade.name, *low, *high));
            }
        }
        Ok(maker)
    }

    /// Before any advert opened.
    pub(super) fn began(&self) -> OffsetDateTime {
        self.now - Duration::days(90)
    }

    pub(super) fn employer_of(&self, number: usize) -> usize {
        Chance::new(WHAT, number).below(EMPLOYERS)
    }

    /// Employer and kind of job.
    pub(super) fn version_of(&self, number: usize) -> (usize, usize) {
        let mut chance = Chance::new(WHAT, number);
        let employer = chance.below(EMPLOYERS);
        let kinds = match Self::sector(employer) {
            Sector::Nhs => &self.kinds[0],
            Sector::Council => &self.kinds[1],
            Sector::School => &self.kinds[2],
        };
        (employer, *chance.pick(kinds))
    }

    pub(super) fn employer_slug(&self, employer: usize) -> String {
        self.employer_name(employer).to_lowercase().replace(' ', "-")
    }

    /// `Heron House, Leeds, LS9`
    pub(super) fn place(&self, chance: &mut Chance, employer: usize) -> String {
        let town = &self.towns[self.town_of(employer)];
        let site = format!("{} {}", chance.pick(&self.words.site_first), chance.pick(&self.words.site_second));
        format!("{site}, {}, {}", town.name, town.code(chance))
    }

    /// A sentence with its gaps filled.
    pub(super) fn filled(&self, sentence: &str, chance: &mut Chance, employer: usize, place: &str) -> String {
        let mut parts = place.split(", ");
        let (site, town) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        sentence
            .replace("{employer}", &self.employer_name(employer))
            .replace("{site}", site)
            .replace("{town}", town)
            .replace("{number}", &(chance.below(40) + 5).to_string())
    }

    /// The advert with that number.
    pub fn advert(&self, number: usize) -> MadeAdvert {
        let (employer, kind) = self.version_of(number);
        let mut chance = Chance::new(WHAT + 1, number);
        let of = &self.words.kinds[kind];
        let mut locations = self.place(&mut chance, employer);
        let short_text = self.short_text(&mut chance, (number, employer, kind), &locations);
        if chance.percent(12) {
            locations = format!("{locations}\n{}", self.place(&mut chance, employer));
        }
        let pay = self.pay.iter().find(|(name, ..)| *name == of.grade);
        let salary = match pay {
            Some((_, low, high)) if low == high => format!("{} a year", pounds(*low)),
            Some((_, low, high)) => format!("{} to {} a year", pounds(*low), pounds(*high)),
            None => String::new(),
        };
        let range = salary_range(&salary);
        let contract = self.contract(&mut chance);
        let (patterns, flexible) = (patterns(&mut chance), flexible(&mut chance, of.sector));
        let name = format!("{} {}", chance.pick(&self.words.people_first), chance.pick(&self.words.people_last));
        let times = self.times(&mut chance);
        let row = ManyAdvert {
            employer: self.employer_slug(employer),
            profile: kind as i32 + 1,
            number: number as i32 + 1,
            state: times.state,
            reference: format!("MA-{number:06}"),
            title: self.title(employer, kind),
            grade: of.grade.clone(),
            headline: of.headline.clone(),
            short_text,
            salary_text: salary,
            salary_min: range.map(|(low, _)| low),
            salary_max: range.map(|(_, high)| high),
            contract: contract.word().to_owned(),
            working_pattern: words_of(&patterns),
            patterns: patterns.iter().map(|one| one.word().to_owned()).collect(),
            flexible: flexible.iter().map(|one| one.word().to_owned()).collect(),
            dbs: Some(if of.dbs.is_empty() { "none" } else { &of.dbs }.to_owned()),
            audience: if times.internal { "internal" } else { "public" }.to_owned(),
            places: of_lines(&locations).into_iter().map(ManyPlace::from).collect(),
            locations,
            contact_email: format!("recruitment@{}.many.example", self.employer_slug(employer)),
            contact_name: name,
            apply_value: format!("https://apply.many.example/MA-{number:06}"),
            opens_on: times.opens_on,
            closes_on: times.closes_on,
            interviews_on: bank_holidays::of(Nation::EnglandAndWales).after(times.closes_on, 7),
            opens_at: times.opens_at,
            closes_at: end_of_day(times.closes_on),
        };
        MadeAdvert { number, row }
    }

    fn contract(&self, chance: &mut Chance) -> ContractKind {
        match chance.below(20) {
            0..=13 => ContractKind::Permanent,
            14..=16 => ContractKind::FixedTerm,
            17 => ContractKind::Temporary,
            18 => ContractKind::Bank,
            _ if chance.percent(50) => ContractKind::Secondment,
            _ => ContractKind::Apprenticeship,
        }
    }

    fn short_text(&self, chance: &mut Chance, (number, employer, kind): (usize, usize, usize), place: &str) -> String {
        let words = &self.words;
        let of = &words.kinds[kind];
        let opening: &String = chance.pick(&words.openings);
        let mut text = vec![self.filled(opening, chance, employer, place)];
        let about = 2 + chance.below(4);
        for sentence in chance.some(&words.about, about) {
            text.push(self.filled(sentence, chance, employer, place));
        }
        let duties: Vec<String> = chance.some(&of.duties, 3).into_iter().map(|duty| format!("- {duty}")).collect();
        text.push(format!("What the post holder does:\n{}", duties.join("\n")));
        if chance.percent(40) {
            text.push(format!(
                "Some knowledge of {} would help, and is not required.",
                chance.pick_worn(&words.skills)
            ));
        }
        let offers = 2 + chance.below(3);
        let offers = chance.some(&words.offers, offers);
        let offers: Vec<String> = offers.iter().map(|offer| self.filled(offer, chance, employer, place)).collect();
        text.push(offers.join(" "));
        text.extend(self.more(number, employer, place));
        text.join("\n\n")
    }

    /// What makes the text as long as such texts are, 300 to 400 words. By chances of its own, so that the rest of an
    /// advert stays what it is however much is said here.
    fn more(&self, number: usize, employer: usize, place: &str) -> Vec<String> {
        let mut chance = Chance::new(WHAT + 2, number);
        let (about, offers) = (5 + chance.below(4), 2 + chance.below(3));
        let mut some = |list: &[String], wanted: usize| -> Vec<String> {
            let chosen = chance.some(list, wanted);
            chosen.iter().map(|sentence| self.filled(sentence, &mut chance, employer, place)).collect()
        };
        let mut text = some(&self.words.more, about);
        text.push(some(&self.words.more_offers, offers).join(" "));
        text
    }

    fn times(&self, chance: &mut Chance) -> Times {
        let minutes = chance.below(600) as i64;
        let at = |day: Date| start_of_day(day) + Duration::hours(8) + Duration::minutes(minutes);
        let days = |number: usize| Duration::days(number as i64);
        let (opens_on, closes_on, state, internal) = match chance.below(100) {
            0..=1 => (self.today - days(40), self.today - days(1 + chance.below(20)), "published", false),
            2 => (self.today + days(1 + chance.below(9)), self.today + days(30), "published", false),
            3 => (self.today - days(20), self.today + days(20), "withdrawn", false),
            4 => (self.today - days(5), self.today + days(15), "published", true),
            _ => (self.today - days(1 + chance.below(40)), self.today + days(chance.below(42)), "published", false),
        };
        Times { opens_on, closes_on, opens_at: at(opens_on), state: state.to_owned(), internal }
    }
}

struct Times {
    opens_on: Date,
    closes_on: Date,
    opens_at: OffsetDateTime,
    state: String,
    internal: bool,
}

fn patterns(chance: &mut Chance) -> Vec<Pattern> {
    let mut patterns = vec![if chance.percent(70) { Pattern::FullTime } else { Pattern::PartTime }];
    if patterns[0] == Pattern::FullTime && chance.percent(35) {
        patterns.push(Pattern::PartTime);
    }
    if chance.percent(20) {
        patterns.push(Pattern::Shifts);
    }
    patterns
}

/// `Full time, shifts`
fn words_of(patterns: &[Pattern]) -> String {
    let words: Vec<&str> = patterns.iter().map(|one| one.label()).collect();
    words.join(", ")
}

fn flexible(chance: &mut Chance, sector: Sector) -> Vec<Flexible> {
    let often = |one: &Flexible| match one {
        Flexible::JobShare => 30,
        Flexible::FlexibleHours => 25,
        Flexible::CompressedHours => 10,
        Flexible::TermTime if sector == Sector::School => 70,
        Flexible::TermTime => 1,
        Flexible::Hybrid => 20,
        Flexible::Home => 1,
    };
    Flexible::ALL.iter().copied().filter(|one| chance.percent(often(one))).collect()
}
