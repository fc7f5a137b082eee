//! Shapes of documents that are none of the five layouts.

use crate::documents::extract::extract;
use crate::documents::extract::result::{AssessmentMethod, CriteriaCategory, Extract, Importance, Section};

pub fn read(text: &str) -> Extract {
    extract(text.as_bytes(), "shape.txt").unwrap_or_else(|refusal| panic!("{refusal}"))
}

pub fn criteria(extract: &Extract) -> Vec<&CriteriaCategory> {
    let mut out = Vec::new();
    for section in &extract.sections {
        if let Section::Criteria { categories, .. } = section {
            out.extend(categories);
        }
    }
    out
}

pub fn groups(extract: &Extract) -> Vec<(Option<&str>, usize)> {
    let mut out = Vec::new();
    for section in &extract.sections {
        if let Section::Duties { groups, .. } = section {
            out.extend(groups.iter().map(|group| (group.heading.as_deref(), group.duties.len())));
        }
    }
    out
}

#[test]
fn numbers_stand_alone_and_the_table_is_flattened() {
    let found = read(
        "JOB DESCRIPTION\n\nJob Title: Bridge Inspector\nGrade: H\n\nMAIN DUTIES\n\n1\nTo inspect bridges in spring.\n2\nTo record defects, including:\na) cracks\nb) rust\n3\nTo brief contractors.\n\n\
         PERSON SPECIFICATION\n\nCRITERIA\nESSENTIAL\nDESIRABLE\nMETHOD OF ASSESSMENT\nQualifications\nEngineering certificate\nRope access certificate\nApplication form\n",
    );
    assert_eq!(groups(&found), [(Some("MAIN DUTIES"), 3)]);
    let categories = criteria(&found);
    assert_eq!(categories[0].heading.as_deref(), Some("Qualifications"));
    assert!(
        categories[0]
            .criteria
            .iter()
            .all(|criterion| !criterion.sure && criterion.assessment == [AssessmentMethod::Application])
    );
    assert!(found.findings.iter().any(|finding| finding.rule == "unsure-importance"));
}

#[test]
fn letters_behind_each_criterion() {
    let found = read(
        "Role title: Analyst\n\nPerson specification\n\nKnowledge\n- Knows statistics (E) (A/T)\n- Knows the borough (D) (A)\n",
    );
    let criteria = &criteria(&found)[0].criteria;
    assert_eq!(criteria[0].importance, Importance::Essential);
    assert_eq!(criteria[0].assessment, [AssessmentMethod::Application, AssessmentMethod::Test]);
    assert_eq!(criteria[1].importance, Importance::Desirable);
    assert!(criteria.iter().all(|criterion| criterion.sure && !criterion.text.contains('(')));
}

#[test]
fn cells_joined_by_slashes_and_bars() {
    let found = read(
        "Post: Cook\n\nDuties:\n* Prepare meals\n* Order food\n\nPerson specification\n\nEssential: Hygiene certificate / Experience of cooking\nDesirable: Special diets\n",
    );
    let first: Vec<&str> = criteria(&found)[0].criteria.iter().map(|criterion| criterion.text.as_str()).collect();
    assert_eq!(first, ["Hygiene certificate", "Experience of cooking", "Special diets"]);
    let found = read(
        "Person Specification\nCriteria | Essential / Desirable | Assessed by\nDegree in law | E | AF\nCan drive | D | AF, I\n",
    );
    let second = &criteria(&found)[0].criteria;
    assert_eq!((second.len(), second[1].importance), (2, Importance::Desirable));
}

#[test]
fn bare_paragraphs_purpose_after_duties_and_two_grades() {
    let found = read(
        "Surveyor / Senior Surveyor\nGrade 8 / Grade 10 (career grade)\n\nKey tasks\nSurvey council buildings.\nPlan repairs with tenants.\nWrite reports for members.\n\nJob purpose\nTo keep buildings sound.\n\n\
         Additional tasks for Grade 10\nLead on listed buildings.\nCoach younger surveyors.\n",
    );
    assert_eq!(found.details.grade.as_deref(), Some("Grade 8 / Grade 10 (career grade)"));
    assert_eq!(groups(&found), [(Some("Key tasks"), 3), (Some("Additional tasks for Grade 10"), 2)]);
}

#[test]
fn benefits_and_values_are_neither_duties_nor_criteria() {
    let found = read(
        "Warden\n\nWhat will I be doing?\n• Patrolling parks\n• Talking to traders\n\nWhat do we offer?\n• A pension\n• Free parking\n\nOur values\nOpen\nFair\nBold\n",
    );
    assert_eq!(groups(&found).len(), 1);
    assert!(criteria(&found).is_empty());
}

#[test]
fn a_document_without_duties_or_specification_imports_none() {
    let found = read(
        "Head of Museums\n\nThe museums tell the story of the valley. The head leads a team of nine and answers to the director.\n\nAnyone in this post needs the trust of lenders.\n",
    );
    assert!(groups(&found).is_empty() && criteria(&found).is_empty());
    assert_eq!(found.sections.len(), 1);
}

#[test]
fn tables_typed_with_tabs() {
    let found = read(
        "POST TITLE: Support Worker\nGRADE: 4            BASE: Rowan House\n\nPRINCIPAL RESPONSIBILITIES\n\
         1\tTo wake residents.\n2\tTo keep the log.\n\nPERSON SPECIFICATION\n\t\tEssential\tDesirable\tAssessed\n\
         Skills\tCalm\tFirst aid\tA/I\n\tClear notes\t\tT\n",
    );
    assert_eq!(found.details.location.as_deref(), Some("Rowan House"));
    assert_eq!(groups(&found), [(Some("PRINCIPAL RESPONSIBILITIES"), 2)]);
    let skills = criteria(&found)[0];
    assert_eq!((skills.heading.as_deref(), skills.criteria.len()), (Some("Skills"), 3));
    assert_eq!(skills.criteria[2].assessment, [AssessmentMethod::Test]);
}

#[test]
fn an_advert_asks_questions_and_names_another_person() {
    let found = read(
        "Community Warden\n\nSalary: £24,294\nClosing date: 1 June 2027\n\nAbout the role\n\nYou will:\n- patrol parks\n- lead walks\n- talk to traders\n\n\
         What are we looking for?\n• Someone calm\n• A driving licence\n\nContact details\nFor further details contact:\nName\nAnn Hartley\nJob title\nStreet Manager\n",
    );
    assert_eq!(found.details.title.as_deref(), Some("Community Warden"));
    assert_eq!(found.details.contact.and_then(|contact| contact.name).as_deref(), Some("Ann Hartley"));
    assert_eq!(found.details.closing_date.as_deref(), Some("2027-06-01"));
    assert!(found.findings.iter().any(|finding| finding.rule == "no-importance"));
}
