//! The edits made in a draft through the editor's own writes: identity says which line is which.

use rolebook::db::{NewItem, Shift, Tx, Version, place_after};
use rolebook::domain::checks::opening;
use rolebook::domain::content::{Body, Content, Importance, Item, Section, SectionKind};
use rolebook::domain::details::Details;
use rolebook::domain::ids::{ItemId, SectionId, VersionId};
use rolebook::policy::{Actor, Granted, act, grant};

use super::{EDITS, document, listed, read, said};
use crate::support::content::details;
use crate::support::desk::Desk;
use crate::support::golden;
use crate::support::people::World;
use crate::support::site::Site;

/// The draft in hand, and what it says now.
struct Draft<'a> {
    desk: Desk<'a>,
    tx: Tx,
    granted: Granted<act::EditContent>,
    version: Version,
    content: Content,
}

impl Draft<'_> {
    async fn look_again(&mut self) {
        self.content = self.tx.content(self.version.employer, self.version.id).await.unwrap();
    }

    /// The item that begins so.
    fn item(&self, begins: &str) -> Item {
        let found = self.content.all_items().into_iter().find(|item| opening(item).starts_with(begins));
        found.unwrap_or_else(|| panic!("no line begins “{begins}”")).clone()
    }

    fn section(&self, heading: &str) -> Section {
        let found = self.content.sections.iter().find(|section| section.heading == heading);
        found.unwrap_or_else(|| panic!("no section “{heading}”")).clone()
    }

    async fn save(&mut self, begins: &str, change: impl FnOnce(&mut Item)) {
        let before = self.item(begins);
        let mut after = before.clone();
        change(&mut after);
        self.tx.save_item(&self.granted, &before, &after).await.unwrap();
        self.look_again().await;
    }

    async fn say(&mut self, begins: &str, text: &str) {
        self.save(begins, |item| item.text = text.to_owned()).await;
    }

    /// Adds a line of the same kind right after another.
    async fn add_after(&mut self, begins: &str, text: &str) {
        let like = self.item(begins);
        let section = self.content.item(like.id).unwrap().0.id;
        let place: NewItem = place_after(&self.content, section, Some(like.id)).unwrap();
        let id = ItemId(self.tx.new_identities(1).await.unwrap()[0]);
        self.tx.add_items(&self.granted, place, &[Item::new(id, text, like.body)]).await.unwrap();
        self.look_again().await;
    }

    async fn delete(&mut self, begins: &str) {
        let item = self.item(begins);
        let section = self.content.item(item.id).unwrap().0.clone();
        self.tx.delete_item(&self.granted, &section, &item).await.unwrap();
        self.look_again().await;
    }

    async fn shift(&mut self, begins: &str, shift: Shift) {
        let item = self.item(begins).id;
        self.tx.shift_item(&self.granted, item, shift).await.unwrap();
        self.look_again().await;
    }
}

/// Below another heading, at its end: the rows that such a move writes.
async fn db_move(site: &Site, version: VersionId, item: ItemId, under: ItemId) {
    sqlx::query(
        "update item set parent_id = $3, position = 1000,
            section_id = (select section_id from item where version_id = $1 and item_id = $3)
        where version_id = $1 and item_id = $2",
    )
    .bind(version.0)
    .bind(item.0)
    .bind(under.0)
    .execute(&site.db)
    .await
    .unwrap();
}

/// The document as a profile that is in force, with factor levels, and its next draft.
async fn next_draft<'a>(site: &'a Site, world: &'a World) -> (Version, Content, Draft<'a>) {
    let (desk, team) = (Desk::new(site, &world.trust), &world.trust.first.team);
    let made = read(&document());
    let mut fresh = desk.identities(made.identities + 10).await.0;
    let extra = fresh.split_off(made.identities);
    let mut content = made.with_identities(&fresh, &Default::default());
    content.sections.push(factors(&extra));
    confirm(&mut content.sections);
    let about = details("Community Equipment Coordinator", desk.db_grade().await);
    let begun = desk.start(&team.author, &world.trust.first, about, content).await.unwrap();
    desk.submit(begun.version, &team.author, &team.manager).await.unwrap();
    desk.approve(begun.version, &team.manager).await.unwrap();
    desk.issue(begun.version, &team.author, site.app.clock.today()).await.unwrap();
    let draft = desk.next_draft(begun.version, &team.author).await.unwrap();
    let version = desk.version(draft).await;
    let actor = Actor::Staff(desk.staff(&team.author).await);
    let granted = grant::<act::EditContent>(&actor, version.subject(), site.app.clock.now()).unwrap();
    let old = desk.content(begun.version).await;
    let draft = Draft { content: old.clone(), tx: desk.begin().await, desk, granted, version };
    (desk.version(begun.version).await, old, draft)
}

fn factors(ids: &[i64]) -> Section {
    let level = |id: i64, factor: &str, level: &str, text: &str| {
        Item::new(ItemId(id), text, Body::FactorLevel { factor: factor.into(), level: level.into() })
    };
    let items = vec![
        level(ids[1], "Communication", "3", "Explains to patients what they borrow."),
        level(ids[2], "Freedom to act", "2", "Works within the cleaning protocol."),
    ];
    let heading = "How the job was matched".to_owned();
    Section { id: SectionId(ids[0]), kind: SectionKind::Factors, heading, revision: 1, items }
}

/// Nothing is left to confirm, and no heading stands over nothing.
fn confirm(sections: &mut [Section]) {
    fn each(items: &mut Vec<Item>) {
        items.retain(|item| !item.children.is_empty() || !rolebook::domain::shape::is_heading(item.kind()));
        for item in items {
            item.sure = true;
            each(&mut item.children);
        }
    }
    sections.iter_mut().for_each(|section| each(&mut section.items));
}

/// One line each, in the order in which the comparison tells them.
const MADE: [&str; EDITS] = [
    "a detail changed: the hours",
    "a heading changed",
    "a paragraph reworded",
    "a duty reworded",
    "a group of duties renamed",
    "a duty split in two",
    "a duty moved up within its group",
    "a duty added",
    "two duties merged",
    "a duty removed",
    "a duty moved to another group",
    "the label of a term changed",
    "a term changed",
    "a clause reworded",
    "a section moved up",
    "the examples of a demand changed",
    "a demand from no to yes",
    "a criterion from desirable to essential",
    "a criterion moved to another category",
    "a factor level changed",
];

async fn make_them(site: &Site, draft: &mut Draft<'_>) {
    let version = draft.desk.version(draft.version.id).await;
    let about = Details { hours: "30 hours a week".into(), ..version.details.clone() };
    draft.tx.save_details(&draft.granted, &version, version.details_revision, &about).await.unwrap();
    let section = draft.section("About the service");
    draft.tx.rename_section(&draft.granted, &section, section.revision, "About the store").await.unwrap();
    let section = draft.section("Mental effort");
    draft.tx.shift_section(&draft.granted, section.id, Shift::Up).await.unwrap();
    draft.look_again().await;
    draft.say("The store opened", "The store opened two years ago and has grown every month since.").await;
    draft.say("Arrange delivery", "Arrange delivery times that suit the household, and confirm them by text.").await;
    draft.say("Responsibility for staff", "Responsibility for colleagues").await;
    draft.say("Supervise two", "Supervise two store assistants.").await;
    draft.add_after("Supervise two", "See to their leave and appraisals.").await;
    draft.shift("Chair the weekly", Shift::Up).await;
    draft.add_after("Show new drivers", "Plan the routes of the vans.").await;
    draft
        .say("Count high-value", "Count high-value items every Friday and report losses on the day they are found.")
        .await;
    draft.delete("Report losses").await;
    draft.delete("Keep the safety log").await;
    draft.say("Eight weeks", "Twelve weeks on either side.").await;
    let label = |item: &mut Item| item.body = Body::Term { label: "Holidays".into() };
    draft.save("Leave runs", label).await;
    draft.say("INFECTION PREVENTION", "Returned equipment is cleaned and checked before it is stored.").await;
    let demand = |present, examples: &str| Body::Demand {
        present: Some(present),
        frequency: String::new(),
        examples: examples.to_owned(),
    };
    draft.save("Kneeling", |item| item.body = demand(true, "")).await;
    draft.save("Giving talks", |item| item.body = demand(false, "Open days in June and October")).await;
    let essential = |item: &mut Item| {
        if let Body::Criterion { importance, .. } = &mut item.body {
            *importance = Importance::Essential;
        }
    };
    draft.save("Certificate in stock", essential).await;
    let level = |item: &mut Item| item.body = Body::FactorLevel { factor: "Communication".into(), level: "4".into() };
    draft.save("Communication", level).await;

    let to = |begins: &str| draft.item(begins).id;
    let moves = [(to("Answer calls"), to("Responsibility for equipment")), (to("First aid"), to("Skills and"))];
    let version = draft.version.id;
    std::mem::replace(&mut draft.tx, draft.desk.begin().await).commit().await.unwrap();
    for (item, under) in moves {
        db_move(site, version, item, under).await;
    }
}

#[tokio::test]
async fn exactly_the_twenty_are_named() {
    let site = Site::new().await;
    let world = site.world().await;
    let (issued, old, mut draft) = next_draft(&site, &world).await;
    make_them(&site, &mut draft).await;
    let (version, content) = (draft.desk.version(draft.version.id).await, draft.desk.content(draft.version.id).await);
    let (list, sentence) = listed((&issued.details, &old), (&version.details, &content));
    let told: Vec<String> = list.iter().map(said).collect();
    let pairs =
        MADE.iter().zip(&told).enumerate().map(|(n, (made, told))| format!("{:2}. {made}\n    {told}\n", n + 1));
    let more: String = told.iter().skip(EDITS).map(|told| format!("    {told}\n")).collect();
    let report = format!(
        "Made in the editor, on a draft of nhs-job-description.txt:\n{sentence}\n\n{}\n\
         told beside these: {}\n{more}",
        pairs.collect::<String>(),
        told.len().saturating_sub(EDITS),
    );
    golden::check("known-edits/editor.txt", &report);
    assert_eq!(list.len(), EDITS, "{report}");
}
