//! Tests of the containers on documents of our own making.
