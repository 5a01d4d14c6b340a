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
use ztp_common::upgrade::state::State;
use ztp_common::upgrade::wait::Verdict;

use crate::deed::Deed;
use crate::follow::{Ended, Followed};
use crate::situation::Situation;
use crate::target::Target;

/// Sets it before an upgrade; whether it has been set just now.
pub fn before(effect: Effect, situation: &Situation, target: &Target, write: Write<'_>, terminal: &Terminal) -> bool {
    let wanted = effect == Effect::Upgrade && situation.import_disabled == Some(false);
    wanted && set(target, "true".into(), write, terminal)
}

/// Removes it again when the upgrade has not been asked for after all.
pub fn undo(target: &Target, write: Write<'_>, terminal: &Terminal) {
    set(target, Value::Null, write, terminal);
}

/// Says how to remove it when nobody knows whether the upgrade has been asked for, or how it ends.
pub fn left_behind(target: &Target) {
    let name = target.title();
    eprintln!("the hub is still kept from importing {name}; oc ibu finalize or abort lets it again, or by hand,");
    eprintln!("  on the hub: {}", by_hand(name, "-"));
}

fn by_hand(name: &str, suffix: &str) -> String {
    format!("oc annotate managedcluster {name} {DISABLE_AUTO_IMPORT}{suffix}")
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
    if !reboots || before.import_disabled.is_none() {
        return;
    }
    if over {
        set(target, Value::Null, write, terminal);
    } else if deed.stage() == Stage::Upgrade || before.import_disabled == Some(true) {
        left_behind(target);
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
    // A cluster that is prepared is about to be upgraded: what is there may be meant for that.
    let prepared = situation.report.state == State::PrepDone;
    if prepared || situation.import_disabled != Some(true) || flags.dry_run != DryRun::None {
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

/// Whether it is done; what the hub refuses is told.
fn set(target: &Target, value: Value, write: Write<'_>, terminal: &Terminal) -> bool {
    let Some((hub, name)) = target.hub.as_ref().zip(target.name.as_ref()) else { return false };
    let patch = json!({"metadata": {"annotations": {DISABLE_AUTO_IMPORT: value}}});
    let done = hub.merge_patch(Resource::MANAGED_CLUSTER, "", name, &patch, write);
    if let Err(error) = &done {
        let suffix = if value.is_null() { "-" } else { "=true" };
        eprintln!("{} {error}", terminal.err.warning("warning:"));
        eprintln!("  by hand, on the hub: {}", by_hand(name, suffix));
    }
    done.is_ok()
}
