//! The plugin's entry point.

fn main() {}
