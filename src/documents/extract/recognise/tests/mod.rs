//! Tests of the recognisers as a whole: documents of our own wording, and documents of chance.

mod golden;
mod patterns;
mod promise;
mod shapes;
