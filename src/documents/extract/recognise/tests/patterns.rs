//! Patterns that real documents show, one small document of our own wording each.

use super::shapes::{criteria, groups, read};
use crate::documents::extract::result::{AssessmentMethod, Importance, Section};

#[test]
fn a_bullet_alone_glued_or_private() {
    let found = read(
        "Job title: Ranger\n\nMain duties\n•\nWalk the paths.\n•Mend fences.\n\u{f0b7}Lead walks.\n\u{f0b7}\tCount birds.\n",
    );
    assert_eq!(groups(&found), [(Some("Main duties"), 4)]);
}

#[test]
fn numbers_run_on_over_groups() {
    let found = read(
        "Job title: Ranger\n\nDuties and responsibilities\n\nVisitor Care\n1. Meets visitors.\n2. Leads walks.\n\nLand Care\n3. Mends fences.\n4. Plants trees.\n",
    );
    assert_eq!(groups(&found), [(Some("Visitor Care"), 2), (Some("Land Care"), 2)]);
}

#[test]
fn numbered_items_over_lists_are_groups() {
    let found = read(
        "Job title: Ranger\n\nMain duties\n\n1. Visitors\n• Meets visitors.\n• Leads walks.\n\n2. Land\n• Mends fences.\n• Plants trees.\n",
    );
    assert_eq!(groups(&found), [(Some("Visitors"), 2), (Some("Land"), 2)]);
}

#[test]
fn importance_under_every_category() {
    let found = read(
        "Job title: Ranger\n\nPerson specification\n\nQualifications\nEssential\nGCSE English\nDesirable\nDegree in ecology\n\nExperience\nEssential\nWorking outdoors\nDesirable\nLeading volunteers\n",
    );
    let all: Vec<(Option<&str>, Vec<Importance>)> = criteria(&found)
        .into_iter()
        .map(|category| (category.heading.as_deref(), category.criteria.iter().map(|own| own.importance).collect()))
        .collect();
    let both = vec![Importance::Essential, Importance::Desirable];
    assert_eq!(all, [(Some("Qualifications"), both.clone()), (Some("Experience"), both)]);
}

#[test]
fn a_letter_a_tick_and_a_star_say_what_is_essential() {
    let texts = [
        "Job title: Ranger\n\nPerson specification\nCriteria\tEssential\tDesirable\nReads maps\t✓\t\nKnows birds\t\t✓\n",
        "Job title: Ranger\n\nPerson specification\n\tE/D\tAssessment\nReads maps\tE\tA\nKnows birds\tD\tA\n",
        "Job title: Ranger\n\nPerson specification\n\nSkills\nE1 Reads maps\nD1 Knows birds\n",
    ];
    for text in texts {
        let found = read(text);
        let all: Vec<_> = criteria(&found)
            .into_iter()
            .flat_map(|own| &own.criteria)
            .map(|own| (own.text.as_str(), own.importance, own.sure))
            .collect();
        assert_eq!(
            all,
            [("Reads maps", Importance::Essential, true), ("Knows birds", Importance::Desirable, true)],
            "{text}"
        );
    }
    let starred = read(
        "Job title: Ranger\n\nPerson specification (* = essential)\n\nReads maps *\nDrives a tractor *\nKnows birds\n",
    );
    let sure: Vec<bool> = criteria(&starred)[0].criteria.iter().map(|own| own.sure).collect();
    assert_eq!(sure, [true, true, false], "what has no star is a guess");
}

#[test]
fn assessment_in_codes_of_every_shape_and_in_one_sentence() {
    use AssessmentMethod::{Application, Interview, Test};
    let found = read(
        "Job title: Ranger\n\nPerson specification\nKey: AF = Application form, I = Interview, T = Test\n\nEssential\nReads maps (AF, I)\nDrives a tractor (I/T)\nKnows birds A & I/T\n",
    );
    let all: Vec<_> = criteria(&found)[0].criteria.iter().map(|own| own.assessment.clone()).collect();
    assert_eq!(all, [vec![Application, Interview], vec![Interview, Test], vec![Application, Interview, Test]]);
    let found = read(
        "Job title: Ranger\n\nPerson specification\nAll criteria will be assessed by application form and interview.\n\nEssential criteria\n1. Reads maps.\n2. Drives a tractor.\n",
    );
    assert!(criteria(&found)[0].criteria.iter().all(|own| own.assessment == [Application, Interview]));
}

#[test]
fn clauses_as_bullets_with_their_headings_glued_on() {
    let found = read(
        "Job title: Ranger\n\nMain duties\n• Walk the paths.\n• Mend fences.\n\nGeneral\n• Health and safety: to take reasonable care of yourself and others.\n• Confidentiality: to keep personal data safe.\n",
    );
    assert_eq!(groups(&found), [(Some("Main duties"), 2)]);
    let clauses = found.sections.iter().find_map(|section| {
        let Section::Clauses { clauses, .. } = section else { return None };
        Some(clauses.iter().map(|own| own.heading.as_deref()).collect::<Vec<_>>())
    });
    assert_eq!(clauses, Some(vec![Some("Health and safety"), Some("Confidentiality")]));
}

#[test]
fn yes_and_no_in_columns_without_a_head_for_the_first() {
    let found = read(
        "Job title: Ranger\n\nMain duties\n• Walk the paths.\n• Mend fences.\n\nPhysical effort\nYes\tNo\tExamples\nLifting\tYes\t\tLogs, daily\nDriving\t\tNo\tOnly on holidays\nKneeling\tYes\t\t\n",
    );
    let rows = found.sections.iter().find_map(|section| {
        let Section::Demands { rows, .. } = section else { return None };
        Some(rows.iter().map(|row| (row.demand.as_str(), row.present)).collect::<Vec<_>>())
    });
    assert_eq!(rows, Some(vec![("Lifting", Some(true)), ("Driving", Some(false)), ("Kneeling", Some(true))]));
    let rules: Vec<&str> = found.findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert!(rules.contains(&"example-beside-no") && rules.contains(&"yes-without-example"), "{rules:?}");
}

#[test]
fn labels_without_separators() {
    let found = read(
        "ROLE PROFILE\nRole title Ranger\nRole grade 5\nReporting to Head Ranger\n\nKEY ACCOUNTABILITIES\nWalks the paths each morning.\nMends fences.\n",
    );
    let details = &found.details;
    assert_eq!((details.title.as_deref(), details.reports_to.as_deref()), (Some("Ranger"), Some("Head Ranger")));
}

#[test]
fn web_furniture_is_set_aside_and_questions_are_headings() {
    let found = read(
        "Skip to main content\nHome\nJobs\nCommunity Ranger\nJob reference: CR12\nSalary: £24,000\nApply now\n\nWhat you'll do\nYou'll walk the paths.\nYou'll mend fences.\n\nWho you are\nYou can read a map.\nYou drive a tractor.\n\nCookies\n",
    );
    assert_eq!(found.details.title.as_deref(), Some("Community Ranger"));
    assert_eq!(groups(&found).len(), 1);
    assert_eq!(criteria(&found)[0].criteria.len(), 2);
}

#[test]
fn a_newsletter_is_no_job_description() {
    let found = read(
        "Ranger service newsletter\n\nThe rangers had a fine summer. They met many visitors and planted trees.\n\nThanks to all who helped.\n",
    );
    assert!(groups(&found).is_empty() && criteria(&found).is_empty());
}

#[test]
fn headings_posing_as_bullets_are_groups() {
    let found = read(
        "Job title: Ranger\n\nMain duties\n• Visitors\n   - Meets visitors\n   - Leads walks\n• Care of the land\n   - Mends fences\n   - Plants trees\n",
    );
    assert_eq!(groups(&found), [(Some("Visitors"), 2), (Some("Care of the land"), 2)]);
}

#[test]
fn a_category_stands_beside_ticks() {
    let found = read(
        "Job title: Ranger\n\nPerson specification\nArea\tRequirement\tEssential\tDesirable\nSkills\tReads maps well\t✓\t\nSkills\tKnows the birds\t\t✓\nTraining\tFirst aid at work\t✓\t\n",
    );
    let all: Vec<(Option<&str>, usize)> =
        criteria(&found).into_iter().map(|own| (own.heading.as_deref(), own.criteria.len())).collect();
    assert_eq!(all, [(Some("Skills"), 2), (Some("Training"), 1)]);
}

#[test]
fn one_word_between_running_numbers_heads_what_follows() {
    let found = read(
        "Job title: Ranger\n\nDuties\n\nService\n1. Meets visitors at the gate.\n2. Leads walks on Sundays.\nPeople\n3. Trains two wardens.\n4. Plans the rota of the team.\nMoney\n5. Banks the takings.\n6. Checks every invoice.\n",
    );
    assert_eq!(groups(&found), [(Some("Service"), 2), (Some("People"), 2), (Some("Money"), 2)]);
    assert_eq!(found.details.service, None);
    // what goes on with an open item is no heading
    let found = read(
        "Job title: Ranger\n\nDuties\n\n1. Meets visitors who come by\nBus\n2. Leads walks on Sundays.\n3. Trains wardens.\n",
    );
    assert_eq!(groups(&found), [(Some("Duties"), 3)]);
}

#[test]
fn a_header_in_two_rows_names_the_columns_below_its_wide_cells() {
    let page = "<!doctype html><html><body><p>Job title: Ranger</p><h2>Person specification</h2><table>
        <tr><th rowspan=2>Area</th><th colspan=2>Importance</th><th rowspan=2>Requirement</th><th rowspan=2>How tested</th></tr>
        <tr><th>E</th><th>D</th></tr>
        <tr><td rowspan=2>Knowledge</td><td>X</td><td></td><td>Knows the law of paths</td><td>Interview</td></tr>
        <tr><td></td><td>X</td><td>Knows birds by their song</td><td>Test</td></tr></table></body></html>";
    let found = crate::documents::extract::extract(page.as_bytes(), "a.html").unwrap();
    let all: Vec<_> = criteria(&found)
        .into_iter()
        .flat_map(|own| {
            own.criteria
                .iter()
                .map(|one| (own.heading.as_deref(), one.text.as_str(), one.importance, one.assessment.as_slice()))
        })
        .collect();
    let expected = [
        (Some("Knowledge"), "Knows the law of paths", Importance::Essential, &[AssessmentMethod::Interview][..]),
        (Some("Knowledge"), "Knows birds by their song", Importance::Desirable, &[AssessmentMethod::Test][..]),
    ];
    assert_eq!(all, expected);
}

#[test]
fn letters_behind_criteria_hold_under_every_heading() {
    let found = read(
        "Job title: Ranger\n\nPerson Specification\n\nThe following are essential (E) or desirable (D).\n\nExperience\n\nLeading walks (E)\nCounting birds (D)\n\nCompetencies\n\nCalm in a crowd (E)\nCounts without mistakes (E)\n",
    );
    let all: Vec<(Option<&str>, usize)> =
        criteria(&found).into_iter().map(|own| (own.heading.as_deref(), own.criteria.len())).collect();
    assert_eq!(all, [(Some("Experience"), 2), (Some("Competencies"), 2)]);
}

#[test]
fn a_section_numbered_after_the_specification_is_no_category_of_it() {
    let found = read(
        "Job title: Ranger\n\n2. Duties\n2.1 Meets visitors.\n2.2 Leads walks.\n\n3. Person specification\n3.1 Essential\n3.1.1 Reads maps\n3.1.2 Walks ten miles\n\n4. Equal opportunities\n4.1 Everybody is treated with respect at work.\n",
    );
    let all: Vec<usize> = criteria(&found).into_iter().map(|own| own.criteria.len()).collect();
    assert_eq!(all, [2]);
    assert!(found.sections.iter().any(|section| matches!(section, Section::Clauses { .. })));
}

#[test]
fn the_name_of_a_contact_is_told_from_the_title() {
    for block in [
        "Mrs Petra Lund\nSchool Business Manager\noffice@school.example\n01632 960 417\n",
        "Petra Lund\nHead of the Office\noffice@school.example\n01632 960 417\n",
        "School Business Manager\nPetra Lund\noffice@school.example\n01632 960 417\n",
    ] {
        let found = read(&format!("Job title: Ranger\n\nMain duties\n- Walks.\n- Mends fences.\n\nContact\n{block}"));
        let contact = found.details.contact.expect("a contact");
        assert!(contact.name.as_deref().is_some_and(|name| name.ends_with("Petra Lund")), "{block}: {contact:?}");
        assert_eq!(
            (contact.email.as_deref(), contact.phone.as_deref()),
            (Some("office@school.example"), Some("01632 960 417"))
        );
    }
}
