//! Pages that only a demonstration has: there mail goes nowhere, so it is shown.

mod mail;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes.page("/demonstration/mail", mail::page)
}
