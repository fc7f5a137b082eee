//! How an employer's documents and adverts look: the colour and the logo.

use serde_json::Value;

use super::{DbError, Tx};
use crate::documents::logo::Logo;
use crate::domain::brand::Accent;
use crate::domain::ids::EmployerId;
use crate::policy::{Granted, act};

/// What a file needs: nothing for an employer that chose nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Brand {
    pub accent: Option<Accent>,
    pub logo: Option<PrintLogo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintLogo {
    pub png: Vec<u8>,
    pub alt: String,
}

/// What a public page needs: where to fetch it, and how large the logo stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicBrand {
    pub revision: i32,
    pub accent: Option<Accent>,
    pub logo: Option<ScreenLogo>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenLogo {
    pub width: i32,
    pub height: i32,
    pub alt: String,
}

/// What to keep.
#[derive(Debug)]
pub struct BrandChange<'a> {
    /// The revision that the form was filled with; 0 where there was none.
    pub revision: i32,
    pub accent: Option<Accent>,
    pub alt: &'a str,
    pub logo: LogoChange<'a>,
}

#[derive(Debug)]
pub enum LogoChange<'a> {
    Keep,
    Remove,
    New(&'a Logo),
}

impl Brand {
    /// Reads what `brand_of` answers; a colour or picture that can't be read is left out, never a reason for no file.
    pub(super) fn read(row: Option<Value>) -> Self {
        let Some(row) = row else { return Brand::default() };
        let text = |name: &str| row.get(name).and_then(Value::as_str);
        let png = text("logo").and_then(bytes);
        Brand {
            accent: text("accent").and_then(|accent| Accent::parse(accent).ok()),
            logo: png.map(|png| PrintLogo { png, alt: text("alt").unwrap_or_default().to_owned() }),
        }
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

/// From the columns of an outer join.
pub(super) fn public_brand(
    revision: Option<i32>,
    accent: Option<String>,
    size: Option<(i32, i32)>,
    alt: Option<String>,
) -> Option<PublicBrand> {
    let alt = alt.unwrap_or_default();
    Some(PublicBrand {
        revision: revision?,
        accent: accent.and_then(|accent| Accent::parse(&accent).ok()),
        logo: size.map(|(width, height)| ScreenLogo { width, height, alt }),
    })
}

impl Tx {
    /// For files that are made of nothing else that names it.
    pub async fn brand(&mut self, employer: EmployerId) -> Result<Brand, DbError> {
        let row = sqlx::query_scalar!("select brand_of($1)", employer.0).fetch_one(self.conn()).await?;
        Ok(Brand::read(row))
    }

    /// As the administrator's page shows it.
    pub async fn brand_to_change(&mut self, employer: EmployerId) -> Result<Option<PublicBrand>, DbError> {
        let row = sqlx::query!(
            "select revision, accent, screen_width, screen_height, logo_alt from employer_brand where employer_id = $1",
            employer.0
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.and_then(|row| {
            public_brand(Some(row.revision), row.accent, row.screen_width.zip(row.screen_height), Some(row.logo_alt))
        }))
    }

    /// The logo for screens.
    pub async fn screen_logo(&mut self, slug: &str) -> Result<Option<(i32, Vec<u8>)>, DbError> {
        let row = sqlx::query!(
            r#"select b.revision, b.screen_logo as "png!" from employer_brand b join employer e on e.id = b.employer_id
            where e.slug = $1 and b.screen_logo is not null"#,
            slug
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.map(|row| (row.revision, row.png)))
    }

    /// The colour.
    pub async fn accent(&mut self, slug: &str) -> Result<Option<(i32, Accent)>, DbError> {
        let row = sqlx::query!(
            r#"select b.revision, b.accent as "accent!" from employer_brand b join employer e on e.id = b.employer_id
            where e.slug = $1 and b.accent is not null"#,
            slug
        )
        .fetch_optional(self.conn())
        .await?;
        Ok(row.and_then(|row| Some((row.revision, Accent::parse(&row.accent).ok()?))))
    }

    /// Keeps a change.
    ///
    /// # Errors
    /// [`DbError::Stale`] where somebody changed it since the form was filled.
    pub async fn change_brand(
        &mut self,
        granted: &Granted<act::ChangeBrand>,
        change: &BrandChange<'_>,
    ) -> Result<(), DbError> {
        let (print, screen, width, height) = match change.logo {
            LogoChange::Keep | LogoChange::Remove => (None, None, None, None),
            LogoChange::New(logo) => (
                Some(logo.print.as_slice()),
                Some(logo.screen.as_slice()),
                i32::try_from(logo.screen_width).ok(),
                i32::try_from(logo.screen_height).ok(),
            ),
        };
        let accent = change.accent.map(|accent| accent.to_string());
        let changed = sqlx::query!(
            "insert into employer_brand as b (employer_id, revision, accent, logo, screen_logo, screen_width,
                screen_height, logo_alt, changed_by, changed_at)
            select $1, 1, $3, $4, $5, $6, $7, case when $4::bytea is null then '' else $8 end, $9, $10
            where $2 = 0 or exists (select from employer_brand where employer_id = $1)
            on conflict (employer_id) do update set revision = b.revision + 1, accent = excluded.accent,
                logo = case when $11 then b.logo else excluded.logo end,
                screen_logo = case when $11 then b.screen_logo else excluded.screen_logo end,
                screen_width = case when $11 then b.screen_width else excluded.screen_width end,
                screen_height = case when $11 then b.screen_height else excluded.screen_height end,
                logo_alt = case when $11 and b.logo is not null then $8 else excluded.logo_alt end,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at
            where b.revision = $2",
            granted.id().0,
            change.revision,
            accent,
            print,
            screen,
            width,
            height,
            change.alt,
            granted.membership().map(|member| member.0),
            granted.at(),
            matches!(change.logo, LogoChange::Keep),
        )
        .execute(self.conn())
        .await?
        .rows_affected();
        if changed != 1 {
            return Err(DbError::Stale);
        }
        let logo = match change.logo {
            LogoChange::Keep => "unchanged",
            LogoChange::Remove => "none",
            LogoChange::New(_) => "a new one",
        };
        self.record(granted, &[("Colour", accent.as_deref().unwrap_or("Rolebook's own")), ("Logo", logo)]).await
    }
}
