//! What people do with their own account: signing in and out, invitations, passwords.

mod sign_in;
mod sign_out;

use super::routes::Routes;

pub fn routes(routes: Routes) -> Routes {
    routes.page("/sign-in", sign_in::form).action("/sign-in", sign_in::sign_in).action("/sign-out", sign_out::sign_out)
}
