//! A document of each family, in words of our own, read and put on the ready template of its family: every section stands
//! under the family's heading and in its order, on the page and in the file, and every line under the right one.

use super::ready;
use crate::imports::upload;

/// A section as a document has it: its heading, whether its lines are a list, and its lines.
type Part = (&'static str, bool, &'static [&'static str]);

struct Family {
    template: &'static str,
    /// In the order of a document that was written for nobody's template.
    document: &'static [Part],
    /// Where the lines have to stand afterwards, in the order of the template.
    expected: &'static [(&'static str, &'static str)],
}

const DUTIES: &[&str] = &["Opens the gates each morning.", "Counts the tools each week.", "Trains new starters."];

const FAMILIES: &[Family] = &[
    Family {
        template: "NHS job description",
        document: &[
            ("Main duties of the job", true, DUTIES),
            ("About the team", false, &["Nine people look after four wards."]),
            ("Job purpose", false, &["Keeps the linen store in order."]),
        ],
        expected: &[
            ("Job summary", "Keeps the linen store in order."),
            ("About the service", "Nine people look after four wards."),
            ("Key result areas", "Counts the tools each week."),
        ],
    },
    Family {
        template: "NHS advert with job description",
        document: &[
            ("Our house values", false, &["We are kind and we are on time."]),
            ("Communication & working relationships", false, &["Talks with the laundry."]),
            ("Main duties and responsibilities", true, DUTIES),
            ("Job summary", false, &["Keeps the linen store in order."]),
            ("About us", false, &["Nine people look after four wards."]),
        ],
        expected: &[
            ("Job overview", "Keeps the linen store in order."),
            ("Job responsibilities", "Counts the tools each week."),
            ("Who you will work with", "Nine people look after four wards."),
            ("Who you will deal with", "Talks with the laundry."),
            ("Values and behaviours", "We are kind and we are on time."),
        ],
    },
    Family {
        template: "Council job profile with assessed criteria",
        document: &[
            ("Our values and behaviours", false, &["We say what we do."]),
            ("Working relationships", false, &["Speaks with bus companies.", "Meets the drivers each week."]),
            ("Main accountabilities", true, DUTIES),
            ("Main purpose of job", false, &["Looks after the depot."]),
        ],
        expected: &[
            ("Purpose of the job", "Looks after the depot."),
            ("Duties of this job", "Counts the tools each week."),
            ("Who you will deal with", "Speaks with bus companies."),
            ("Values and behaviours", "We say what we do."),
        ],
    },
    Family {
        template: "Council job profile with factor levels",
        document: &[
            ("Decision making", false, &["Chooses the order of the day."]),
            ("By whom the post is managed", false, &["The head of the depot."]),
            ("Duties", true, DUTIES),
            ("Role summary", false, &["Looks after the depot."]),
        ],
        expected: &[
            ("Main purpose", "Looks after the depot."),
            ("Accountabilities", "Counts the tools each week."),
            ("How the post is managed", "The head of the depot."),
            ("Freedom to decide", "Chooses the order of the day."),
        ],
    },
    Family {
        template: "Council post specification",
        document: &[
            ("Supervision and guidance", false, &["Asks before spending."]),
            ("Principal duties", true, DUTIES),
            ("Purpose of post", false, &["Looks after the depot."]),
        ],
        expected: &[
            ("Purpose of the post", "Looks after the depot."),
            ("Work of the post", "Counts the tools each week."),
            ("What is referred upwards", "Asks before spending."),
        ],
    },
];

fn page(parts: &[Part]) -> String {
    let part = |(heading, list, lines): &Part| {
        let lines = lines.iter().map(|line| match list {
            true => format!("<li>{line}</li>"),
            false => format!("<p>{line}</p>"),
        });
        let lines: String = lines.collect();
        let lines = if *list { format!("<ol>{lines}</ol>") } else { lines };
        format!("<h2>{heading}</h2>{lines}")
    };
    let parts: String = parts.iter().map(part).collect();
    format!("<!doctype html><html lang=en><title>Storekeeper</title><h1>Storekeeper</h1>{parts}</html>")
}

#[tokio::test]
async fn a_document_of_each_family_stands_in_its_order_and_under_its_headings() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut author = site.signed_in(&trust.first.team.author).await;
    for (n, family) in FAMILIES.iter().enumerate() {
        let name = format!("family-{n}.html");
        let report = upload(&mut author, trust, &name, page(family.document).as_bytes()).await;
        let report = author.follow(report).await;
        let form = report.form("Make the job profile").choose("Unit", &trust.first.name);
        let draft = author.submit_and_follow(form.choose("Template", family.template)).await;
        let asked: Vec<String> = sqlx::query_scalar(
            "select s ->> 'heading' from template t join template_edition e on e.template_id = t.id,
            jsonb_array_elements(e.layout -> 'sections') with ordinality x (s, n) where t.name = $1 order by n",
        )
        .bind(family.template)
        .fetch_all(&site.db)
        .await
        .unwrap();
        let headings = draft.find("section[id^=section-] > h2");
        let stand: Vec<&String> = headings.iter().filter(|heading| asked.contains(heading)).collect();
        assert_eq!(stand, asked.iter().collect::<Vec<_>>(), "{}", family.template);
        draft.assert_no_text("Kept from the earlier template.");
        let path = draft.path.split_once("/edit").unwrap().0;
        let text = author.get(&format!("{path}/file?as=txt")).await.html();
        let mut rest = text.as_str();
        for (heading, line) in family.expected {
            let small = rest.to_lowercase();
            let at = small.find(&heading.to_lowercase());
            let at = at.unwrap_or_else(|| panic!("{}: no {heading} after what came before in {text}", family.template));
            rest = &rest[at..];
            let next =
                rest.find(line).unwrap_or_else(|| panic!("{}: {line} is not after {heading}: {text}", family.template));
            rest = &rest[next..];
        }
    }
}
