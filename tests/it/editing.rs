//! An author edits a draft: lines of every kind, their order, and what is deleted and put back.

use crate::support::desk::Desk;
use crate::support::editor::Editor;
use crate::support::form::Form;
use crate::support::people::World;
use crate::support::site::Site;

/// A new profile of the first unit's author, with their editor open.
async fn draft(site: &Site, world: &World) -> Editor {
    let mut browser = site.signed_in(&world.trust.first.team.author).await;
    let form = browser.open(&world.trust.path("profiles/new")).await.form("Start the draft");
    let form = form.fill("Job title", "Stores assistant").choose("Unit", &world.trust.first.id.to_string());
    let page = browser.submit_and_follow(form).await;
    assert_eq!(page.flash(), "Started Stores assistant. Fill in its details and its sections.");
    Editor::new(browser, page.path.trim_end_matches("/edit"))
}

/// How a kind of line is written: the section that takes it, its name on links, and its form with that text.
struct Kind {
    section: &'static str,
    name: &'static str,
    fill: fn(Form, &str) -> Form,
    /// What its line says of the text, and of what the kind adds.
    says: fn(&str) -> String,
}

const KINDS: [Kind; 10] = [
    Kind { section: "prose", name: "paragraph", fill: |form, text| form.fill("Paragraph", text), says: str::to_owned },
    Kind { section: "duties", name: "duty", fill: |form, text| form.fill("Duty", text), says: str::to_owned },
    Kind {
        section: "duties",
        name: "group of duties",
        fill: |form, text| form.fill("Heading of the group", text),
        says: str::to_owned,
    },
    Kind {
        section: "criteria",
        name: "criterion",
        fill: |form, text| {
            let form = form.fill("Criterion", text).choose("Is it essential or desirable?", "Desirable");
            form.tick("Interview").tick("Test").fill("Subheading, if it stands under one", "Skills")
        },
        says: |text| format!("{text} Under Skills · Desirable · Interview, Test"),
    },
    Kind {
        section: "criteria",
        name: "category",
        fill: |form, text| form.fill("Heading of the category", text),
        says: str::to_owned,
    },
    Kind {
        section: "terms",
        name: "term",
        fill: |form, text| form.fill("Label", "Hours").fill("Term", text),
        says: |text| format!("Hours {text}"),
    },
    Kind {
        section: "demands",
        name: "demand",
        fill: |form, text| {
            let form = form.fill("Demand", text).choose("Is it part of this job?", "Yes");
            form.fill("How often", "daily").fill("Examples", "Lifts boxes.")
        },
        says: |text| format!("{text} Yes · daily · Lifts boxes."),
    },
    Kind {
        section: "factors",
        name: "factor level",
        fill: |form, text| form.fill("Factor", "Skills").fill("Level", "4").fill("Why this level", text),
        says: |text| format!("Skills {text} Level 4"),
    },
    Kind {
        section: "clauses",
        name: "clause",
        fill: |form, text| form.fill("Heading", "Safety").fill("Text of the clause", text),
        says: |text| format!("Safety {text}"),
    },
    Kind {
        section: "details",
        name: "detail",
        fill: |form, text| form.fill("Label", "Posts").fill("Text", text),
        says: |text| format!("Posts {text}"),
    },
];

#[tokio::test]
async fn lines_of_every_kind_are_added_changed_moved_deleted_and_put_back() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = draft(&site, &world).await;
    for Kind { section, name, fill, says } in &KINDS {
        let here = format!("With {name}");
        editor.add_section(section, &here).await;
        let [first, second, third] = ["First", "Second", "Third"].map(|text| format!("{text} {name}"));
        for text in [&first, &second, &third] {
            editor.add(&format!("Add a {name} to {here}"), |form| fill(form, text)).await;
        }
        let lines = |texts: [&String; 3]| texts.map(|text| says(text)).to_vec();
        assert_eq!(editor.lines(&here).await, lines([&first, &second, &third]));

        let form = editor.change(&says(&second)).await;
        let other = format!("Other {name}");
        let page = editor.browser.submit_and_follow(fill(form, &other)).await;
        assert!(page.flash().starts_with("Saved 10:00am: "), "{name}: {}", page.flash());
        editor.press("Move up", &says(&third)).await;
        assert_eq!(editor.lines(&here).await, lines([&first, &third, &other]));
        editor.press("Move down", &says(&first)).await;
        let order = lines([&third, &first, &other]);
        assert_eq!(editor.lines(&here).await, order);

        let page = editor.press("Delete", &says(&first)).await;
        let words = page.flash().replace("Deleted: ", "").replace(". You can put it back.", "");
        assert_eq!(editor.lines(&here).await, lines([&third, &other, &other])[..2]);
        assert_eq!(editor.put_back(&words).await.flash(), "Put back");
        assert_eq!(editor.lines(&here).await, order);
    }
}

#[tokio::test]
async fn a_new_line_stands_after_the_one_it_was_added_to_whatever_was_deleted() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = draft(&site, &world).await;
    for text in ["One", "Two", "Three", "Four"] {
        editor.add("Add a duty to Main duties", |form| form.fill("Duty", text)).await;
    }
    editor.press("Delete", "One").await;
    editor.press("Delete", "Three").await;
    editor.add("Add a duty after duty 1", |form| form.fill("Duty", "New")).await;
    assert_eq!(editor.lines("Main duties").await, ["Two", "New", "Four"]);
    editor.add("Add a duty after duty 3", |form| form.fill("Duty", "Last")).await;
    editor.put_back("Three").await;
    editor.put_back("One").await;
    assert_eq!(editor.lines("Main duties").await, ["One", "Two", "Three", "New", "Four", "Last"]);
}

#[tokio::test]
async fn a_group_goes_and_comes_back_with_what_stands_under_it() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = draft(&site, &world).await;
    editor.add("Add a group of duties to Main duties", |form| form.fill("Heading of the group", "Stores")).await;
    editor.add("Add a duty below group of duties 1", |form| form.fill("Duty", "Orders paper")).await;
    editor.add("Add a duty below duty 1.1", |form| form.fill("Duty", "Compares prices")).await;
    editor.add("Add a duty to Main duties", |form| form.fill("Duty", "Opens up")).await;
    let whole = ["Stores", "Orders paper", "Compares prices", "Opens up"];
    assert_eq!(editor.lines("Main duties").await, whole);

    editor.press("Delete", "Orders paper").await;
    editor.press("Delete", "Stores").await;
    assert_eq!(editor.lines("Main duties").await, ["Opens up"]);
    assert_eq!(editor.put_back("Orders paper").await.flash(), "Put back first what it stood in: that was deleted too");
    editor.put_back("Stores").await;
    editor.put_back("Orders paper").await;
    assert_eq!(editor.lines("Main duties").await, whole);
}

#[tokio::test]
async fn sections_are_named_moved_deleted_and_put_back_where_they_stood() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = draft(&site, &world).await;
    let page = editor.page().await;
    let page = editor.browser.follow_link(&page, "Change heading Main duties").await;
    let form = page.form("Save the heading").fill("section_heading", "What you do");
    assert_eq!(editor.browser.submit_and_follow(form).await.flash(), "Saved the heading");
    editor.add("Add a duty to What you do", |form| form.fill("Duty", "Opens up")).await;

    let page = editor.page().await;
    editor.browser.submit_and_follow(page.form("Move up What you do")).await;
    let order = ["What you do", "Purpose of the job", "Person specification"];
    assert_eq!(editor.headings().await, order);
    let page = editor.page().await;
    let page = editor.browser.submit_and_follow(page.form("Delete Purpose of the job")).await;
    assert_eq!(page.flash(), "Deleted the section Purpose of the job. You can put it back.");
    let page = editor.page().await;
    editor.browser.submit_and_follow(page.form("Delete What you do")).await;
    assert_eq!(editor.headings().await, ["Person specification"]);
    editor.put_back("the section What you do").await;
    editor.put_back("the section Purpose of the job").await;
    assert_eq!(editor.headings().await, order);
    assert_eq!(editor.lines("What you do").await, ["Opens up"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_line_is_said_in_place_and_nothing_typed_is_lost() {
    let site = Site::new().await;
    let world = site.world().await;
    let mut editor = draft(&site, &world).await;
    let page = editor.page().await;
    let page = editor.browser.follow_link(&page, "Add a criterion to Person specification").await;
    let form = page.form("Add it").fill("Subheading, if it stands under one", "Skills").tick("Interview");
    let page = editor.browser.submit(form).await;
    assert_eq!((page.status, page.problems()), (422, vec!["Write the criterion, or cancel and delete it".to_owned()]));
    let form = page.form("Add it").fill("Criterion", "Writes plain English");
    editor.browser.submit_and_follow(form).await;
    let said = "Writes plain English Under Skills · Essential · Interview";
    assert_eq!(editor.lines("Person specification").await, [said]);

    let form = editor.change("Writes plain English").await.fill("Criterion", &"x".repeat(20_001));
    let page = editor.browser.submit(form).await;
    assert_eq!(page.problems(), ["Text is 20001 characters long: shorten it to 20000 or fewer"]);
}

#[tokio::test]
async fn every_change_is_kept_with_its_author() {
    let site = Site::new().await;
    let world = site.world().await;
    let begun = Desk::new(&site, &world.trust)
        .whole_draft(&world.trust.first.team.author, &world.trust.first, "Stores assistant")
        .await;
    let path = world.trust.path("profiles/JP-0001/versions/1");
    let mut editor = Editor::new(site.signed_in(&world.trust.whole.author).await, path);
    let form = editor.change("Leads the team.").await.fill("Duty", "Leads a team of six.");
    editor.browser.submit_and_follow(form).await;
    editor.press("Move down", "Leads a team of six.").await;
    editor.press("Delete", "Leads a team of six.").await;
    editor.put_back("Leads a team of six.").await;
    let edits: Vec<(String, Option<String>, Option<String>)> = sqlx::query_as(
        "select action, before ->> 'text', after ->> 'text' from content_edit
        where version_id = $1 and edited_by = $2 order by id",
    )
    .bind(begun.version.0)
    .bind(world.trust.whole.author.membership)
    .fetch_all(&site.db)
    .await
    .unwrap();
    let (old, new) = (Some("Leads the team.".to_owned()), Some("Leads a team of six.".to_owned()));
    let actions: Vec<&str> = edits.iter().map(|(action, _, _)| action.as_str()).collect();
    assert_eq!(actions, ["change", "move", "delete", "restore"]);
    assert_eq!((&edits[0].1, &edits[0].2, &edits[3].2), (&old, &new, &new));
}
