//! Rules about SR-IOV: networks and the node policies that serve them.

mod network;
mod node_policy;

use super::fleet_check::FleetCheck;
use crate::lint::fleet::Cr;
use crate::yaml::Value;

/// The rules of this group.
pub const CHECKS: &[FleetCheck] = &[network::check, node_policy::check];

fn is_node_policy(cr: &Cr<'_>) -> bool {
    cr.kind() == "SriovNetworkNodePolicy" && cr.is_demanded()
}

/// A text that nobody has to fill in any more.
fn settled<'r>(cr: &Cr<'r>, path: &[&str]) -> Option<&'r str> {
    let text = cr.value.at(path).and_then(Value::as_str)?;
    (!text.is_empty() && !text.starts_with('$') && !text.contains("{{")).then_some(text)
}
