//! What hiring managers are asked for beside deciding on versions: confirming adverts.

mod confirm_advert;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes
        .page("/staff/{employer}/adverts/{advert}/confirm", confirm_advert::read)
        .action("/staff/{employer}/adverts/{advert}/confirm", confirm_advert::confirm)
        .action("/staff/{employer}/adverts/{advert}/return", confirm_advert::send_back)
}
