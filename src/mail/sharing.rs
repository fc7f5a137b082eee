//! What administrators are told about the library of another employer: something is offered, or a template that they have
//! from there has a later version.

use crate::domain::sharing::Shareable;

/// A subject and a text, for every administrator of the employer that may take it.
pub fn offered(giver: &str, kind: Shareable, name: &str, link: &str) -> (String, String) {
    let what = match kind {
        Shareable::Clause => "the standard clause",
        Shareable::Template => "the template",
    };
    let then = match kind {
        Shareable::Clause => {
            "It would be a copy that you place and don’t edit: each new text reaches you as a proposal, and holds when \
             somebody on your staff approves it."
        }
        Shareable::Template => {
            "It would be a template of your own that names its source: you try it on your profiles before it is used, you \
             can change it, and each later version is offered to you."
        }
    };
    (
        format!("{giver} offers you {what} {name}"),
        format!(
            "{giver} lets you use {what} “{name}”.\n\n{then}\n\nNothing changes unless you take it. Read it, and take or \
             decline it here:\n{link}\n"
        ),
    )
}

/// `name` is what the template is called with the taker.
pub fn newer_template(giver: &str, name: &str, link: &str) -> (String, String) {
    (
        format!("A later version of the template {name}"),
        format!(
            "{giver}, from whom you have the template “{name}”, brought a later version of it into use. Nothing changes with \
             you unless you say so: begin a change with it and see what it does to your profiles, or leave it out.\n\n{link}\n"
        ),
    )
}
