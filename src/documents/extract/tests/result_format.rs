//! The printed form: key order, absent keys, and that it reads back.

use super::super::result::{
    AssessmentMethod, Contact, CriteriaCategory, Criterion, Details, Extract, FORMAT, Importance, Layout, Reason,
    Section, Source, Unplaced,
};

fn sample() -> Extract {
    let criterion = Criterion {
        text: "Can drive".to_owned(),
        number: None,
        subheading: None,
        importance: Importance::Desirable,
        assessment: vec![AssessmentMethod::AssessmentCentre, AssessmentMethod::Application],
        sure: false,
    };
    let category = CriteriaCategory { heading: None, number: Some("1.".to_owned()), criteria: vec![criterion] };
    Extract {
        format: FORMAT.to_owned(),
        source: Source {
            name: "a.docx".to_owned(),
            media_type: "text/plain".to_owned(),
            sha256: "00".to_owned(),
            words: 3,
        },
        layout: Layout::CouncilPostSpecification,
        details: Details {
            grade: Some("Grade 6".to_owned()),
            contact: Some(Contact { phone: Some("0".to_owned()), ..Contact::default() }),
            ..Details::default()
        },
        sections: vec![
            Section::Criteria { heading: None, categories: vec![category] },
            Section::OrganisationChart { heading: None, paragraphs: Vec::new() },
        ],
        labels: Vec::new(),
        unplaced: vec![Unplaced { text: "Page 1".to_owned(), reason: Reason::PageFurniture }],
        tracked: Vec::new(),
        comments: Vec::new(),
        findings: Vec::new(),
        before: None,
        ours: false,
    }
}

#[test]
fn the_printed_form_is_the_agreed_one() {
    let expected = concat!(
        r#"{"format":"rolebook.extract/1","source":{"name":"a.docx","media_type":"text/plain","sha256":"00","words":3},"#,
        r#""layout":"council-post-specification","details":{"grade":"Grade 6","contact":{"phone":"0"}},"#,
        r#""sections":[{"kind":"criteria","heading":null,"categories":[{"heading":null,"number":"1.","criteria":[{"text":"Can drive","#,
        r#""number":null,"subheading":null,"importance":"desirable","assessment":["assessment centre","application"],"sure":false}]}]},"#,
        r#"{"kind":"organisation_chart","heading":null,"paragraphs":[]}],"labels":[],"#,
        r#""unplaced":[{"text":"Page 1","reason":"page furniture"}],"tracked":[],"comments":[],"findings":[]}"#,
    );
    assert_eq!(serde_json::to_string(&sample()).unwrap(), expected);
    assert_eq!(serde_json::from_str::<Extract>(expected).unwrap(), sample());
}
