//! Changing a template: written beside the one in use, by two people at once, with what is typed kept.

use super::{bind, of, ready};

#[tokio::test]
async fn a_section_is_added_moved_and_removed_and_nothing_binds_before_it_is_brought_into_use() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut admin = site.signed_in(&trust.admin).await;
    let page = of(&mut admin, trust, "Council post specification").await;
    let edit = admin.submit_and_follow(page.form("Begin a change")).await;
    assert_eq!(edit.flash(), "Nothing changes for anybody until you bring it into use.");
    let add = admin.follow_link(&edit, "Add a section").await;
    let empty = admin
        .submit(
            add.form("Save the section").choose("Does it have to be written?", "Fixed text that authors can’t change"),
        )
        .await;
    assert_eq!(
        empty.problems(),
        ["Give the section a heading", "Choose what the section holds", "Write the text that authors can’t change"]
    );
    let form = add.form("Save the section").fill("Heading", "Travel").choose("What it holds", "Text");
    let form = form.fill("Guidance", "Where to, and how often.").fill("Source of the guidance", "Our travel policy");
    let edit = admin.submit_and_follow(form).await;
    assert_eq!(edit.flash(), "Saved the section Travel");
    let edit = admin.submit_and_follow(edit.form("Move up Travel")).await;
    assert_eq!(edit.find("h3").iter().position(|heading| heading == "Travel"), Some(9));
    let edit = admin.submit_and_follow(edit.form("Remove Working arrangements")).await;
    assert!(!edit.find("h3").contains(&"Working arrangements".to_owned()));
    // Somebody else goes on from the same page.
    let mut other = site.signed_in(&trust.whole.author).await;
    let theirs = other.open(&edit.path).await;
    admin.submit_and_follow(edit.form("Save").fill("Looked at again after how many months", "12")).await;
    let late = other.submit(theirs.form("Save").fill("Looked at again after how many months", "7")).await;
    assert_eq!(
        late.problems(),
        ["Somebody else changed the template meanwhile. What you chose is still here: save again"]
    );
    assert_eq!(late.form("Save").value("review_months"), "7");
    let stale = other.submit_and_follow(theirs.form("Remove Travel")).await;
    assert_eq!(stale.flash(), "Somebody else changed the template meanwhile: this is how it is now");
    of(&mut other, trust, "Council post specification").await.assert_no_text("Travel");
    let preview = admin.follow_link(&stale, "See what it changes").await;
    let silent = admin.submit(preview.form("Bring it into use")).await;
    assert_eq!(silent.problems(), ["Say why it changes: it stays in the record"]);
    let page = bind(&mut admin, &stale, "Posts that travel.").await;
    assert_eq!(page.flash(), "In use from now on. 0 drafts were moved. What is in force keeps the version of its day.");
    page.assert_text("Version 2 since");
    page.assert_text("Every 12 months");
    page.assert_text("Posts that travel.");
    let trail = admin.open(&trust.path("audit")).await;
    trail.assert_text("Template “Council post specification”");
    trail.assert_text("Posts that travel.");
}

#[tokio::test]
async fn a_check_is_switched_off_pointed_out_or_keeps_a_draft_from_being_sent() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut editor = super::started(&site, &world, "Council post specification").await;
    let long = "word ".repeat(70);
    super::write(&mut editor, "Purpose of the post", &long).await;
    let mut admin = site.signed_in(&trust.admin).await;
    let said = "is longer than 60 words";
    for (strength, stops, shows) in [
        ("Has to be put right first", true, true),
        ("Pointed out, stops nothing", false, true),
        ("Not checked", false, false),
    ] {
        let page = of(&mut admin, trust, "Council post specification").await;
        page.assert_text("Equality Act 2010, sections 65 and 131");
        let edit = admin.submit_and_follow(page.form("Begin a change")).await;
        edit.assert_text("No template switches these off.");
        let form = admin.follow_link(&edit, "Change Purpose of the post").await.form("Save the section");
        let edit = admin.submit_and_follow(form.choose("No line is longer than 60 words", strength)).await;
        bind(&mut admin, &edit, strength).await;
        let left = editor.browser.open(&format!("{}/submit", editor.path)).await;
        let advice = left.find("section[aria-labelledby=advice] li");
        assert_eq!(advice.iter().any(|one| one.contains(said)), shows && !stops, "{strength}: {advice:?}");
        assert_eq!(left.text().contains(said), shows, "{strength}");
        let page = editor.page().await;
        assert_eq!(page.text().contains("Worth a look"), shows && !stops, "{strength}");
        // What the law asks for is asked for whatever a template says.
        left.assert_text("Choose the grade");
    }
}

#[tokio::test]
async fn a_new_template_is_offered_when_it_is_in_use_and_can_be_thrown_away_before() {
    let (site, world) = ready().await;
    let trust = &world.trust;
    let mut author = site.signed_in(&trust.whole.author).await;
    let list = author.open(&trust.path("templates")).await;
    let new = author.follow_link(&list, "Make a template").await;
    let wrong = author.submit(new.form("Make the template")).await;
    assert_eq!(wrong.problems(), ["Give the template a name", "Choose what it begins as"]);
    let form = new.form("Make the template").choose("Begins as", "Ready: NHS advert with job description");
    let taken = author.submit(form.clone().fill("Name", "nhs job description")).await;
    assert_eq!(taken.problems(), ["There is a template of that name: change it, or choose another name"]);
    let edit = author.submit_and_follow(form.fill("Name", "Porters")).await;
    let offered = author.open(&trust.path("profiles/new")).await.form("Start the draft").options("Template");
    assert!(!offered.contains(&"Porters".to_owned()), "{offered:?}");
    let gone = author.submit_and_follow(edit.form("Throw this change away")).await;
    assert_eq!(gone.flash(), "The template was thrown away: it was never in use.");
    assert!(!gone.has_link("Porters"));
    let late = author.submit(edit.form("Save")).await;
    assert_eq!(late.status, 404);
}
