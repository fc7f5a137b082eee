//! The edits made in the file, which comes back to its profile: lines find each other by their words.

use std::fmt::Write;

use rolebook::documents::to_content::Kept;
use rolebook::domain::matching::as_continuing;

use super::{EDITS, document, listed, read, said};
use crate::support::golden;

/// An edit as a person does it in the file, and how the comparison names it.
struct Edit {
    what: &'static str,
    /// Each stretch of the file with what takes its place.
    done: &'static [(&'static str, &'static str)],
    /// How the entries of the list begin that tell of it.
    told: &'static [&'static str],
}

const fn edit(
    what: &'static str,
    done: &'static [(&'static str, &'static str)],
    told: &'static [&'static str],
) -> Edit {
    Edit { what, done, told }
}

const MADE: [Edit; EDITS] = [
    edit("a heading changed", &[("About the service:", "About the store:")], &["Heading changed About the store"]),
    edit(
        "a paragraph reworded",
        &[("It serves eleven health centres across the valley.", "It serves twelve health centres and two hospices.")],
        &["Reworded Paragraph: The equipment store lends"],
    ),
    edit(
        "a paragraph removed",
        &[("The store opened in spring and has grown every month since.\n", "")],
        &["Removed Paragraph: The store opened in spring"],
    ),
    edit(
        "a duty reworded",
        &[("and \tconfirm them in writing", "and \tconfirm them by text message")],
        &["Reworded Duty: Arrange delivery times"],
    ),
    edit(
        "a duty moved to another group",
        &[
            ("· Tell the district nurse at once where a patient is at risk.\n", ""),
            (
                "· Show new drivers how to use the booking screen.\n",
                "· Show new drivers how to use the booking screen.\n· Tell the district nurse at once where a patient is at risk.\n",
            ),
        ],
        &["Moved Duty: Tell the district nurse"],
    ),
    edit(
        "a group renamed",
        &[("2. Responsibility for staff", "2. Responsibility for colleagues and drivers")],
        &["Reworded Group of duties: Responsibility for colleagues"],
    ),
    edit(
        "a duty split in two",
        &[(
            "· Supervise two store assistants, including their leave and appraisals.",
            "· Supervise two store assistants.\n· See to their leave and appraisals.",
        )],
        &["Split Duty: Supervise two store assistants."],
    ),
    edit(
        "two duties merged",
        &[(
            "· Count high-value items every Friday\n· Report losses to the line manager on the day they are found",
            "· Count high-value items every Friday and report losses to the line manager on the day they are found",
        )],
        &["Merged Duty: "],
    ),
    edit(
        "a duty added",
        &[(
            "· Keep the safety log up to date",
            "· Keep the safety log up to date\n· Order spare batteries each quarter",
        )],
        &["Added Duty: Order spare batteries"],
    ),
    edit(
        "a term changed",
        &[("Eight weeks on either side.", "Twelve weeks on either side.")],
        &["Reworded Term: Twelve weeks"],
    ),
    edit(
        "a term changed in one figure",
        &[("six months' probation", "three months' probation")],
        // The details at the head of the document say it too.
        &["Reworded Term: Permanent, after three", "Changed Contract"],
    ),
    edit(
        "a clause reworded",
        &[("wear the gloves provided", "wear the gloves and aprons provided")],
        &["Reworded Clause: Returned equipment is cleaned"],
    ),
    edit(
        "a clause removed",
        &[("SMOKE FREE\nSmoking is not allowed in any building or vehicle of the trust.\n", "")],
        &["Removed Clause: Smoking is not allowed"],
    ),
    edit(
        "a demand from no to yes",
        &[("Kneeling or crouching\n\t\n\t✓\n", "Kneeling or crouching\n\t✓\n\t\n")],
        &["Changed Demand: Kneeling or crouching (Present: was No, now Yes)"],
    ),
    edit(
        "the examples of a demand",
        &[("Open day in June only", "Open days in June and October")],
        &["Changed Demand: Giving talks to groups (Examples: was Open day in June only"],
    ),
    edit(
        "a criterion reworded",
        &[("Certificate in stock control", "Certificate or diploma in stock control")],
        &["Reworded Criterion: Certificate or diploma"],
    ),
    edit("a criterion removed", &[("•\tFork-lift licence\n", "")], &["Removed Criterion: Fork-lift licence"]),
    edit(
        "a criterion from desirable to essential",
        &[
            (
                "•\tExperience of a booking system\n",
                "•\tExperience of a booking system\n•\tExperience of a hospital or clinic\n",
            ),
            ("\n· Experience of a hospital or clinic\n", "\n· Experience of a warehouse\n"),
        ],
        &["Changed Criterion: Experience of a hospital or clinic (Importance: was Desirable, now Essential"],
    ),
    edit("a criterion added", &[], &["Added Criterion: Experience of a warehouse"]),
    edit(
        "a criterion reworded within a list",
        &[("distressed and to \thelp them", "distressed and to \tcalm them")],
        &["Reworded Criterion: Able to listen to people"],
    ),
];

#[test]
fn at_least_eighteen_of_twenty_are_found_and_none_is_false() {
    let text = document();
    let edited = MADE.iter().flat_map(|edit| edit.done).fold(text.clone(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replacen(from, to, 1)
    });
    let (old, new) = (read(&text), read(&edited));
    // What is new gets identities that nothing else has.
    let fresh: Vec<i64> = (10_000..).take(new.identities).collect();
    let content = as_continuing(new.with_identities(&fresh, &Kept::default()), &old.content).unwrap();
    let (list, sentence) = listed((&old.details, &old.content), (&new.details, &content));
    let mut left: Vec<String> = list.iter().map(said).collect();
    let mut report =
        format!("Made in the file of nhs-job-description.txt, and matched with what it was:\n{sentence}\n\n");
    let mut found = 0;
    for (n, edit) in MADE.iter().enumerate() {
        let tells = |said: &mut String| edit.told.iter().any(|told| said.starts_with(told));
        let told: Vec<String> = left.extract_if(.., tells).collect();
        found += usize::from(!told.is_empty());
        let told = if told.is_empty() { "NOT FOUND".to_owned() } else { told.join("\n    ") };
        writeln!(report, "{:2}. {}\n    {told}", n + 1, edit.what).unwrap();
    }
    writeln!(report, "\nfound {found} of {EDITS}; told though not done: {}", left.len()).unwrap();
    left.iter().for_each(|said| writeln!(report, "    {said}").unwrap());
    golden::check("known-edits/file.txt", &report);
    assert!(found >= 18, "{report}");
    assert_eq!(left, [""; 0], "{report}");
}
