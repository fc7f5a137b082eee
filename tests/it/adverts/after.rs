//! What happens to an advert after it was published: corrected, open for longer, closed early, taken back, copied; and
//! the last look before that.

use time::Duration;
use time::macros::datetime;

use super::{Desk, desk, whole};
use crate::support::page::Page;

impl Desk {
    /// An open advert that an applicant keeps; its page for staff, and its public address.
    async fn kept(&mut self) -> (Page, String) {
        let page = self.confirmed().await;
        let page = self.author.submit_and_follow(page.form("Publish the advert")).await;
        let job = page.link("See it as applicants do");
        let mut person = self.site.signed_in(&self.world.applicant).await;
        let read = person.open(&job).await;
        person.submit_and_follow(read.form("Save this advert")).await;
        (page, job)
    }
}

#[tokio::test]
async fn a_correction_shows_and_is_told_to_those_who_keep_the_advert() {
    let mut desk = desk().await;
    let (page, job) = desk.kept().await;
    let form = desk.author.follow_link(&page, "Correct what it says").await;
    let correct = form.form("Publish the correction");
    assert_eq!(correct.value("Salary"), crate::support::versions::PAY);
    let untold = desk.author.submit(correct.clone().fill("Salary", "£28,000 a year")).await;
    assert_eq!(untold.status, 422);
    assert_eq!(untold.problems(), ["Say what changed and why, in a sentence that applicants read"]);
    let before = desk.mail().await.len();
    let told = correct.clone().fill("Salary", "£28,000 a year").fill("What changes, and why", "The salary was wrong.");
    let after = desk.author.submit_and_follow(told).await;
    assert_eq!(after.flash(), "The advert is corrected, and those who saved it are told");
    let public = desk.site.browser().open(&job).await;
    public.assert_text("£28,000 a year");
    // The writer says why; what it was stands there by itself.
    let pay = crate::support::versions::PAY;
    let said = format!("The salary was wrong. Salary: £28,000 a year, before {pay}.");
    public.assert_text(&format!("15 January 2026, corrected: {said}"));
    after.assert_text(&format!("Corrected by {}: {said}", desk.world.trust.first.team.author.name));
    let mail = desk.mail().await;
    assert_eq!(mail.len(), before + 2);
    // The hiring manager confirmed other words, and hears what they are now.
    let manager = &desk.world.trust.first.team.manager;
    let (to_manager, to_keeper) = match mail[before].0 == manager.email {
        true => (&mail[before], &mail[before + 1]),
        false => (&mail[before + 1], &mail[before]),
    };
    assert_eq!(
        (&to_manager.0, to_manager.1.as_str()),
        (&manager.email, "Corrected: the advert for Community nurse (AD-0001)")
    );
    assert!(to_manager.2.contains("which you confirmed: salary.") && to_manager.2.contains("The salary was wrong."));
    let (to, subject, body) = to_keeper;
    assert_eq!(to, &desk.world.applicant.email);
    assert_eq!(subject, "Changed: Community nurse (AD-0001)");
    assert!(body.starts_with(&format!("Hello {},\n\nThe advert for", desk.world.applicant.name)), "{body}");
    assert!(body.contains("The salary was wrong.") && body.contains(&job), "{body}");
    // The same form again is stale, and a page that changed nothing says nothing.
    let stale = desk.author.submit(correct.fill("Headline", "Other").fill("What changes, and why", "x")).await;
    assert_eq!(stale.status, 409);
    assert_eq!(stale.form("Publish the correction").value("Headline"), "Other", "what was typed is kept");
    let form = desk.author.open(&form.path).await;
    let same = desk.author.submit_and_follow(form.form("Publish the correction")).await;
    assert_eq!(same.flash(), "Nothing was changed");
    // The search finds it by its new pay.
    assert!(!desk.site.browser().open("/jobs?salary=28001").await.has_link("Community nurse"));
    assert!(desk.site.browser().open("/jobs?salary=28000").await.has_link("Community nurse"));
}

#[tokio::test]
async fn a_correction_of_the_contact_is_no_business_of_the_hiring_manager() {
    let mut desk = desk().await;
    let (page, _) = desk.kept().await;
    let before = desk.mail().await.len();
    let form = desk.author.follow_link(&page, "Correct what it says").await.form("Publish the correction");
    let told =
        form.fill("Telephone number for questions", "01632 960115").fill("What changes, and why", "A new number.");
    desk.author.submit_and_follow(told).await;
    assert!(desk.author.statements() <= 8, "{:?}", desk.author.statement_list());
    let mail = desk.mail().await;
    assert_eq!(mail[before..].iter().map(|(to, ..)| to).collect::<Vec<_>>(), [&desk.world.applicant.email]);
}

#[tokio::test]
async fn those_who_keep_an_advert_hear_that_it_is_withdrawn() {
    let mut desk = desk().await;
    let (page, job) = desk.kept().await;
    let before = desk.mail().await.len();
    let form = page.form("Withdraw the advert").fill("Why it is withdrawn", "The team is moving to Leeds.");
    desk.author.submit_and_follow(form.clone()).await;
    desk.author.submit_and_follow(form).await;
    let mail = desk.mail().await;
    let [(to, subject, body)] = &mail[before..] else { panic!("{mail:?}") };
    assert_eq!((to, subject.as_str()), (&desk.world.applicant.email, "Withdrawn: Community nurse (AD-0001)"));
    assert!(body.contains("The team is moving to Leeds.") && body.contains(&job), "{body}");
}

#[tokio::test]
async fn an_advert_stays_open_for_longer_across_the_autumn_clock_change() {
    let mut desk = desk().await;
    let (page, job) = desk.kept().await;
    let form = page.form("Keep it open");
    let refused = desk.author.submit(form.clone().fill("New closing date", "2026-02-15")).await;
    assert_eq!(
        refused.problems(),
        [
            "Choose a closing date that is later than the present one",
            "Say what changed and why, in a sentence that applicants read"
        ]
    );
    // Interviews would come before it closes, and it would be open for longer than any advert is.
    let far =
        form.clone().fill("New closing date", "2099-01-01").fill("Why it is open for longer", "Few people applied.");
    let refused = desk.author.submit(far.clone()).await;
    let too_long = "An advert is open for 12 months at most: choose 15 January 2027 or earlier".to_owned();
    assert_eq!(refused.problems()[0], too_long);
    let crossed = desk.author.submit(far.fill("New closing date", "2026-10-25")).await;
    let move_one = "Interviews are on 25 February 2026, and have to come after the closing date: move one of the two";
    assert_eq!(crossed.problems(), [move_one]);
    let correct = desk.author.follow_link(&crossed, move_one).await.form("Publish the correction");
    let moved = correct.fill("Interviews", "2026-11-03").fill("What changes, and why", "Interviews are later.");
    let page = desk.author.submit_and_follow(moved).await;
    let form = page.form("Keep it open");
    // Clocks go back on 25 October 2026, so that day is an hour longer.
    let sent = form.fill("New closing date", "2026-10-25").fill("Why it is open for longer", "Few people applied.");
    let page = desk.author.submit_and_follow(sent.clone()).await;
    assert_eq!(page.flash(), "The advert is open until the end of 25 October 2026");
    desk.author.submit_and_follow(sent).await;
    let changes: i64 = sqlx::query_scalar("select count(*) from advert_change").fetch_one(&desk.site.db).await.unwrap();
    assert_eq!(changes, 2, "the correction and this: a second press does nothing");
    let mut anybody = desk.site.browser();
    let mut open = async |at: time::OffsetDateTime| {
        desk.site.pass(at - desk.site.now());
        !anybody.open(&job).await.has_text("This advert closed on 25 October 2026.")
    };
    assert!(open(datetime!(2026-10-25 23:59:59 UTC)).await);
    assert!(!open(datetime!(2026-10-26 0:00 UTC)).await);
}

#[tokio::test]
async fn an_advert_closes_early_only_where_that_was_announced() {
    let mut desk = desk().await;
    let (page, job) = desk.kept().await;
    assert!(!page.has_button("Close it now"));
    let fields = [("lock_version", "5"), ("reason_for_closing", "Enough people applied.")];
    let forged = desk.author.post(&format!("{}/close", page.path), &fields).await;
    assert_eq!(forged.status, 422);
    forged.assert_text("Applicants were not told that it may close early");
    sqlx::query("update advert set may_close_early = true").execute(&desk.site.db).await.unwrap();
    let page = desk.author.open(&page.path).await;
    desk.site.pass(Duration::minutes(5));
    let refused = desk.author.submit(page.form("Close it now")).await;
    assert_eq!(refused.problems(), ["Say what changed and why, in a sentence that applicants read"]);
    assert!(
        refused.link("Say what changed and why").ends_with("#reason_for_closing"),
        "not the field of the form beside it"
    );
    let sent = refused.form("Close it now").fill("Why it closes early", "Enough people applied.");
    let page = desk.author.submit_and_follow(sent).await;
    assert_eq!(page.flash(), "The advert is closed");
    assert_eq!(page.find(".rb-head .rb-tag").concat(), "Closed");
    page.assert_text("It closed early, on 15 January 2026 at 10:05am.");
    page.assert_text("Closed early by ");
    let public = desk.site.browser().open(&job).await;
    public
        .assert_text("This advert closed early on 15 January 2026. Enough people applied. Applications are no longer");
    public.assert_text("What changed since it was posted");
    let mail = desk.mail().await;
    assert_eq!(mail.last().unwrap().1, "Closed early: Community nurse (AD-0001)");
}

#[tokio::test]
async fn a_scheduled_advert_goes_back_to_be_written_and_a_closed_one_is_listed_again() {
    let mut desk = desk().await;
    let form = desk.make().await;
    let page = desk.author.submit_and_follow(whole(&form, "Save and ask").fill("Opens on", "2026-02-01")).await;
    let read = desk.manager.open(&format!("{}/confirm", page.path)).await;
    desk.manager.submit_and_follow(read.form("Confirm the text")).await;
    let page = desk.author.open(&page.path).await;
    let page = desk.author.submit_and_follow(page.form("Publish the advert")).await;
    let page = desk.author.submit_and_follow(page.form("Take it back to a draft")).await;
    assert_eq!(page.find(".rb-head .rb-tag").concat(), "Draft");
    assert!(page.has_button("Ask Nora Whitfield to confirm") || page.text().contains("Next: ask"), "{}", page.text());
    assert!(!page.has_button("Publish the advert"));

    let page =
        desk.author.submit_and_follow(page.form("Withdraw the advert").fill("Why it is withdrawn", "Later.")).await;
    let copy = desk.author.submit_and_follow(page.form("Advertise it again, as a new advert")).await;
    assert_eq!(copy.flash(), "The advert is copied, without its dates: set new ones, then ask for it to be confirmed");
    let copied = copy.form("Save");
    assert_eq!(copied.value("Headline"), "Help people where they live");
    assert_eq!((copied.value("Closing date"), copied.value("Reference")), ("", "AD-0002"));
    let again = desk.author.open(&page.path).await;
    let again = desk.author.submit_and_follow(again.form("Advertise it again, as a new advert")).await;
    assert_eq!(again.path, copy.path, "one advert of a version is written at a time");
}

#[tokio::test]
async fn the_last_look_catches_what_should_not_go_out() {
    let mut desk = desk().await;
    let form = desk.make().await;
    for (field, words, problem) in [
        ("Short text", "We are looking for a nurse who likes to work in the comm", "The text stops in the middle"),
        (
            "Short text",
            "You visit people at home every day of the week.\n\nYou visit people at home every day of the week.",
            "The text says “You visit people at home…” twice",
        ),
        ("Short text", "Ask for [insert name] at the desk.", "“[insert” is left over from a template"),
        ("Short text", "Give the number AB 12 34 56 C when you call.", "That looks like somebody's National Insurance"),
        ("E-mail address for questions", "sunita1987@gmail.com", "That is a private e-mail address"),
        (
            "Short text",
            "- You keep people well at home.",
            "The job description below it says “You keep people well at…” too",
        ),
    ] {
        let page = desk.author.submit(whole(&form, "Save and ask").fill(field, words)).await;
        assert_eq!(page.status, 422, "{words}");
        assert!(page.problems().iter().any(|said| said.starts_with(problem)), "{words}: {:?}", page.problems());
    }
    let typed = whole(&form, "Save and ask").forge("salary_from", "typed").fill("Salary, if typed", "Negotiable");
    let page = desk.author.submit(typed).await;
    assert_eq!(page.problems(), ["“Negotiable” names no amount: give the salary in pounds"]);
    let page = desk.author.submit_and_follow(whole(&form, "Save").fill("Headline", "Community nurse")).await;
    page.assert_text("shorter than the 300 to 500 that work best");
    page.assert_text("The headline repeats the title");
}
