//! Taking in the file of an award: all of it, or every line that stands in the way. Nothing is paid by it yet.

use axum::response::Response;

use super::{grades, granted, of_scheme};
use crate::db::NewAward;
use crate::domain::pay::{Award, read_award};
use crate::error::AppError;
use crate::web::form::Form;
use crate::web::gate::{As, Keepers};
use crate::web::page::see_other;
use crate::web::upload::{FIELD, FormWithFile, Upload};

/// Lines of a refused file that are named.
const NAMED: usize = 20;

pub async fn take_in(me: As<Keepers>, sent: FormWithFile) -> Result<Response, AppError> {
    let granted = granted(&me)?;
    let mut tx = me.begin().await?;
    let known = tx.grades(me.employer()).await?;
    let scheme = match (sent.fields.raw("scheme"), known.first()) {
        // A file that is too large takes the rest of its form with it.
        ("", Some(first)) => first.pay_scheme.clone(),
        (typed, _) => typed.to_owned(),
    };
    let mine = of_scheme(known, &scheme);
    let read = match sent.file {
        _ if mine.is_empty() => Err(vec!["Choose the pay scheme that the award is for".to_owned()]),
        Upload::File { name, bytes } if bytes.len() <= super::LARGEST_FILE => {
            read_award(&bytes).map(|lines| (name, lines))
        }
        Upload::File { .. } | Upload::TooLarge => {
            Err(vec!["The file is larger than 2 MB, which is the most; nothing was taken from it".to_owned()])
        }
        Upload::Nothing => Err(vec!["Choose the file first".to_owned()]),
    };
    let checked = read.and_then(|(name, lines)| {
        let award = Award::of(&lines, &mine)?;
        let begins = award.begins().ok_or_else(|| {
            vec!["No grade of this scheme runs over the points of the file, so it changes nobody’s pay".to_owned()]
        })?;
        Ok((name, lines, begins))
    });
    match checked {
        Ok((name, lines, effective_from)) => {
            let award = NewAward { pay_scheme: &scheme, file_name: &name, effective_from, lines: &lines };
            let id = tx.add_pay_award(&granted, &award).await?;
            tx.commit().await?;
            Ok(see_other(me.paths().pay_award(id)))
        }
        Err(problems) => {
            let mut form = Form::again(&sent.fields);
            for problem in problems.iter().take(NAMED) {
                form.problem(FIELD, problem);
            }
            if problems.len() > NAMED {
                form.problem(FIELD, format!("And {} more lines", problems.len() - NAMED));
            }
            grades::show(&me, &mut tx, form).await
        }
    }
}
