//! A browser as far as a server can tell: cookies, headers, forms, redirects when asked to follow them.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request};
use http_body_util::BodyExt;
use tower::ServiceExt;
use tracing::instrument::WithSubscriber;

use super::form::{Attached, Form};
use super::manners;
use super::page::Page;
use super::people::{PASSWORD, Person};
use super::statements::Statements;

const SITE: &str = "rolebook.test";

#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    address: SocketAddr,
    statements: Statements,
    /// Headers of every request, over the ones that are sent anyway.
    pub headers: HeaderMap,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        let address = SocketAddr::from(([192, 0, 2, 1], 50_000));
        Browser {
            router,
            cookies: BTreeMap::new(),
            address,
            statements: Statements::default(),
            headers: HeaderMap::new(),
        }
    }

    /// The same browser on another network address, such as `192.0.2.9`.
    pub fn at_address(mut self, address: &str) -> Self {
        self.address.set_ip(address.parse().unwrap());
        self
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// How many statements the last request sent to the database, BEGIN and COMMIT apart.
    pub fn statements(&self) -> usize {
        self.statements.list().len()
    }

    /// The first words of each of them, for a failing test to show.
    pub fn statement_list(&self) -> Vec<String> {
        self.statements.list()
    }

    /// The whole SQL of each.
    pub fn statement_texts(&self) -> Vec<String> {
        self.statements.texts()
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Opens a page that has to be there, following redirects to it.
    pub async fn open(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        let page = self.follow(page).await;
        assert_eq!(page.status, 200, "{path} said: {}", page.text());
        page
    }

    /// Sends fields as a form does, without a page to hold them. Stories that have a page use [`Browser::submit`].
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.post_fields(path, &fields).await
    }

    /// Presses the form's button.
    pub async fn submit(&mut self, form: Form) -> Page {
        match form.method.as_str() {
            "get" => {
                let query = urlencoded(&form.fields());
                let path = form.action.split('?').next().unwrap_or_default();
                self.get(&format!("{path}?{query}")).await
            }
            _ if form.multipart => self.upload(&form.action, &form.fields(), form.attached()).await,
            _ => self.post_fields(&form.action, &form.fields()).await,
        }
    }

    /// Sends the form as script does, which wants data for an answer.
    pub async fn send_by_script(&mut self, form: Form) -> Page {
        let before = self.headers.clone();
        self.headers.insert(ACCEPT, "application/json".parse().unwrap());
        let page = self.submit(form).await;
        self.headers = before;
        page
    }

    /// Presses the form's button and follows where that leads.
    pub async fn submit_and_follow(&mut self, form: Form) -> Page {
        let page = self.submit(form).await;
        assert!(page.location.is_some(), "{} instead of a redirect, with {:?}", page.status, page.problems());
        self.follow(page).await
    }

    /// Goes where redirects lead; a page that is none stays.
    pub async fn follow(&mut self, mut page: Page) -> Page {
        for _ in 0..5 {
            match page.location.clone() {
                Some(location) => page = self.get(&location).await,
                None => return page,
            }
        }
        panic!("redirected more than five times, last to {:?}", page.location);
    }

    pub async fn follow_link(&mut self, page: &Page, text: &str) -> Page {
        self.open(&page.link(text)).await
    }

    /// Sends fields and files in one multipart form.
    pub async fn upload(&mut self, path: &str, fields: &[(String, String)], files: &[Attached]) -> Page {
        const EDGE: &str = "----rolebook-edge-5d2c";
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend(part.as_bytes());
        }
        for file in files {
            let head = format!(
                "--{EDGE}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                file.field, file.name
            );
            body.extend(head.as_bytes());
            body.extend(&file.bytes);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{EDGE}--\r\n").as_bytes());
        let kind = format!("multipart/form-data; boundary={EDGE}");
        let request = self.request(Method::POST, path).header(CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        self.send(request).await
    }

    /// Signs in through the form, as that person.
    pub async fn sign_in(&mut self, person: &Person) -> Page {
        let form = self.open("/sign-in").await.form("Sign in");
        let page = self.submit(form.fill("E-mail address", &person.email).fill("Password", PASSWORD)).await;
        assert_eq!(page.status, 303, "{} can't sign in: {:?}", person.email, page.problems());
        page
    }

    async fn post_fields(&mut self, path: &str, fields: &[(String, String)]) -> Page {
        let request = self
            .request(Method::POST, path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(urlencoded(fields)))
            .unwrap();
        self.send(request).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let path = path.split('#').next().unwrap_or_default();
        let mut request = Request::builder().method(&method).uri(path).header(HOST, SITE);
        if method == Method::POST && self.headers.get(ORIGIN).is_none() {
            request = request.header(ORIGIN, format!("http://{SITE}")).header("sec-fetch-site", "same-origin");
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request
    }

    /// Sends any request; everything else here ends in it.
    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        request.extensions_mut().insert(ConnectInfo(self.address));
        let path = request.uri().to_string();
        self.statements = Statements::default();
        let answer = self.router.clone().oneshot(request).with_subscriber(self.statements.subscriber());
        let (head, body) = answer.await.unwrap().into_parts();
        self.keep_cookies(&head.headers);
        let location = head.headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned());
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let page = Page { path, status: head.status.as_u16(), location, headers: head.headers, bytes };
        manners::check(&page);
        page
    }

    fn keep_cookies(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
            match cookie.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
    }
}

fn urlencoded(fields: &[(String, String)]) -> String {
    let encode = rolebook::web::paths::query_value;
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}
