//! A form on a page: what it holds already, and filling it by the labels that people read.

use scraper::{ElementRef, Html};

use super::page::{Page, selector, words};

#[derive(Debug, Clone)]
pub struct Form {
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    pub multipart: bool,
    controls: Vec<Control>,
    files: Vec<Attached>,
}

/// A file chosen in a form.
#[derive(Debug, Clone)]
pub struct Attached {
    pub field: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A field; of a group of radios or boxes, one option.
#[derive(Debug, Clone)]
struct Control {
    name: String,
    label: String,
    /// Of the group it belongs to.
    legend: String,
    kind: String,
    value: String,
    /// Boxes and radios are sent only then.
    on: bool,
    /// Of a select: value and text.
    options: Vec<(String, String)>,
}

impl Form {
    #[track_caller]
    pub(super) fn find(page: &Page, button: &str) -> Form {
        let dom = page.dom();
        let form_css = selector("form");
        let button_css = selector("button:not([type=button]), input[type=submit]");
        let mut buttons: Vec<(String, ElementRef<'_>, ElementRef<'_>)> = Vec::new();
        for form in dom.select(&form_css) {
            buttons.extend(form.select(&button_css).map(|press| (words(press), form, press)));
        }
        let exact: Vec<_> = buttons.iter().filter(|(text, _, _)| text == button).collect();
        let found = match exact.is_empty() {
            true => buttons.iter().filter(|(text, _, _)| text.starts_with(button)).collect(),
            false => exact,
        };
        match found[..] {
            [(_, form, press)] => read(&dom, page, *form, *press),
            _ => {
                let labels: Vec<_> = buttons.iter().map(|(text, _, _)| text).collect();
                panic!("{} has {} buttons “{button}” among {labels:?}", page.path, found.len());
            }
        }
    }

    /// Types into the field with this label (or, where no label fits, this name).
    #[track_caller]
    pub fn fill(mut self, field: &str, value: &str) -> Self {
        let at = self.position(field, |control| !matches!(control.kind.as_str(), "checkbox" | "radio" | "hidden"));
        self.controls[at].value = value.to_owned();
        self
    }

    /// Chooses an option, by its text, of the select with this label or the radios with this legend.
    #[track_caller]
    pub fn choose(mut self, group: &str, option: &str) -> Self {
        let select = self.controls.iter().position(|control| control.kind == "select" && control.is(group));
        if let Some(at) = select {
            let found = self.controls[at].options.iter().find(|(value, text)| text == option || value == option);
            let Some((value, _)) = found else { panic!("“{group}” has only {:?}", self.controls[at].options) };
            self.controls[at].value = value.clone();
            return self;
        }
        let fits = |control: &Control| control.kind == "radio" && (control.legend == group || control.name == group);
        let chosen = self.position_where(
            |control| fits(control) && (control.label == option || control.value == option),
            &format!("{group}: {option}"),
        );
        let name = self.controls[chosen].name.clone();
        for (at, control) in self.controls.iter_mut().enumerate() {
            if control.kind == "radio" && control.name == name {
                control.on = at == chosen;
            }
        }
        self
    }

    #[track_caller]
    pub fn tick(self, label: &str) -> Self {
        self.box_is(label, true)
    }

    #[track_caller]
    pub fn untick(self, label: &str) -> Self {
        self.box_is(label, false)
    }

    #[track_caller]
    fn box_is(mut self, label: &str, on: bool) -> Self {
        let at = self.position(label, |control| control.kind == "checkbox");
        self.controls[at].on = on;
        self
    }

    #[track_caller]
    pub fn attach(mut self, field: &str, name: &str, bytes: &[u8]) -> Self {
        let at = self.position(field, |control| control.kind == "file");
        let field = self.controls[at].name.clone();
        self.files.push(Attached { field, name: name.to_owned(), bytes: bytes.to_vec() });
        self
    }

    /// Sends this value whatever the page holds: what somebody with tools can do.
    pub fn forge(mut self, name: &str, value: &str) -> Self {
        self.controls.retain(|control| control.name != name);
        self.controls.push(Control::hidden(name, value));
        self
    }

    /// What a field holds now.
    #[track_caller]
    pub fn value(&self, field: &str) -> &str {
        &self.controls[self.position(field, |_| true)].value
    }

    /// The texts that a select offers, or the labels of a group of radios.
    pub fn options(&self, group: &str) -> Vec<String> {
        let select = self.controls.iter().find(|control| control.kind == "select" && control.is(group));
        match select {
            Some(control) => control.options.iter().map(|(_, text)| text.clone()).collect(),
            None => self.controls.iter().filter(|c| c.legend == group).map(|c| c.label.clone()).collect(),
        }
    }

    /// What is sent, in the page's order.
    pub fn fields(&self) -> Vec<(String, String)> {
        let sent = self.controls.iter().filter(|control| match control.kind.as_str() {
            "checkbox" | "radio" => control.on,
            "file" => false,
            _ => true,
        });
        sent.map(|control| (control.name.clone(), control.value.clone())).collect()
    }

    pub(super) fn attached(&self) -> &[Attached] {
        &self.files
    }

    #[track_caller]
    fn position(&self, field: &str, fits: impl Fn(&Control) -> bool) -> usize {
        let labelled = self.controls.iter().position(|control| fits(control) && control.label == field);
        labelled.unwrap_or_else(|| self.position_where(|control| fits(control) && control.name == field, field))
    }

    #[track_caller]
    fn position_where(&self, fits: impl Fn(&Control) -> bool, wanted: &str) -> usize {
        self.controls.iter().position(fits).unwrap_or_else(|| {
            let there: Vec<_> = self.controls.iter().map(|control| (&control.legend, &control.label)).collect();
            panic!("the form has no “{wanted}”, only {there:?}")
        })
    }
}

impl Control {
    fn hidden(name: &str, value: &str) -> Self {
        Control {
            name: name.to_owned(),
            label: String::new(),
            legend: String::new(),
            kind: "hidden".into(),
            value: value.to_owned(),
            on: true,
            options: Vec::new(),
        }
    }

    fn is(&self, field: &str) -> bool {
        self.label == field || self.name == field
    }
}

fn read(dom: &Html, page: &Page, form: ElementRef<'_>, press: ElementRef<'_>) -> Form {
    let attribute = |name: &str| form.attr(name).unwrap_or_default().to_owned();
    let css = selector("input[name], select[name], textarea[name]");
    let mut controls: Vec<_> = form
        .select(&css)
        .filter(|element| element.attr("disabled").is_none() && element.attr("type") != Some("submit"))
        .map(|element| control(dom, element))
        .collect();
    if let Some(name) = press.attr("name") {
        controls.push(Control::hidden(name, press.attr("value").unwrap_or_default()));
    }
    let action = press.attr("formaction").map(str::to_owned).unwrap_or(attribute("action"));
    Form {
        action: if action.is_empty() { page.path.clone() } else { action },
        method: if attribute("method").eq_ignore_ascii_case("post") { "post".into() } else { "get".into() },
        multipart: attribute("enctype") == "multipart/form-data",
        controls,
        files: Vec::new(),
    }
}

fn control(dom: &Html, element: ElementRef<'_>) -> Control {
    let attribute = |name: &str| element.attr(name).unwrap_or_default().to_owned();
    let id = attribute("id");
    let label = dom.select(&selector("label[for]")).find(|label| !id.is_empty() && label.attr("for") == Some(&id));
    let fieldset = element.ancestors().filter_map(ElementRef::wrap).find(|parent| parent.value().name() == "fieldset");
    let legend = fieldset.and_then(|fieldset| fieldset.select(&selector("legend")).next());
    let options: Vec<_> = element
        .select(&selector("option"))
        .map(|option| (option.attr("value").map_or_else(|| words(option), str::to_owned), words(option)))
        .collect();
    let selected = element.select(&selector("option[selected]")).next();
    let (kind, value) = match element.value().name() {
        "select" => {
            let chosen = selected.map(|option| option.attr("value").map_or_else(|| words(option), str::to_owned));
            ("select".into(), chosen.or_else(|| options.first().map(|(value, _)| value.clone())).unwrap_or_default())
        }
        "textarea" => ("textarea".into(), element.text().collect()),
        _ => {
            let kind = element.attr("type").unwrap_or("text").to_owned();
            let bare = if kind == "checkbox" || kind == "radio" { "on" } else { "" };
            (kind, element.attr("value").unwrap_or(bare).to_owned())
        }
    };
    Control {
        name: attribute("name"),
        label: label.map(words).unwrap_or_default(),
        legend: legend.map(words).unwrap_or_default(),
        kind,
        value,
        on: element.attr("checked").is_some(),
        options,
    }
}
