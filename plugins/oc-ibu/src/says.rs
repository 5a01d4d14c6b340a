//! What a change will do, said before it is made: lower-case sentences, and the question.

use ztp_common::upgrade::annotation::DISABLE_AUTO_IMPORT;
use ztp_common::upgrade::condition::{ConditionType, Truth};
use ztp_common::upgrade::machine::Effect;
use ztp_common::upgrade::state::State;

use crate::elapsed::elapsed;
use crate::situation::Situation;
use crate::target::Target;

/// What it does, a line each. `flags` lead to the same cluster, with a blank before each.
pub fn lines(effect: Effect, situation: &Situation, target: &Target, flags: &str, waits: bool) -> Vec<String> {
    let name = target.argument().map(|name| format!(" {name}")).unwrap_or_default() + flags;
    let seed = &situation.report.seed_version;
    let mut lines = match effect {
        Effect::Initialise => vec!["gives the object its first state; nothing else happens".to_owned()],
        Effect::Prep => vec![
            "unpacks the seed image beside the running release and fetches its images; no reboot".to_owned(),
            format!("to undo it: oc ibu abort{name}"),
        ],
        Effect::Upgrade => upgrade(situation, &name),
        Effect::Rollback => vec![
            "the node reboots into the old release; its API and applications are away until it is back".to_owned(),
            "what applications have written to volumes since the upgrade stays as it is".to_owned(),
            "this cannot be undone: the new release would have to be prepared again".to_owned(),
        ],
        Effect::Abort => vec![
            "removes the unpacked seed and the backups of this upgrade; no reboot".to_owned(),
            "jobs, backups and logs that tell a cause are gone then: oc ibu diagnose shows how to keep them".to_owned(),
            "while the seed image is being pulled this can take up to 30 minutes".to_owned(),
        ],
        Effect::Finalize if rolled_back(situation) => vec![
            format!("removes release {seed} from the node, with its logs, and the backups of this upgrade"),
            "what tells the cause of a failed upgrade is gone then: oc ibu diagnose shows how to keep it".to_owned(),
        ],
        Effect::Finalize => finalize(situation),
    };
    if let Some(line) = hub(effect, situation, target) {
        lines.push(line);
        if effect == Effect::Upgrade && !waits {
            lines.push("  with --wait that ends with the upgrade, else with oc ibu finalize or abort".to_owned());
        }
    }
    lines
}

/// Whether the old release runs again and the new one is removed; also when a clean-up of it has failed.
fn rolled_back(situation: &Situation) -> bool {
    let report = &situation.report;
    let completed = situation
        .ibu
        .conditions()
        .iter()
        .any(|c| c.kind == ConditionType::RollbackCompleted && c.status == Truth::True);
    let old = report.state == State::FinalizeFailed
        && !report.seed_version.is_empty()
        && situation.release.as_ref().is_some_and(|release| *release != report.seed_version);
    completed || old || report.state == State::RollbackDone
}

fn upgrade(situation: &Situation, name: &str) -> Vec<String> {
    let seed = &situation.report.seed_version;
    let limit = elapsed(situation.ibu.init_monitor_seconds());
    let monitor = match situation.ibu.disables(ztp_common::upgrade::annotation::NO_INIT_MONITOR) {
        true => {
            "a node that hangs after the reboot stays there, if the init monitor was switched off at Prep".to_owned()
        }
        false => format!("unless it is completed {limit} after the boot, the node rolls back by itself"),
    };
    let mut lines = vec![
        format!("the node reboots into {seed}; its API and applications are away until it is back"),
        monitor,
        format!(
            "the way back: oc ibu rollback{name}, until it is finalized or certificates of the old release expire;"
        ),
        "  when that is, oc ibu status shows after the reboot".to_owned(),
    ];
    lines.extend(situation.report.manifest_warnings.iter().map(|w| format!("! the agent warned at Prep: {w}")));
    lines
}

fn finalize(situation: &Situation) -> Vec<String> {
    let window = situation.report.rollback_window.as_ref().filter(|window| !window.closed());
    let open = window.map(|w| format!(" (rollback would stay possible for {})", elapsed(w.remaining_seconds)));
    vec![
        format!("there is no way back then{}", open.unwrap_or_default()),
        "removes the old release from the node, and the backups of this upgrade, also from object storage".to_owned(),
        "this cannot be undone".to_owned(),
    ]
}

/// What happens to the annotation that keeps the hub from importing the cluster again.
fn hub(effect: Effect, situation: &Situation, target: &Target) -> Option<String> {
    let name = target.name.as_deref().unwrap_or_default();
    match (effect, situation.import_disabled?) {
        (Effect::Upgrade, false) => {
            Some(format!("on the hub, ManagedCluster {name} is kept from being imported again meanwhile"))
        }
        (Effect::Abort | Effect::Finalize, true) => {
            Some(format!("on the hub, {DISABLE_AUTO_IMPORT} is removed from ManagedCluster {name}"))
        }
        _ => None,
    }
}

/// The question, without question mark.
pub fn question(effect: Effect, situation: &Situation, target: &Target) -> String {
    let (title, seed) = (target.title(), &situation.report.seed_version);
    match effect {
        Effect::Initialise => format!("initialise {title}"),
        Effect::Prep => format!("prepare {title}"),
        Effect::Upgrade => format!("reboot {title} into {seed}"),
        Effect::Rollback => format!("reboot {title} into the old release"),
        Effect::Abort => format!("abort the upgrade of {title}"),
        Effect::Finalize => format!("finalize {title} and give up the other release"),
    }
}
