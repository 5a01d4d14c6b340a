//! Commands that can be pasted: with the flags that lead to the same cluster or the same recorded objects.

use ztp_common::upgrade::assess::Report;

use crate::source::FromArgs;

/// Completes the commands in a report.
pub fn complete(report: &mut Report, from: &FromArgs) {
    let steps = report.valid_next.iter_mut().map(|legal| &mut legal.step).chain(report.next.as_mut());
    for step in steps {
        // What was recorded cannot be followed, and the context may be another cluster's.
        if let Some(status) = step.command.strip_suffix(" --watch").filter(|_| !from.is_live()) {
            step.command = status.replacen("oc ibu status", "oc ibu diagnose", 1);
            step.purpose = "tells what holds it up".to_owned();
        }
        // Only what reads can go by recorded objects.
        let flags = if step.command.starts_with("oc ibu diagnose") { from.again() } else { from.way() };
        if step.command.starts_with("oc ibu ") {
            step.command += &flags;
        }
    }
}
