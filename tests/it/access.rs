//! Who gets in where: every route as everyone, and every act of the policy for every kind of actor.
//!
//! What is found stands in `tests/golden/access.txt`, which people read in review. A route without an example in
//! `access/examples.rs` fails; there is no list of exceptions.

mod cast;
mod examples;
mod examples_deciding;
mod examples_texts;
mod matrix;
mod outcome;
mod seed;
mod seed_clauses;
mod seed_reviews;
mod seed_templates;
mod walk;

use crate::support::golden;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_as_everyone_and_every_act_for_every_actor() {
    let mut text = String::from(INTRODUCTION);
    text.push_str(&walk::routes().await);
    text.push_str(&matrix::actions());
    golden::check("access.txt", &text);
}

const INTRODUCTION: &str = "\
Who gets in where. Written by tests/it/access.rs: UPDATE_GOLDEN=1 writes it anew.

Every profile of the walk belongs to one unit. \"Here\" are people whose role is for that unit, \"other unit\" for
another one of the same employer, \"whole employer\" for all of it, and \"elsewhere\" for all of another employer.

ok       the page, or the act was done
note     nothing was done, and a sentence says why
form     the form again with its problems: they may, but not so, or not they of all who might
sign in  only after signing in
403      their role is not for that
404      not there, as far as they can tell
409      it changed in the meantime
";
