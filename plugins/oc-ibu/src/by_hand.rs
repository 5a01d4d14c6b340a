//! The plain `oc` command for a step, as long as this plugin has no verb of its own for it.

use ztp_common::upgrade::annotation::MANUAL_CLEANUP;
use ztp_common::upgrade::assess::Report;
use ztp_common::upgrade::object::NAME;

/// Replaces the commands in a report by ones that work today.
pub fn rewrite(report: &mut Report, from: &str) {
    let steps = report.valid_next.iter_mut().map(|legal| &mut legal.step).chain(report.next.as_mut());
    for step in steps {
        if let Some(command) = plain(&step.command, from) {
            step.command = command;
        }
    }
}

/// `from` is what `--from` was given.
fn plain(command: &str, from: &str) -> Option<String> {
    let mut words = command.strip_prefix("oc ibu ")?.split(' ');
    let stage = |stage: &str| {
        Some(format!("oc patch imagebasedupgrade {NAME} --type merge -p '{{\"spec\":{{\"stage\":\"{stage}\"}}}}'"))
    };
    match words.next()? {
        "prep" => Some(format!(
            "oc patch imagebasedupgrade {NAME} --type merge -p \
             '{{\"spec\":{{\"stage\":\"Prep\",\"seedImageRef\":{{\"image\":\"IMAGE\",\"version\":\"VERSION\"}}}}}}'"
        )),
        "upgrade" => stage("Upgrade"),
        "rollback" => stage("Rollback"),
        "abort" | "finalize" | "idle" => stage("Idle"),
        "stage" => stage(words.next()?),
        "retry-cleanup" => Some(format!("oc annotate imagebasedupgrade {NAME} {MANUAL_CLEANUP}=true")),
        "status" => Some(format!("oc get imagebasedupgrade {NAME} -w")),
        "diagnose" => Some(format!("oc ibu diagnose --from {from}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn every_verb_has_a_plain_command() {
        for verb in ["prep sno2 --seed IMAGE:VERSION", "upgrade", "rollback", "abort", "finalize", "retry-cleanup"] {
            let command = plain(&format!("oc ibu {verb}"), "x").unwrap_or_default();
            assert!(command.starts_with("oc patch ") || command.starts_with("oc annotate "), "{verb}: {command}");
        }
        assert_eq!(plain("oc get csr", "x"), None);
    }
}
