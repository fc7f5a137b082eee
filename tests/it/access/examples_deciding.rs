//! An example for each route by which somebody decides from a message, says how mail comes, and steers on.

use super::examples::{Example, get, look_up, post};

pub const EXAMPLES: &[Example] = &[
    look_up("/staff/{employer}/profiles/{profile}/versions/{version}/review/jump", "step to come", "step={step}"),
    post(
        "/staff/{employer}/profiles/{profile}/versions/{version}/review/jump",
        "step to come",
        "step={step}&reason=The first can wait.",
    ),
    get("/decide/{token}", "link to a task"),
    post("/decide/{token}/code", "link to a task", ""),
    post("/decide/{token}/enter", "link to a task", "code=123456"),
    get("/decided", "any"),
    get("/account/mail", "any"),
    post("/account/mail", "any", "way=digest&hour=8&quiet_from=&quiet_until="),
];
