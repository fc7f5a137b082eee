//! The editor of a draft: one page, with one thing open in place at a time, and an act for each button on it.

mod add_item;
mod add_section;
mod confirm_item;
mod confirm_section;
mod conflict;
mod delete_item;
mod delete_section;
mod done;
mod draft;
mod here;
pub(in crate::web) mod item_form;
mod kept;
pub(super) mod key;
mod lines;
mod move_item;
mod move_section;
mod page;
mod put_back;
mod rename_section;
mod save_item;

use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/edit", page::edit)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/here", here::here)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/kept", kept::kept)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/save", save_item::save)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/confirm", confirm_item::confirm)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/up", move_item::up)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/down", move_item::down)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/delete", delete_item::delete)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/sections/add", add_section::add)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/items", add_item::add)
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/rename",
            rename_section::rename,
        )
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/up", move_section::up)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/down", move_section::down)
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/delete",
            delete_section::delete,
        )
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/confirm",
            confirm_section::confirm,
        )
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/put-back", put_back::put_back)
}
