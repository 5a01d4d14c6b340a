//! The annotation that keeps a hub from importing a cluster again while it comes up with a seed's content: set before an
//! upgrade, removed when that is completed or cancelled (reference: ACM's import controller, product documentation of
//! image-based upgrades). What the hub refuses is told, and stops nothing.

use serde_json::{Value, json};
use ztp_common::api::Write;
use ztp_common::cli::{Confirm, DryRun, Failure, Terminal, WriteFlags};
use ztp_common::resource::Resource;
use ztp_common::upgrade::annotation::DISABLE_AUTO_IMPORT;
use ztp_common::upgrade::machine::Effect;
use ztp_common::upgrade::object::Stage;
use ztp_common::upgrade::wait::Verdict;

use crate::deed::Deed;
use crate::follow::{Ended, Followed};
use crate::situation::Situation;
use crate::target::Target;

/// Sets it before an upgrade.
pub fn before(effect: Effect, situation: &Situation, target: &Target, write: Write<'_>, terminal: &Terminal) {
    if effect == Effect::Upgrade && situation.import_disabled == Some(false) {
        set(target, "true".into(), write, terminal);
    }
}

/// Removes it when an abort or a finalize has been asked for.
pub fn after(effect: Effect, situation: &Situation, target: &Target, write: Write<'_>, terminal: &Terminal) {
    if matches!(effect, Effect::Abort | Effect::Finalize) && situation.import_disabled == Some(true) {
        set(target, Value::Null, write, terminal);
    }
}

/// Removes it when an upgrade or a rollback has come to its end before our eyes.
pub fn at_the_end(
    deed: &Deed,
    followed: &Followed,
    before: &Situation,
    target: &Target,
    write: Write<'_>,
    terminal: &Terminal,
) {
    let over = matches!(followed.ended, Ended::Verdict(Verdict::Reached | Verdict::RolledBack(_)));
    let reboots = matches!(deed.stage(), Stage::Upgrade | Stage::Rollback);
    if over && reboots && before.import_disabled.is_some() {
        set(target, Value::Null, write, terminal);
    }
}

/// Offers to remove what an earlier upgrade has left.
///
/// # Errors
/// The answer cannot be read.
pub fn leftover(
    situation: &Situation,
    target: &Target,
    flags: &WriteFlags,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if situation.import_disabled != Some(true) || flags.dry_run != DryRun::None {
        return Ok(());
    }
    let name = target.title();
    eprintln!("an earlier upgrade has left {DISABLE_AUTO_IMPORT} on ManagedCluster {name}");
    let question = format!("let the hub import {name} again");
    let confirm = Confirm { question: &question, count: 1, yes: flags.yes };
    if confirm.ask(terminal)?.stops().is_none() {
        set(target, Value::Null, flags.write(), terminal);
    }
    Ok(())
}

fn set(target: &Target, value: Value, write: Write<'_>, terminal: &Terminal) {
    let Some((hub, name)) = target.hub.as_ref().zip(target.name.as_ref()) else { return };
    let patch = json!({"metadata": {"annotations": {DISABLE_AUTO_IMPORT: value}}});
    if let Err(error) = hub.merge_patch(Resource::MANAGED_CLUSTER, "", name, &patch, write) {
        let suffix = if value.is_null() { "-" } else { "=true" };
        eprintln!("{} {error}", terminal.err.warning("warning:"));
        eprintln!("  by hand, on the hub: oc annotate managedcluster {name} {DISABLE_AUTO_IMPORT}{suffix}");
    }
}
