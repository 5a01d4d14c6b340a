//! `oc ibu configure`: automatic rollback and image clean-up, as annotations and fields to set by hand.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};
use ztp_common::cli::{Failure, Outcome, Terminal, print};
use ztp_common::upgrade::annotation::{
    DISABLED, IMAGE_CLEANUP, IMAGE_CLEANUP_THRESHOLD, MANIFEST_COUNT, NO_INIT_MONITOR, NO_POST_REBOOT,
    NO_UPGRADE_COMPLETION,
};
use ztp_common::upgrade::object::{API_VERSION, KIND, NAME};
use ztp_common::upgrade::print::value;
use ztp_common::yaml::emit;

const EXAMPLES: &str = "\
Examples:
  oc ibu configure --init-monitor-timeout 3600
  oc ibu configure --upgrade-completion off --image-cleanup-threshold 70
  oc ibu configure --init-monitor on";

/// Whether the agent does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

/// What to print.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A command to paste
    #[default]
    Command,
    /// The merge patch in YAML
    Yaml,
    /// The merge patch in JSON
    Json,
}

/// Print how to set automatic rollback and image clean-up
///
/// Nothing is written: the command is for pasting. Set them before Prep, which copies the first two of the switches and
/// the timeout to the new release; --upgrade-completion counts until the upgrade ends.
#[derive(Args, Clone, Debug)]
#[command(after_long_help = EXAMPLES, arg_required_else_help = true)]
pub struct ConfigureArgs {
    /// Roll back when the upgrade is not completed in time: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true)]
    init_monitor: Option<Switch>,
    /// How long the upgrade may take from the boot on; 0 means 1800
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u32).range(..=2_147_483_647))]
    init_monitor_timeout: Option<u32>,
    /// Roll back when configuring the new release fails: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true)]
    post_reboot_config: Option<Switch>,
    /// Roll back when the agent reports a failure after the reboot: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true)]
    upgrade_completion: Option<Switch>,
    /// Remove unused images at Prep when the disk is full: on or off
    #[arg(long, value_enum, value_name = "SWITCH", hide_possible_values = true)]
    image_cleanup: Option<Switch>,
    /// From how much use of container storage on; the agent's default is 50
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(..=100))]
    image_cleanup_threshold: Option<u8>,
    /// How many objects in policies are labelled for the target release
    #[arg(long, value_name = "COUNT")]
    manifest_count: Option<u32>,
    /// What to print: command, yaml or json
    #[arg(short, long, value_enum, default_value_t, value_name = "FORM", hide_possible_values = true)]
    output: Form,
}

/// Does `configure`.
///
/// # Errors
/// Nothing is to be set, or standard output cannot be written.
pub fn run(args: &ConfigureArgs, terminal: &Terminal) -> Result<Outcome, Failure> {
    let patch = patch(args);
    if patch.as_object().is_none_or(Map::is_empty) {
        return Err(Failure::new("nothing is to be set").fix("oc ibu configure --help shows what there is"));
    }
    print(&text(&patch, args.output))?;
    if let Some(seconds) = args.init_monitor_timeout.filter(|s| (1..600).contains(s) && !terminal.quiet) {
        let warning = terminal.err.warning("warning:");
        eprintln!("{warning} {seconds} seconds are short: a healthy upgrade takes longer and would be rolled back");
    }
    if args.init_monitor_timeout.is_some() && !terminal.quiet {
        eprintln!("the API server takes the timeout only at rest (Idle)");
    }
    Ok(Outcome::Done)
}

/// The merge patch; null removes an annotation.
fn patch(args: &ConfigureArgs) -> Value {
    let switch = |switch: Option<Switch>| {
        switch.map(|switch| if switch == Switch::Off { Value::from(DISABLED) } else { Value::Null })
    };
    let annotations: Map<String, Value> = [
        (NO_INIT_MONITOR, switch(args.init_monitor)),
        (NO_POST_REBOOT, switch(args.post_reboot_config)),
        (NO_UPGRADE_COMPLETION, switch(args.upgrade_completion)),
        (IMAGE_CLEANUP, switch(args.image_cleanup)),
        (IMAGE_CLEANUP_THRESHOLD, args.image_cleanup_threshold.map(|n| n.to_string().into())),
        (MANIFEST_COUNT, args.manifest_count.map(|n| n.to_string().into())),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key.to_owned(), value?)))
    .collect();
    let mut patch = Map::new();
    if !annotations.is_empty() {
        patch.insert("metadata".into(), json!({"annotations": annotations}));
    }
    if let Some(seconds) = args.init_monitor_timeout {
        patch.insert("spec".into(), json!({"autoRollbackOnFailure": {"initMonitorTimeoutSeconds": seconds}}));
    }
    patch.into()
}

fn text(patch: &Value, form: Form) -> String {
    match form {
        Form::Command => format!("oc patch imagebasedupgrade {NAME} --type merge -p '{patch}'\n"),
        Form::Json => format!("{patch:#}\n"),
        Form::Yaml => {
            let mut object = json!({"apiVersion": API_VERSION, "kind": KIND, "metadata": {"name": NAME}});
            for (field, value) in patch.as_object().into_iter().flatten() {
                for (key, value) in value.as_object().into_iter().flatten() {
                    object[field][key] = value.clone();
                }
            }
            emit::to_string(&value(object))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: ConfigureArgs,
    }

    #[test]
    fn on_removes_and_off_disables() {
        let line = Line::parse_from(["x", "--init-monitor", "on", "--image-cleanup", "off"]);
        let expected = json!({"metadata": {"annotations": {NO_INIT_MONITOR: null, IMAGE_CLEANUP: DISABLED}}});
        assert_eq!(patch(&line.args), expected);
        let line = Line::parse_from(["x", "--init-monitor-timeout", "3600", "-o", "yaml"]);
        assert!(text(&patch(&line.args), line.args.output).ends_with("initMonitorTimeoutSeconds: 3600\n"));
    }
}
