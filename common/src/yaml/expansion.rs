//! The bound on what aliases may expand to, and on aliases that contain themselves.

use super::read::MAX_NESTING;
use super::{Error, NodeRef};

/// Counts decoded nodes as both Go libraries do (`decode.go`, `allowedAliasRatio`).
#[derive(Default)]
pub(super) struct Expansion {
    decoded: u64,
    by_alias: u64,
    depth: usize,
    open_aliases: Vec<u32>,
}

/// How deep values may become: nesting as written, and again as much by aliases.
const MAX_DEPTH: usize = 2 * MAX_NESTING;

impl Expansion {
    /// Enters a node, through its alias if it is one.
    ///
    /// # Errors
    /// The alias contains itself, or too much of the document comes from aliases.
    pub fn enter(&mut self, node: NodeRef<'_>) -> Result<(), Error> {
        self.count(node)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(node.error(format!("nested deeper than {MAX_DEPTH} levels with its aliases")));
        }
        if node.is_alias() {
            if self.open_aliases.contains(&node.id()) {
                return Err(node.error("the value of this anchor contains itself"));
            }
            self.open_aliases.push(node.id());
            self.count(node)?;
        }
        Ok(())
    }

    /// Leaves a node that was entered.
    pub fn leave(&mut self, node: NodeRef<'_>) {
        self.depth -= 1;
        if node.is_alias() {
            self.open_aliases.pop();
        }
    }

    fn count(&mut self, node: NodeRef<'_>) -> Result<(), Error> {
        self.decoded += 1;
        if !self.open_aliases.is_empty() {
            self.by_alias += 1;
        }
        let ratio = self.by_alias as f64 / self.decoded as f64;
        if self.by_alias > 100 && self.decoded > 1000 && ratio > allowed_ratio(self.decoded) {
            return Err(node.error("document contains excessive aliasing"));
        }
        Ok(())
    }
}

fn allowed_ratio(decoded: u64) -> f64 {
    const LOW: f64 = 400_000.0;
    const HIGH: f64 = 4_000_000.0;
    let position = ((decoded as f64 - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
    0.99 - 0.89 * position
}
