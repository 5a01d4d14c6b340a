//! Findings about comments that accept findings.

use super::rule::{Rule, rule};
use crate::finding::Level::{Info, Warning};

pub const RULES: &[Rule] = &[
    rule(
        "accept/syntax",
        Warning,
        [
            "a comment that begins with `ztp:` is not understood or gives no reason",
            "write `# ztp: accept GROUP/RULE because REASON`",
            "A comment on the line of a finding, or alone on the line above, accepts it. The reason is for the colleague who reads it in a year, so a comment without one accepts nothing.",
        ],
        "oc ztp validate",
    ),
    rule(
        "accept/unknown-id",
        Warning,
        [
            "a comment accepts a finding that does not exist",
            "copy the id from the first line of the finding",
            "Ids never change their meaning, but they can be mistyped. `oc ztp explain` lists all of them.",
        ],
        "oc ztp validate",
    ),
    rule(
        "accept/unused",
        Info,
        [
            "a comment accepts a finding that is not there",
            "remove the comment",
            "The problem was solved, or the comment stands on another line than the finding. An acceptance that lies around would hide the same problem when it comes back.",
        ],
        "oc ztp validate",
    ),
];
