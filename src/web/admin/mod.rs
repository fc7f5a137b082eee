//! Later.
use super::routes::Routes;
pub fn routes(routes: Routes) -> Routes {
    routes
}
