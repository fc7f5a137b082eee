//! What a document says that its author did not write: the unit, the terms of the pay scheme, the chart that reporting
//! lines make. It is of the day of the version, and never part of its content.

use super::organisation::Chart;
use super::terms::SchemeTerms;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// The unit and where it stood: `District Nursing, part of Community`. Empty where nobody need know.
    pub unit: String,
    pub terms: SchemeTerms,
    pub chart: Option<Chart>,
}

/// Nothing but what was written.
pub static NOTHING: Given =
    Given { unit: String::new(), terms: SchemeTerms { lines: Vec::new(), source: String::new() }, chart: None };
