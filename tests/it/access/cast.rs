//! Everyone: one browser for each kind of visitor.

use crate::support::browser::Browser;
use crate::support::people::{Person, Team, World};
use crate::support::site::Site;

/// The cookie that a sign-in leaves.
const SESSION: &str = "rolebook";
/// Those who work for another employer, with every role there.
pub const ELSEWHERE: &str = "elsewhere";

/// One kind of visitor, signed in where they can.
#[derive(Clone)]
pub struct Player {
    /// Where their role holds.
    pub group: &'static str,
    pub role: &'static str,
    session: Option<String>,
}

impl Player {
    /// Their browser on a copy of the site on which they signed in.
    pub fn browser(&self, site: &Site) -> Browser {
        let mut browser = site.browser();
        if let Some(session) = &self.session {
            browser.set_cookie(SESSION, session);
        }
        browser
    }
}

pub async fn cast(site: &Site, world: &World) -> Vec<Player> {
    let trust = &world.trust;
    let mut cast = vec![
        Player { group: "", role: "nobody", session: None },
        player(site, "", "applicant", &world.applicant).await,
    ];
    cast.extend(team(site, "here", &trust.first.team).await);
    cast.extend(team(site, "other unit", &trust.second.team).await);
    cast.extend(team(site, "whole employer", &trust.whole).await);
    cast.push(player(site, "whole employer", "admin", &trust.admin).await);
    cast.extend(team(site, ELSEWHERE, &world.council.whole).await);
    cast.push(player(site, ELSEWHERE, "admin", &world.council.admin).await);
    cast
}

async fn team(site: &Site, group: &'static str, team: &Team) -> Vec<Player> {
    vec![
        player(site, group, "author", &team.author).await,
        player(site, group, "manager", &team.manager).await,
        player(site, group, "panel", &team.panel).await,
    ]
}

async fn player(site: &Site, group: &'static str, role: &'static str, person: &Person) -> Player {
    let browser = site.signed_in(person).await;
    Player { group, role, session: browser.cookie(SESSION).map(str::to_owned) }
}
