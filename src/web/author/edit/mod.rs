//! The editor of a draft: one page, with one thing open in place at a time, and an act for each button on it.

mod add_item;
mod add_section;
mod clauses;
mod confirm_item;
mod confirm_section;
mod conflict;
mod delete_item;
mod delete_section;
mod done;
mod draft;
mod duplicate_item;
mod guide;
mod here;
mod history;
pub(in crate::web) mod item_form;
mod kept;
pub(super) mod key;
mod lines;
mod merge_item;
mod move_item;
mod move_section;
mod page;
mod paste_list;
mod place_item;
mod preview;
mod put_back;
mod rearranging;
mod rename_section;
mod save_item;
mod settle_section;
mod split_item;
mod standard_text;
mod template;
mod undo;

use crate::web::protect::LARGEST_PASTE;
use crate::web::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .area(rearranging_routes)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/template", template::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/template", template::change)
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/settle",
            settle_section::settle,
        )
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/edit", page::edit)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/here", here::here)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/kept", kept::kept)
        .upload(
            "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/save",
            save_item::save,
            LARGEST_PASTE,
        )
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/confirm", confirm_item::confirm)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/up", move_item::up)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/down", move_item::down)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/delete", delete_item::delete)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/sections/add", add_section::add)
        .upload(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/items",
            add_item::add,
            LARGEST_PASTE,
        )
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

/// Acts on several items, what is pasted, and what was done before.
fn rearranging_routes(routes: Routes) -> Routes {
    routes
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/duplicate",
            duplicate_item::duplicate,
        )
        .action(
            "/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/standard",
            standard_text::use_again,
        )
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/clauses", clauses::form)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/clauses/plan", clauses::plan)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/clauses/take", clauses::take)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/clauses/place", clauses::place)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/split", split_item::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/split", split_item::split)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/merge", merge_item::merge)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/move", place_item::form)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/move", place_item::place)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/items/{item}/history", history::item)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/changes", history::changes)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/preview", preview::preview)
        .action("/staff/{employer}/profiles/{profile}/versions/{version}/undo", undo::undo)
        .page("/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/paste", paste_list::form)
        .upload(
            "/staff/{employer}/profiles/{profile}/versions/{version}/sections/{section}/paste",
            paste_list::paste,
            LARGEST_PASTE,
        )
}
